"""Rules of a request model that are checked before anything is sent."""

from __future__ import annotations

import datetime
import functools
import math
from collections.abc import Iterable, Mapping
from types import NoneType
from typing import Any, Final, Protocol, cast, runtime_checkable

import attrs

from . import codec
from .encoded import Base64
from .errors import InvalidDataError, InvalidRequestError
from .limits import Limits
from .text import is_visible_ascii, shown
from .times import check_offset
from .unset import UNSET, Unset


@runtime_checkable
class Check(Protocol):
    """A rule of a request model."""

    def check(self, model: Any) -> None:
        """Raise `InvalidRequestError` when the model breaks the rule."""
        ...


class ExactlyOneOf:
    """Exactly one of these members has to be given."""

    def __init__(self, *fields: str) -> None:
        self.fields = fields

    def check(self, model: Any) -> None:
        """Raise `InvalidRequestError` when none or more than one is given."""
        given = [name for name in self.fields if getattr(model, name) is not UNSET]
        if len(given) != 1:
            got = f"{' and '.join(given)} are" if given else "none is"
            raise InvalidRequestError(f"exactly one of {' and '.join(self.fields)} is needed; {got} given")


class AtLeastOneOf:
    """At least one of these members has to be given."""

    def __init__(self, *fields: str) -> None:
        self.fields = fields

    def check(self, model: Any) -> None:
        """Raise `InvalidRequestError` when none is given."""
        if all(getattr(model, name) is UNSET for name in self.fields):
            raise InvalidRequestError(f"at least one of {' and '.join(self.fields)} is needed; none is given")


class MemberCount:
    """As many members as the description allows have to be given, those without names included."""

    def __init__(self, least: int | None, most: int | None) -> None:
        self.limits = Limits(min_properties=least, max_properties=most)

    def check(self, model: Any) -> None:
        """Raise `InvalidRequestError` when fewer or more are given."""
        self.limits.check(type(model).__name__, model)


class Uri:
    """A member is an absolute URI: no characters outside ASCII, no white space."""

    def __init__(self, field: str) -> None:
        self.field = field

    def check(self, model: Any) -> None:
        """Raise `InvalidRequestError` when the member is given and is not such a URI."""
        value = getattr(model, self.field)
        if not isinstance(value, str):
            return  # absent, null, or of another type that is allowed
        if "://" not in value:
            raise InvalidRequestError(f"{self.field} is not an address: {shown(value, 80)}")
        for offset, char in enumerate(value):
            if not is_visible_ascii(char):
                raise InvalidRequestError(
                    f"{self.field} holds {char!r} at offset {offset}: percent-encode it (urllib.parse.quote)"
                )


def encode_request(body: Any) -> tuple[bytes, ...]:
    """Write a request's body, which has its type already, as JSON, once it keeps the rules of its models.

    Raises:
        InvalidRequestError: with the first rule that is broken.
    """
    check_body(body)
    try:
        return codec.encode_parts(body)
    except (InvalidDataError, TypeError) as error:
        raise InvalidRequestError(str(error)) from None


def check_body(value: Any, name: str = "body") -> None:
    """Hold a request's body, and the models in it, to the rules and limits of their classes.

    Args:
        value: The body, or a value in it.
        name: What messages call it.

    Raises:
        InvalidRequestError: with the first one that is broken.
    """
    kind: Any = value.__class__
    if kind in _WITHOUT_RULES:
        return
    rules = _rules(kind)
    if rules is not None:
        checks, limits, fields = rules
        _check_rules(value, checks, limits)
        for field in fields:
            check_body(getattr(value, field), field)
    elif isinstance(value, (list, tuple)):
        for item in cast(Iterable[Any], value):
            check_body(item, name)
    elif isinstance(value, dict):
        for key, item in cast("dict[str, Any]", value).items():
            check_body(item, key)
    elif isinstance(value, float) and not math.isfinite(value):
        raise InvalidRequestError(f"{name}: JSON has no number {value}")
    elif isinstance(value, datetime.date):
        check_offset(name, value)


def broken_rule(model: Any) -> str | None:
    """Return what is wrong with a model by the rules and limits of its class, apart from the models in it, or None."""
    rules = _rules(model.__class__)
    try:
        if rules is not None:
            _check_rules(model, *rules[:2])
    except InvalidRequestError as error:
        return str(error)
    return None


def _check_rules(model: Any, checks: Iterable[Check], limits: Mapping[str, Limits]) -> None:
    for check in checks:
        check.check(model)
    for field, limit in limits.items():
        limit.check(field, getattr(model, field))


_WITHOUT_RULES: Final = frozenset({Unset, Base64, NoneType, bool, int, str})


@functools.cache
def _rules(kind: Any) -> tuple[tuple[Check, ...], Mapping[str, Limits], tuple[str, ...]] | None:
    """Return the rules, the limits and the fields of a model's class, or None where it is none."""
    if not attrs.has(kind):
        return None
    names = tuple(field.name for field in attrs.fields(kind))
    return getattr(kind, "__checks__", ()), getattr(kind, "__limits__", {}), names
