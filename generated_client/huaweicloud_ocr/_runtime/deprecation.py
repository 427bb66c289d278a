"""What is not to be used any more: whoever uses it all the same is told, at the line that does.

What the package itself does with it is no use: it calls one method through another, and reads what the service sends.
Nor is a comparison, a repr or a copy of a model. A required argument has to be given, so that nothing is said of it.
"""

from __future__ import annotations

import functools
import os
import sys
import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from .unset import UNSET

F = TypeVar("F", bound=Callable[..., Any])
K = TypeVar("K", bound=type[Any])

_PACKAGE: Final = __file__.rpartition("_runtime")[0]
_LOOP: Final = os.path.join(os.path.dirname(os.__file__), "asyncio", "")  # noqa: PTH118, PTH120 - pathlib is slow
_COROUTINE: Final = 0x80
"""The flag of code that is awaited."""

if TYPE_CHECKING:
    # Type checkers mark what it stands before, by PEP 702.
    from typing_extensions import deprecated as deprecated
else:

    def deprecated(notice: str) -> Callable[[F], F]:
        """Have a function, or the making of objects of a class, say that it is deprecated."""

        def mark(target: Any) -> Any:
            def tell(arguments: Mapping[str, Any], level: int) -> None:
                _tell(target.__name__, notice, level + 1)

            if isinstance(target, type):
                target.__init__ = _telling(target.__init__, tell)
            else:
                target = _telling(target, tell)
            target.__deprecated__ = notice
            return target

        return mark


def deprecated_arguments(**notices: str) -> Callable[[F], F]:
    """Have a function say of some of its arguments that they are deprecated, when they are given."""

    def mark(function: F) -> F:
        optional: dict[str, Any] = getattr(function, "__kwdefaults__", None) or {}
        names = {name: notice for name, notice in notices.items() if name in optional}
        marked = _telling(function, functools.partial(_tell_given, names))
        marked.__deprecated_arguments__ = names
        return cast(F, marked)

    return mark


def deprecated_members(**notices: str) -> Callable[[K], K]:
    """Have a model say of some of its members that they are deprecated, when they are given or read."""
    import attrs  # not for those who only import a client

    def mark(kind: K) -> K:
        fields = {field.name: field for field in attrs.fields(kind)}
        given = {
            str(fields[name].alias): notice
            for name, notice in notices.items()
            if fields[name].default is not attrs.NOTHING
        }
        kind.__init__ = _telling(kind.__init__, functools.partial(_tell_given, given))
        for name, notice in notices.items():
            setattr(kind, name, _Member(kind.__dict__[name], f"{kind.__name__}.{name}", notice))
        return kind

    return mark


def deprecated_values(notices: Mapping[str | int, str]) -> Callable[[K], K]:
    """Say of some values of an enum that they are deprecated; methods that are given one tell."""

    def mark(kind: K) -> K:
        kind.__deprecated_values__ = notices
        return kind

    return mark


def tell_of_value(name: str, value: Any, notices: Mapping[Any, str]) -> None:
    """Warn of a deprecated value of an argument, at the line outside of this package that led here."""
    if value in notices:
        _warn(f"the value {value!r} of {name}", notices[value], _outside() + 1)


def tell_of_calls(call: Any, given: Mapping[str, Any]) -> None:
    """Warn of a deprecated function, or deprecated arguments, that this package is told to call again and again."""
    if (notice := getattr(call, "__deprecated__", None)) is not None:
        _warn(call.__name__, notice, _outside() + 1)
    for name, notice in getattr(call, "__deprecated_arguments__", {}).items():
        if name in given:
            _warn(name, notice, _outside() + 1)


def _outside() -> int:
    """Return how far up from who calls this the code is that is not this package's."""
    level, frame = 0, sys._getframe(1)  # pyright: ignore[reportPrivateUsage]
    while frame.f_back is not None and frame.f_code.co_filename.startswith((_PACKAGE, _LOOP)):
        level, frame = level + 1, frame.f_back
    return level


class _Member:
    """Stands before the slot of a member, and tells when it is read."""

    def __init__(self, slot: Any, name: str, notice: str) -> None:
        self._slot = slot
        self._name = name
        self._notice = notice

    def __get__(self, model: Any, kind: type[Any] | None = None) -> Any:
        if model is None:
            return self._slot
        _tell(self._name, self._notice, 1)
        return self._slot.__get__(model, kind)

    def __set__(self, model: Any, value: Any) -> None:
        self._slot.__set__(model, value)


def _telling(function: Any, tell: Callable[[Mapping[str, Any], int], None]) -> Any:
    """Return a function that tells something before it does what it did."""
    if function.__code__.co_flags & _COROUTINE:

        @functools.wraps(function)
        async def awaited(*args: Any, **kwargs: Any) -> Any:
            tell(kwargs, 1)
            return await function(*args, **kwargs)

        return awaited

    @functools.wraps(function)
    def called(*args: Any, **kwargs: Any) -> Any:
        tell(kwargs, 1)
        return function(*args, **kwargs)

    return called


def _tell_given(notices: Mapping[str, str], given: Mapping[str, Any], level: int) -> None:
    for name, notice in notices.items():
        if given.get(name, UNSET) is not UNSET:
            _tell(name, notice, level + 1)


def _tell(name: str, notice: str, level: int) -> None:
    """Warn if the code so many frames up is a user's."""
    frame = sys._getframe(level + 1)  # pyright: ignore[reportPrivateUsage]
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_LOOP):
        level, frame = level + 1, frame.f_back  # a task: who began it is not known, only who runs them all
    if _is_users(frame.f_code.co_filename):
        _warn(name, notice, level + 2)


def _is_users(file: str) -> bool:
    """Return whether code is neither of this package nor of attrs, which makes, compares and copies models."""
    return not (
        file.startswith((_PACKAGE, "<attrs generated"))
        or file.replace("\\", "/").rpartition("/")[0].endswith("/attr")
    )


def _warn(name: str, notice: str, level: int) -> None:
    text = f" {notice}" if notice.startswith("since ") else f": {notice}" if notice else ""
    warnings.warn(f"{name} is deprecated{text}", DeprecationWarning, stacklevel=level + 1)
