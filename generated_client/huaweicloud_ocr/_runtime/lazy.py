"""Names that are there from the beginning, though what is behind them is imported only when they are first used."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final

_OF_A_MODULE: Final = frozenset({"TYPE_CHECKING", "lazy"})
"""What a module has imported for this alone."""


def lazy(
    module: str, package: str, homes: Mapping[str, str], modules: tuple[str, ...] = ()
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return what a module needs as its `__getattr__` and `__dir__`, by PEP 562.

    Args:
        module: Name of the module.
        package: Name of the package that it is or lies in.
        homes: For each name where it is, from that package: `.client`, or `.item:Item_` where it has another name.
        modules: Modules of the package that are names of it too.
    """
    namespace = sys.modules[module].__dict__

    def find(name: str) -> Any:
        if name in homes:
            home, _, other = homes[name].partition(":")
            found = getattr(import_module(home, package), other or name)
        elif name in modules:
            found = import_module(f".{name}", package)
        else:
            raise AttributeError(f"module {module!r} has no attribute {name!r}", name=name)
        namespace[name] = found  # so that this is asked but once
        return found

    def names() -> list[str]:
        return sorted({*namespace.keys() - _OF_A_MODULE, *homes, *modules})

    return find, names
