"""How large a type becomes once the references in it are followed, found without following them one by one.

Arrays, unions and `allOf` are written out where they are used; an object is a class, and counts as one part. Forty
schemas that each name the next one twice make a type of a trillion parts, which nobody can read and no memory holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import attrs

from generator import pointer as pointers
from generator.plain import is_list, is_mapping
from generator.structure import Kind, is_reference, resolve, walk

MOST_PARTS: Final = 500
"""How many parts a type may have: names, and brackets around them."""

MOST_LEVELS: Final = 50
"""How deep lists, alternatives and `allOf` may nest in a type."""

_ITEMS: Final = ("anyOf", "oneOf", "allOf", "prefixItems")


@attrs.frozen
class _Extent:
    parts: int = 1
    levels: int = 0


def too_large(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the schemas whose types would be too large, each with a sentence; only the innermost of them."""
    known: dict[str, _Extent] = {}
    for place in walk(document):
        if place.kind is not Kind.SCHEMA:
            continue
        _measure(document, place.pointer, place.value, known)
        inner = [
            known[pointer] for pointer, _ in _inner(document, place.pointer, place.value) if pointer in known
        ]
        if _is_too_large(known[place.pointer]) and not any(map(_is_too_large, inner)):
            extent = known[place.pointer]
            yield (
                place.pointer,
                f"with the schemas that it refers to, this type would have {_about(extent.parts)} parts in "
                f"{_about(extent.levels)} levels, more than {MOST_PARTS} or {MOST_LEVELS}: give objects to its parts",
            )


def _is_too_large(extent: _Extent) -> bool:
    return extent.parts > MOST_PARTS or extent.levels > MOST_LEVELS


def _about(number: int) -> str:
    return f"{number:,}" if number < 1_000_000 else "millions of"


def _measure(document: dict[str, Any], pointer: str, schema: Any, known: dict[str, _Extent]) -> None:
    """Note the extent of a schema and of all within it; without recursion, for chains are as long as they like."""
    begun = {pointer}
    work = [(pointer, schema, iter(list(_inner(document, pointer, schema))))]
    while work:
        pointer, schema, waiting = work[-1]
        for below, value in waiting:
            # What leads back to itself is told elsewhere; here it counts as one part.
            if below not in known and below not in begun:
                begun.add(below)
                work.append((below, value, iter(list(_inner(document, below, value)))))
                break
        else:
            work.pop()
            found = [known.get(below, _Extent()) for below, _ in _inner(document, pointer, schema)]
            known[pointer] = _sum(schema, found)


def _sum(schema: Any, inner: list[_Extent]) -> _Extent:
    if is_reference(schema) and len(inner) == 1:
        return inner[0]
    parts = sum(extent.parts for extent in inner)
    length = schema.get("minItems") if is_mapping(schema) else None
    if isinstance(length, int) and 1 < length <= 8 and length == schema.get("maxItems"):
        parts *= length
    return _Extent(1 + parts, max((extent.levels for extent in inner), default=-1) + 1)


def _inner(document: dict[str, Any], pointer: str, schema: Any) -> Iterator[tuple[str, Any]]:
    """Yield what is written out within a schema's type."""
    if not is_mapping(schema):
        return
    if is_reference(schema):
        target, value = resolve(document, pointer, schema)
        if target != pointer:
            yield target, value
        return
    if "items" in schema:
        yield pointers.join(pointer, "items"), schema["items"]
    for keyword in _ITEMS:
        for index, item in enumerate(schema[keyword] if is_list(schema.get(keyword)) else ()):
            yield pointers.join(pointer, keyword, index), item
