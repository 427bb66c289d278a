"""What a client reads, writes and refuses, held to what the schemas mean, for schemas at random.

Each schema is the body and the answer of an operation. Where generating it gave no finding,

- a value that is valid by JSON Schema is read, and written back as the same JSON: no member that is described is lost,
  nothing is altered;
- the same value is sent as it is, or refused because of what an alternative says that it was taken for;
- whatever is sent is valid: what breaks a limit, an enum, a constant, a type or a group is refused before.

By the conventions of OpenAPI, `oneOf` of schemas is not told from `anyOf`, objects that are put together may have each
other's members, and answers may break limits and have unknown values of enums.
"""

from __future__ import annotations

import importlib
import json
import random
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema_rs
import pytest

from generator.generate import generate

from .corpus.packages import modules
from .project import minimal
from .random_schemas import Instances, Schema, Schemas, meaning, only_described

_SCHEMAS = 60
_VALUES = 25
_COMPOSED = re.compile(r'"allOf"|"\$ref": "[^"]*",')
_OF_ONE = re.compile(r"/(?:components/schemas/S|paths/~1s)(\d+)")


@pytest.mark.parametrize("seed", [1, 2])
def test_schemas_mean_what_they_say(tmp_path: Path, seed: int) -> None:
    """Of schemas at random, nothing is lost, altered or sent invalid that no finding tells of."""
    chance = random.Random(seed)
    components: dict[str, Schema] = {}
    for number in range(_SCHEMAS):
        made = Schemas(chance, f"S{number}")
        schema = made.make()
        components |= {**made.components, f"S{number}": schema}
    told, package = _generated(tmp_path, components, f"semantics_{seed}")
    operations = {
        sys.modules[name].OPERATION.path: sys.modules[name].OPERATION
        for name in modules(package)
        if hasattr(sys.modules[name], "OPERATION")
    }
    problems: list[str] = []
    for number in range(_SCHEMAS):
        if number not in told:
            operation = operations[f"/s{number}"]
            problems += _problems(package, operation, f"S{number}", components, chance)
    assert problems == []
    assert len(told) < _SCHEMAS / 3, "most schemas can be expressed"


def _generated(folder: Path, components: dict[str, Schema], name: str) -> tuple[set[int], ModuleType]:
    """Return the numbers of schemas of which something cannot be expressed, and the package of the rest."""
    document = minimal({f"/s{number}": _operation(number) for number in range(_SCHEMAS)}, components)
    spec = folder / "openapi.json"
    spec.write_text(json.dumps(document), encoding="utf-8")
    outcome = generate(spec, folder / "client", name, allow_partial=True)
    told = {int(number) for found in outcome.warnings for number in _OF_ONE.findall(found.pointer)}
    sys.path.insert(0, str(folder / "client"))
    try:
        package = importlib.import_module(name)
        for module in modules(package):
            importlib.import_module(module)
    finally:
        sys.path.remove(str(folder / "client"))
    return told, package


def _operation(number: int) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/S{number}"}}}
    answer = {"200": {"description": "Fine.", "content": content}}
    body = {"required": True, "content": content}
    return {"post": {"operationId": f"op{number}", "requestBody": body, "responses": answer}}


def _problems(
    package: ModuleType, operation: Any, name: str, components: dict[str, Schema], chance: random.Random
) -> list[str]:
    """Return what is wrong about values of a schema, each with the value."""
    codec: Any = sys.modules[f"{package.__name__}._runtime.codec"]
    errors: Any = package.errors
    meant = {key: meaning(schema) for key, schema in components.items()}
    reference = {"$ref": f"#/components/schemas/{name}"}
    oracle = _validator(reference, meant, formats=False)
    strict = _validator(reference, meant, formats=True)
    described = {key: only_described(schema, is_whole=False) for key, schema in meant.items()}
    whole = _validator(only_described(reference), described, formats=True)
    instances = Instances(chance, components)
    own = [schema for key, schema in components.items() if key == name or key.startswith(f"{name}C")]
    text = json.dumps(own)
    has_alternatives, is_composed = '"anyOf": [' in text, bool(_COMPOSED.search(text))
    found: list[str] = []
    for index in range(_VALUES):
        value = instances.make(components[name])
        value = instances.spoil(value) if index % 2 else value
        is_valid, is_described = strict.is_valid(value), whole.is_valid(value)
        try:
            read = codec.decode(json.dumps(value).encode(), operation.success[200])
        except errors.InvalidDataError as error:
            found += [f"{name}: valid and not read: {value!r}: {error}"] if is_valid else []
            continue
        if is_described and json.loads(codec.encode(read)) != value:
            found.append(f"{name}: altered: {value!r}: {codec.encode(read)!r}")
        try:
            request = operation.request(endpoint="https://x.example", time_limit=1, headers={}, body=read)
        except errors.InvalidRequestError as error:
            is_wrong = is_valid and is_described and not has_alternatives
            found += [f"{name}: valid and refused: {value!r}: {error}"] if is_wrong else []
            continue
        sent = json.loads(
            request.content if isinstance(request.content, bytes) else b"".join(request.content)
        )
        broken = [
            error.message
            for error in oracle.iter_errors(sent)
            if not (is_composed and "additionalProperties" in error.schema_path)
        ]
        found += [f"{name}: invalid and sent: {sent!r}: {broken[0]}"] if broken else []
    return found


def _validator(schema: Schema, components: dict[str, Schema], *, formats: bool) -> Any:
    whole = {**schema, "components": {"schemas": components}}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=formats)
