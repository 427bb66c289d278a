"""What the tests of the generator share."""

from __future__ import annotations

import pytest

from .corpus.packages import Packages


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Packages:
    """Packages of the corpus, each generated when it is first asked for."""
    return Packages(tmp_path_factory.mktemp("corpus"))
