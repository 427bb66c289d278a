"""Rewrites of compositions that openapi-python-client would read otherwise, or read over.

It makes an object of `allOf` whatever its parts are, unless that is one reference, and of a part takes only members.
Here parts that are no objects become one schema, and what holds besides goes on for the checks before sending.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import attrs

from generator.layers import PARTS, layers
from generator.plain import is_list, is_mapping
from generator.structure import is_reference

Schema = dict[str, Any]

ANNOTATIONS: Final = frozenset(
    {
        *("title", "description", "default", "deprecated", "readOnly", "writeOnly", "example", "examples"),
        *("xml", "externalDocs", "nullable", "$comment", "contentMediaType"),
    }
)
"""Keywords of a schema that do not say which values are allowed."""

_UNNAMED: Final = "x-generator-unnamed"
"""Stands in a member that is described as those without names are."""

_OF_OBJECTS: Final = ("properties", "additionalProperties", "required", "minProperties", "maxProperties")
_OF_A_UNION: Final = frozenset({"oneOf", "anyOf", "discriminator", PARTS})
_IN_COMPOSITION: Final = re.compile(r"/(allOf|anyOf|oneOf)/\d+$")
_FORMATS: Final = frozenset({"date", "date-time", "uuid", "binary", "byte"})


def refer_plainly(schema: Schema, pointer: str) -> Schema:
    """Turn an alternative that is alone, and a reference, into `allOf`.

    The tool takes both for what is referred to; so what stands beside counts in both.
    """
    for keyword in ("oneOf", "anyOf"):
        parts = schema.get(keyword)
        if is_list(parts) and len(parts) == 1 and is_reference(parts[0]) and "allOf" not in schema:
            return {"allOf": parts, **{key: value for key, value in schema.items() if key != keyword}}
    return schema


def let_reference_be_null(schema: Schema, pointer: str) -> Schema:
    """Keep for the checks before sending what narrows a reference that may be null.

    The tool would see the type or the values, and no null.
    """
    parts = schema.get("allOf")
    is_reference_alone = is_list(parts) and len(parts) == 1 and is_reference(parts[0])
    own = {key: schema[key] for key in ("type", "enum", "const") if key in schema}
    if schema.get("nullable") is not True or not is_reference_alone or not own:
        return schema
    rest = {key: value for key, value in schema.items() if key not in own}
    return {**rest, PARTS: [*rest.get(PARTS, ()), *_or_null(schema, [own])]}


def infer_type(schema: Schema, pointer: str) -> Schema:
    """Say of a schema without a type which one its keywords mean.

    The tool takes it for anything unless it has properties.
    """
    if {"type", "$ref", "allOf", "oneOf", "anyOf", "enum", "const"} & set(schema):
        return schema
    others = schema.get("additionalProperties")
    if "properties" in schema or is_mapping(others) or others is False:
        return {**schema, "type": "object"}
    return {**schema, "type": "array"} if "items" in schema else schema


def flatten_parts(schema: Schema, pointer: str) -> Schema:
    """Put the parts of a part of `allOf` beside it.

    The tool takes only the properties of a part.
    """
    parts = schema.get("allOf")
    if not is_list(parts) or not any(is_mapping(part) and is_list(part.get("allOf")) for part in parts):
        return schema
    flat: list[Any] = []
    for part in parts:
        if is_mapping(part) and is_list(part.get("allOf")):
            rest = {key: value for key, value in part.items() if key != "allOf"}
            flat += [*part["allOf"], *([rest] if constraints(rest) else [])]
        else:
            flat.append(part)
    return {**schema, "allOf": flat}


def constraints(schema: Schema) -> Schema:
    """Return what a schema says about the values that it allows."""
    return {
        key: value
        for key, value in schema.items()
        if key not in ANNOTATIONS and (key == PARTS or not key.startswith("x-"))
    }


def set_aside(schema: Schema, pointer: str) -> Schema:
    """Keep what stands beside alternatives for the checks before sending. The tool drops it, or the alternatives."""
    if not {"oneOf", "anyOf"} & set(schema) or schema.get("properties") or "allOf" in schema:
        return schema
    own = constraints({key: value for key, value in schema.items() if key not in _OF_A_UNION})
    if not own:
        return schema
    rest = {key: value for key, value in schema.items() if key not in own}
    return {**rest, PARTS: [*rest.get(PARTS, ()), *_or_null(schema, [own])]}


def _or_null(schema: Schema, parts: list[Any]) -> list[Any]:
    """Return what holds besides for a value, which OpenAPI 3.0 may let be null all the same."""
    is_nullable = schema.get("nullable") is True
    return [{"anyOf": [part, {"type": "null"}]} for part in parts] if is_nullable else parts


def split_nullable(schema: Schema, pointer: str) -> Schema:
    """Say of an object of several parts that may be null that it is one of two. The tool would forget its place."""
    parts = schema.get("allOf")
    if schema.get("nullable") is not True or not is_list(parts) or "type" in schema:
        return schema
    if len(parts) == 1 and is_reference(parts[0]):
        return schema
    inner = {key: value for key, value in schema.items() if key not in {"nullable", "default"}}
    outer = {
        key: schema[key]
        for key in (*ANNOTATIONS, "x-generator-pointer")
        if key in schema and key != "nullable"
    }
    inner["x-generator-pointer"] = f"{pointer}/anyOf/0"
    return {**outer, "anyOf": [inner, {"type": "null"}]}


@attrs.define
class Compositions:
    """Knows what parts refer to."""

    document: dict[str, Any]

    def declare_required(self, schema: Schema, pointer: str) -> Schema:
        """Describe members that are required and nowhere described; the tool would not ask for them."""
        if _IN_COMPOSITION.search(pointer) or "$ref" in schema or {"oneOf", "anyOf"} & set(schema):
            return schema
        found = [layer.schema for layer in layers(self.document, schema)]
        known = {name for one in found for name in one.get("properties") or ()}
        required = dict.fromkeys(name for one in found for name in one.get("required") or ())
        missing = [name for name in required if name not in known]
        others = [one["additionalProperties"] for one in found if "additionalProperties" in one]
        if (
            not missing
            or schema.get("additionalProperties") is False
            or not all(_is_object_alone(one) for one in found)
        ):
            return schema
        if "required" not in schema and "allOf" not in schema:
            return schema
        member = {_UNNAMED: True} if any(map(is_mapping, others)) else {}
        whole = {**schema, "properties": {**schema.get("properties", {}), **dict.fromkeys(missing, member)}}
        # Who describes no members allows any.
        return whole if known or others else {**whole, "additionalProperties": True}

    def join_parts(self, schema: Schema, pointer: str) -> Schema:
        """Make one schema of the parts of `allOf` where they are no objects."""
        parts = schema.get("allOf")
        if not is_list(parts) or not parts or (len(parts) == 1 and is_reference(parts[0])):
            return schema
        own = constraints({key: value for key, value in schema.items() if key != "allOf"})
        if self.is_object(own) or any(map(self.is_object, parts)):
            return schema
        base = max(parts, key=self._exactness)
        others = [part for part in parts if part is not base and (is_reference(part) or constraints(part))]
        others += [own] if own else []
        rest = {key: value for key, value in schema.items() if key not in own and key != "allOf"}
        first = {"allOf": [base]} if is_reference(base) else {**base}
        others += first.pop(PARTS, [])
        whole = {**first, **rest, **({PARTS: _or_null(schema, others)} if others else {})}
        if "const" in whole and whole.pop("nullable", False):
            return {**whole, "oneOf": [{"const": whole.pop("const")}, {"type": "null"}]}
        return whole

    def inherit_unnamed(self, schema: Schema, pointer: str) -> Schema:
        """Say of an object of parts what its members without names are; the tool takes that of no part.

        This is for a document that is prepared otherwise.
        """
        parts = schema.get("allOf")
        has_parts = is_list(parts) and not (len(parts) == 1 and is_reference(parts[0]))
        members = schema.get("properties") or {}
        marked = [name for name, member in members.items() if is_mapping(member) and _UNNAMED in member]
        if not marked and (not has_parts or "additionalProperties" in schema):
            return schema
        found = next(self._unnamed(schema), None)
        if found is None:
            return schema
        if marked:
            schema = {**schema, "properties": {**members, **dict.fromkeys(marked, found)}}
        return {"additionalProperties": found, **schema} if has_parts else schema

    def _unnamed(self, schema: Any) -> Iterator[Schema]:
        """Yield what an object and its parts say of members without names, where that is more than that there are."""
        for layer in layers(self.document, schema):
            others = layer.schema.get("additionalProperties")
            if is_mapping(others) and (is_reference(others) or constraints(others)):
                yield others

    def is_object(self, schema: Any) -> bool:
        """Return whether a schema describes an object."""
        return any(
            layer.schema.get("type") == "object" or any(layer.schema.get(key) for key in _OF_OBJECTS)
            for layer in layers(self.document, schema)
        )

    def _exactness(self, part: Any) -> int:
        """Return how much the type of a part says."""
        found = [layer.schema for layer in layers(self.document, part)]
        if any({"enum", "const", "x-extensible-enum"} & set(one) for one in found):
            return 5
        if any(one.get("format") in _FORMATS or one.get("contentEncoding") for one in found):
            return 4
        if any(one.get("type") in ("integer", "boolean", "null") for one in found):
            return 3
        return (
            2 if any(isinstance(one.get("type"), str) for one in found) else int(any(map(constraints, found)))
        )

    def lost(self, schema: Schema, pointer: str) -> Iterator[tuple[str, str]]:
        """Yield what would be lost of a prepared composition, as the place and what it is."""
        parts = schema.get("allOf")
        if is_list(parts) and len(parts) == 1 and is_reference(parts[0]):
            own = {
                key: value for key, value in schema.items() if key not in {"allOf", "oneOf", "anyOf", PARTS}
            }
            for keyword in self._unchecked(constraints(own), parts[0]):
                yield pointer, keyword
        elif is_list(parts):
            for part in parts:
                where = pointer if is_reference(part) else str(part.get("x-generator-pointer", pointer))
                for others in self._unnamed(part):
                    # One of them gives the type, and is the same object.
                    if others != schema.get("additionalProperties"):
                        yield from ((pointer, keyword) for keyword in self._unchecked(others, {}))
                for layer in layers(self.document, part):
                    for keyword in ("oneOf", "anyOf", "enum", "const", "type", PARTS):
                        if layer.schema.get(keyword, "object") != "object":
                            yield where, keyword
        for part in schema.get(PARTS, ()):
            for keyword in self._unchecked(part, {**schema, PARTS: []}):
                yield str(part.get("x-generator-pointer", pointer)) if is_mapping(part) else pointer, keyword

    def _unchecked(self, schema: Any, base: Any, above: tuple[int, ...] = ()) -> Iterator[str]:
        """Yield keywords that neither the type of the base nor the checks before sending keep to."""
        known = [layer.schema for layer in layers(self.document, base)]
        found = [layer for layer in layers(self.document, schema) if id(layer.schema) not in above]
        above = (*above, *(id(layer.schema) for layer in found))
        for layer in found:
            for keyword, value in constraints(layer.schema).items():
                if (keyword == "properties" and value) or (
                    keyword == "required" and not all(self._is_required(base, name) for name in value)
                ):
                    yield keyword
                elif keyword in {"items", "additionalProperties"} and is_mapping(value):
                    yield from self._unchecked(value, {}, above)
                elif keyword == "contentEncoding" or (keyword == "format" and value in _FORMATS):
                    if all(one.get(keyword) != value for one in known):
                        yield keyword
                elif keyword in {"oneOf", "anyOf"}:
                    for part in value:
                        yield from self._unchecked(part, base, above)

    def _is_required(self, schema: Any, name: str) -> bool:
        """Return whether a schema, or each of its alternatives, asks for a member."""
        for layer in layers(self.document, schema):
            if name in layer.schema.get("required", ()):
                return True
            for keyword in ("oneOf", "anyOf"):
                parts = layer.schema.get(keyword)
                if parts and all(self._is_required(part, name) for part in parts):
                    return True
        return False


def _is_object_alone(schema: Schema) -> bool:
    kinds = schema.get("type", "object")
    return "object" in ([kinds] if isinstance(kinds, str) else kinds) and not {
        "oneOf",
        "anyOf",
        "enum",
        "const",
        "items",
    } & set(schema)
