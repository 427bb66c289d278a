"""Enums: closed ones, and open ones, which keep values that are not known today.

An enum that occurs in answers is open there, for a service may learn values. In requests it is closed all the same,
unless the description says that others are allowed: an unknown value is a mistake more often than not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum, IntEnum, StrEnum
from itertools import islice
from typing import Any, Final, Self, TypeVar, overload

from .errors import InvalidRequestError
from .text import shown
from .unset import UNSET, Unset

E = TypeVar("E", bound=StrEnum)

_MOST_LISTED: Final = 20


class OpenStrEnum(StrEnum):
    """An enum that keeps values which are not known today.

    An unknown value becomes a member of its own that equals its plain text; it does not join the known members. It
    cannot be sent.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = value
        member._value_ = value
        return member

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        return type(self), (self.value,)

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __copy__(self) -> Self:
        return self

    def __repr__(self) -> str:
        # The stock repr shows the name as it is, and that of an unknown value is what the server sent.
        return super().__repr__() if self.known else f"<{type(self).__name__}: {self.value!r}, not known>"

    @property
    def known(self) -> bool:
        """Whether the description knows this value."""
        return self.value in type(self)._value2member_map_


class ExtensibleStrEnum(OpenStrEnum):
    """An open enum whose unknown values may be sent, too."""


class OpenIntEnum(IntEnum):
    """An enum of integers that keeps values which are not known today; see `OpenStrEnum`."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if type(value) is not int:
            return None
        member = int.__new__(cls, value)
        member._name_ = str(value)
        member._value_ = value
        return member

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        return type(self), (self.value,)

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __copy__(self) -> Self:
        return self

    @property
    def known(self) -> bool:
        """Whether the description knows this value."""
        return self.value in type(self)._value2member_map_


class ExtensibleIntEnum(OpenIntEnum):
    """An open enum of integers whose unknown values may be sent, too."""


def is_closed_in_requests(kind: type[Enum]) -> bool:
    """Whether a class keeps values that must not be sent."""
    return issubclass(kind, (OpenStrEnum, OpenIntEnum)) and not issubclass(
        kind, (ExtensibleStrEnum, ExtensibleIntEnum)
    )


def is_refused(member: Enum) -> bool:
    """Whether a member is an unknown value that must not be sent."""
    return member.value not in type(member)._value2member_map_ and is_closed_in_requests(type(member))


def listed(values: Iterable[object]) -> str:
    """Return values as a message lists them."""
    rest = iter(values)
    found = [shown(value, 80) for value in islice(rest, _MOST_LISTED)]
    return ", ".join([*found, "…"] if next(rest, None) is not None else found)


@overload
def to_enum(name: str, enum: type[E], value: E | str) -> E: ...


@overload
def to_enum(name: str, enum: type[E], value: E | str | Unset) -> E | Unset: ...


def to_enum(name: str, enum: type[E], value: E | str | Unset) -> E | Unset:
    """Return the member that the value of the field with that name stands for.

    Raises:
        InvalidRequestError: It is none of the known values; the message lists them.
    """
    return UNSET if value is UNSET else _member(name, enum, value)


@overload
def to_enum_list(name: str, enum: type[E], values: Sequence[E | str]) -> list[E]: ...


@overload
def to_enum_list(name: str, enum: type[E], values: Sequence[E | str] | Unset) -> list[E] | Unset: ...


def to_enum_list(name: str, enum: type[E], values: Sequence[E | str] | Unset) -> list[E] | Unset:
    """Return the members that the values of the field with that name stand for.

    Raises:
        InvalidRequestError: It is not a list or tuple, or holds an unknown value.
    """
    if values is UNSET:
        return UNSET
    if not isinstance(values, (list, tuple)):
        raise InvalidRequestError(f"{name}: a list is needed, not {shown(values, 80)}")
    return [_member(name, enum, value) for value in values]


def _member(name: str, enum: type[E], value: E | str) -> E:
    try:
        member = enum(value)
    except (ValueError, RecursionError):  # the stock message has the whole value in it
        member = None
    if member is None or is_refused(member):
        known = listed(str(one) for one in enum)
        raise InvalidRequestError(f"{name}: {shown(value, 80)} is not known; choose one of {known}")
    if notices := getattr(enum, "__deprecated_values__", None):
        from .deprecation import tell_of_value

        tell_of_value(name, member.value, notices)
    return member
