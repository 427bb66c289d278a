"""Limits of a schema as the code that checks them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from generator.layers import Layer, layers
from generator.plain import is_list, is_mapping
from generator.runtime.patterns import compiled

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
_LARGEST: Final = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
_SMALLEST: Final = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"})

Arguments = dict[str, str]
"""The arguments of `Limits`, as code."""

State = tuple[tuple[int, bool], ...]
"""Schemas that hold together, by identity, with whether the type is made from each."""


def limits_code(
    document: dict[str, Any],
    schema: Any,
    *,
    leave_out: frozenset[str] = frozenset(),
    only_beside: bool = False,
) -> str:
    """Return the code of the limits of a schema and of the items in it, or an empty text when it has none.

    Args:
        document: The prepared description.
        schema: The schema, which may be a reference.
        leave_out: Keywords that are checked elsewhere.
        only_beside: Whether a class of its own keeps to what its type is made from.
    """
    found = list(layers(document, schema))
    return _code(_arguments(document, found, leave_out, frozenset(), only_beside=only_beside))


def _code(arguments: Arguments) -> str:
    return f"Limits({', '.join(f'{name}={value}' for name, value in arguments.items())})" if arguments else ""


def _arguments(
    document: dict[str, Any],
    found: list[Layer],
    leave_out: frozenset[str],
    seen: frozenset[State],
    *,
    only_beside: bool = False,
) -> Arguments:
    typed = [layer for layer in found if layer.is_typed]
    found = [layer for layer in found if not layer.is_typed] if only_beside else found
    state = tuple((id(layer.schema), layer.is_typed) for layer in found)
    if not found or state in seen:
        return {}
    seen |= {state}
    values, others = _united(layer.schema for layer in found)
    arguments = {name: repr(values[key]) for key, name in _KEYWORDS.items() if key in values}
    arguments = {
        name: code for name, code in arguments.items() if name not in {_KEYWORDS[key] for key in leave_out}
    }
    if any(layer.schema.get("format") == "password" for layer in found):
        arguments["is_secret"] = "True"
    also = [_code({_KEYWORDS[key]: repr(value)}) for key, value in others]
    # Of a model with members of its own, those without names are checked by its class.
    has_members = any(layer.schema.get("properties") for layer in found)
    for keyword, name in (("items", "items"), ("additionalProperties", "members")):
        below = [
            inner
            for layer in found
            if is_mapping(layer.schema.get(keyword)) and not (has_members and name == "members")
            for inner in layers(document, layer.schema[keyword], layer.is_typed)
        ]
        if inner := _code(_arguments(document, below, frozenset(), seen)):
            arguments[name] = inner
    for layer in found:
        if not layer.is_typed:
            _narrow(document, arguments, also, layer.schema, typed)
        for keyword in ("oneOf", "anyOf"):
            if is_list(layer.schema.get(keyword)):
                _add_alternatives(document, layer, layer.schema[keyword], arguments, also, seen)
    if also:
        arguments["also"] = f"({', '.join(also)},)"
    return arguments


def _united(schemas: Iterable[dict[str, Any]]) -> tuple[dict[str, Any], list[tuple[str, Any]]]:
    """Return the limits that hold together, and those that stand beside another one of the same keyword."""
    values: dict[str, Any] = {}
    others: list[tuple[str, Any]] = []
    for schema in schemas:
        for keyword, value in _limits(schema):
            if keyword in _LARGEST:
                values[keyword] = max(value, values.get(keyword, value))
            elif keyword in _SMALLEST:
                values[keyword] = min(value, values.get(keyword, value))
            elif values.setdefault(keyword, value) != value:
                others.append((keyword, value))
    return values, others


def _limits(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    # OpenAPI 3.0 writes an exclusive limit as a mark on the limit.
    marks = {"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"}
    for keyword in _KEYWORDS:
        if keyword in schema and _is_usable(keyword, schema[keyword]):
            mark = marks.get(keyword, "")
            yield mark if schema.get(mark) is True else keyword, schema[keyword]


def _is_usable(keyword: str, value: object) -> bool:
    if keyword == "pattern":
        return isinstance(value, str)
    if keyword == "uniqueItems":
        return value is True
    return _is_number(value)


def _narrow(
    document: dict[str, Any],
    arguments: Arguments,
    also: list[str],
    schema: dict[str, Any],
    typed: list[Layer],
) -> None:
    """Add of what type and which values a value has to be, where its class does not say it."""
    own: Arguments = {}
    known_types = _all_types(document, typed)
    types = _types(schema)
    if types and not (known_types and known_types <= _widened(types)):
        own["types"] = repr(types)
    known = next((found for layer in typed if (found := _values(layer.schema))), ())
    values = _values(schema)
    if values and not (known and all(value in values for value in known)):
        own["values"] = repr(values)
    for name, code in own.items():
        if arguments.setdefault(name, code) != code:
            also.append(_code({name: code}))


def _widened(types: tuple[str, ...]) -> set[str]:
    return {*types, "integer"} if "number" in types else set(types)


def _types(schema: dict[str, Any]) -> tuple[str, ...]:
    kinds = schema.get("type")
    types: list[str] = [kinds] if isinstance(kinds, str) else list(kinds or ())
    if types and schema.get("nullable") is True and "null" not in types:
        types.append("null")
    return tuple(types)


def _values(schema: dict[str, Any]) -> tuple[Any, ...]:
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    if not is_list(values) or "x-extensible-enum" in schema:
        return ()
    is_nullable = schema.get("nullable") is True and None not in values
    return (*values, None) if is_nullable else tuple(values)


def _add_alternatives(
    document: dict[str, Any],
    layer: Layer,
    alternatives: list[Any],
    arguments: Arguments,
    also: list[str],
    seen: frozenset[State],
) -> None:
    """Add the limits of alternatives: side by side where their types tell them apart, as alternatives otherwise."""
    found: list[Arguments] = []
    kinds: list[set[str]] = []
    for schema in alternatives:
        parts = list(layers(document, schema, layer.is_typed))
        # A class holds its own members to their limits.
        is_model = any("properties" in part.schema for part in parts if part.is_typed)
        found.append({} if is_model else _arguments(document, parts, frozenset(), seen))
        kinds.append({"object"} if is_model else _all_types(document, parts))
    if not any(found):
        return
    together = [name for one in found for name in one]
    is_plain = len(set(together)) == len(together) and not {"also", "types", "values", *arguments} & set(
        together
    )
    if is_plain and _are_apart(kinds):
        for one in found:
            arguments.update(one)
        return
    # What each says of types and items tells them apart, too.
    codes = [
        _code(_arguments(document, list(layers(document, schema, False)), frozenset(), seen))
        for schema in alternatives
    ]
    if layer.schema.get("nullable") is True:
        codes.append("Limits(types=('null',))")
    if all(codes):
        also.append(f"Limits(any_of=({', '.join(dict.fromkeys(codes))},))")


def _all_types(document: dict[str, Any], parts: list[Layer], depth: int = 0) -> set[str]:
    """Return the types of JSON that a value may have, as far as its schemas say it; none otherwise."""
    found: set[str] = set()
    for part in parts:
        types: set[str] = set(_types(part.schema))
        if not types and (values := _values(part.schema)):
            types = {_JSON_TYPES[type(value)] for value in values}
        for keyword in ("oneOf", "anyOf"):
            # What refers to itself ends somewhere.
            if is_list(part.schema.get(keyword)) and depth < _MOST_LEVELS:
                each = [
                    _all_types(document, list(layers(document, one)), depth + 1)
                    for one in part.schema[keyword]
                ]
                types = {kind for one in each for kind in one} if all(each) else types
        if types and part.schema.get("nullable") is True:
            types |= {"null"}
        found = found & types if found and types else found | types
    return found


_MOST_LEVELS: Final = 5
_JSON_TYPES: Final = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    type(None): "null",
    list: "array",
    dict: "object",
}


def _are_apart(kinds: list[set[str]]) -> bool:
    seen: set[str] = set()
    for kind in kinds:
        wide = kind | {"number"} if "integer" in kind else kind
        if not kind or wide & seen:
            return False
        seen |= wide
    return True


def member_count(document: dict[str, Any], schema: Any) -> tuple[int | None, int | None]:
    """Return how few and how many members an object may have, as far as its schema says it."""
    values, _ = _united(layer.schema for layer in layers(document, schema))
    return values.get("minProperties"), values.get("maxProperties")


def bad_pattern(document: dict[str, Any], schema: Any) -> str | None:
    """Return why a pattern of a schema cannot be checked in Python, or None."""
    for layer in layers(document, schema):
        pattern = layer.schema.get("pattern")
        if isinstance(pattern, str):
            try:
                compiled(pattern)
            except (re.error, OverflowError, RecursionError) as error:
                return str(error)
    return None


def limits_text(document: dict[str, Any], schema: Any) -> str:
    """Return the limits of a schema as a sentence without its end, or an empty text when it has none to tell."""
    whole, _ = _united(layer.schema for layer in layers(document, schema))
    parts = [
        _range(whole),
        f"a multiple of {whole['multipleOf']}" if "multipleOf" in whole else "",
        _span(whole.get("minLength"), whole.get("maxLength"), "characters"),
        _span(whole.get("minItems"), whole.get("maxItems"), "items"),
        "no item twice" if "uniqueItems" in whole else "",
    ]
    if "pattern" in whole:
        parts.append(f"matches `{whole['pattern']}`")
    text = ", ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def _range(limits: dict[str, Any]) -> str:
    """Return the range of a number."""
    if (
        "minimum" in limits
        and "maximum" in limits
        and not {"exclusiveMinimum", "exclusiveMaximum"} & set(limits)
    ):
        return _span(limits["minimum"], limits["maximum"], "")
    words = {
        "exclusiveMinimum": "above",
        "minimum": "at least",
        "exclusiveMaximum": "below",
        "maximum": "at most",
    }
    return " and ".join(f"{word} {limits[keyword]}" for keyword, word in words.items() if keyword in limits)


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
