"""What each operation answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator import pointer as pointers
from generator.bundle import Bundle
from generator.plain import is_mapping
from generator.rules.error_catalogue import CODES_KEY, error_schemas
from generator.rules.registry import Breaches, house_rule
from generator.rules.view import Operation, is_json, mapping, members, operations
from generator.structure import resolve

_DOCUMENTED = ("200", "400", "default")


def _responses(bundle: Bundle, operation: Operation) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for status, where, response in members(bundle, operation.pointer, operation.value, "responses"):
        if is_mapping(response) and not status.startswith("x-"):
            yield status, where, response


@house_rule("response-errors")
def response_errors(bundle: Bundle) -> Breaches:
    """Each operation tells its success, its failure and the gateway's answer; errors have the same schema."""
    schemas = {schema.pointer for schema in error_schemas(bundle)}
    for operation in operations(bundle):
        responses = mapping(operation.value, "responses")
        missing = [status for status in _DOCUMENTED if status not in responses]
        if missing:
            where = pointers.join(operation.pointer, "responses")
            yield where, f"{operation.name} has no response {', '.join(missing)}"
        for status, where, response in _responses(bundle, operation):
            if status[0] in "123" or _error_schema(bundle, where, response) in schemas:
                continue
            yield where, f"this error has no JSON body with the schema that carries {CODES_KEY}"


def _error_schema(bundle: Bundle, where: str, response: dict[str, Any]) -> str | None:
    for media_type, place, value in members(bundle, where, response, "content"):
        if is_json(media_type) and is_mapping(value):
            pointer, _ = resolve(bundle.document, pointers.join(place, "schema"), value.get("schema"))
            return pointer
    return None


@house_rule("request-id-header")
def request_id_header(bundle: Bundle) -> Breaches:
    """Each response declares the header X-Request-Id, by which support finds a call in the operator's log."""
    for operation in operations(bundle):
        for _, where, response in _responses(bundle, operation):
            if not any(name.lower() == "x-request-id" for name in mapping(response, "headers")):
                yield where, "this response does not declare the header X-Request-Id"
