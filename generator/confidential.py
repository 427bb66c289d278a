"""Which values of a description are secrets, so that no repr and no message shows them."""

from __future__ import annotations

from typing import Any

from generator.layers import layers
from generator.plain import is_list, is_mapping


def is_secret(document: dict[str, Any], schema: Any) -> bool:
    """Return whether a value, or one in the lists and maps that it is made of, has the format `password`.

    Members of an object are no part of it: the class of the object says it of each.
    """
    pending, seen = [schema], set[int]()
    while pending:
        for layer in layers(document, pending.pop()):
            found = layer.schema
            if id(found) in seen:
                continue
            seen.add(id(found))
            if found.get("format") == "password":
                return True
            pending += [
                found[name] for name in ("items", "additionalProperties") if is_mapping(found.get(name))
            ]
            pending += [one for name in ("oneOf", "anyOf") if is_list(found.get(name)) for one in found[name]]
    return False
