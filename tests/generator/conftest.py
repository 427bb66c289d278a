"""What the tests of the generator share."""

from __future__ import annotations

import os

import pytest

from .corpus.packages import Packages


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Packages:
    """Packages of the corpus, each generated when it is first asked for, once for all processes of a run."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    (folder / "corpus").mkdir(exist_ok=True)
    return Packages(folder / "corpus")
