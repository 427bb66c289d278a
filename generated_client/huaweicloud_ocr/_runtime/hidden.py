"""Secrets, kept so that nothing shows them by accident."""

from __future__ import annotations

from typing import Any, NoReturn, Self

from .unset import UNSET


class Hidden:
    """A secret. Neither its repr nor that of what holds it tells it, and it does not leave the process by itself.

    Error reporters show the variables of each function on the way of an exception, debuggers `vars()` of an object.
    """

    __slots__ = ("_value",)

    def __init__(self, value: Any) -> None:
        self._value = value

    def reveal(self) -> Any:
        """Return the secret."""
        return self._value

    def __repr__(self) -> str:
        return "<hidden>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled")


def hide(value: object) -> str:
    """Return what stands in a repr for a value that is a secret: only whether there is one."""
    return repr(value) if value is None or value is UNSET else "<hidden>"


class Secretive:
    """What holds a secret: it is its own copy, and not pickled.

    A pickle is a file or a message, of which nobody knows that it has a secret.
    """

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} holds a secret and is not pickled: make one in each process")

    def __repr__(self) -> str:
        return f"{type(self).__name__}(<hidden>)"
