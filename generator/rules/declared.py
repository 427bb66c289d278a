"""What schemas declare together: the members that a mapping may have, and the items of a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from generator import pointer as pointers
from generator.bundle import Bundle
from generator.plain import is_mapping
from generator.rules.view import mapping, sequence
from generator.structure import resolve

_ALTERNATIVES = ("allOf", "anyOf", "oneOf")
_CONDITIONS = ("if", "then", "else")
_OTHERS = ("additionalProperties", "unevaluatedProperties", "patternProperties", "propertyNames")

Schema = tuple[str, Any]
"""A schema: its pointer in the bundled document, and its value."""


@attrs.frozen
class Declared:
    """What schemas that hold for one value say of the values in it.

    Attributes:
        properties: The schemas of each member by its name.
        items: The schemas of each item.
        first_items: The schemas of the first item, the second and so on, where they differ.
        others: Whether something is written about members of other names, be it that they are forbidden.
    """

    properties: dict[str, list[Schema]]
    items: list[Schema]
    first_items: dict[int, list[Schema]]
    others: bool


def declared(bundle: Bundle, schemas: Iterable[Schema]) -> Declared:
    """Return what schemas declare, those included that they refer to or are composed of."""
    together = list(_together(bundle, schemas))
    found = Declared({}, [], {}, others=any(name in schema for _, schema in together for name in _OTHERS))
    for where, schema in together:
        for name, member in mapping(schema, "properties").items():
            found.properties.setdefault(name, []).append((pointers.join(where, "properties", name), member))
        for index, item in enumerate(sequence(schema, "prefixItems")):
            found.first_items.setdefault(index, []).append((pointers.join(where, "prefixItems", index), item))
        if is_mapping(schema.get("items")):
            found.items.append((pointers.join(where, "items"), schema["items"]))
    return found


def _together(bundle: Bundle, schemas: Iterable[Schema]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield all schemas that have a say in the same value, each once."""
    pending, passed = list(schemas), set[str]()
    while pending:
        where, schema = pending.pop()
        if where in passed or not is_mapping(schema):
            continue
        passed.add(where)
        yield where, schema
        if "$ref" in schema:
            pending.append(resolve(bundle.document, where, schema))
        for keyword in _ALTERNATIVES:
            pending += (
                (pointers.join(where, keyword, index), one)
                for index, one in enumerate(sequence(schema, keyword))
            )
        pending += ((pointers.join(where, keyword), schema.get(keyword)) for keyword in _CONDITIONS)
        pending += (
            (pointers.join(where, "dependentSchemas", name), one)
            for name, one in mapping(schema, "dependentSchemas").items()
        )
