"""What pages say of what is deprecated: why, since when, and what takes its place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import attrs

from generator import deprecation, pointer as pointers
from generator.plain import is_list, is_mapping
from generator.site.operations import Operation, operations
from generator.structure import Kind, Shape, resolve, slot_of, value_at, walk

_PARTS: Final = frozenset({Kind.PARAMETER, Kind.HEADER, Kind.SCHEMA})

_Place = tuple[str, Kind, Any, str]
"""Pointer, kind and value of an object, and the name that people know it by."""


@attrs.frozen
class Notice:
    """What is said of one thing.

    Attributes:
        name: What it is called: by its own name, or that of the member or parameter that it is the schema of.
        text: A sentence, in Markdown.
    """

    name: str
    text: str


@attrs.frozen
class Listed:
    """An operation as pages list it.

    Attributes:
        operation: The operation.
        notice: The sentence on it; empty if it is not deprecated.
        parts: What is said of the parameters, headers, members and values that it meets, each once.
    """

    operation: Operation
    notice: str
    parts: tuple[Notice, ...]


def listed(document: dict[str, Any]) -> list[Listed]:
    """Return every operation with what is deprecated of it, in the order of writing."""
    return [
        Listed(one, deprecation.sentence(deprecation.notice(one.value)), tuple(_parts(document, one)))
        for one in operations(document)
    ]


def _parts(document: dict[str, Any], operation: Operation) -> Iterable[Notice]:
    found: dict[Notice, None] = {}
    path = pointers.parent(operation.pointer)
    shared = value_at(document, path).get("parameters")
    pending: list[_Place] = [
        (pointers.join(path, "parameters", index), Kind.PARAMETER, one, "")
        for index, one in enumerate(shared if is_list(shared) else ())
    ]
    pending.append((operation.pointer, Kind.OPERATION, operation.value, ""))
    seen: set[str] = set()
    while pending:
        pointer, kind, value, name = pending.pop(0)
        if not is_mapping(value):
            continue
        found |= dict.fromkeys(_notices(kind, value, name))
        target, resolved = resolve(document, pointer, value)
        if target != pointer:
            # A caller knows a schema by the member that it is of, and by its own name where there is none.
            own = pointers.split(target)[-1] if kind is Kind.SCHEMA else ""
            pending.append((target, kind, resolved, name or own))
        if pointer not in seen:
            seen.add(pointer)
            pending += _below(pointer, kind, value, name)
    return found


def _notices(kind: Kind, value: Mapping[str, Any], name: str) -> Iterator[Notice]:
    if kind not in _PARTS:
        return
    name = str(value["name"]) if kind is Kind.PARAMETER and "name" in value else name
    if text := deprecation.sentence(deprecation.notice(value)):
        yield Notice(name, text)
    if kind is Kind.SCHEMA:
        for said, notice in deprecation.value_notices(value).items():
            yield Notice(f"{name}: {said}" if name else said, deprecation.sentence(notice))


def _below(pointer: str, kind: Kind, value: Mapping[str, Any], name: str) -> Iterator[_Place]:
    """Yield what stands in an object."""
    name = str(value["name"]) if kind is Kind.PARAMETER and "name" in value else name
    for key, member in value.items():
        slot, below = slot_of(kind, key), pointers.join(pointer, key)
        if slot.kind in (Kind.DATA, Kind.EXTENSION, Kind.PLAIN, Kind.EXAMPLE):
            continue
        if is_list(member):
            yield from ((pointers.join(below, i), slot.kind, one, name) for i, one in enumerate(member))
        elif key in ("properties", "headers") and is_mapping(member):
            yield from ((pointers.join(below, one), slot.kind, found, one) for one, found in member.items())
        elif is_mapping(member) and slot.shape is Shape.MAP:
            yield from ((pointers.join(below, one), slot.kind, found, name) for one, found in member.items())
        else:
            yield below, slot.kind, member, name


def with_sentences(document: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of a document where the description of what is deprecated begins with the sentence on it.

    For those who make a page of the document and know nothing of our `x-` keys.
    """
    made: dict[str, Any] = json.loads(json.dumps(document))  # so that no two places share an object
    for place in walk(made):
        sentences = [deprecation.sentence(deprecation.notice(place.value))]
        if place.kind is Kind.SCHEMA:
            sentences += [
                f"`{value}`: {deprecation.sentence(notice)}"
                for value, notice in deprecation.value_notices(place.value).items()
            ]
        if place.kind in _PARTS | {Kind.OPERATION} and any(sentences):
            words = place.value.get("description")
            place.value["description"] = "\n\n".join(filter(None, (*sentences, words)))
    return made
