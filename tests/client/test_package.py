"""The package as a whole."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from pathlib import Path

import pytest

import huaweicloud_ocr
from huaweicloud_ocr import errors, models, types


@pytest.mark.parametrize("module", [huaweicloud_ocr, errors, models, types])
def test_public_names(module: object) -> None:
    """Every public name is there, and the list of them is sorted."""
    names = list(getattr(module, "__all__", ()))
    assert all(hasattr(module, name) for name in names)
    assert sorted(names, key=lambda name: (not name.isupper(), name)) == names


def test_typed() -> None:
    """Type checkers are told that the package is annotated."""
    assert (Path(huaweicloud_ocr.__file__).parent / "py.typed").is_file()


def test_version() -> None:
    """The package knows the version under which it is installed."""
    assert importlib.metadata.version("huaweicloud-ocr") == huaweicloud_ocr.__version__


def test_import_is_clean() -> None:
    """Importing the package warns of nothing and does not load what only pictures need."""
    code = "import sys, huaweicloud_ocr; print('imagesize' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("False\n", "")
