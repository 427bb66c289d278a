"""What a schema asks of a value, however it is written: its references followed, the parts of `allOf` put together.

So a schema that moves to the components, or gets a part of `allOf` of its own, is not changed. What is found of a
keyword keeps the place where it is written.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final, Protocol

import attrs

from generator import pointer as pointers
from generator.comparison.ledger import Scope
from generator.comparison.places import Label, Side, Spot
from generator.plain import is_list, is_mapping
from generator.structure import is_reference

_MOST_LAYERS: Final = 500
_UNIONS: Final = ("oneOf", "anyOf")
_NULL: Final = "null"
_TYPES: Final = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    list: "array",
    dict: "object",
}
_VALUES: Final = ("const", "enum")
_SAYS_NOTHING: Final = frozenset({"$ref", "description", "title", "summary"})


@attrs.frozen(eq=False)
class Layer:
    """A schema without what it is composed of.

    Attributes:
        pointer: Where it stands.
        schema: What it says itself.
        or_null: Whether null is allowed beside it.
        has_way_out: Whether null is allowed around it, so that its own values need not list it.
    """

    pointer: str
    schema: dict[str, Any]
    or_null: bool = False
    has_way_out: bool = False


@attrs.frozen(eq=False)
class Union:
    """Alternatives, of which null is left out."""

    pointer: str
    branches: tuple[Spot, ...]


@attrs.frozen
class Bound:
    """A limit; of two upper ones the smaller `rank` is tighter, of two lower ones the larger."""

    rank: tuple[float, int]
    pointer: str
    is_exclusive: bool = False


class _Placed(Protocol):
    @property
    def pointer(self) -> str: ...


class View:
    """What schemas that hold for one value together ask of it."""

    def __init__(self, side: Side, sources: tuple[Spot, ...]) -> None:
        """Look at schemas of a document."""
        self._side = side
        self.layers: list[Layer] = []
        self.unions: list[Union] = []
        self.is_never = False
        self._unions_take_null = True
        self._chosen: list[Spot] = []
        self._collect(sources)

    @property
    def pointer(self) -> str:
        """Where the outermost of the schemas stands."""
        return self.layers[0].pointer if self.layers else ""

    def home(self, pointer: str) -> str:
        """Return where one would look for what stood at a place in the old document.

        That is the same place if it is one of these schemas, else the outermost of them that says anything.
        """
        standing = {layer.pointer for layer in self.layers}
        if pointer in standing:
            return pointer
        saying = (layer.pointer for layer in self.layers if layer.schema.keys() - _SAYS_NOTHING)
        return next(saying, self.pointer)

    def says_as(self, other: View) -> bool:
        """Return whether the same is written in both, but for what references lead to."""
        mine, others = [
            [(layer.schema, layer.or_null, layer.has_way_out) for layer in view.layers]
            for view in (self, other)
        ]
        return self.is_never == other.is_never and are_same(mine, others)

    def _collect(self, sources: tuple[Spot, ...]) -> None:
        pending = [(source, False) for source in reversed(sources)]
        seen = set[str]()
        while pending and len(self.layers) < _MOST_LAYERS:
            spot, or_null = pending.pop()
            if spot.pointer in seen:
                continue
            seen.add(spot.pointer)
            if not is_mapping(spot.value):
                self.is_never |= spot.value is False
                self.layers.append(Layer(spot.pointer, {}))
                continue
            has_way_out = or_null
            or_null |= self._side.reads_nullable and spot.value.get("nullable") is True
            below: list[tuple[Spot, bool]] = []
            if is_reference(spot.value):
                target = self._side.next(spot)
                below += [(target, or_null)] if target else []
            below += [(part, or_null) for part in spot.member("allOf").items()]
            for keyword in _UNIONS:
                union = spot.member(keyword)
                branches = union.items()
                others = [branch for branch in branches if not self._is_null(branch)]
                if len(others) > 1 and all(map(self._is_value, others)):
                    self._chosen.append(Spot(union.pointer, others))
                    or_null |= len(others) < len(branches)
                elif len(others) == 1:
                    below.append((others[0], or_null or len(others) < len(branches)))
                elif branches:
                    self.unions.append(Union(union.pointer, tuple(others)))
                    self._unions_take_null &= any(map(self._takes_null, branches))
            self.layers.append(Layer(spot.pointer, spot.value, or_null, has_way_out))
            pending += reversed(below)

    def _is_null(self, branch: Spot) -> bool:
        found = self._side.follow(branch).value
        if not is_mapping(found):
            return False
        return (
            found.get("type") in (_NULL, [_NULL])
            or found.get("enum") == [None]
            or ("const" in found and found["const"] is None)
        )

    @staticmethod
    def _is_value(branch: Spot) -> bool:
        """Return whether an alternative is nothing but a value: what OpenAPI has for an enum with words about each."""
        found = branch.value
        return (
            is_mapping(found)
            and any(name in found for name in _VALUES)
            and found.keys() <= {*_VALUES, "type", "title", "description", "$comment"}
            and _values(Layer("", found)) is not None
        )

    def _takes_null(self, branch: Spot) -> bool:
        found = self._side.follow(branch).value
        if not is_mapping(found):
            return False
        types = _types(found)
        is_nullable = self._side.reads_nullable and found.get("nullable") is True
        return (types is None or _NULL in types or is_nullable) and _lists_null(found) is not False

    # Single keywords

    def first(self, name: str) -> Spot | None:
        """Return a keyword as the outermost schema that has it says; None if none has."""
        for layer in self.layers:
            if name in layer.schema:
                return Spot(pointers.join(layer.pointer, name), layer.schema[name])
        return None

    def every(self, name: str) -> list[Spot]:
        """Return a keyword of all schemas that have it."""
        return [
            Spot(pointers.join(layer.pointer, name), layer.schema[name])
            for layer in self.layers
            if name in layer.schema
        ]

    def is_set(self, name: str) -> bool:
        """Return whether a keyword is true in any of the schemas."""
        return any(layer.schema.get(name) is True for layer in self.layers)

    # Types

    @cached_property
    def types(self) -> frozenset[str] | None:
        """The types that a value may have, null included; a number may be an integer. None if any may be."""
        found: frozenset[str] | None = None
        for layer in self.layers:
            own = _types(layer.schema)
            if own is not None:
                own |= {_NULL} if layer.or_null else frozenset()
                found = own if found is None else found & own
        if found is None:
            guessed = self._guessed()
            found = guessed
        return found

    def _guessed(self) -> frozenset[str] | None:
        """Return the type that is meant where none is written, but keywords of one are."""
        guess: str | None = None
        if any("properties" in layer.schema for layer in self.layers):
            guess = "object"
        elif any(name in layer.schema for layer in self.layers for name in ("items", "prefixItems")):
            guess = "array"
        elif self.listed_null and not self.enum:
            return frozenset({_NULL})
        else:
            kinds = {_TYPES.get(type(_plain(spot.value)), "") for spot in (self.enum or {}).values()}
            if kinds and "" not in kinds:
                return self._or_null(kinds | ({"integer"} if "number" in kinds else set()))
        return None if guess is None else self._or_null({guess})

    def _or_null(self, types: set[str]) -> frozenset[str]:
        """Add null to types that are guessed where it is allowed."""
        may_be = any(layer.or_null for layer in self.layers) or any(
            is_list(spot.value) and None in spot.value for spot in self.every("enum")
        )
        return frozenset(types | {_NULL} if may_be else types)

    @property
    def may_be_null(self) -> bool:
        """Whether null is allowed."""
        return self.has_null_type and all(
            layer.has_way_out or _lists_null(layer.schema) is not False for layer in self.layers
        )

    @property
    def has_null_type(self) -> bool:
        """Whether null is allowed, whatever values are listed."""
        return self._unions_take_null and (self.types is None or _NULL in self.types)

    @property
    def listed_null(self) -> Spot | None:
        """Null among the values that are allowed; None if it is not listed."""
        spots = [item for spot in self.every("enum") for item in spot.items()] + self.every("const")
        return next((spot for spot in spots if spot.value is None), None)

    @property
    def is_bare(self) -> bool:
        """Whether it is nothing but alternatives."""
        return bool(self.unions) and not any(
            _types(layer.schema) is not None
            or any(name in layer.schema for name in ("properties", "items", "enum", "const", "required"))
            for layer in self.layers
        )

    # Values

    @cached_property
    def enum(self) -> dict[str, Spot] | None:
        """The values that are allowed, by their JSON text, null aside; None if they are not listed."""
        found: dict[str, Spot] | None = None
        for layer in self.layers:
            own = _values(layer)
            if own is not None:
                found = own if found is None else {key: spot for key, spot in found.items() if key in own}
        for chosen in self._chosen:
            own = {}
            for branch in chosen.value:
                own |= _values(Layer(branch.pointer, branch.value)) or {}
            found = own if found is None else {key: spot for key, spot in found.items() if key in own}
        return found

    @property
    def listing(self) -> Spot | None:
        """The place where the values are listed that are allowed; None if they are not listed."""
        return self.first("enum") or self.first("const") or next(iter(self._chosen), None)

    def upper(self, name: str, exclusive: str = "") -> Bound | None:
        """Return the tightest upper limit."""
        return min(self._bounds(name, exclusive, -1), key=lambda bound: bound.rank, default=None)

    def lower(self, name: str, exclusive: str = "") -> Bound | None:
        """Return the tightest lower limit; none where it says nothing, as `minLength: 0`."""
        found = max(self._bounds(name, exclusive, 1), key=lambda bound: bound.rank, default=None)
        return None if found and not exclusive and found.rank[0] <= 0 else found

    def _bounds(self, name: str, exclusive: str, sense: int) -> Iterator[Bound]:
        whole = self.types is not None and self.types <= {"integer", _NULL}
        for layer in self.layers:
            limit, beyond = layer.schema.get(name), layer.schema.get(exclusive) if exclusive else None
            switched = beyond is True  # OpenAPI 3.0
            for number, is_exclusive, keyword in ((limit, switched, name), (beyond, True, exclusive)):
                if isinstance(number, bool) or not isinstance(number, int | float):
                    continue
                pointer = pointers.join(layer.pointer, keyword)
                if isinstance(number, float) and not math.isfinite(number):
                    continue
                if whole and is_exclusive:
                    edge = math.floor(number) + 1 if sense > 0 else math.ceil(number) - 1
                    yield Bound((edge, 0), pointer)
                else:
                    yield Bound((number, sense if is_exclusive else 0), pointer, is_exclusive)

    def texts(self, name: str) -> dict[str, Spot]:
        """Return what a keyword says in all of the schemas, by its JSON text."""
        return {as_text(spot.value): spot for spot in self.every(name)}

    # What is within

    @cached_property
    def properties(self) -> dict[str, tuple[Spot, ...]]:
        """The members that are described, each with all schemas that hold for it."""
        found: dict[str, tuple[Spot, ...]] = {}
        for spot in self.every("properties"):
            for name, member in spot.members().items():
                found[name] = (*found.get(name, ()), member)
        return found

    @cached_property
    def required(self) -> dict[str, str]:
        """The members that have to be there, each with the pointer of the list that says so."""
        found: dict[str, str] = {}
        for spot in self.every("required"):
            for item in spot.items():
                if isinstance(item.value, str):
                    found.setdefault(item.value, spot.pointer)
        return found

    @cached_property
    def is_closed(self) -> bool:
        """Whether members that are not described are excluded."""
        return any(
            layer.schema.get(name) is False
            for layer in self.layers
            for name in ("additionalProperties", "unevaluatedProperties")
        )

    @cached_property
    def additional(self) -> tuple[Spot, ...]:
        """The schemas that hold for members that are not described."""
        return tuple(
            spot for spot in self.every("additionalProperties") if is_mapping(spot.value) and spot.value
        )

    def within(self, name: str) -> tuple[Spot, ...]:
        """Return the schemas that a keyword holds, such as `items`, in all of the schemas."""
        return tuple(self.every(name))


def _types(schema: dict[str, Any]) -> frozenset[str] | None:
    written = schema.get("type")
    names = [written] if isinstance(written, str) else written if is_list(written) else []
    found = {name for name in names if isinstance(name, str)}
    if not found:
        return None
    return frozenset(found | {"integer"}) if "number" in found else frozenset(found)


def _values(layer: Layer) -> dict[str, Spot] | None:
    if is_list(layer.schema.get("enum")):
        spot = Spot(pointers.join(layer.pointer, "enum"), layer.schema["enum"])
        return {as_text(item.value): item for item in spot.items() if item.value is not None}
    if "const" in layer.schema:
        spot = Spot(pointers.join(layer.pointer, "const"), layer.schema["const"])
        return {} if spot.value is None else {as_text(spot.value): spot}
    return None


def _lists_null(schema: dict[str, Any]) -> bool | None:
    """Return whether null is among the values that a schema lists; None if it lists none."""
    if is_list(schema.get("enum")):
        return None in schema["enum"]
    return schema["const"] is None if "const" in schema else None


def as_text(value: Any) -> str:
    """Return a value as JSON, by which equal ones are known; `1` and `1.0` are the same number."""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, default=str)


def are_same(one: object, other: object) -> bool:
    """Return whether two values are equal as JSON, where `true` is not `1` as it is in Python."""
    return one == other and json.dumps(one, sort_keys=True, default=str) == json.dumps(
        other, sort_keys=True, default=str
    )


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def standing(
    scope: Scope, new: View, before: _Placed | None, after: _Placed | None, levels: int = 1
) -> tuple[str, str, Label]:
    """Return where a part of a schema stands, where it stood, and how that schema is called.

    Args:
        scope: The documents.
        new: What the schema asks for now.
        before: The part before; None if there was none.
        after: The part now; None if it is gone.
        levels: How many levels the part stands below the schema.
    """
    holder = (after or before or new).pointer
    for _ in range(levels if after or before else 0):
        holder = pointers.parent(holder)
    if after is None:
        holder = new.home(holder)
    where = after.pointer if after else holder
    return where, before.pointer if before else "", scope.called(holder)
