"""The package as a whole."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from pathlib import Path
from types import ModuleType

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


def _printed(code: str) -> str:
    """Return what a new process prints, in which every warning is an error."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return done.stdout.strip()


def test_import_is_cheap() -> None:
    """Importing the client loads none of the libraries, and no model, before a client is made."""
    code = (
        "import sys; from huaweicloud_ocr import Client, AsyncClient, OcrError, UNSET; "
        "names = {name.partition('.')[0] for name in sys.modules}; "
        "print(sorted(names & {'attr', 'attrs', 'httpx', 'httpcore', 'anyio', 'asyncio', 'msgspec', 'pybase64', "
        "'imagesize', 'ssl', 'inspect', 'dataclasses', 'logging'}), "
        "sorted(name for name in sys.modules if '.models' in name or '.api' in name))"
    )
    assert _printed(code) == "[] []"


def test_a_model_is_loaded_with_what_it_refers_to() -> None:
    """Importing a model loads no other than those that it consists of."""
    code = (
        "import sys; from huaweicloud_ocr.models import Location; "
        "print(sorted(name.rpartition('.')[2] for name in sys.modules if '_ocr.models.' in name))"
    )
    assert _printed(code) == "['location', 'point']"


@pytest.mark.parametrize("module", ["huaweicloud_ocr", "huaweicloud_ocr.models", "huaweicloud_ocr.types"])
def test_names_that_are_not_loaded_yet(module: str) -> None:
    """Listing, a star import and attributes know the names that nobody has used yet."""
    code = (
        f"import {module} as m; missing = set(m.__all__) - set(dir(m)); from {module} import *; "
        "print(missing, all(globals()[name] is getattr(m, name) for name in m.__all__))"
    )
    assert _printed(code) == "set() True"


def test_modules_are_attributes() -> None:
    """Modules of the package are there as attributes without being imported by name."""
    code = "import huaweicloud_ocr as o; print(o.models.Point.__name__, o.errors.__name__, o.auth.__name__)"
    assert _printed(code) == "tuple huaweicloud_ocr.errors huaweicloud_ocr.auth"


@pytest.mark.parametrize("module", [huaweicloud_ocr, models, types])
def test_a_name_that_is_not_there(module: ModuleType) -> None:
    """A misspelt name is said to be missing, as in any module."""
    with pytest.raises(AttributeError, match=f"module '{module.__name__}' has no attribute 'Cleint'"):
        module.Cleint  # noqa: B018
    assert not hasattr(module, "Cleint")
