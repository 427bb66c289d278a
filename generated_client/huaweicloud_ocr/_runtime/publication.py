"""Operations that are not offered everywhere."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from .text import one_line

if TYPE_CHECKING:
    from .operation import Operation

_PACKAGE: Final = __file__.rpartition("_runtime")[0]


class NotPublishedWarning(UserWarning):
    """An operation is called where it is not known to be offered; the message says where it is."""


class Publication:
    """Warns of each operation that is not known to be offered where a client calls it, once."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        """Take the values of the variables in the client's address; none for an address of its own."""
        self._variables = variables
        self._told: dict[str, object] = {}

    def check(self, operation: Operation[Any]) -> None:
        """Warn if an operation is not known to be offered here."""
        for name, known in operation.published_in.items():
            value = self._variables.get(name)
            call = f"{operation.method} {operation.path}"
            mark = object()
            if value is None or value in known or self._told.setdefault(call, mark) is not mark:
                continue
            warnings.warn(
                f"{call} is not known to be published in {name} {one_line(repr(value), 80)}, only in "
                f"{', '.join(known)}; the call is sent, and the service may refuse it",
                NotPublishedWarning,
                stacklevel=_outside(),
            )


def _outside() -> int:
    """Return how far up the caller is that is not this package."""
    level, frame = 1, sys._getframe(1)  # pyright: ignore[reportPrivateUsage]
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        level, frame = level + 1, frame.f_back
    return level
