"""The examples of a description as files of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import attrs

from generator import pointer as pointers
from generator.plain import is_mapping
from generator.site.file_names import file_names
from generator.site.operations import Operation, operations
from generator.structure import resolve

_SCHEMAS = "/components/schemas/"


@attrs.frozen
class Example:
    """An example of a request or of an answer.

    Attributes:
        file: Path of its file, below the folder of the examples.
        operation: The operation that it is an example of.
        status: Of the answer, `default` among them; None for a request.
        media_type: What it is written in.
        name: What the description calls it.
        summary: What it shows.
        description: More of that.
        schema: Name of the component that it is an example of, if it is one.
        value: The example itself.
    """

    file: str
    operation: Operation
    status: str | None
    media_type: str
    name: str
    summary: str
    description: str
    schema: str | None
    value: Any


def examples(document: dict[str, Any]) -> list[Example]:
    """Return every example of a request or an answer, those in other places of the description left out."""
    found: list[Example] = []
    known = list(operations(document))
    for operation, folder in zip(known, file_names(one.name for one in known), strict=True):
        own = list(_of_operation(document, operation))
        stems = file_names(map(_stem, own))
        found += [
            attrs.evolve(one, file=f"{folder}/{stem}{_ending(one)}")
            for one, stem in zip(own, stems, strict=True)
        ]
    return found


def index(found: list[Example]) -> list[dict[str, Any]]:
    """Return what the examples are of, for programs."""
    return [
        {
            "file": one.file,
            "operation": one.operation.name,
            "of": "request" if one.status is None else "response",
            "status": one.status,
            "media_type": one.media_type,
            "name": one.name,
            "summary": one.summary,
            "description": one.description,
            "schema": one.schema,
        }
        for one in found
    ]


def content(one: Example) -> bytes:
    """Return what its file holds."""
    if _ending(one) == ".txt":
        return str(one.value).encode()
    return (json.dumps(one.value, indent=2, ensure_ascii=False) + "\n").encode()


def _stem(one: Example) -> str:
    kind = "request" if one.status is None else f"response-{one.status}"
    return f"{kind}-{one.name}"


def _ending(one: Example) -> str:
    is_text = isinstance(one.value, str) and "json" not in one.media_type.lower()
    return ".txt" if is_text else ".json"


def _of_operation(document: dict[str, Any], operation: Operation) -> Iterator[Example]:
    body = operation.value.get("requestBody")
    yield from _of_content(document, operation, None, resolve(document, "", body)[1])
    responses = operation.value.get("responses")
    for status, response in responses.items() if is_mapping(responses) else ():
        yield from _of_content(document, operation, str(status), resolve(document, "", response)[1])


def _of_content(
    document: dict[str, Any], operation: Operation, status: str | None, holder: Any
) -> Iterator[Example]:
    content = holder.get("content") if is_mapping(holder) else None
    for media_type, media in content.items() if is_mapping(content) else ():
        if not is_mapping(media):
            continue
        schema = media.get("schema")
        pointer = resolve(document, "", schema)[0] if is_mapping(schema) else ""
        name = pointers.split(pointer)[-1] if pointer.startswith(_SCHEMAS) else None
        for key, example in _named(media).items():
            example = resolve(document, "", example)[1]
            if is_mapping(example) and "value" in example:
                yield Example(
                    file="",
                    operation=operation,
                    status=status,
                    media_type=media_type,
                    name=key,
                    summary=str(example.get("summary") or ""),
                    description=str(example.get("description") or ""),
                    schema=name,
                    value=example["value"],
                )


def _named(media: dict[str, Any]) -> dict[str, Any]:
    found = media.get("examples")
    if is_mapping(found):
        return found
    return {"example": {"value": media["example"]}} if "example" in media else {}
