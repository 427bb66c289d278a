"""The catalogue of error codes: what happened, what to do, and whether to try again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import attrs
import jsonschema_rs

from generator import pointer as pointers
from generator.bundle import Bundle
from generator.findings import quoted
from generator.plain import is_mapping
from generator.rules.registry import Breaches, Stage, house_rule
from generator.rules.view import content_examples, is_json, mapping, sequence
from generator.spelling import hint
from generator.structure import Kind, resolve
from generator.violations import explain

CODES_KEY = "x-error-codes"
"""The extension of a property that tells the error codes which it can hold."""

FIELDS_KEY = "x-error-fields"
"""The extension of an error's schema that tells which property is the code, the message, the request id."""

_TEXT = {"type": "string", "pattern": r"\S"}
CATALOGUE: dict[str, Any] = {
    "type": "object",
    "minProperties": 1,
    "propertyNames": {"pattern": r"^(AIS|ModelArts|APIG)\.[0-9]{4}$"},
    "additionalProperties": {
        "type": "object",
        "required": ["status", "message", "meaning", "remedy", "retry"],
        "additionalProperties": False,
        "properties": {
            "kind": {"type": "string"},
            "status": {"type": ["integer", "null"], "minimum": 400, "maximum": 599},
            "message": {"type": ["string", "null"], "pattern": r"\S"},
            "meaning": _TEXT,
            "remedy": _TEXT,
            "retry": {"enum": ["safe", "after_fix", "never"]},
        },
    },
}
"""JSON Schema of the catalogue: for each code its kind, HTTP status, message as sent, meaning, remedy and retry."""

_ROLES = ("code", "message", "request_id")
# A value that differs from call to call is written as XX, or longer, in a catalogued message.
_BLANK = re.compile("X{2,}")


@attrs.frozen
class ErrorSchema:
    """A schema of error bodies.

    Attributes:
        pointer: Where it stands.
        code: The property that holds the error code.
        message: The property that holds the message; None if the schema does not tell.
        catalogue: The known codes.
    """

    pointer: str
    code: str
    message: str | None
    catalogue: dict[str, Any]


def error_schemas(bundle: Bundle) -> Iterator[ErrorSchema]:
    """Yield the schemas that carry a catalogue of error codes."""
    for place in bundle.places:
        if place.kind is Kind.SCHEMA:
            for name, schema in mapping(place.value, "properties").items():
                if is_mapping(schema) and CODES_KEY in schema:
                    message = mapping(place.value, FIELDS_KEY).get("message")
                    known = mapping(schema, CODES_KEY)
                    yield ErrorSchema(
                        place.pointer, name, message if isinstance(message, str) else None, known
                    )


@house_rule("error-codes", Stage.WORDS)
def error_codes(bundle: Bundle) -> Breaches:
    """The catalogue has for each code its status, message, meaning, remedy and whether a retry can help."""
    validator = jsonschema_rs.Draft202012Validator(CATALOGUE)
    for place in bundle.places:
        if place.kind is Kind.SCHEMA and CODES_KEY in place.value:
            where = pointers.join(place.pointer, CODES_KEY)
            for problem in explain(validator.iter_errors(place.value[CODES_KEY]), {"": CATALOGUE}):
                yield where + problem.pointer, problem.message


@house_rule("error-examples")
def error_examples(bundle: Bundle) -> Breaches:
    """The code in each example of an error is in the catalogue, and the message is the one sent with it."""
    schemas = {schema.pointer: schema for schema in error_schemas(bundle)}
    for place in bundle.places:
        if place.kind is not Kind.MEDIA_TYPE or not is_json(pointers.split(place.pointer)[-1]):
            continue
        pointer, _ = resolve(
            bundle.document, pointers.join(place.pointer, "schema"), place.value.get("schema")
        )
        if pointer in schemas:
            for where, value in content_examples(bundle, place):
                yield from _check(schemas[pointer], where, value)


def _check(schema: ErrorSchema, where: str, value: Any) -> Breaches:
    code = value.get(schema.code) if is_mapping(value) else None
    if not isinstance(code, str):
        return  # it does not fit its schema
    entry = schema.catalogue.get(code)
    if not is_mapping(entry):
        yield (
            pointers.join(where, schema.code),
            f"the code {quoted(code)} is not in the catalogue {CODES_KEY}",
        )
        return
    expected = entry.get("message")
    message = value.get(schema.message) if schema.message else None
    if not isinstance(expected, str) or not isinstance(message, str):
        return
    pattern = ".+".join(re.escape(part) for part in _BLANK.split(expected))
    if not re.fullmatch(pattern, message):
        yield (
            pointers.join(where, schema.message or ""),
            f"the message of {code} is {quoted(expected)} in the catalogue, but {quoted(message)} here",
        )


@house_rule("error-fields")
def error_fields(bundle: Bundle) -> Breaches:
    """`x-error-fields` names properties that exist: clients read code, message and request id there."""
    for schema in error_schemas(bundle):
        place = next(place for place in bundle.places if place.pointer == schema.pointer)
        fields = mapping(place.value, FIELDS_KEY)
        where = pointers.join(schema.pointer, FIELDS_KEY)
        if fields.get("code") != schema.code:
            message = f"{FIELDS_KEY} has to say `code: {schema.code}`, the property with {CODES_KEY}"
            yield pointers.join(where, "code") if "code" in fields else schema.pointer, message
        properties, required = mapping(place.value, "properties"), sequence(place.value, "required")
        for role, name in fields.items():
            if role not in _ROLES:
                yield (
                    pointers.join(where, role),
                    f"{quoted(role)} is none of {', '.join(_ROLES)}{hint(role, _ROLES)}",
                )
            elif str(name) not in properties and role != "code":
                message = f"there is no property {quoted(name)}{hint(name, properties)}"
                yield pointers.join(where, role), message
            elif name not in required and role in ("code", "message") and str(name) in properties:
                yield pointers.join(where, role), f"{quoted(name)} is not a required property"
