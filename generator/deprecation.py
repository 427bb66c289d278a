"""What is not to be used any more, and what is said of it: `x-deprecated` beside `deprecated: true`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import jsonschema_rs

from generator import pointer as pointers
from generator.findings import quoted
from generator.plain import is_list, is_mapping
from generator.spelling import hint
from generator.violations import explain

KEY: Final = "x-deprecated"
"""Why something is deprecated, since when, and what takes its place."""

VALUES: Final = "x-deprecated-values"
"""The same for values of an enum, by the value, for OpenAPI has no word for these."""

_TEXT: Final = {"type": "string", "pattern": r"\S"}
SHAPE: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["reason"],
    "additionalProperties": False,
    "properties": {"reason": _TEXT, "replacement": _TEXT, "since": _TEXT},
}
"""JSON Schema of what is said: a reason, what to use instead, and the version of the description that began it."""


def notice(described: Mapping[str, Any]) -> str | None:
    """Return what is said of something deprecated, `since 1.1.0: why; use that`; None if it is not deprecated.

    It is empty where the description gives no reason.
    """
    return _notice(described.get(KEY)) if described.get("deprecated") is True else None


def value_notices(schema: Mapping[str, Any]) -> dict[str, str]:
    """Return what is said of the deprecated values of an enum, by the text of the value."""
    found = schema.get(VALUES)
    return {name: _notice(said) for name, said in found.items()} if is_mapping(found) else {}


def sentence(notice: str | None) -> str:
    """Return a notice as a sentence, `Deprecated since 1.1.0: why; use that.`; empty where there is none."""
    if notice is None:
        return ""
    text = f"Deprecated{joined(notice)}"
    return text if text.endswith((".", "!", "?")) else f"{text}."


def joined(notice: str) -> str:
    """Return a notice as it goes on after the word "deprecated"."""
    return f" {notice}" if notice.startswith("since ") else f": {notice}" if notice else ""


def _notice(said: Any) -> str:
    if not is_mapping(said):
        return ""
    since, reason, replacement = (
        " ".join(str(said.get(name) or "").split()).rstrip(".") for name in ("since", "reason", "replacement")
    )
    why = "; ".join(filter(None, (reason, f"use {replacement}" if replacement else "")))
    return f"since {since}{': ' if why else ''}{why}" if since else why


def problems(described: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with how something is deprecated: where below it, and a message."""
    is_deprecated = described.get("deprecated") is True
    if KEY in described:
        if not is_deprecated:
            yield f"/{KEY}", "this counts only beside `deprecated: true`: add that, or remove this"
        yield from _shape(described[KEY], f"/{KEY}")
    elif is_deprecated:
        yield (
            "/deprecated",
            f"nothing says why: add `{KEY}` with a `reason`, and with the `replacement` if there is one",
        )


def value_problems(schema: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the deprecated values of an enum: where below its schema, and a message."""
    found, where = schema[VALUES], f"/{VALUES}"
    if not is_mapping(found):
        yield where, f"{quoted(found)} is no map from values to why they are deprecated"
        return
    values = schema.get("enum", schema.get("x-extensible-enum"))
    known = [str(value) for value in values] if is_list(values) else []
    for name, said in found.items():
        below = pointers.join(where, name)
        if name not in known:
            yield below, f"the enum has no value {quoted(name)}{hint(name, known)}"
        yield from _shape(said, below)


def _shape(said: Any, where: str) -> Iterator[tuple[str, str]]:
    validator = jsonschema_rs.Draft202012Validator(SHAPE)
    for violation in explain(validator.iter_errors(said), {"": SHAPE}):
        yield where + violation.pointer, violation.message
