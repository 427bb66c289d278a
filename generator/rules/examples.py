"""Examples: that they are there, and that they are true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema_rs

from generator import pointer as pointers
from generator.bundle import Bundle
from generator.plain import is_mapping
from generator.rules.registry import Breaches, house_rule
from generator.rules.view import content_examples, has_example, is_json, members, operations, sequence
from generator.structure import Kind, Place, resolve
from generator.violations import Violation, explain

# When more values than these do not fit one keyword, it is told at the keyword.
_MANY = 3
_DOCUMENT = "urn:openapi-document"
_EXEMPLIFIED = ("200", "400")
_LISTS = ("examples", "enum", "x-extensible-enum")


@house_rule("operation-examples")
def operation_examples(bundle: Bundle) -> Breaches:
    """The request, the success and the failure of each operation have an example in JSON, with a value to try."""
    for operation in operations(bundle):
        body_pointer = pointers.join(operation.pointer, "requestBody")
        where, body = resolve(bundle.document, body_pointer, operation.value.get("requestBody"))
        yield from _without_example(bundle, where, body, f"the request of {operation.name}")
        for status, place, response in members(bundle, operation.pointer, operation.value, "responses"):
            if status in _EXEMPLIFIED:
                yield from _without_example(
                    bundle, place, response, f"the response {status} of {operation.name}"
                )
    for one in bundle.places:
        if one.kind is Kind.EXAMPLE and not one.value.keys() & {"value", "externalValue", "$ref"}:
            yield one.pointer, "this example has no `value`"


def _without_example(bundle: Bundle, where: str, holder: Any, called: str) -> Breaches:
    for media_type, place, value in members(bundle, where, holder, "content"):
        if is_json(media_type) and is_mapping(value) and not has_example(value):
            yield place, f"{called} has no example"


@house_rule("examples-valid", gives_way_to="examples-known-members")
def examples_valid(bundle: Bundle) -> Breaches:
    """Each example, default and listed value fits its schema: people copy them, and tests send them."""
    if bundle.version < (3, 1):
        yield (
            "/openapi",
            "examples are checked against schemas of OpenAPI 3.1 only: raise the version of the document",
        )
        return
    checker = _Checker(bundle)
    unfit: dict[str, dict[str, str]] = {}
    for schema, where, value in exemplified(bundle):
        for violation in checker.check(schema, value):
            keyword = pointers.from_fragment(violation.keyword.partition("#")[2]) or schema
            unfit.setdefault(keyword, {})[where + violation.pointer] = violation.message
    for schema, reason in checker.unusable.items():
        yield schema, f"examples cannot be checked against this schema: {reason}"
    for keyword, places in unfit.items():
        if len(places) > _MANY:
            # So many examples are rather right, and the schema is wrong.
            where, message = min(places.items(), key=lambda one: bundle.origin(one[0]))
            first = f"{bundle.origin(where)}: {message}"
            yield keyword, f"values in {len(places)} places do not fit this; the first is at {first}"
        else:
            for where, message in places.items():
                yield where, f"this does not fit its schema: {message}"


def exemplified(bundle: Bundle) -> Iterator[tuple[str, str, Any]]:
    """Yield each example, default and listed value: the pointers of its schema and of itself, and the value."""
    for place in bundle.places:
        if place.kind is Kind.SCHEMA:
            for where, value in _schema_values(place):
                yield place.pointer, where, value
        elif place.kind in (Kind.MEDIA_TYPE, Kind.PARAMETER, Kind.HEADER) and "schema" in place.value:
            if place.kind is Kind.MEDIA_TYPE and not is_json(pointers.split(place.pointer)[-1]):
                continue
            for where, value in content_examples(bundle, place):
                yield pointers.join(place.pointer, "schema"), where, value


def _schema_values(place: Place) -> Iterator[tuple[str, Any]]:
    for name in ("example", "default"):
        if name in place.value:
            yield pointers.join(place.pointer, name), place.value[name]
    for name in _LISTS:
        for index, value in enumerate(sequence(place.value, name)):
            yield pointers.join(place.pointer, name, index), value


class _Checker:
    """Validates values against schemas of one document, each of which is compiled once.

    Attributes:
        unusable: Why schemas cannot be used, by their pointers.
    """

    def __init__(self, bundle: Bundle) -> None:
        self.unusable: dict[str, str] = {}
        self._registry = jsonschema_rs.Registry(
            [(_DOCUMENT, bundle.document)], draft=jsonschema_rs.Draft202012
        )
        self._validators: dict[str, jsonschema_rs.Validator] = {}

    def check(self, schema: str, value: Any) -> Iterator[Violation]:
        """Yield what of a value does not fit the schema at a pointer; nothing if the schema cannot be used."""
        if schema not in self._validators and schema not in self.unusable:
            try:
                self._validators[schema] = jsonschema_rs.Draft202012Validator(
                    {"$ref": f"{_DOCUMENT}{pointers.to_reference(schema)}"},
                    registry=self._registry,
                    validate_formats=True,
                    offline=True,
                )
            except jsonschema_rs.ReferencingError:
                self.unusable[schema] = "a reference in it is not relative to this document"
            except ValueError as problem:
                self.unusable[schema] = str(getattr(problem, "message", problem)).splitlines()[0].rstrip(".")
        if schema in self._validators:
            yield from explain(self._validators[schema].iter_errors(value))
