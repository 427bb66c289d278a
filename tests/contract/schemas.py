"""Schemas and examples of the bundled description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import jsonschema_rs


@attrs.frozen
class Example:
    """An example of a media type: whose it is, the schema it is held to, and its value."""

    operation: str
    part: str
    name: str
    schema: str
    value: Any


def validator(document: dict[str, Any], schema: str) -> jsonschema_rs.Draft202012Validator:
    """Return a validator of a component schema; formats are asserted."""
    return jsonschema_rs.Draft202012Validator(
        {"$ref": f"#/components/schemas/{schema}", "components": document["components"]},
        validate_formats=True,
    )


def examples(document: dict[str, Any]) -> Iterator[Example]:
    """Yield every example of every request and response body."""
    for item in document["paths"].values():
        operation = item["post"]
        name = operation["operationId"]
        yield from _media_examples(document, name, "request", operation["requestBody"])
        for status, response in operation["responses"].items():
            if "$ref" in response:
                response = document["components"]["responses"][response["$ref"].rpartition("/")[2]]
            yield from _media_examples(document, name, status, response)


def _media_examples(
    document: dict[str, Any], operation: str, part: str, holder: dict[str, Any]
) -> Iterator[Example]:
    media = holder["content"]["application/json"]
    schema = media["schema"]["$ref"].rpartition("/")[2]
    for name, example in media["examples"].items():
        if "$ref" in example:
            example = document["components"]["examples"][example["$ref"].rpartition("/")[2]]
        yield Example(operation, part, name, schema, example["value"])
