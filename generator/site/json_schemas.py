"""The schemas of a description as files of their own, by JSON Schema 2020-12."""

from __future__ import annotations

from typing import Any, Final

from generator import pointer as pointers
from generator.plain import is_list, is_mapping
from generator.site.file_names import file_names
from generator.structure import map_schemas

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_SECTION: Final = ["components", "schemas"]


def json_schemas(document: dict[str, Any], base: str) -> dict[str, dict[str, Any]]:
    """Return each schema of the components by the name of its file.

    References lead to the files beside, and to `../openapi.json` for what is no component of its own.

    Args:
        document: A bundled document.
        base: The address of the folder of these files, with a slash at its end, for their `$id`.
    """
    schemas = (document.get("components") or {}).get("schemas") or {}
    files = {name: f"{file}.json" for name, file in zip(schemas, file_names(schemas), strict=True)}
    is_old = str(document.get("openapi", "")).startswith("3.0")

    def change(schema: dict[str, Any], _: str) -> dict[str, Any]:
        return _refer_to_files(_modernise(schema) if is_old else schema, files)

    changed = map_schemas({"components": {"schemas": schemas}}, change)["components"]["schemas"]
    return {
        files[name]: {"$schema": DIALECT, "$id": base + files[name]}
        | {key: value for key, value in schema.items() if key != "$id"}
        for name, schema in changed.items()
    }


def address(reference: str, files: dict[str, str]) -> str:
    """Return a reference within a bundled document as one from the file of a schema."""
    pointer = pointers.from_fragment(reference.removeprefix("#")) if reference.startswith("#") else None
    if pointer is None:
        return reference
    tokens = pointers.split(pointer)
    if tokens[:2] == _SECTION and len(tokens) > 2 and tokens[2] in files:
        rest = pointers.from_tokens(tokens[3:])
        return files[tokens[2]] + (pointers.to_reference(rest) if rest else "")
    return "../openapi.json" + pointers.to_reference(pointer)


def _refer_to_files(schema: dict[str, Any], files: dict[str, str]) -> dict[str, Any]:
    changed = dict(schema)
    if isinstance(schema.get("$ref"), str):
        changed["$ref"] = address(schema["$ref"], files)
    discriminator = schema.get("discriminator")
    if is_mapping(discriminator) and is_mapping(discriminator.get("mapping")):
        mapping = {
            value: address(target, files) if isinstance(target, str) else target
            for value, target in discriminator["mapping"].items()
        }
        changed["discriminator"] = {**discriminator, "mapping": mapping}
    return changed


def _modernise(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema of OpenAPI 3.0 as JSON Schema 2020-12 says the same."""
    if "$ref" in schema:
        return {"$ref": schema["$ref"]}
    changed = {key: value for key, value in schema.items() if key not in {"nullable", "example"}}
    if "example" in schema:
        changed["examples"] = [schema["example"]]
    for limit, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(schema.get(exclusive), bool):
            del changed[exclusive]
            if schema[exclusive] and limit in changed:
                changed[exclusive] = changed.pop(limit)
    if schema.get("nullable") is True and isinstance(schema.get("type"), str):
        changed["type"] = [schema["type"], "null"]
        if is_list(schema.get("enum")) and None not in schema["enum"]:
            changed["enum"] = [*schema["enum"], None]
    return changed
