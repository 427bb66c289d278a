"""Limits of a value that are checked before anything is sent."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Iterable
from typing import Any, cast

import attrs

from . import codec
from .encoded import Base64
from .errors import InvalidRequestError
from .text import shown
from .unset import UNSET


@attrs.frozen(kw_only=True)
class Limits:
    """What a value has to keep to, under the names that JSON Schema has for it.

    Attributes:
        items: Limits of each item of a list, or of each value of a map.
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

    def check(self, name: str, value: Any) -> None:
        """Raise `InvalidRequestError`, with the name and the limit, when a value is outside the limits."""
        kind: type[Any] = value.__class__
        if value is UNSET or value is None or kind is bool:
            return
        if isinstance(value, (int, float)):
            self._check_number(name, value)
        elif isinstance(value, (str, Base64)):
            self._check_text(name, value.text if isinstance(value, Base64) else value)
        elif isinstance(value, (list, tuple)):
            self._check_list(name, cast("list[Any]", value))
        elif isinstance(value, dict):
            self._check_object(name, cast("dict[str, Any]", value))
        elif attrs.has(kind):
            self._check_object(name, codec.to_builtins(value))

    def _check_number(self, name: str, value: float) -> None:
        if self.minimum is not None and value < self.minimum:
            raise _broken(name, value, f"at least {self.minimum}")
        if self.maximum is not None and value > self.maximum:
            raise _broken(name, value, f"at most {self.maximum}")
        if self.exclusive_minimum is not None and value <= self.exclusive_minimum:
            raise _broken(name, value, f"more than {self.exclusive_minimum}")
        if self.exclusive_maximum is not None and value >= self.exclusive_maximum:
            raise _broken(name, value, f"less than {self.exclusive_maximum}")
        if self.multiple_of is not None and not _is_multiple(value, self.multiple_of):
            raise _broken(name, value, f"a multiple of {self.multiple_of}")

    def _check_text(self, name: str, value: str) -> None:
        _check_count(name, value, "character", self.min_length, self.max_length)
        if self.pattern is not None and not re.search(self.pattern, value):
            raise _broken(name, value, f"text that matches {self.pattern}")

    def _check_list(self, name: str, value: list[Any]) -> None:
        _check_count(name, value, "item", self.min_items, self.max_items)
        if self.unique_items:
            distinct = {json.dumps(codec.to_builtins(item), sort_keys=True) for item in value}
            if len(distinct) < len(value):
                raise InvalidRequestError(f"{name} holds an item twice: items have to be unique")
        self._check_items(name, enumerate(value))

    def _check_object(self, name: str, members: dict[str, Any]) -> None:
        _check_count(name, members, "member", self.min_properties, self.max_properties)
        self._check_items(name, members.items())

    def _check_items(self, name: str, items: Iterable[tuple[Any, Any]]) -> None:
        if self.items is not None:
            for key, item in items:
                self.items.check(f"{name}[{key!r}]", item)


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


def _broken(name: str, value: object, limit: str) -> InvalidRequestError:
    return InvalidRequestError(f"{name} is {shown(value, 80)}: it has to be {limit}")
