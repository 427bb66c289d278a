"""What a client cannot express, found in the description itself.

openapi-python-client reads over these in silence, and the client would be wrong or lack something. Each is a finding
that says what would become of it and what to write instead.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any, Final

from generator import carried
from generator.adapter import Parsed
from generator.binary import bytes_in_text
from generator.compositions import Compositions
from generator.findings import Finding, Location, error
from generator.layers import PARTS
from generator.media import BYTES, bare, is_json
from generator.plain import is_list, is_mapping
from generator.pointer import escape, split
from generator.prepare import POINTER, VARNAMES, misnamed
from generator.structure import METHODS, Kind, Place, is_reference, resolve, walk

Problem = tuple[str, str, str]
"""JSON pointer, rule and message."""

_IGNORED: Final = {
    "not": "values that it excludes would be let through",
    "if": "the condition would not be checked",
    "patternProperties": "members with such names would lose their type",
    "propertyNames": "names of members would not be checked",
    "contains": "the items would not be checked",
    "dependentRequired": "a missing member would not be noticed",
    "dependentSchemas": "the condition would not be checked",
    "unevaluatedItems": "further items would not be checked",
    "unevaluatedProperties": "further members would not be checked",
    "$dynamicRef": "what it refers to would be lost",
}


_LIMITS: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")

_OF_OTHERS: Final = (
    "calls that the service makes would not be in a client: describe them in a document of their own"
)


def uncovered(document: dict[str, Any]) -> Iterator[Problem]:
    """Yield what a prepared description has and a client would not, in the order of writing."""
    if document.get("webhooks"):
        yield "/webhooks", "webhook", _OF_OTHERS
    as_text = dict.fromkeys(
        pointer
        for place in walk(document)
        if place.kind is Kind.MEDIA_TYPE
        for pointer in bytes_in_text(document, place)
    )
    for pointer in as_text:
        yield (
            pointer,
            "keyword-expressible",
            "`format: binary` are bytes, which JSON and forms in the way of an address do not hold, and each call "
            "would fail: say `format: byte` for Base64 text, or leave it out",
        )
    yield from carried.paths(document)
    compositions = Compositions(document)
    for place in walk(document):
        match place.kind:
            case Kind.SCHEMA:
                yield from _schema(place)
                yield from _composition(compositions, place)
            case Kind.PARAMETER if problems := list(carried.parameter(place)):
                yield from problems
            case Kind.PARAMETER if "content" in place.value:
                message = "a parameter with `content` would be left out of the call: give it a `schema`"
                yield place.pointer, "parameter-style", message
            case Kind.RESPONSE if place.value.get("content") and not any(
                map(_is_readable, place.value["content"])
            ):
                names = ", ".join(place.value["content"])
                message = f"an object as {names} cannot be read: give it as JSON too, or describe it as text or bytes"
                yield place.pointer, "not-generated", message
            case Kind.RESPONSE:
                yield from _texts(document, place)
            case Kind.PARAMETER if place.value.get("allowEmptyValue") and not _may_be_text(document, place):
                message = (
                    "an empty value could not be given, which is no value of the schema: leave `allowEmptyValue` out, "
                    "or say `type: string`"
                )
                yield f"{place.pointer}/allowEmptyValue", "parameter-style", message
            case Kind.OPERATION if place.value.get("callbacks"):
                yield f"{place.pointer}/callbacks", "callback", _OF_OTHERS
                yield from _servers(document, place)
            case Kind.OPERATION | Kind.PATH_ITEM:
                yield from _servers(document, place)
            case _:
                pass


def _texts(document: dict[str, Any], place: Place) -> Iterator[Problem]:
    """Yield answers in plain text that the description wants to be read as something else."""
    content = place.value.get("content") or {}
    if any(is_json(name) for name in content):
        return
    for name, media in content.items():
        pointer = f"{place.pointer}/content/{escape(name)}"
        if bare(name).startswith("text/") and not _may_be_text(
            document, Place(pointer, Kind.MEDIA_TYPE, media)
        ):
            yield (
                f"{pointer}/schema",
                "not-generated",
                f"what comes as {name} would be read as text, not by this schema: say `type: string`, or give it "
                "as JSON",
            )


def _may_be_text(document: dict[str, Any], place: Place) -> bool:
    schema = resolve(document, "", place.value.get("schema"))[1]
    kinds = schema.get("type", "string") if is_mapping(schema) else "string"
    return not {"integer", "number", "boolean"}.intersection(kinds if is_list(kinds) else [kinds])


def _servers(document: dict[str, Any], place: Place) -> Iterator[Problem]:
    own, general = (
        [server["url"] for server in holder.get("servers", ())] for holder in (place.value, document)
    )
    if place.pointer.startswith("/paths/") and own and own != general:
        yield (
            f"{place.pointer}/servers",
            "one-server",
            f"calls would go to the address of all others, not to {own[0]}: a client has one address",
        )


def _is_readable(media_type: str) -> bool:
    return is_json(media_type) or bare(media_type) == BYTES or bare(media_type).startswith("text/")


def _schema(place: Place) -> Iterator[Problem]:
    schema = place.value
    # An empty `not`, without its place, stands for `false`; unless that belongs to a keyword that is told itself.
    if schema.get("not") == {} and _IGNORED.keys().isdisjoint(split(place.pointer)[-2:]):
        yield (
            place.pointer,
            "keyword-expressible",
            "`false` as a schema allows no value, for which there is no type in Python, and any would be let through: "
            "leave it out, or say in the description that there must be none",
        )
    for keyword, consequence in _IGNORED.items():
        if keyword in schema and schema[keyword] not in ({}, True, []):
            yield (
                f"{place.pointer}/{escape(keyword)}",
                "keyword-expressible",
                f"`{keyword}` has no counterpart in Python types, and {consequence}: "
                "leave it out, or say it in the description",
            )
    yield from _constant(place)
    yield from _numbers(place)
    values = [value for value in schema.get("enum", ()) if value is not None]
    if len({type(value) for value in values}) > 1 or any(type(value) not in (str, int) for value in values):
        yield (
            place.pointer,
            "enum-of-one-type",
            "an enum of this type, or of several types, has no class in Python: "
            "use text or integers, or describe the values in words",
        )
    if "prefixItems" in schema:
        yield (
            f"{place.pointer}/prefixItems",
            "keyword-expressible",
            "`prefixItems` would become a list of any of its types in any order: "
            "use an object, or `items` with one type",
        )
    others = [name for name in ("properties", "allOf") if schema.get(name)]
    for keyword in ("oneOf", "anyOf"):
        if schema.get(keyword) and others:
            yield (
                f"{place.pointer}/{keyword}",
                "schema-combined",
                f"`{keyword}` beside `{others[0]}` would lose the latter: put the common properties into each "
                "alternative, or write only `required` with one name in each to say which members have to be given",
            )


def _composition(compositions: Compositions, place: Place) -> Iterator[Problem]:
    for pointer, keyword in dict.fromkeys(compositions.lost(place.value, place.pointer)):
        yield (
            pointer,
            "schema-narrowed",
            f"`{keyword}` beside what it is put together with has no counterpart in Python types, and would be lost: "
            "write one schema that says all of it, or `allOf` of objects only",
        )
    for part in place.value.get(PARTS, ()):
        if is_mapping(part) and not is_reference(part):
            yield from _schema(Place(str(part.get(POINTER, place.pointer)), Kind.SCHEMA, part))


def misnamed_members(document: dict[str, Any]) -> Iterator[Problem]:
    """Yield the enums of a description, before it is prepared, whose members are not named as their author wants."""
    for place in walk(document):
        if place.kind is Kind.SCHEMA and VARNAMES in place.value and (reason := misnamed(place.value)):
            yield (
                f"{place.pointer}/{VARNAMES}",
                "enum-varnames",
                f"`{VARNAMES}` {reason}, and members would be named after their values: "
                "give each value that is not null a name of its own, in their order",
            )


def _constant(place: Place) -> Iterator[Problem]:
    value = place.value.get("const")
    if isinstance(value, (float, list, dict)):
        what = {float: "a number with a fraction", list: "a list", dict: "an object"}[type(value)]
        yield (
            f"{place.pointer}/const",
            "keyword-expressible",
            f"`const` with {what} has no type in Python, and other values would be let through: "
            "use a text, an integer or a boolean, or say it in the description",
        )


def _numbers(place: Place) -> Iterator[Problem]:
    """Yield limits and defaults beyond what a processor calculates with."""
    keywords = _LIMITS if place.value.get("type") == "integer" else (*_LIMITS, "default")
    for keyword in keywords:
        value = place.value.get(keyword)
        if isinstance(value, int) and abs(value) > sys.float_info.max:
            yield (
                f"{place.pointer}/{keyword}",
                "number-size",
                f"`{keyword}` is an integer of {len(str(abs(value)))} digits, which no number of double precision "
                "holds, and would be lost: leave it out, or write it as text",
            )


def incomplete(document: dict[str, Any], parsed: Parsed) -> Iterator[Problem]:
    """Yield operations, answers and properties that the tool lost on its way without a word."""
    found = {(operation.path, operation.method): operation for operation in parsed.operations}
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            operation = item.get(method) if isinstance(item, dict) else None
            if operation is None:
                continue
            pointer = f"/paths/{escape(path)}/{method}"
            if (path, method) not in found:
                yield (
                    pointer,
                    "not-generated",
                    "openapi-python-client left this operation out without a reason",
                )
                continue
            statuses = {status for status, _ in found[path, method].responses}
            for status in operation.get("responses", {}):
                if status not in statuses and not status.startswith("x-"):
                    yield (
                        f"{pointer}/responses/{escape(status)}",
                        "not-generated",
                        f"openapi-python-client left out the answer with status {status}",
                    )


def findings(problems: Iterator[Problem], origin: Callable[[str], Location]) -> list[Finding]:
    """Return problems as findings, at their places in the source files."""
    return [error(origin(pointer), rule, message, pointer) for pointer, rule, message in problems]
