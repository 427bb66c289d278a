"""Rewrites that bend a copy of the description to what openapi-python-client understands.

Each is pure and small, and says which limit of the tool it works around. What is published never goes through them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from generator import pointer as pointers
from generator.compositions import (
    Compositions,
    flatten_parts,
    infer_type,
    let_reference_be_null,
    refer_plainly,
    set_aside,
    split_nullable,
)
from generator.findings import quoted
from generator.media import choose_media
from generator.multipart import describe_parts, is_multipart
from generator.plain import is_list, is_mapping
from generator.structure import Kind, is_reference, map_schemas, resolve, walk
from generator.subtypes import Subtypes, adds_to_reference

POINTER: Final = "x-generator-pointer"
EXACTLY_ONE_OF: Final = "x-generator-exactly-one-of"
AT_LEAST_ONE_OF: Final = "x-generator-at-least-one-of"
VARNAMES: Final = "x-enum-varnames"
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
    return _lift_group(schema, pointer, "oneOf", EXACTLY_ONE_OF)


def lift_at_least_one_of(schema: Schema, pointer: str) -> Schema:
    """Take `anyOf: [{required: [a]}, {required: [b]}]` beside `properties` out of the tool's sight.

    As with `oneOf`, the tool would turn the model into `Any`; the group goes on as an extension.
    """
    return _lift_group(schema, pointer, "anyOf", AT_LEAST_ONE_OF)


def _lift_group(schema: Schema, pointer: str, keyword: str, extension: str) -> Schema:
    branches = schema.get(keyword)
    has_members = {"properties", "allOf"} & set(schema) or re.search(r"/allOf/\d+$", pointer)
    if not has_members or not isinstance(branches, list) or len(branches) < 2:
        return schema
    names: list[str] = []
    for branch in branches:
        keys = set(branch) - {"title", "description", POINTER} if isinstance(branch, dict) else set[str]()
        if keys != {"required"} or len(branch["required"]) != 1:
            return schema
        names.extend(branch["required"])
    rest = {key: value for key, value in schema.items() if key != keyword}
    return {**rest, extension: names}


def close_extensible_enum(schema: Schema, pointer: str) -> Schema:
    """Turn `x-extensible-enum` into `enum`.

    The tool does not know the extension and would give a plain string. A mark tells that the class stays open for
    values that are not known today.
    """
    values = schema.get("x-extensible-enum")
    if not isinstance(values, list) or "enum" in schema:
        return schema
    return {**schema, "enum": values, OPEN_ENUM: True}


def let_enum_be_null(schema: Schema, pointer: str) -> Schema:
    """Say only by its values that an enum can be null, not by its type too.

    The tool makes a class of the same enum for each type that it finds.
    """
    values = schema.get("enum")
    kinds = schema.get("type")
    is_nullable = schema.get("nullable") is True or (isinstance(kinds, list) and "null" in kinds)
    if not isinstance(values, list) or not is_nullable or _is_composed(schema):
        return schema
    rest = {key: value for key, value in schema.items() if key not in {"type", "nullable"}}
    return {**rest, "enum": [*(value for value in values if value is not None), None]}


def simplify_boolean_enum(schema: Schema, pointer: str) -> Schema:
    """Say of an enum of booleans what it means: a constant, or any boolean.

    The tool makes classes of enums of texts and integers only.
    """
    values = schema.get("enum")
    if (
        not is_list(values)
        or not values
        or _is_composed(schema)
        or not all(isinstance(value, bool) or value is None for value in values)
    ):
        return schema
    rest = {key: value for key, value in schema.items() if key not in {"enum", "nullable", "type"}}
    booleans = list(dict.fromkeys(value for value in values if value is not None))
    whole = {"const": booleans[0]} if len(booleans) == 1 else {"type": "boolean"}
    if not booleans:
        return {**rest, "type": "null"}
    if None not in values and schema.get("nullable") is not True:
        return {**rest, **whole}
    return {**rest, "oneOf": [whole, {"type": "null"}]}


def _is_composed(schema: Schema) -> bool:
    """Return whether values of an enum narrow what is said elsewhere."""
    return bool({"$ref", "allOf", "oneOf", "anyOf"} & set(schema))


def type_null_constant(schema: Schema, pointer: str) -> Schema:
    """Say of a constant that is null, that its type is null.

    The tool takes the constant for none, and would let anything through.
    """
    return {**schema, "type": "null"} if "const" in schema and schema["const"] is None else schema


def prefer_constant(schema: Schema, pointer: str) -> Schema:
    """Say nothing of other values beside a constant.

    The tool makes a class of an enum, and forgets the constant.
    """
    if "const" not in schema or schema["const"] not in (schema.get("enum") or ()):
        return schema
    return {key: value for key, value in schema.items() if key not in {"enum", VARNAMES}}


def name_enum_members(schema: Schema, pointer: str) -> Schema:
    """Give the members of an enum names of their own where those that the tool would give do not serve.

    The tool makes names from values in upper case, or takes them from `x-enum-varnames`. It stops with an exception
    where that makes `A` of both `a` and `A`, loses one of two values where it makes `A_B` of both `a-b` and `a b`, and
    makes code that is none of `1st` in `x-enum-varnames`.
    """
    found = schema.get("enum")
    values = [value for value in found if value is not None] if isinstance(found, list) else []
    if not values or {type(value) for value in values} not in ({str}, {int}):
        return schema
    is_given = VARNAMES in schema and misnamed(schema) is None
    proposed = [_member_name(str(item)) for item in (schema[VARNAMES] if is_given else values)]
    names: dict[str, None] = {}
    tried: Counter[str] = Counter()
    for index, name in enumerate(proposed):
        base = unique = name if name.isidentifier() else f"VALUE_{index}"
        while unique in names:
            tried[base] += 1
            unique = f"{base}_{tried[base] + 1}"
        names[unique] = None
    if VARNAMES not in schema and (isinstance(values[0], int) or _serve(values)):
        return schema
    return {**schema, VARNAMES: list(names)}


def misnamed(schema: Schema) -> str | None:
    """Return why `x-enum-varnames` does not name the members of a schema's enum, or None if it does."""
    given, found = schema.get(VARNAMES), schema.get("enum", schema.get("x-extensible-enum"))
    values = [value for value in found if value is not None] if is_list(found) else []
    if not is_list(given) or not all(isinstance(name, str) for name in given):
        return "is no list of texts"
    if len(given) != len(values):
        return f"has {len(given)} name{'' if len(given) == 1 else 's'} for {len(values)} values"
    members = [_member_name(name) for name in given]
    often = Counter(members)
    for name, member in zip(given, members, strict=True):
        if not member.isidentifier():
            return f"has {quoted(name)}, of which no name in Python can be made"
        if often[member] > 1:
            return f"names several values {member}"
    return None


