"""Rewrites that bend a copy of the description to what openapi-python-client understands.

Each is pure and small, and says which limit of the tool it works around. What is published never goes through them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from generator.structure import map_schemas

POINTER: Final = "x-generator-pointer"
EXACTLY_ONE_OF: Final = "x-generator-exactly-one-of"
OPEN_ENUM: Final = "x-generator-open-enum"

Schema: TypeAlias = dict[str, Any]
Rewrite: TypeAlias = Callable[[Schema, str], Schema]


def name_schemas(schema: Schema, pointer: str) -> Schema:
    """Write each schema's own JSON pointer into it.

    The tool keeps a model's schema but not where it stood, and without that neither descriptions and limits can be
    looked up nor problems be reported with file and line.
    """
    return schema if "$ref" in schema else {**schema, POINTER: pointer}


def lift_exactly_one_of(schema: Schema, pointer: str) -> Schema:
    """Take `oneOf: [{required: [a]}, {required: [b]}]` beside `properties` out of the tool's sight.

    The tool reads it as a union of two empty schemas and turns the whole model into `Any` without a warning. The
    group goes on as an extension, from which the check before sending is made.
    """
    branches = schema.get("oneOf")
    if "properties" not in schema or not isinstance(branches, list) or len(branches) < 2:
        return schema
    names: list[str] = []
    for branch in branches:
        keys = set(branch) - {"title", "description", POINTER} if isinstance(branch, dict) else set[str]()
        if keys != {"required"} or len(branch["required"]) != 1:
            return schema
        names.extend(branch["required"])
    rest = {key: value for key, value in schema.items() if key != "oneOf"}
    return {**rest, EXACTLY_ONE_OF: names}


def close_extensible_enum(schema: Schema, pointer: str) -> Schema:
    """Turn `x-extensible-enum` into `enum`.

    The tool does not know the extension and would give a plain string. A mark tells that the class stays open for
    values that are not known today.
    """
    values = schema.get("x-extensible-enum")
    if not isinstance(values, list) or "enum" in schema:
        return schema
    return {**schema, "enum": values, OPEN_ENUM: True}


def wrap_reference(schema: Schema, pointer: str) -> Schema:
    """Turn `$ref` with other keywords beside it into `allOf` with that reference.

    The tool drops whatever stands beside a `$ref`, so a default or a description would be lost.
    """
    if "$ref" not in schema or len(schema) == 1:
        return schema
    rest = {key: value for key, value in schema.items() if key != "$ref"}
    return {"allOf": [{"$ref": schema["$ref"]}], **rest}


REWRITES: Final[tuple[Rewrite, ...]] = (
    name_schemas,
    lift_exactly_one_of,
    close_extensible_enum,
    wrap_reference,
)


def prepare(document: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of a bundled description with every rewrite applied, in order."""
    for rewrite in REWRITES:
        document = map_schemas(document, rewrite)
    return document
