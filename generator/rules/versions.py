"""What tells OpenAPI 3.1 from 3.0, for documents that say the one and are written in the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator import pointer as pointers
from generator.bundle import Bundle
from generator.findings import quoted
from generator.plain import is_list
from generator.rules.registry import Breaches
from generator.rules.words import KEYWORDS
from generator.structure import Kind, value_at
from generator.violations import Violation

_NEW_MEMBERS = (
    "/webhooks",
    "/jsonSchemaDialect",
    "/components/pathItems",
    "/info/summary",
    "/info/license/identifier",
)
_OF_3_0 = """
    $ref title multipleOf maximum minimum maxLength minLength pattern maxItems minItems uniqueItems maxProperties
    minProperties required enum not allOf oneOf anyOf items properties additionalProperties description format
    default discriminator readOnly writeOnly example externalDocs deprecated xml
    """
_KEYWORDS_OF_3_0 = frozenset(_OF_3_0.split())
_WERE_SWITCHES = ("exclusiveMinimum", "exclusiveMaximum")


def told_once(bundle: Bundle, violations: Iterable[Violation]) -> Breaches:
    """Yield what is not valid in a document of 3.0; what only 3.1 knows is told once if it stands in many places."""
    schemas = {place.pointer: place.value for place in bundle.places if place.kind is Kind.SCHEMA}
    newer: list[tuple[str, str]] = []
    for violation in violations:
        called = _called(bundle, schemas, violation.pointer)
        if called is None:
            yield violation.pointer, violation.message
        else:
            newer.append((violation.pointer, called))
    says = f"`openapi` says {bundle.document['openapi']}"
    if len(newer) == 1 or any("nullable" in schema for schema in schemas.values()):
        for pointer, called in newer:
            yield pointer, f"only OpenAPI 3.1 knows {called}, but {says}"
    elif newer:
        pointer, called = min(newer, key=lambda one: bundle.origin(one[0]))
        yield (
            "/openapi",
            f"what only OpenAPI 3.1 knows stands in {len(newer)} places, the first of which is {called} at "
            f"{bundle.origin(pointer)}, but {says}: write 3.1.0, or do without",
        )


def _called(bundle: Bundle, schemas: dict[str, dict[str, Any]], pointer: str) -> str | None:
    """Return how to call what stands at a pointer; None if 3.1 knows it no more than 3.0."""
    holder, name = pointers.parent(pointer), pointers.split(pointer)[-1] if pointer else ""
    if not pointer:
        # A document of 3.1 need not have paths.
        return None if "paths" in bundle.document else "a document without `paths`"
    try:
        value = value_at(bundle.document, pointer)
    except KeyError:
        return None
    if pointer in _NEW_MEMBERS:
        return quoted(name)
    if holder not in schemas or name not in KEYWORDS:
        return None
    if name == "type":
        return "a list of types" if is_list(value) else 'the type "null"' if value == "null" else None
    if name in _WERE_SWITCHES:
        return None if isinstance(value, bool) else f"{quoted(name)} with a number"
    return quoted(name) if name not in _KEYWORDS_OF_3_0 else None