def _member_name(text: str) -> str:
    """Return a text as the name of a member, as the tool makes it, with the letters that Python makes of others."""
    kept = "".join(char for char in text if char.isidentifier() or char.isdecimal() or char in "\\. _-")
    words = "_".join(re.findall(r"[^\\. _-]+", kept))
    return unicodedata.normalize("NFKC", words.upper())


def _serve(values: list[str]) -> bool:
    """Return whether the tool makes a name of its own of each value, and one that can stand in code."""
    names = [
        _member_name(value) if value[:1].isalpha() else f"VALUE_{index}" for index, value in enumerate(values)
    ]
    same = [value.upper() if value[:1].isalpha() else f"VALUE_{index}" for index, value in enumerate(values)]
    return len(set(names)) == len(set(same)) == len(names) and all(name.isidentifier() for name in names)


def describe_items(schema: Schema, pointer: str) -> Schema:
    """Say that an array without `items` holds anything.

    The tool refuses such an array, though it means no more than that.
    """
    return (
        {**schema, "items": {}}
        if schema.get("type") == "array" and not {"items", "prefixItems"} & set(schema)
        else schema
    )


def wrap_reference(schema: Schema, pointer: str) -> Schema:
    """Turn `$ref` with other keywords beside it into `allOf` with that reference.

    The tool drops whatever stands beside a `$ref`, so a default or a description would be lost.
    """
    if "$ref" not in schema or len(schema) == 1:
        return schema
    rest = {key: value for key, value in schema.items() if key != "$ref"}
    return {"allOf": [{"$ref": schema["$ref"]}], **rest, POINTER: pointer}


def keep_members_beside_reference(schema: Schema, pointer: str) -> Schema:
    """Make an object of its own of `allOf` with one reference that requires or describes members beside it.

    The tool takes any composition of one reference for what it refers to, and drops what stands beside it. With a
    second part it puts them together.
    """
    for keyword in ("allOf", "oneOf", "anyOf"):
        parts = schema.get(keyword)
        if is_list(parts) and len(parts) == 1 and is_reference(parts[0]) and adds_to_reference(schema):
            rest = {key: value for key, value in schema.items() if key != keyword}
            return {**rest, "allOf": [parts[0], *rest.get("allOf", ()), {}]}
    return schema


