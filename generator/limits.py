"""Limits of a schema as the code that checks them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

_KEYWORDS: Final = {
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusiveMinimum": "exclusive_minimum",
    "exclusiveMaximum": "exclusive_maximum",
    "multipleOf": "multiple_of",
    "minLength": "min_length",
    "maxLength": "max_length",
    "pattern": "pattern",
    "minItems": "min_items",
    "maxItems": "max_items",
    "uniqueItems": "unique_items",
    "minProperties": "min_properties",
    "maxProperties": "max_properties",
}


def limits_code(
    schema: Any,
    follow: Callable[[Any], dict[str, Any]],
    *,
    leave_out: frozenset[str] = frozenset(),
    seen: tuple[int, ...] = (),
) -> str:
    """Return the code of the limits of a schema and of the items in it, or an empty text when it has none.

    Args:
        schema: The schema, which may be a reference.
        follow: Gives what a reference stands for.
        leave_out: Keywords that are checked elsewhere.
        seen: Schemas that this one stands in.
    """
    target = follow(schema)
    if id(target) in seen:
        return ""
    # What stands beside a reference holds as well.
    whole = {**target, **schema} if isinstance(schema, dict) else target
    arguments = [
        f"{name}={whole[keyword]!r}"
        for keyword, name in _KEYWORDS.items()
        if keyword not in leave_out and whole.get(keyword) is not None and _is_usable(keyword, whole[keyword])
    ]
    # OpenAPI 3.0 writes an exclusive limit as a mark on the limit.
    for mark, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if whole.get(mark) is True and limit in whole:
            arguments = [part for part in arguments if not part.startswith(f"{limit}=")]
            arguments.append(f"{_KEYWORDS[mark]}={whole[limit]!r}")
    below = whole.get("items") or whole.get("additionalProperties")
    if isinstance(below, dict) and (inner := limits_code(below, follow, seen=(*seen, id(target)))):
        arguments.append(f"items={inner}")
    return f"Limits({', '.join(arguments)})" if arguments else ""


def bad_pattern(schema: dict[str, Any]) -> str | None:
    """Return why the pattern of a schema cannot be checked in Python, or None."""
    pattern = schema.get("pattern")
    if not isinstance(pattern, str):
        return None
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        return str(error)
    return None


def _is_usable(keyword: str, value: object) -> bool:
    if keyword == "pattern":
        return isinstance(value, str)
    if keyword == "uniqueItems":
        return value is True
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def limits_text(schema: Any, follow: Callable[[Any], dict[str, Any]]) -> str:
    """Return the limits of a schema as a sentence without its end, or an empty text when it has none to tell."""
    whole = {**follow(schema), **(schema if isinstance(schema, dict) else {})}
    parts = [
        _range(whole),
        f"a multiple of {whole['multipleOf']}" if _is_number(whole.get("multipleOf")) else "",
        _span(whole.get("minLength"), whole.get("maxLength"), "characters"),
        _span(whole.get("minItems"), whole.get("maxItems"), "items"),
        "no item twice" if whole.get("uniqueItems") is True else "",
    ]
    if isinstance(whole.get("pattern"), str):
        parts.append(f"matches `{whole['pattern']}`")
    text = ", ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def _range(schema: dict[str, Any]) -> str:
    """Return the range of a number, whose ends OpenAPI 3.0 and 3.1 exclude each in its own way."""
    ends: list[str] = []
    for limit, mark, included, excluded in (
        ("minimum", "exclusiveMinimum", "at least", "above"),
        ("maximum", "exclusiveMaximum", "at most", "below"),
    ):
        if _is_number(schema.get(mark)):
            ends.append(f"{excluded} {schema[mark]}")
        elif _is_number(schema.get(limit)):
            ends.append(f"{excluded if schema.get(mark) is True else included} {schema[limit]}")
    if [end.rpartition(" ")[0] for end in ends] == ["at least", "at most"]:
        return _span(schema["minimum"], schema["maximum"], "")
    return " and ".join(ends)


def _span(least: Any, most: Any, unit: str) -> str:
    numbers = [value for value in (least, most) if _is_number(value)]
    if not numbers:
        return ""
    if len(numbers) == 1:
        words = f"at least {least}" if numbers[0] is least else f"at most {most}"
    else:
        words = f"{least}" if least == most else f"from {least} to {most}"
    return f"{words} {unit.removesuffix('s') if set(numbers) == {1} else unit}".strip()


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
