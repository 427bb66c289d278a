"""What of a version is for programs: the document in several forms, its schemas, its examples, its error codes."""

from __future__ import annotations

import json
from typing import Any, Final

from generator.dump import dump
from generator.site import example_files
from generator.site.dereference import dereference
from generator.site.error_codes import errors
from generator.site.json_schemas import json_schemas

COLLECTION: Final = "postman_collection.json"


def version_files(document: dict[str, Any], base: str, collection: dict[str, Any]) -> dict[str, bytes]:
    """Return the files of a version by their path in its folder.

    Args:
        document: The bundled document.
        base: The address of the folder, with a slash at its end.
        collection: The document as a Postman collection.
    """
    found = {
        "openapi.yaml": dump(document, ".yaml").encode(),
        "openapi.json": dump(document, ".json").encode(),
        "openapi.dereferenced.json": dump(dereference(document), ".json").encode(),
        COLLECTION: _json(collection),
        "error-codes.json": _json({"version": document["info"]["version"], **errors(document).to_json()}),
    }
    for name, schema in json_schemas(document, f"{base}schemas/").items():
        found[f"schemas/{name}"] = _json(schema)
    examples = example_files.examples(document)
    for example in examples:
        found[f"examples/{example.file}"] = example_files.content(example)
    found["examples/index.json"] = _json(example_files.index(examples))
    return found


def _json(value: Any) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()
