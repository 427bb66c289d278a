"""The shape of an OpenAPI document: which object stands where.

A member called `$ref` is a reference only where the specification has an object that may be one; in an
example, a default or an enum it is data. Whoever walks over a document has to know the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum, StrEnum, auto
from typing import Any

import attrs

from generator import pointer as pointers
from generator.plain import is_list, is_mapping

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""The members of a path item that are operations."""


class Kind(StrEnum):
    """An object of the OpenAPI specification, or how a value without objects is treated."""

    DOCUMENT = "OpenAPI document"
    COMPONENTS = "components"
    PATHS = "paths"
    PATH_ITEM = "path item"
    OPERATION = "operation"
    PARAMETER = "parameter"
    REQUEST_BODY = "request body"
    MEDIA_TYPE = "media type"
    ENCODING = "encoding"
    RESPONSES = "responses"
    RESPONSE = "response"
    CALLBACK = "callback"
    EXAMPLE = "example"
    LINK = "link"
    HEADER = "header"
    SECURITY_SCHEME = "security scheme"
    SCHEMA = "schema"
    DISCRIMINATOR = "discriminator"
    PLAIN = "object without references"
    """Objects that hold no references anywhere, save in extensions: info, servers, tags and the like."""
    EXTENSION = "extension"
    """The value of an `x-` member: anything, where references are replaced by what they refer to."""
    DATA = "data"
    """A value that means itself: an example, a default, a constant."""


class Shape(Enum):
    """How objects of one kind stand in a member."""

    ONE = auto()
    LIST = auto()
    MAP = auto()


@attrs.frozen
class Slot:
    """What a member holds: one object, or a list or a map of them."""

    shape: Shape
    kind: Kind


SECTIONS = {
    Kind.SCHEMA: "schemas",
    Kind.RESPONSE: "responses",
    Kind.PARAMETER: "parameters",
    Kind.EXAMPLE: "examples",
    Kind.REQUEST_BODY: "requestBodies",
    Kind.HEADER: "headers",
    Kind.SECURITY_SCHEME: "securitySchemes",
    Kind.LINK: "links",
    Kind.CALLBACK: "callbacks",
    Kind.PATH_ITEM: "pathItems",
}
"""The section of `components` for each kind of object that may be a reference."""


def _one(kind: Kind, *names: str) -> dict[str, Slot]:
    return dict.fromkeys(names, Slot(Shape.ONE, kind))


def _list(kind: Kind, *names: str) -> dict[str, Slot]:
    return dict.fromkeys(names, Slot(Shape.LIST, kind))


def _map(kind: Kind, *names: str) -> dict[str, Slot]:
    return dict.fromkeys(names, Slot(Shape.MAP, kind))


_SCHEMA_MEMBERS = {
    **_one(
        Kind.SCHEMA, "items", "contains", "additionalProperties", "propertyNames", "not", "if", "then", "else"
    ),
    **_one(Kind.SCHEMA, "unevaluatedItems", "unevaluatedProperties", "contentSchema"),
    **_list(Kind.SCHEMA, "allOf", "anyOf", "oneOf", "prefixItems"),
    **_map(Kind.SCHEMA, "properties", "patternProperties", "dependentSchemas", "$defs", "definitions"),
    **_one(Kind.DISCRIMINATOR, "discriminator"),
    **_one(Kind.PLAIN, "xml", "externalDocs"),
}
_CONTENT = {**_one(Kind.SCHEMA, "schema"), **_one(Kind.DATA, "example"), **_map(Kind.EXAMPLE, "examples")}

_MEMBERS: dict[Kind, dict[str, Slot]] = {
    Kind.DOCUMENT: {
        **_one(Kind.PLAIN, "info", "externalDocs", "servers", "tags", "security"),
        **_one(Kind.PATHS, "paths"),
        **_map(Kind.PATH_ITEM, "webhooks"),
        **_one(Kind.COMPONENTS, "components"),
    },
    Kind.COMPONENTS: {section: Slot(Shape.MAP, kind) for kind, section in SECTIONS.items()},
    Kind.PATH_ITEM: {
        **_one(Kind.OPERATION, *METHODS),
        **_list(Kind.PARAMETER, "parameters"),
        **_one(Kind.PLAIN, "servers"),
    },
    Kind.OPERATION: {
        **_list(Kind.PARAMETER, "parameters"),
        **_one(Kind.REQUEST_BODY, "requestBody"),
        **_one(Kind.RESPONSES, "responses"),
        **_map(Kind.CALLBACK, "callbacks"),
        **_one(Kind.PLAIN, "externalDocs", "security", "servers"),
    },
    Kind.PARAMETER: {**_CONTENT, **_map(Kind.MEDIA_TYPE, "content")},
    Kind.HEADER: {**_CONTENT, **_map(Kind.MEDIA_TYPE, "content")},
    Kind.REQUEST_BODY: _map(Kind.MEDIA_TYPE, "content"),
    Kind.MEDIA_TYPE: {**_CONTENT, **_map(Kind.ENCODING, "encoding")},
    Kind.ENCODING: _map(Kind.HEADER, "headers"),
    Kind.RESPONSE: {
        **_map(Kind.HEADER, "headers"),
        **_map(Kind.MEDIA_TYPE, "content"),
        **_map(Kind.LINK, "links"),
    },
    Kind.LINK: _one(Kind.PLAIN, "server"),
    Kind.SECURITY_SCHEME: _one(Kind.PLAIN, "flows"),
    Kind.SCHEMA: _SCHEMA_MEMBERS,
}
# Objects whose members have names of the author's choice.
_EVERY_MEMBER = {
    Kind.PATHS: Slot(Shape.ONE, Kind.PATH_ITEM),
    Kind.CALLBACK: Slot(Shape.ONE, Kind.PATH_ITEM),
    Kind.RESPONSES: Slot(Shape.ONE, Kind.RESPONSE),
    Kind.PLAIN: Slot(Shape.ONE, Kind.PLAIN),
}
_EXTENSION = Slot(Shape.ONE, Kind.EXTENSION)
_DATA = Slot(Shape.ONE, Kind.DATA)

