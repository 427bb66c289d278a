"""The meta-schemas of OpenAPI 3.0 and 3.1, as validators.

The files are those that openapi-spec-validator and openapi-schema-validator carry. They are read from where
these packages are installed, without importing the packages: that would take longer than the whole check.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema_rs

from generator.errors import GeneratorError

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
# The meta-schema calls the address of a server a uri-reference, but its variables in braces are none.
_FORMATS: dict[str, Callable[..., bool]] = {"uri-reference": lambda *_: True}


@cache
def resources(version: tuple[int, int]) -> dict[str, dict[str, Any]]:
    """Return the meta-schemas for an OpenAPI version by their identifiers; that of the document comes first.

    Raises:
        GeneratorError: A package that carries them is not installed, or carries them no longer.
    """
    if version == (3, 0):
        found = [_read("openapi_spec_validator", "resources/schemas/v3.0/schema.json")]
    else:
        found = [
            _read("openapi_spec_validator", "resources/schemas/v3.1/schema.json"),
            _read("openapi_schema_validator", "schemas/oas3.1/metaschema.json"),
            _read("openapi_schema_validator", "schemas/oas3.1/vocabularies/base"),
        ]
    return {schema.get("$id") or schema["id"]: schema for schema in found}


@cache
def validator(version: tuple[int, int]) -> jsonschema_rs.Validator:
    """Return what validates an OpenAPI document of this version, its schemas included.

    Raises:
        GeneratorError: As for `resources`.
    """
    known = resources(version)
    if version == (3, 0):
        (schema,) = known.values()
        return jsonschema_rs.Draft4Validator(schema, validate_formats=True, formats=_FORMATS, offline=True)
    document, dialect, _ = known
    # The meta-schema of the document leaves open what a Schema Object is; this one says it.
    schema = {
        "$schema": _DIALECT,
        "$id": "urn:openapi-document",
        "$ref": document,
        "$defs": {"schema": {"$dynamicAnchor": "meta", "$ref": dialect}},
    }
    registry = jsonschema_rs.Registry(list(known.items()), draft=jsonschema_rs.Draft202012)
    return jsonschema_rs.Draft202012Validator(
        schema, registry=registry, validate_formats=True, formats=_FORMATS, offline=True
    )


def _read(package: str, name: str) -> dict[str, Any]:
    spec = find_spec(package)
    for folder in spec.submodule_search_locations or () if spec else ():
        path = Path(folder, name)
        if path.is_file():
            schema: dict[str, Any] = json.loads(path.read_text("utf-8"))
            return schema
    raise GeneratorError(
        f"the meta-schema {name} of the package {package} is not there: install the requirements of this "
        "project again"
    )
