"""The schemas that hold for one value together: what a reference leads to, what stands beside it, parts of `allOf`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import attrs

from generator.extent import MOST_LEVELS
from generator.plain import is_list, is_mapping
from generator.structure import is_reference, resolve

PARTS: Final = "x-generator-parts"
"""Schemas that hold for a value besides the one that its type is made from."""


@attrs.frozen
class Layer:
    """A schema without what it is composed of.

    Attributes:
        schema: The schema, whose `allOf` are layers of their own.
        is_typed: Whether the type of the value is made from it, and keeps to it.
    """

    schema: dict[str, Any]
    is_typed: bool


def layers(document: dict[str, Any], schema: Any, is_typed: bool = True) -> Iterator[Layer]:
    """Yield the schemas that hold for a value, outer ones first.

    Args:
        document: The prepared description.
        schema: The schema of the value, which may be a reference.
        is_typed: Whether the type of the value is made from this schema.
    """
    pending, seen = [(schema, is_typed, 0)], set[int]()
    while pending:
        whole, typed, level = pending.pop()
        target = resolve(document, "", whole)[1]
        # What nests deeper is a finding; to follow it all the same for each schema of a long line takes for ever.
        if not is_mapping(target) or id(target) in seen or level > MOST_LEVELS:
            continue
        seen.add(id(target))
        parts = target["allOf"] if is_list(target.get("allOf")) else []
        # Of an object of several parts a class is made, of another one the type of what it refers to.
        has_own_type = not (len(parts) == 1 and is_reference(parts[0]))
        yield Layer(target, typed and has_own_type)
        others = target[PARTS] if is_list(target.get(PARTS)) else []
        pending += [(part, False, level + 1) for part in reversed(others)]
        pending += [(part, typed, level + 1) for part in reversed(parts)]


def combined(document: dict[str, Any], schema: Any) -> dict[str, Any]:
    """Return what a schema and all that it refers to say, where outer ones say it first."""
    whole: dict[str, Any] = {}
    for layer in layers(document, schema):
        whole = {**layer.schema, **whole}
    return whole
