"""Where alternatives lead back to their own union with no object in between, which is a type that contains itself."""

from __future__ import annotations

from typing import Any

from generator import pointer as pointers
from generator.plain import is_list, is_mapping


def way_back(schemas: dict[str, Any], pointer: str) -> str | None:
    """Return the pointer of the first reference to a component in its own alternatives and items, if there is one.

    Args:
        schemas: The components by their names.
        pointer: A place in one of them.
    """
    match pointers.split(pointer):
        case ["components", "schemas", name, *_] if name in schemas:
            start = pointers.join("/components/schemas", name)
        case _:
            return None
    pending = [(start, schemas[name])]
    while pending:
        where, schema = pending.pop()
        if not is_mapping(schema):
            continue
        if schema.get("$ref") == pointers.to_reference(start):
            return where
        for keyword in ("anyOf", "oneOf", "allOf"):
            parts = schema.get(keyword)
            pending += [
                (pointers.join(where, keyword, index), part)
                for index, part in enumerate(parts if is_list(parts) else ())
            ]
        pending += [
            (pointers.join(where, keyword), schema.get(keyword))
            for keyword in ("items", "additionalProperties")
        ]
    return None
