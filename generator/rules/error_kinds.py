"""The kinds of errors: for each of them a client has an exception of its own."""

from __future__ import annotations

from collections import Counter
from typing import Any

import jsonschema_rs

from generator import pointer as pointers
from generator.bundle import Bundle
from generator.findings import quoted
from generator.plain import is_mapping
from generator.rules.error_catalogue import CODES_KEY
from generator.rules.registry import Breaches, Stage, house_rule
from generator.rules.view import mapping, sequence
from generator.spelling import hint
from generator.structure import Kind
from generator.violations import explain

KINDS_KEY = "x-error-kinds"
"""The extension beside `x-error-codes` that tells of which kinds the codes are."""

KIND_NAME = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
"""What the name of a kind looks like, from which the name of a class is made."""

_TEXT = {"type": "string", "pattern": r"\S"}
KINDS: dict[str, Any] = {
    "type": "object",
    "minProperties": 1,
    "propertyNames": {"pattern": KIND_NAME},
    "additionalProperties": {
        "type": "object",
        "required": ["meaning", "remedy", "statuses", "retry"],
        "additionalProperties": False,
        "properties": {
            "meaning": _TEXT,
            "remedy": _TEXT,
            "statuses": {
                "type": "array",
                "uniqueItems": True,
                "items": {"type": "integer", "minimum": 400, "maximum": 599},
            },
            "retry": {"enum": ["safe", "after_fix", "never"]},
        },
    },
}
"""JSON Schema of the kinds: for each its meaning, remedy, the statuses that mean it without a code, and retry."""


@house_rule("error-kinds", Stage.WORDS)
def error_kinds(bundle: Bundle) -> Breaches:
    """Each error code is of one kind of `x-error-kinds`, each kind is that of a code or a status, no status of two.

    A client has an exception for each kind; a code without one would be raised as any other error.
    """
    validator = jsonschema_rs.Draft202012Validator(KINDS)
    for place in bundle.places:
        if place.kind is not Kind.SCHEMA:
            continue
        if KINDS_KEY not in place.value:
            yield from _without_kinds(place.pointer, mapping(place.value, CODES_KEY))
            continue
        where = pointers.join(place.pointer, KINDS_KEY)
        problems = list(explain(validator.iter_errors(place.value[KINDS_KEY]), {"": KINDS}))
        for problem in problems:
            yield where + problem.pointer, problem.message
        if CODES_KEY not in place.value:
            yield where, f"{KINDS_KEY} belongs beside {CODES_KEY}, which is not there"
        elif not problems:
            yield from _agree(place.pointer, place.value)


def _without_kinds(pointer: str, codes: dict[str, Any]) -> Breaches:
    for code, entry in codes.items():
        if is_mapping(entry) and "kind" in entry:
            yield (
                pointers.join(pointer, CODES_KEY, code, "kind"),
                f"{code} is of a kind, but there is no {KINDS_KEY} beside {CODES_KEY}",
            )


def _agree(pointer: str, value: dict[str, Any]) -> Breaches:
    kinds, codes = mapping(value, KINDS_KEY), mapping(value, CODES_KEY)
    used: set[str] = set()
    for code, entry in codes.items():
        where = pointers.join(pointer, CODES_KEY, code)
        kind = entry.get("kind", "") if is_mapping(entry) else None
        if not isinstance(kind, str):
            continue  # the rule of the codes tells
        used.add(kind)
        if "kind" not in entry:
            yield where, f"{code} is of no kind: give it a `kind` of {KINDS_KEY}"
        elif kind not in kinds:
            yield (
                pointers.join(where, "kind"),
                f"there is no kind {quoted(kind)} in {KINDS_KEY}{hint(kind, kinds)}",
            )
    times = Counter(status for kind in kinds.values() for status in sequence(kind, "statuses"))
    for name, kind in kinds.items():
        where = pointers.join(pointer, KINDS_KEY, name)
        if name not in used and not kind["statuses"]:
            yield where, f"no code and no status is of the kind {quoted(name)}"
        for index, status in enumerate(kind["statuses"]):
            if times[status] > 1:
                yield (
                    pointers.join(where, "statuses", index),
                    f"the status {status} belongs to {times[status]} kinds; one may have it",
                )
