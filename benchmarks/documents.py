"""Descriptions of any size: `python benchmarks/documents.py 100 build/hundred.json` writes one of 100 operations.

Each operation has a request and a response model of its own, with what real descriptions are made of: nested
objects, arrays, enums, limits, defaults, formats, descriptions, a path, a query and a header parameter, and one
error model for all. The same number of operations gives the same text, byte for byte.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

OPERATIONS_PER_TAG = 25


def document(operations: int) -> dict[str, Any]:
    """Return an OpenAPI 3.1 document with this many operations."""
    numbers = range(operations)
    schemas = {name: schema for number in numbers for name, schema in _schemas(number).items()}
    return {
        "openapi": "3.1.0",
        "info": {"title": f"A service of {operations} operations", "version": "1.0.0"},
        "servers": [{"url": "https://api.example.com/v1"}],
        "paths": {f"/items{number}/{{item_id}}": {"post": _operation(number)} for number in numbers},
        "components": {
            "schemas": {**schemas, "Error": _error()},
            "securitySchemes": {"Token": {"type": "apiKey", "in": "header", "name": "X-Auth-Token"}},
        },
        "security": [{"Token": []}],
    }


def _operation(number: int) -> dict[str, Any]:
    return {
        "operationId": f"changeItem{number}",
        "tags": [f"group{number // OPERATIONS_PER_TAG}"],
        "summary": f"Change item {number}",
        "description": f"Changes what is known about item {number}.\n\nThe answer tells how it is afterwards.",
        "parameters": [
            _parameter("item_id", "path", {"type": "string"}, required=True),
            _parameter("pageSize", "query", {"type": "integer", "minimum": 1, "maximum": 500}),
            _parameter("X-Trace", "header", {"type": "string", "maxLength": 64}),
        ],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": _reference(f"Request{number}")}},
        },
        "responses": {
            "200": {
                "description": "The item as it is now.",
                "content": {"application/json": {"schema": _reference(f"Response{number}")}},
            },
            "default": {
                "description": "Why it could not be changed.",
                "content": {"application/json": {"schema": _reference("Error")}},
            },
        },
    }


def _parameter(name: str, location: str, schema: dict[str, Any], *, required: bool = False) -> dict[str, Any]:
    return {
        "name": name,
        "in": location,
        "required": required,
        "description": f"The parameter `{name}`.",
        "schema": schema,
    }


def _schemas(number: int) -> dict[str, Any]:
    described = {"type": "string", "maxLength": 200, "description": f"What people call item {number}."}
    return {
        f"Request{number}": _object(
            f"What to change about item {number}.",
            {
                "displayName": described,
                "state": _reference(f"State{number}"),
                "count": {"type": "integer", "minimum": 0, "maximum": 1000, "default": 1},
                "labels": {"type": "array", "items": {"type": "string"}, "maxItems": 20},
                "part": _reference(f"Part{number}"),
            },
            ["displayName"],
        ),
        f"Response{number}": _object(
            f"Item {number}, as it is.",
            {
                "id": {"type": "string", "format": "uuid", "description": "What it is known by."},
                "displayName": described,
                "changed": {"type": "string", "format": "date-time", "description": "When it was changed."},
                "state": _reference(f"State{number}"),
                "parts": {"type": "array", "items": _reference(f"Part{number}")},
                "weight": {"type": ["number", "null"], "description": "In kilograms."},
            },
            ["id", "parts"],
        ),
        f"Part{number}": _object(
            f"A part of item {number}.",
            {"code": {"type": "string"}, "size": {"type": "integer"}},
            ["code"],
        ),
        f"State{number}": {
            "type": "string",
            "enum": ["new", "used", "broken"],
            "description": f"How item {number} fares.",
        },
    }


def _error() -> dict[str, Any]:
    return _object(
        "What went wrong.",
        {"error_code": {"type": "string"}, "error_msg": {"type": "string"}},
        ["error_code"],
    )


def _object(description: str, properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "description": description, "properties": properties, "required": required}


def _reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def main(arguments: list[str]) -> int:
    """Write a document."""
    if len(arguments) != 2 or not arguments[0].isdecimal():
        print("usage: python benchmarks/documents.py OPERATIONS FILE", file=sys.stderr)
        return 2
    file = Path(arguments[1])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document(int(arguments[0])), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
