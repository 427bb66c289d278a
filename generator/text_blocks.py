"""Where the text of an answer stands: the extension `x-text-blocks` of an answer's schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import jsonschema_rs

from generator import pointer as pointers
from generator.findings import quoted
from generator.plain import is_list, is_mapping
from generator.spelling import hint
from generator.structure import resolve
from generator.violations import explain

KEY: Final = "x-text-blocks"

_WAY: Final = {"type": "string", "pattern": r"^[^.\s]+(\.[^.\s]+)*$"}
SHAPE: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["list", "text"],
    "additionalProperties": False,
    "properties": {"list": _WAY, "text": _WAY, "box": _WAY, "confidence": _WAY},
}
"""JSON Schema of the extension: ways through an answer, names of properties with dots between them."""

_NUMBERS: Final = frozenset({"number", "integer"})


def problems(document: dict[str, Any], schema: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the `x-text-blocks` of a schema: where, and a message.

    Args:
        document: The bundled document, or the prepared one.
        schema: The schema.
        pointer: Where it stands.
    """
    blocks, where = schema[KEY], pointers.join(pointer, KEY)
    wrong = list(explain(jsonschema_rs.Draft202012Validator(SHAPE).iter_errors(blocks), {"": SHAPE}))
    yield from ((where + problem.pointer, problem.message) for problem in wrong)
    if wrong:
        return
    found, message = _at(document, schema, blocks["list"])
    if not message and "array" not in _types(found):
        message = f"{quoted(blocks['list'])} is no array"
    if message:
        yield pointers.join(where, "list"), message
        return
    item = _followed(document, found.get("items"))
    for role, is_right, what in (
        ("text", _is_text, "no text"),
        ("box", _is_box, "no array of points, each an array of two numbers"),
        ("confidence", _is_number, "no number"),
    ):
        if role in blocks:
            found, message = _at(document, item, blocks[role])
            if not message and not is_right(document, found):
                message = f"{quoted(blocks[role])} is {what}"
            if message:
                yield pointers.join(where, role), message


def corners(document: dict[str, Any], schema: dict[str, Any]) -> int:
    """Return how many corners each box has, by an `x-text-blocks` without problems; 0 where that is not said."""
    blocks = schema[KEY]
    if "box" not in blocks:
        return 0
    item = _followed(document, _at(document, schema, blocks["list"])[0].get("items"))
    box, _ = _at(document, item, blocks["box"])
    least, most = box.get("minItems"), box.get("maxItems")
    return most if isinstance(most, int) and least == most else 0


def _at(document: dict[str, Any], schema: Any, way: str) -> tuple[dict[str, Any], str]:
    """Return the schema at the end of a way, and why there is none."""
    found = _followed(document, schema)
    for name in way.split("."):
        properties = _properties(document, found)
        if name not in properties:
            return {}, f"there is no property {quoted(name)}{hint(name, properties)}"
        found = _followed(document, properties[name])
    return found, ""


def _properties(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    own = schema.get("properties")
    found = dict(own) if is_mapping(own) else {}
    parts = schema.get("allOf")
    for part in parts if is_list(parts) else ():
        found = {**_properties(document, _followed(document, part)), **found}
    return found


def _followed(document: dict[str, Any], schema: Any) -> dict[str, Any]:
    """Return what a reference stands for, also one with keywords beside it, as the prepared document has it."""
    for _ in range(100):  # as many references as nobody makes by hand
        found = resolve(document, "", schema)[1]
        parts = found.get("allOf") if is_mapping(found) else None
        if not (is_list(parts) and len(parts) == 1 and "properties" not in found):
            return found if is_mapping(found) else {}
        schema = parts[0]
    return {}


def _types(schema: dict[str, Any]) -> set[str]:
    kind = schema.get("type")
    return set(kind) if is_list(kind) else {kind} if isinstance(kind, str) else set()


def _is_text(document: dict[str, Any], schema: dict[str, Any]) -> bool:
    return "string" in _types(schema)


def _is_number(document: dict[str, Any], schema: dict[str, Any]) -> bool:
    return bool(_types(schema) & _NUMBERS)


def _is_box(document: dict[str, Any], schema: dict[str, Any]) -> bool:
    point = _followed(document, schema.get("items"))
    coordinate = _followed(document, point.get("items"))
    return "array" in _types(schema) and "array" in _types(point) and _is_number(document, coordinate)