SCHEMA_KEYWORDS = frozenset(_SCHEMA_MEMBERS)
"""The keywords of a schema that hold schemas or objects."""


def slot_of(kind: Kind, name: str) -> Slot:
    """Return what the member `name` of an object of this kind holds."""
    if kind is Kind.DATA or kind is Kind.EXTENSION:
        return Slot(Shape.ONE, kind)
    if name.startswith("x-"):
        return _EXTENSION
    if kind in _EVERY_MEMBER:
        return _EVERY_MEMBER[kind]
    members = _MEMBERS.get(kind)
    return members.get(name, _DATA) if members else _DATA


def may_be_reference(kind: Kind) -> bool:
    """Return whether a Reference Object, or a schema's `$ref`, may stand for an object of this kind."""
    return kind in SECTIONS


def is_reference(value: object) -> bool:
    """Return whether an object that may be a reference is one."""
    return is_mapping(value) and isinstance(value.get("$ref"), str)


@attrs.frozen
class Place:
    """An object of a document and where it stands.

    Attributes:
        pointer: JSON pointer of the object.
        kind: What it is.
        value: The object itself, which is a mapping; it may be a reference.
    """

    pointer: str
    kind: Kind
    value: dict[str, Any]


def walk(document: dict[str, Any]) -> Iterator[Place]:
    """Yield every object of a document in the order of writing, outer ones first.

    References are not followed; objects that hold none anywhere, and extensions, are not yielded.
    """
    pending: list[tuple[str, Kind, Any]] = [("", Kind.DOCUMENT, document)]
    while pending:
        pointer, kind, value = pending.pop()
        if not is_mapping(value):
            continue
        yield Place(pointer, kind, value)
        if is_reference(value) and kind is not Kind.SCHEMA and may_be_reference(kind):
            continue
        below: list[tuple[str, Kind, Any]] = []
        for name, member in value.items():
            slot = slot_of(kind, name)
            if slot.kind in (Kind.DATA, Kind.EXTENSION, Kind.PLAIN):
                continue
            below += _objects(slot, pointers.join(pointer, name), member)
        pending += reversed(below)


def map_schemas(
    document: dict[str, Any], change: Callable[[dict[str, Any], str], dict[str, Any]]
) -> dict[str, Any]:
    """Return a copy of a document in which `change(schema, pointer)` stands for each schema, inner ones first."""
    mapped: dict[str, Any] = _mapped("", Kind.DOCUMENT, document, change)
    return mapped


def _mapped(
    pointer: str, kind: Kind, value: Any, change: Callable[[dict[str, Any], str], dict[str, Any]]
) -> Any:
    if kind is Kind.SCHEMA and isinstance(value, bool) and not pointer.endswith("/additionalProperties"):
        return change({} if value else {"not": {}}, pointer)  # what the two mean, by JSON Schema
    if kind in (Kind.DATA, Kind.EXTENSION, Kind.PLAIN) or not is_mapping(value):
        return value
    members: dict[str, Any] = {}
    for name, member in value.items():
        slot, below = slot_of(kind, name), pointers.join(pointer, name)
        if slot.shape is Shape.LIST and is_list(member):
            members[name] = [
                _mapped(pointers.join(below, index), slot.kind, item, change)
                for index, item in enumerate(member)
            ]
        elif slot.shape is Shape.MAP and is_mapping(member):
            members[name] = {
                key: _mapped(pointers.join(below, key), slot.kind, item, change)
                for key, item in member.items()
            }
        else:
            members[name] = _mapped(below, slot.kind, member, change) if slot.shape is Shape.ONE else member
    return change(members, pointer) if kind is Kind.SCHEMA else members


def _objects(slot: Slot, pointer: str, member: Any) -> Iterator[tuple[str, Kind, Any]]:
    if slot.shape is Shape.ONE:
        yield pointer, slot.kind, member
    elif slot.shape is Shape.LIST and is_list(member):
        for index, item in enumerate(member):
            yield pointers.join(pointer, index), slot.kind, item
    elif slot.shape is Shape.MAP and is_mapping(member):
        for name, item in member.items():
            yield pointers.join(pointer, name), slot.kind, item


def value_at(document: Any, pointer: str) -> Any:
    """Return the value at a JSON pointer of a document.

    Raises:
        KeyError: There is none.
    """
    value = document
    for token in pointers.split(pointer):
        if is_mapping(value):
            value = value[token]
        elif is_list(value) and token.isdecimal() and int(token) < len(value):
            value = value[int(token)]
        else:
            raise KeyError(pointer)
    return value


def resolve(document: dict[str, Any], pointer: str, value: Any) -> tuple[str, Any]:
    """Follow the references of a bundled document; return where they end and what stands there.

    An object that is no reference is returned as it is; so is a reference that leads nowhere.
    """
    seen: set[str] = set()
    while is_reference(value) and value["$ref"].startswith("#"):
        target = pointers.from_fragment(value["$ref"][1:])
        if target is None or target in seen:
            break
        seen.add(target)
        try:
            pointer, value = target, value_at(document, target)
        except KeyError:
            break
    return pointer, value
