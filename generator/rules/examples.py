"""Examples: that they are there, and that they are true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema_rs

from generator import pointer as pointers
from generator.bundle import Bundle
from generator.plain import is_mapping
from generator.rules.registry import Breaches, house_rule
from generator.rules.view import has_example, is_json, members, operations, sequence
from generator.structure import Kind, Place, is_reference, resolve
from generator.violations import explain

_DOCUMENT = "urn:openapi-document"
_EXEMPLIFIED = ("200", "400")
_LISTS = ("examples", "enum", "x-extensible-enum")


@house_rule("operation-examples")
def operation_examples(bundle: Bundle) -> Breaches:
    """The request, the success and the failure of each operation have an example in JSON to try."""
    for operation in operations(bundle):
        body_pointer = pointers.join(operation.pointer, "requestBody")
        where, body = resolve(bundle.document, body_pointer, operation.value.get("requestBody"))
        yield from _without_example(bundle, where, body, f"The request of {operation.name}")
        for status, place, response in members(bundle, operation.pointer, operation.value, "responses"):
            if status in _EXEMPLIFIED:
                yield from _without_example(
                    bundle, place, response, f"The response {status} of {operation.name}"
                )


def _without_example(bundle: Bundle, where: str, holder: Any, called: str) -> Breaches:
    for media_type, place, value in members(bundle, where, holder, "content"):
        if is_json(media_type) and is_mapping(value) and not has_example(value):
            yield place, f"{called} has no example."


@house_rule("examples-valid")
def examples_valid(bundle: Bundle) -> Breaches:
    """Each example, default and listed value fits its schema: people copy them, and tests send them."""
    if bundle.version < (3, 1):
        yield (
            "/openapi",
            "Examples are checked against schemas of OpenAPI 3.1 only; raise the version of the document.",
        )
        return
    checker = _Checker(bundle)
    for place in bundle.places:
        if place.kind is Kind.SCHEMA:
            for where, value in _schema_values(place):
                yield from checker.check(place.pointer, where, value)
        elif place.kind in (Kind.MEDIA_TYPE, Kind.PARAMETER, Kind.HEADER) and "schema" in place.value:
            if place.kind is Kind.MEDIA_TYPE and not is_json(pointers.split(place.pointer)[-1]):
                continue
            for where, value in _content_values(bundle, place):
                yield from checker.check(pointers.join(place.pointer, "schema"), where, value)


def _schema_values(place: Place) -> Iterator[tuple[str, Any]]:
    for name in ("example", "default"):
        if name in place.value:
            yield pointers.join(place.pointer, name), place.value[name]
    for name in _LISTS:
        for index, value in enumerate(sequence(place.value, name)):
            yield pointers.join(place.pointer, name, index), value


def _content_values(bundle: Bundle, place: Place) -> Iterator[tuple[str, Any]]:
    if is_reference(place.value):
        return
    if "example" in place.value:
        yield pointers.join(place.pointer, "example"), place.value["example"]
    for _, where, example in members(bundle, place.pointer, place.value, "examples"):
        if is_mapping(example) and "value" in example:
            yield pointers.join(where, "value"), example["value"]


class _Checker:
    """Validates values against schemas of one document, each of which is compiled once."""

    def __init__(self, bundle: Bundle) -> None:
        self._registry = jsonschema_rs.Registry(
            [(_DOCUMENT, bundle.document)], draft=jsonschema_rs.Draft202012
        )
        self._validators: dict[str, jsonschema_rs.Validator | None] = {}

    def check(self, schema: str, where: str, value: Any) -> Breaches:
        """Yield where a value does not fit the schema at a pointer; once, why the schema cannot be used."""
        if schema not in self._validators:
            try:
                self._validators[schema] = jsonschema_rs.Draft202012Validator(
                    {"$ref": f"{_DOCUMENT}{pointers.to_reference(schema)}"},
                    registry=self._registry,
                    validate_formats=True,
                    offline=True,
                )
            except ValueError as problem:
                self._validators[schema] = None
                reason = str(getattr(problem, "message", problem)).splitlines()[0]
                yield schema, f"Examples cannot be checked against this schema: {reason}."
        validator = self._validators[schema]
        if validator is None:
            return
        for violation in explain(validator.iter_errors(value)):
            yield where + violation.pointer, f"This does not fit its schema. {violation.message}"
