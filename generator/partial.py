"""A description without what cannot be expressed, for those who accept a client that lacks it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from generator import pointer as pointers
from generator.findings import Finding
from generator.structure import METHODS, value_at


def without(document: dict[str, Any], findings: Iterable[Finding]) -> dict[str, Any] | None:
    """Return a copy of a bundled description that lacks what findings are about.

    Names of an enum's members go, and only they. A property, or a schema as a whole, becomes one that allows any JSON;
    everything else takes its operation along.

    Returns:
        The copy, or None when a finding is about nothing that can be left out.
    """
    pruned = copy.deepcopy(document)
    for finding in findings:
        if not _leave_out(pruned, pointers.split(finding.pointer)):
            return None
    return None if pruned == document else pruned


def _leave_out(document: dict[str, Any], place: list[str]) -> bool:
    match place:
        case [*holder, "x-enum-varnames"]:
            with suppress(KeyError):  # what holds it may be left out already
                value_at(document, pointers.join("", *holder)).pop("x-enum-varnames", None)
        case ["paths", path, method, *_] if method in METHODS:
            document["paths"].get(path, {}).pop(method, None)
        case ["paths", path, *_]:
            document["paths"].pop(path, None)
        case ["webhooks", *_]:
            document.pop("webhooks", None)
        case ["components", "schemas", name, "properties", member, *_]:
            properties = document["components"]["schemas"][name].get("properties", {})
            if member in properties:
                properties[member] = {
                    key: properties[member][key] for key in ("description",) if key in properties[member]
                }
        case ["components", "schemas", name, *_]:
            document["components"]["schemas"][name] = {}
        case ["components", "securitySchemes", name, *_]:
            document["components"]["securitySchemes"].pop(name, None)
        case ["components", section, name, *_]:
            _leave_out_users(document, pointers.to_reference(pointers.join("", "components", section, name)))
        case _:
            return False
    return True


def _leave_out_users(document: dict[str, Any], reference: str) -> None:
    """Take out all operations that refer to a component."""
    text = json.dumps(reference)
    for item in document["paths"].values():
        shared = text in json.dumps({key: value for key, value in item.items() if key not in METHODS})
        for method in METHODS:
            if method in item and (shared or text in json.dumps(item[method])):
                del item[method]
