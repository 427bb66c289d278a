"""Schemas that are referred to though they stand within others, made components in a copy for the tool.

The tool follows references to components only, not into them: `#/components/schemas/A/$defs/Inner`.
"""

from __future__ import annotations

from typing import Any, Final

from generator import pointer as pointers
from generator.adapter import class_name
from generator.plain import is_mapping
from generator.structure import Kind, is_reference, map_schemas, value_at, walk

Schema = dict[str, Any]

_DEFINITIONS: Final = frozenset({"$defs", "definitions"})


def with_components(document: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of a prepared description in which all references to schemas lead to components."""
    schemas: dict[str, Any] = (document.get("components") or {}).get("schemas") or {}
    targets = {
        place.value["$ref"]: pointer
        for place in walk(document)
        if place.kind is Kind.SCHEMA
        and is_reference(place.value)
        and (pointer := _within(document, place.value["$ref"])) is not None
    }
    if not targets:
        return document
    taken = set(schemas) | {
        class_name(str(schema.get("title") or name)) for name, schema in schemas.items() if is_mapping(schema)
    }
    names: dict[str, str] = {}
    for pointer in targets.values():
        if pointer not in names:
            names[pointer] = _name(pointer, taken)
            taken |= {names[pointer], class_name(names[pointer])}
    found: dict[str, Schema] = {}

    def hoist(schema: Schema, pointer: str) -> Schema:
        if is_reference(schema) and schema["$ref"] in targets:
            schema = {**schema, "$ref": _reference(names[targets[schema["$ref"]]])}
        if pointer not in names:
            return schema
        found[names[pointer]] = schema
        return {"$ref": _reference(names[pointer])}

    whole = map_schemas(document, hoist)
    components = whole.get("components") or {}
    return {
        **whole,
        "components": {**components, "schemas": {**(components.get("schemas") or {}), **found}},
    }


def _within(document: dict[str, Any], reference: str) -> str | None:
    """Return the pointer that a reference is, if a schema stands there that is no component."""
    pointer = pointers.from_fragment(reference[1:]) if reference.startswith("#") else None
    if pointer is None:
        return None
    tokens = pointers.split(pointer)
    if len(tokens) < 4 or tokens[0] not in {"components", "paths"}:
        return None
    try:
        return pointer if is_mapping(value_at(document, pointer)) else None
    except KeyError:
        return None


def _reference(name: str) -> str:
    return pointers.to_reference(pointers.join("/components/schemas", name))


def _name(pointer: str, taken: set[str]) -> str:
    """Return a name for a schema: its own among definitions, or that of where it stands, if it is free."""
    tokens = pointers.split(pointer)
    holder = next((one for one in tokens[2:] if one not in _DEFINITIONS), "")
    whole = f"{holder}_{tokens[-1]}"
    base = tokens[-1] if tokens[-2] in _DEFINITIONS else whole
    for name in (base, whole):
        if taken.isdisjoint({name, class_name(name)}):
            return name
    number = 2
    while not taken.isdisjoint({f"{whole}_{number}", class_name(f"{whole}_{number}")}):
        number += 1
    return f"{whole}_{number}"