def nullable_twins(schemas: dict[str, Any]) -> Schema:
    """Return by name the schemas that say what another of the same title does, but that it may be null, as just that.

    The tool would make the same class of both, and refuses the second.
    """
    plain = {
        str(schema["title"]): name
        for name, schema in schemas.items()
        if is_mapping(schema) and "title" in schema and not _may_be_null(schema)
    }
    found: Schema = {}
    for name, schema in schemas.items():
        if is_mapping(schema) and _may_be_null(schema) and str(schema.get("title")) in plain:
            twin = plain[str(schema["title"])]
            if _not_null(schema) == _not_null(schemas[twin]):
                reference = pointers.to_reference(pointers.join("/components/schemas", twin))
                about = {key: schema[key] for key in ("description", "deprecated") if key in schema}
                found[name] = {**about, "anyOf": [{"$ref": reference}, {"type": "null"}]}
    return found


def _may_be_null(schema: Schema) -> bool:
    kinds = schema.get("type")
    return schema.get("nullable") is True or (is_list(kinds) and "null" in kinds)


def _not_null(schema: Schema) -> Schema:
    """Return what an object is besides that it may be null, apart from words and examples."""
    left_out = {"nullable", "description", "deprecated", "example", "examples", "default"}
    rest = {key: value for key, value in schema.items() if key not in left_out}
    kinds = rest.get("type")
    if is_list(kinds) and len(named := [kind for kind in kinds if kind != "null"]) == 1:
        rest["type"] = named[0]
    return rest


REWRITES: Final[tuple[Rewrite, ...]] = (
    name_schemas,
    refer_plainly,
    infer_type,
    flatten_parts,
    lift_exactly_one_of,
    lift_at_least_one_of,
    close_extensible_enum,
    prefer_constant,
    simplify_boolean_enum,
    let_enum_be_null,
    type_null_constant,
    name_enum_members,
    describe_items,
    wrap_reference,
    let_reference_be_null,
)


def prepare(document: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of a bundled description with every rewrite applied, in order."""
    # The tool insists on paths, which OpenAPI 3.1 does not, and does not follow references to whole path items.
    paths = {path: {**resolve(document, "", item)[1]} for path, item in document.get("paths", {}).items()}
    document = {**document, "paths": paths}
    schemas = (document.get("components") or {}).get("schemas") or {}
    if twins := nullable_twins(schemas):
        schemas = {**schemas, **twins}
        document = {**document, "components": {**document["components"], "schemas": schemas}}
    compositions = Compositions(document)

    def keep_members(schema: Schema, pointer: str) -> Schema:
        # Members beside what is no object are told to be lost.
        parts = [part for keyword in ("allOf", "oneOf", "anyOf") for part in schema.get(keyword, ())]
        is_object = len(parts) == 1 and compositions.is_object(parts[0])
        return keep_members_beside_reference(schema, pointer) if is_object else schema

    rewrites = (
        *REWRITES,
        compositions.join_parts,
        set_aside,
        compositions.declare_required,
        keep_members,
        split_nullable,
        Subtypes(schemas).rewrite,
    )

    def rewritten(schema: Schema, pointer: str) -> Schema:
        # All of them in one walk: no rewrite looks at more of an inner schema than what the others leave as it is.
        for rewrite in rewrites:
            schema = rewrite(schema, pointer)
        return schema

    prepared = map_schemas(document, rewritten)
    prepared = map_schemas(prepared, Compositions(prepared).inherit_unnamed)
    _drop_ignored_headers(prepared)
    for place in walk(prepared):
        if place.kind is Kind.MEDIA_TYPE and is_multipart(place.pointer):
            describe_parts(prepared, place.value)
    choose_media(prepared)
    _describe_media(prepared)
    return prepared


def _describe_media(document: dict[str, Any]) -> None:
    """Say of bodies without a schema what they are by their media type; the tool takes them for none."""
    for place in walk(document):
        if place.kind is not Kind.MEDIA_TYPE or "schema" in place.value:
            continue
        name = pointers.split(place.pointer)[-1].partition(";")[0].strip().lower()
        if name == "application/json" or name.endswith("+json"):
            place.value["schema"] = {}
        elif name.startswith("text/"):
            place.value["schema"] = {"type": "string"}
        elif name == "application/octet-stream":
            place.value["schema"] = {"type": "string", "format": "binary"}


def _drop_ignored_headers(document: dict[str, Any]) -> None:
    """Leave out parameters that OpenAPI says to ignore, because bodies and security say the same."""
    for place in walk(document):
        parameters = place.value.get("parameters")
        if place.kind in (Kind.OPERATION, Kind.PATH_ITEM) and is_list(parameters):
            place.value["parameters"] = [
                one for one in parameters if not _is_ignored(resolve(document, "", one)[1])
            ]


def _is_ignored(parameter: Any) -> bool:
    return (
        is_mapping(parameter)
        and parameter.get("in") == "header"
        and str(parameter.get("name")).lower() in {"accept", "content-type", "authorization"}
    )
