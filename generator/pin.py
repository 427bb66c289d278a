"""The one version of openapi-python-client that the generator is made for.

Known without importing the tool, whose modules move between patch releases: with another version, the import alone
could fail, and with less to say about it.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Final

from generator.errors import GeneratorError

TOOL: Final = "openapi-python-client"
VERSION: Final = "0.29.1"


def require_pinned_tool() -> None:
    """Make sure that the tool has just the pinned version.

    Raises:
        GeneratorError: Another version is installed, or none.
    """
    try:
        found = version(TOOL)
    except PackageNotFoundError:
        found = ""
    if found != VERSION:
        present = f"{TOOL} {found} is installed" if found else f"{TOOL} is not installed"
        raise GeneratorError(
            f"{present}, but the generator is made for {VERSION}, whose inner workings it reads: "
            f"run `pip install {TOOL}=={VERSION}`"
        )
