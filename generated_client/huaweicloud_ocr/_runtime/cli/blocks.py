"""Blocks of text in an answer, found by what the description says of where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

from .table import TextBlocks


class Block(NamedTuple):
    """A block of text.

    Attributes:
        text: What it says.
        box: Its corners in pixels of the picture as sent; empty if that is not known.
        confidence: How sure that is, from 0 to 1; None if that is not known.
    """

    text: str
    box: tuple[tuple[float, float], ...]
    confidence: float | None


def blocks(answer: Any, where: TextBlocks) -> list[Block]:
    """Return the blocks of an answer in their order."""
    found = _at(answer, where.list)
    return [
        Block(
            str(_at(item, where.text) or ""), _box(_at(item, where.box)), _number(_at(item, where.confidence))
        )
        for item in (cast("Sequence[Any]", found) if isinstance(found, list) else ())
    ]


def rest(answer: Any, where: TextBlocks) -> list[tuple[str, str]]:
    """Return what else an answer tells: the ways to its other values, and these; how many blocks there are aside."""
    count = len(blocks(answer, where))
    return [(way, str(value)) for way, value in _leaves(answer, "", where.list) if value != count]


def _at(value: Any, way: str) -> Any:
    for name in way.split(".") if way else ():
        value = cast("dict[str, Any]", value).get(name) if isinstance(value, dict) else None
    return value if way else None


def _box(value: Any) -> tuple[tuple[float, float], ...]:
    points = cast("Sequence[Any]", value) if isinstance(value, list) else ()
    numbers = [
        (_number(point[0]), _number(point[1]))
        for point in (cast("Sequence[Any]", item) for item in points if isinstance(item, list))
        if len(point) == 2
    ]
    return tuple((x, y) for x, y in numbers if x is not None and y is not None)


def _number(value: Any) -> float | None:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _leaves(value: Any, way: str, without: str) -> Iterator[tuple[str, Any]]:
    if way == without:
        return
    if isinstance(value, Mapping):
        for name, member in cast("Mapping[str, Any]", value).items():
            yield from _leaves(member, f"{way}.{name}" if way else name, without)
    elif isinstance(value, (str, int, float)):
        yield way, value
