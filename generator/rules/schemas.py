"""What each schema and each property says about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator import pointer as pointers
from generator.bundle import Bundle
from generator.findings import quoted
from generator.plain import is_mapping
from generator.rules.registry import Breaches, house_rule
from generator.rules.view import has_example, is_blank, mapping
from generator.structure import Kind, resolve

_COMPOSITION = ("allOf", "anyOf", "oneOf")
_TYPING = ("type", "$ref", "const", "enum")
# Schemas that stand for a value, rather than narrow the schema around them.
_NAMED_OR_ITEM = re.compile(r"(^/components/schemas/[^/]+|/properties/[^/]+|/items|/schema)$")


@house_rule("schema-described")
def schema_described(bundle: Bundle) -> Breaches:
    """Each schema under `components` has a description: it becomes the documentation of a class."""
    for name, schema in mapping(bundle.document.get("components"), "schemas").items():
        where = pointers.join("/components/schemas", name)
        _, target = resolve(bundle.document, where, schema)
        if is_mapping(schema) and is_blank(schema.get("description")) and is_blank(_description(target)):
            yield where, f"the schema {quoted(name)} has no description"


@house_rule("property-described")
def property_described(bundle: Bundle) -> Breaches:
    """Each property has a description, its own or that of the schema that it refers to: it documents an argument."""
    for where, name, schema in _properties(bundle):
        _, target = resolve(bundle.document, where, schema)
        if is_blank(_description(schema)) and is_blank(_description(target)):
            yield where, f"the property {quoted(name)} has no description"


@house_rule("property-example")
def property_example(bundle: Bundle) -> Breaches:
    """Each property has an example, its own or that of the schema that it refers to, or of its items."""
    for where, name, schema in _properties(bundle):
        _, target = resolve(bundle.document, where, schema)
        if not has_example(schema) and not _is_exemplified(bundle, target, frozenset()):
            yield where, f"the property {quoted(name)} has no example"


@house_rule("schema-typed")
def schema_typed(bundle: Bundle) -> Breaches:
    """Each component, property and item says of which type it is: anything goes otherwise, unchecked."""
    for place in bundle.places:
        if place.kind is not Kind.SCHEMA or not _NAMED_OR_ITEM.search(place.pointer):
            continue
        composed = any(name in place.value for name in _COMPOSITION) and "properties" not in place.value
        if not composed and not any(name in place.value for name in _TYPING):
            yield place.pointer, "this schema has no `type`, so that it allows anything"


def _description(schema: Any) -> Any:
    return schema.get("description") if is_mapping(schema) else None


def _properties(bundle: Bundle) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for place in bundle.places:
        if place.kind is Kind.SCHEMA:
            for name, schema in mapping(place.value, "properties").items():
                if is_mapping(schema):
                    yield pointers.join(place.pointer, "properties", name), name, schema


def _is_exemplified(bundle: Bundle, schema: Any, passed: frozenset[str]) -> bool:
    """Return whether a schema has an example, or consists of properties, which have their own."""
    if not is_mapping(schema):
        return False
    if has_example(schema) or mapping(schema, "properties"):
        return True
    items = schema.get("items")
    where, target = resolve(bundle.document, "", items)
    if where and where in passed:
        return False
    return _is_exemplified(bundle, target, passed | {where})
