"""Values of every type that models of generated packages are made of, from their annotations."""

from __future__ import annotations

import datetime
import enum
import sys
import types
import typing
import uuid
from collections.abc import Callable
from types import ModuleType
from typing import Any, Literal, Union, get_args, get_origin

import attrs
from hypothesis import strategies as st

_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=10),
    int: st.integers(-(2**70), 2**70),
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    type(None): st.none(),
    datetime.date: st.dates(),
    datetime.datetime: st.datetimes(
        timezones=st.sampled_from([datetime.UTC, datetime.timezone(datetime.timedelta(hours=8))])
    ),
    uuid.UUID: st.uuids(),
}
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=3,
)
_DEEPEST = 3


def models(package: ModuleType) -> list[Any]:
    """Return the models of a package."""
    found = (getattr(package.models, name) for name in package.models.__all__)
    return [kind for kind in found if isinstance(kind, type) and attrs.has(kind)]


class Values:
    """Makes strategies for the models of one package."""

    def __init__(self, package: ModuleType) -> None:
        self._package = package
        self._codec: Any = sys.modules[f"{package.__name__}._runtime.codec"]
        self._unset = sys.modules[
            f"{package.__name__}._runtime.absent"
        ].Unset  # what annotations have at run time

    def of(self, kind: Any, depth: int = 0) -> st.SearchStrategy[Any]:
        """Return the values that an annotation allows; what refers to itself ends somewhere."""
        if kind is Any:
            return _JSON
        if kind in _PLAIN:
            return _PLAIN[kind]
        if kind is self._package.Base64:
            return st.binary(max_size=20).map(self._package.Base64.from_file)
        if kind is self._unset:
            return st.just(self._package.UNSET)
        if isinstance(kind, type) and attrs.has(kind):
            return self._model(kind, depth)
        if isinstance(kind, type) and issubclass(kind, enum.Enum):
            known: st.SearchStrategy[Any] = st.sampled_from(list(kind))
            if not hasattr(kind, "known"):
                return known
            # The JSON library has no enum members beyond 64 bits.
            plain = st.integers(-(2**63), 2**63 - 1) if issubclass(kind, int) else st.text(max_size=10)
            return known | plain.map(kind)
        return self._composed(kind, depth)

    def _composed(self, kind: Any, depth: int) -> st.SearchStrategy[Any]:
        origin, parts = get_origin(kind), get_args(kind)
        if origin is Literal:
            return st.sampled_from(parts)
        if origin is typing.Annotated:
            return self._discriminated(parts[0], parts[1], depth)
        if origin in (Union, types.UnionType):
            if depth >= _DEEPEST and self._unset in parts:
                return st.just(self._package.UNSET)
            return st.one_of([self.of(part, depth) for part in parts])
        size = 0 if depth >= _DEEPEST else 2
        if origin is list:
            return st.lists(self.of(parts[0], depth + 1), max_size=size) if size else st.just([])
        if origin is dict:
            if not size:
                return st.just({})
            return st.dictionaries(st.text(max_size=5), self.of(parts[1], depth + 1), max_size=size)
        assert origin is tuple, kind
        return st.tuples(*(self.of(part, depth) for part in parts))

    def _discriminated(self, union: Any, discriminator: Any, depth: int) -> st.SearchStrategy[Any]:
        """Return models whose member names their class; others would come back as what they say they are."""
        kinds = {kind.__name__: kind for kind in get_args(union) if attrs.has(kind)}
        named: list[st.SearchStrategy[Any]] = []
        for given, name in discriminator.models.items():
            if name in kinds:
                named.append(self._model(kinds[name], depth).map(_saying(discriminator.name, given)))
        others = [self.of(kind, depth) for kind in get_args(union) if not attrs.has(kind)]
        return st.one_of([*named, *others])

    def _model(self, kind: Any, depth: int) -> st.SearchStrategy[Any]:
        hints = typing.get_type_hints(kind, include_extras=True)
        fields = attrs.fields(kind)
        names = {self._codec.wire_name(field) for field in fields}
        given: dict[str, st.SearchStrategy[Any]] = {}
        for field in fields:
            hint = hints[field.name]
            if field.metadata.get(self._codec.REQUIRED) == self._codec.IN_ANSWERS:
                # Values are read back as answers, which always have this member.
                hint = Union[tuple(part for part in get_args(hint) if part is not self._unset)]  # noqa: UP007
            values = self.of(hint, depth + 1)
            if self._codec.UNKNOWN_MEMBERS in field.metadata:
                # A member that the model names is none of those that it does not know.
                values = values.filter(lambda members: not names & members.keys())
            given[field.alias] = values
        return st.builds(kind, **given)


def _saying(name: str, given: str) -> Callable[[Any], Any]:
    """Return what gives a member of a model this value."""
    return lambda value: type(value).from_dict({**value.to_dict(), name: given})
