"""Limits of a value that are checked before anything is sent."""

from __future__ import annotations

import datetime
import json
import math
import uuid
from collections.abc import Collection, Iterable
from typing import Any, Final, cast

import attrs

from . import codec
from .encoded import Base64
from .enums import listed
from .errors import InvalidRequestError
from .hidden import hide
from .text import shown
from .unset import UNSET


@attrs.frozen(kw_only=True)
class Limits:
    """What a value has to keep to, under the names that JSON Schema has for it.

    Attributes:
        items: Limits of each item of a list.
        members: Limits of each value of a map.
        types: What the value is as JSON, where its class allows more.
        values: All that the value may be, where its class allows more; none where anything is allowed.
        also: What the value has to keep to besides.
        any_of: What the value has to keep to one of.
        is_secret: Whether no message may show the value.
    """

    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = None
    exclusive_maximum: float | None = None
    multiple_of: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique_items: bool = False
    min_properties: int | None = None
    max_properties: int | None = None
    items: Limits | None = None
    members: Limits | None = None
    types: tuple[str, ...] = ()
    values: tuple[Any, ...] = ()
    also: tuple[Limits, ...] = ()
    any_of: tuple[Limits, ...] = ()
    is_secret: bool = False

    def check(self, name: str, value: Any) -> None:
        """Raise `InvalidRequestError`, with the name and the limit, when a value is outside the limits."""
        kind: type[Any] = value.__class__
        if value is UNSET:
            return
        if self.types or self.values:
            self._check_kind(name, value)
        for limits in self.also:
            self._same(limits).check(name, value)
        if self.any_of:
            self._check_alternatives(name, value)
        if value is None or kind is bool:
            return
        if isinstance(value, (int, float)):
            self._check_number(name, value)
        elif isinstance(value, (str, Base64)):
            self._check_text(name, value.text if isinstance(value, Base64) else value)
        elif isinstance(value, (datetime.date, uuid.UUID)):
            self._check_text(name, codec.to_builtins(value))
        elif isinstance(value, (list, tuple)):
            self._check_list(name, cast("list[Any]", value))
        elif isinstance(value, dict):
            self._check_object(name, cast("dict[str, Any]", value))
        elif attrs.has(kind):
            self._check_object(name, codec.to_builtins(value))

    def _fits(self, plain: Any) -> bool:
        """Whether a value, as what its JSON decodes to, is of one of the types."""
        return not self.types or not self._types_of(plain).isdisjoint(self.types)

    @staticmethod
    def _types_of(plain: Any) -> set[str]:
        if isinstance(plain, float) and plain.is_integer():
            return {"number", "integer"}
        kind: type[Any] = plain.__class__
        return _TYPES.get(kind, set())

    def _check_kind(self, name: str, value: Any) -> None:
        plain = codec.to_builtins(value)
        if not self._fits(plain):
            raise self._broken(name, plain, f"of type {' or '.join(self.types)}")
        if self.values and not any(
            plain == one and isinstance(plain, bool) is isinstance(one, bool) for one in self.values
        ):
            raise self._broken(name, plain, f"one of {listed(self.values)}")

    def _check_alternatives(self, name: str, value: Any) -> None:
        plain = codec.to_builtins(value)
        problem: InvalidRequestError | None = None
        for limits in self.any_of:
            try:
                self._same(limits).check(name, value)
            except InvalidRequestError as error:
                # What an alternative of the same type says helps more than that others have another one.
                if problem is None or limits._fits(plain):
                    problem = error
            else:
                return
        if problem is not None:
            raise problem

    def _check_number(self, name: str, value: float) -> None:
        if isinstance(value, float) and not math.isfinite(value):
            raise self._broken(name, value, "a finite number")
        if self.minimum is not None and value < self.minimum:
            raise self._broken(name, value, f"at least {self.minimum}")
        if self.maximum is not None and value > self.maximum:
            raise self._broken(name, value, f"at most {self.maximum}")
        if self.exclusive_minimum is not None and value <= self.exclusive_minimum:
            raise self._broken(name, value, f"more than {self.exclusive_minimum}")
        if self.exclusive_maximum is not None and value >= self.exclusive_maximum:
            raise self._broken(name, value, f"less than {self.exclusive_maximum}")
        if self.multiple_of is not None and not _is_multiple(value, self.multiple_of):
            raise self._broken(name, value, f"a multiple of {self.multiple_of}")

    def _check_text(self, name: str, value: str) -> None:
        _check_count(name, value, "character", self.min_length, self.max_length)
        if self.pattern is not None:
            from .patterns import compiled  # which takes a while, and many calls have no pattern

            if not compiled(self.pattern).search(value):
                raise self._broken(name, value, f"text that matches {self.pattern}")

    def _check_list(self, name: str, value: list[Any]) -> None:
        _check_count(name, value, "item", self.min_items, self.max_items)
        if self.unique_items:
            distinct = {json.dumps(codec.to_builtins(item), sort_keys=True) for item in value}
            if len(distinct) < len(value):
                raise InvalidRequestError(f"{name} holds an item twice: items have to be unique")
        _check_each(name, self.items, enumerate(value))

    def _check_object(self, name: str, members: dict[str, Any]) -> None:
        _check_count(name, members, "member", self.min_properties, self.max_properties)
        _check_each(name, self.members, members.items())

    def _same(self, limits: Limits) -> Limits:
        """Return limits of the same value, which is no less of a secret for them."""
        return attrs.evolve(limits, is_secret=True) if self.is_secret else limits

    def _broken(self, name: str, value: object, limit: str) -> InvalidRequestError:
        what = hide(value) if self.is_secret else shown(value, 80)
        return InvalidRequestError(f"{name} is {what}: it has to be {limit}")


_TYPES: Final[dict[type[Any], set[str]]] = {
    str: {"string"},
    bool: {"boolean"},
    int: {"integer", "number"},
    float: {"number"},
    type(None): {"null"},
    list: {"array"},
    dict: {"object"},
}


def _check_each(name: str, limits: Limits | None, items: Iterable[tuple[Any, Any]]) -> None:
    if limits is not None:
        for key, item in items:
            limits.check(f"{name}[{key!r}]", item)


def _check_count(name: str, value: Collection[Any], unit: str, least: int | None, most: int | None) -> None:
    count = len(value)
    if least is not None and count < least:
        raise InvalidRequestError(f"{name} has {_counted(count, unit)}: at least {least} are needed")
    if most is not None and count > most:
        raise InvalidRequestError(f"{name} has {_counted(count, unit)}: at most {most} are allowed")


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'}"


def _is_multiple(value: float, of: float) -> bool:
    if isinstance(value, int) and isinstance(of, int):
        return value % of == 0
    try:
        quotient = value / of
        # 0.3 is a multiple of 0.1, though not for a processor.
        return math.isclose(quotient, round(quotient), rel_tol=1e-9, abs_tol=1e-9)
    except OverflowError:
        # A quotient of this size has no digits behind the point.
        return True
