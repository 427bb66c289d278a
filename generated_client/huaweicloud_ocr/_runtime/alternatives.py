"""Which alternative of a union a value was meant as, where it fits several.

An open enum takes any value, so two models that only the values of an enum tell apart would both fit.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from itertools import combinations
from typing import Annotated, Any, Final, Union, cast, get_args, get_origin

import attrs

from .absent import Unset
from .enums import OpenIntEnum, OpenStrEnum
from .members import UNKNOWN_MEMBERS, hints_of, wire_name

_UNIONS: Final = (Union, types.UnionType)
_NO_TEXT: Final = (int, float, types.NoneType, Unset)


def in_order(value: Any, kinds: tuple[Any, ...]) -> Sequence[Any]:
    """Return alternatives with those first as which a value was rather meant; what is alike keeps its order.

    What counts is how many values of enums are not known: first of those whose enums tell the alternatives apart, then
    of all; and then how many members a model would drop.
    """
    is_object = isinstance(value, dict)
    if not _have_open_enums(kinds):
        if not is_object:
            return kinds
        return sorted(kinds, key=lambda kind: _dropped(cast("dict[str, Any]", value), kind))
    look = _Look()
    telling = _telling(kinds) if is_object else frozenset[str]()

    def key(kind: Any) -> tuple[int, int, int]:
        told = look.unknown(value, kind, telling) if telling else 0
        return told, look.unknown(value, kind), _dropped(value, kind) if is_object else 0

    return sorted(kinds, key=key)


class _Look:
    """Counts unknown values of enums; what was counted once is remembered, for unions may nest."""

    def __init__(self) -> None:
        self._counted: dict[tuple[int, Any], int] = {}

    def unknown(self, value: Any, kind: Any, only: frozenset[str] | None = None) -> int:
        """Return how many values in it no enum of a type knows; where it is an object, maybe only of some members."""
        if not _has_open_enum(kind):
            return 0
        if _is_class(kind, Enum):
            return int(value not in kind._value2member_map_) if isinstance(value, (str, int)) else 0
        if not isinstance(value, (dict, list)):
            parts = get_args(kind) if get_origin(kind) in _UNIONS else ()
            return min((self.unknown(value, part) for part in parts if _may_be(value, part)), default=0)
        if only is not None:
            return self._count(value, kind, only)
        place = id(cast(object, value)), kind
        if place not in self._counted:
            self._counted[place] = self._count(value, kind, None)
        return self._counted[place]

    def _count(self, value: Any, kind: Any, only: frozenset[str] | None) -> int:
        origin, parts = get_origin(kind), get_args(kind)
        if origin is Annotated:
            return self.unknown(value, parts[0], only)
        if origin in _UNIONS:
            return min((self.unknown(value, part, only) for part in parts if _may_be(value, part)), default=0)
        if not isinstance(value, dict):
            return self._of_items(value, origin, parts)
        if origin is dict:
            return sum(self.unknown(item, parts[1]) for item in cast("dict[str, Any]", value).values())
        if attrs.has(kind):
            return sum(
                self.unknown(value[name], part)
                for name, part in _members(kind).items()
                if name in value and (only is None or name in only)
            )
        return 0

    def _of_items(self, items: list[Any], origin: Any, parts: tuple[Any, ...]) -> int:
        if origin is list:
            return sum(self.unknown(item, parts[0]) for item in items)
        if origin is tuple:
            return sum(self.unknown(item, part) for item, part in zip(items, parts, strict=False))
        return 0


def _may_be(value: Any, kind: Any) -> bool:
    """Whether JSON of this type may be read into a type; as far as the type tells."""
    if isinstance(value, dict):
        return get_origin(kind) in (dict, Annotated) or attrs.has(kind)
    if isinstance(value, list):
        return get_origin(kind) in (list, tuple)
    if isinstance(value, str):
        return _is_class(kind, object) and not _is_class(kind, _NO_TEXT) and not attrs.has(kind)
    return _is_class(kind, value.__class__)


def _is_class(kind: Any, of: type[Any] | tuple[type[Any], ...]) -> bool:
    return isinstance(kind, type) and issubclass(kind, of)


@functools.cache
def _members(kind: type[Any]) -> Mapping[str, Any]:
    """Return the types of a model's members by their names in JSON."""
    hints = hints_of(kind)
    return {
        wire_name(field): hints[field.name]
        for field in attrs.fields(kind)
        if UNKNOWN_MEMBERS not in field.metadata
    }


@functools.cache
def _telling(kinds: tuple[Any, ...]) -> frozenset[str]:
    """Return the members that tell models apart: those whose enums, in all models that have them, share no value."""
    found: dict[str, list[frozenset[Any]]] = {}
    for kind in kinds:
        if isinstance(kind, type) and attrs.has(kind):
            for name, part in _members(kind).items():
                found.setdefault(name, []).append(_values(part))
    return frozenset(
        name
        for name, values in found.items()
        if len(values) > 1 and all(values) and all(a.isdisjoint(b) for a, b in combinations(values, 2))
    )


def _values(kind: Any) -> frozenset[Any]:
    """Return the values of an enum that may be null or absent; none for any other type."""
    parts = get_args(kind) if get_origin(kind) in _UNIONS else (kind,)
    enums = [part for part in parts if isinstance(part, type) and issubclass(part, Enum)]
    return frozenset(member.value for kind in enums for member in kind)


@functools.cache
def _have_open_enums(kinds: tuple[Any, ...]) -> bool:
    return any(map(_has_open_enum, kinds))


@functools.cache
def _has_open_enum(kind: Any) -> bool:
    """Whether a type leads to an enum that takes unknown values."""
    seen: set[Any] = set()
    waiting = [kind]
    while waiting:
        found = waiting.pop()
        if isinstance(found, type) and issubclass(found, (OpenStrEnum, OpenIntEnum)):
            return True
        if found not in seen:
            seen.add(found)
            waiting += _below(found)
    return False


def _below(kind: Any) -> Iterator[Any]:
    if get_origin(kind) is Annotated:
        yield get_args(kind)[0]
    elif isinstance(kind, type) and attrs.has(kind):
        yield from hints_of(kind).values()
    else:
        yield from get_args(kind)


def _dropped(value: dict[str, Any], kind: Any) -> int:
    """Return how many members of an object a type does not know, and would drop."""
    names = _known_names(kind) if isinstance(kind, type) and attrs.has(kind) else None
    return 0 if names is None else sum(name not in names for name in value)


@functools.cache
def _known_names(kind: type[Any]) -> frozenset[str] | None:
    """Return the names of the members of a model, or None for one that keeps all others, too."""
    fields = attrs.fields(kind)
    if any(UNKNOWN_MEMBERS in field.metadata for field in fields):
        return None
    return frozenset(map(wire_name, fields))
