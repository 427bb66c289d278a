"""Options of the command line, from the members and parameters of an operation."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias

from generator import deprecation, help_text, ir
from generator.adapter import Node
from generator.annotations import BASE64, FILE
from generator.prepare import OPEN_ENUM
from generator.runtime.cli.table import Kind, Option

Follow: TypeAlias = Callable[[Any], dict[str, Any]]
"""Returns what a reference stands for."""

_KINDS: Final[dict[str, Kind]] = {
    **dict.fromkeys(("str", "datetime", "date", "uuid"), "text"),
    "int": "integer",
    "float": "number",
    "bool": "boolean",
}


def option(
    item: ir.Field | ir.Parameter, node: Node, schema: Any, location: str, follow: Follow
) -> Option | None:
    """Return the option that a member or a parameter is given by; None if its value is more than options can say.

    Args:
        item: The member or parameter.
        node: Its type.
        schema: Its schema, which may be a reference.
        location: `body`, `path`, `query`, `header` or `cookie`.
        follow: Returns what a reference stands for.
    """
    target = follow(schema)
    whole = {**target, **(schema if isinstance(schema, dict) else {})}
    is_file, node = _is_file(item), _without_null(node)
    is_many = node.kind == "list"
    if is_many:
        node = _without_null(node.inner[0])
        target = whole = follow(whole.get("items"))
    kind = "file" if is_file else _kind(node)
    if kind is None:
        return None
    numbers = _range(whole) if kind in ("integer", "number") else {}
    values = _values(node, whole)
    is_open = OPEN_ENUM in whole
    return Option(
        name=item.name,
        flag=flag(item.name),
        kind="text" if is_open and kind == "choice" else "integer" if is_open and values else kind,
        location=location,
        about=about(item, str(target.get("description", "")), is_file=is_file, shows_range=not numbers),
        values=() if is_open else values,
        suggestions=values if is_open else (),
        many=is_many,
        required=item.required and not item.default_code,
        has_no=kind == "boolean" and item.default != "false",
        deprecated=item.deprecated,
        deprecated_values=tuple(deprecation.value_notices(whole).items()),
        base64_length=_base64_length(item, whole) if is_file else 0,
        **numbers,
    )


def flag(name: str) -> str:
    """Return the name of an option for an argument in Python."""
    return name.strip("_").replace("_", "-") or "value"


def about(
    item: ir.Field | ir.Parameter, listed: str = "", *, is_file: bool = False, shows_range: bool = True
) -> str:
    """Return what a member or a parameter means, with its limits and its default.

    Args:
        item: The member or parameter.
        listed: A description in which a list may say what each value means.
        is_file: Whether it is given as a file.
        shows_range: Whether the limits are not shown otherwise.
    """
    parts = [help_text.sentence(help_text.paragraphs(item.description))]
    if is_file:
        parts.insert(0, "A file, or - for standard input.")
    if found := help_text.values(listed):
        parts.append(f"One of {found}.")
    if item.range and shows_range:
        parts.append(f"{item.range.replace('`', '')}.")
    if item.default:
        parts.append(f"Default: {_shown(item.default)}.")
    text = " ".join(part for part in parts if part)
    return f"{help_text.paragraphs(deprecation.sentence(item.deprecated))} {text}".strip()


def base64_length(item: ir.Field, schema: Any) -> int:
    """Return how many characters the Base64 text of a file may have: 0 when it is sent as it is, -1 without limit."""
    return _base64_length(item, schema)


def _base64_length(item: ir.Field | ir.Parameter, schema: Any) -> int:
    if not item.type.imports & BASE64.imports:
        return 0
    limit = schema.get("maxLength")
    return limit if isinstance(limit, int) else -1


def _is_file(item: ir.Field | ir.Parameter) -> bool:
    return bool(item.type.imports & (BASE64.imports | FILE.imports))


def _without_null(node: Node) -> Node:
    """Return what a value is when it is not null, which no option says."""
    rest = [inner for inner in node.inner if inner.kind != "none"]
    return rest[0] if node.kind == "union" and len(rest) == 1 else node


def _kind(node: Node) -> Kind | None:
    match node.kind:
        case "enum":
            return "integer_choice" if node.is_int else "choice"
        case "const":
            return "choice" if isinstance(node.value, str) else "scalar"
        case "union" if all(_is_scalar(inner) for inner in node.inner):
            return "scalar"
        case _:
            return _KINDS.get(node.kind)


def _is_scalar(node: Node) -> bool:
    return node.kind in ("none", "const", "enum", *_KINDS)


def _values(node: Node, schema: dict[str, Any]) -> tuple[str, ...]:
    if node.kind == "const" and isinstance(node.value, str):
        return (node.value,)
    found = schema.get("enum", ()) if node.kind == "enum" else ()
    return tuple(str(value) for value in found if value is not None)


def _range(schema: dict[str, Any]) -> dict[str, Any]:
    return dict(_limits(schema))


def _limits(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, keyword, exclusive in (
        ("least", "minimum", "exclusiveMinimum"),
        ("most", "maximum", "exclusiveMaximum"),
    ):
        limit, strict = schema.get(keyword), schema.get(exclusive)
        if _is_number(strict):
            yield name, strict
            yield f"open_{name}", True
        elif _is_number(limit):
            yield name, limit
            if strict is True:  # as OpenAPI 3.0 writes it
                yield f"open_{name}", True


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _shown(default: str) -> str:
    value = json.loads(default)
    return help_text.paragraphs(value) if isinstance(value, str) and value.strip() else default
