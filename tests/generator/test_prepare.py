"""The rewrites that bend a copy of the description to the tool: what each changes and leaves alone."""

from __future__ import annotations

import copy
import itertools
from typing import Any

import pytest

from generator.extent import MOST_PARTS
from generator.prepare import (
    EXACTLY_ONE_OF,
    OPEN_ENUM,
    POINTER,
    REWRITES,
    close_extensible_enum,
    keep_members_beside_reference,
    lift_exactly_one_of,
    name_schemas,
    prepare,
    wrap_reference,
)
from generator.subtypes import FALLBACK

from .project import minimal, operation

GROUP = [{"required": ["a"]}, {"required": ["b"], "title": "The other"}]


def test_exactly_one_of_becomes_an_extension() -> None:
    """A `oneOf` of single required members beside properties is lifted out of the tool's sight."""
    schema = {"type": "object", "properties": {"a": {}, "b": {}}, "oneOf": GROUP}
    assert lift_exactly_one_of(schema, "") == {
        "type": "object",
        "properties": {"a": {}, "b": {}},
        EXACTLY_ONE_OF: ["a", "b"],
    }


@pytest.mark.parametrize(
    "schema",
    [
        {"oneOf": GROUP},
        {"properties": {}, "oneOf": [{"required": ["a"]}, {"required": ["b", "c"]}]},
        {"properties": {}, "oneOf": [{"required": ["a"]}, {"required": ["b"], "properties": {}}]},
        {"properties": {}, "oneOf": [{"required": ["a"]}]},
        {"properties": {}, "oneOf": [True, {"required": ["a"]}]},
        {"properties": {}, "oneOf": [{"$ref": "#/a"}, {"$ref": "#/b"}]},
    ],
)
def test_other_one_of_stays(schema: dict[str, Any]) -> None:
    """A `oneOf` that says something else is left alone."""
    assert lift_exactly_one_of(schema, "") == schema


def test_extensible_enum_becomes_an_enum_with_a_mark() -> None:
    """Known values become an enum that stays open."""
    schema = {"type": "string", "x-extensible-enum": ["text"]}
    assert close_extensible_enum(schema, "") == {**schema, "enum": ["text"], OPEN_ENUM: True}


def test_closed_enum_stays() -> None:
    """An enum of the description is left alone, also beside the extension."""
    schema = {"type": "string", "enum": ["a"], "x-extensible-enum": ["b"]}
    assert close_extensible_enum(schema, "") == schema


def test_reference_with_siblings_is_wrapped() -> None:
    """What stands beside a `$ref` survives."""
    assert wrap_reference({"$ref": "#/x", "default": 1}, "/a") == {
        "allOf": [{"$ref": "#/x"}],
        "default": 1,
        POINTER: "/a",
    }


def test_bare_reference_stays() -> None:
    """A `$ref` alone is left alone."""
    assert wrap_reference({"$ref": "#/x"}, "") == {"$ref": "#/x"}


@pytest.mark.parametrize("keyword", ["allOf", "oneOf", "anyOf"])
def test_members_beside_one_reference_are_a_second_part(keyword: str) -> None:
    """A second part keeps the tool from taking the whole for what is referred to."""
    reference = {"$ref": "#/components/schemas/B"}
    schema = {keyword: [reference], "required": ["a"]}
    assert keep_members_beside_reference(schema, "") == {"allOf": [reference, {}], "required": ["a"]}


def test_one_reference_with_a_text_stays() -> None:
    """What says nothing about members is what it refers to."""
    schema = {"allOf": [{"$ref": "#/components/schemas/B"}], "description": "Text.", "required": []}
    assert keep_members_beside_reference(schema, "") == schema


def _base(**others: Any) -> dict[str, Any]:
    return {"type": "object", "discriminator": {"propertyName": "kind"}, **others}


def _extends(name: str) -> dict[str, Any]:
    return {"allOf": [{"$ref": f"#/components/schemas/{name}"}, {"type": "object"}]}


def test_reference_to_a_base_is_a_union() -> None:
    """A reference stands for base and subtypes, save where a subtype names its base or a union its alternatives."""
    reference = {"$ref": "#/components/schemas/A"}
    told = {"oneOf": [reference, {"type": "object"}], "discriminator": {"propertyName": "kind"}}
    document = minimal(
        schemas={
            "A": _base(),
            "B": _extends("A"),
            "C": _extends("B"),
            "D": {
                "type": "object",
                "properties": {"a": reference, "told": told, "b": reference | {"title": "T"}},
            },
        }
    )
    schemas = prepare(document)["components"]["schemas"]
    union = {
        "oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in "BCA"],
        "discriminator": {"propertyName": "kind"},
        FALLBACK: "A",
    }
    assert schemas["D"]["properties"]["a"] == union
    place = "/components/schemas/D/properties/b"
    assert schemas["D"]["properties"]["b"] == {**union, "title": "T", POINTER: place}
    assert schemas["D"]["properties"]["told"]["oneOf"][0] == reference
    assert schemas["B"]["allOf"][0] == reference


@pytest.mark.long
def test_long_and_circular_inheritance_ends() -> None:
    """Neither a long line of subtypes nor a circle of them takes long."""
    names = [f"A{number}" for number in range(3000)]
    schemas = {name: _extends(base) for base, name in itertools.pairwise(names)}
    schemas |= {
        "A0": _base(**_extends("A2999")),
        "X": {"items": {"$ref": "#/components/schemas/A0"}},
    }
    prepared = prepare(minimal(schemas=schemas))["components"]["schemas"]
    assert len(prepared["X"]["items"]["oneOf"]) == MOST_PARTS + 2


def test_schema_carries_its_pointer() -> None:
    """Each schema tells where it stood in the bundled description."""
    assert name_schemas({"type": "string"}, "/components/schemas/a~1b") == {
        "type": "string",
        POINTER: "/components/schemas/a~1b",
    }


def test_every_schema_is_reached() -> None:
    """Schemas are found wherever OpenAPI has them: bodies, parameters, headers, components, and within schemas."""
    document = minimal(
        {
            "/a/{b}": {
                "parameters": [{"name": "b", "in": "path", "required": True, "schema": {"type": "string"}}],
                **operation(
                    "getA", {"type": "array", "items": {"anyOf": [{"type": "integer"}, {"type": "null"}]}}
                ),
            }
        },
        {"C": {"properties": {"d": {"type": "object", "additionalProperties": {"type": "number"}}}}},
    )
    document["components"]["headers"] = {"H": {"schema": {"type": "string"}}}
    seen: list[str] = []

    def find(value: Any) -> None:
        if isinstance(value, dict):
            if POINTER in value:
                seen.append(value[POINTER])
            for item in value.values():
                find(item)
        elif isinstance(value, list):
            for item in value:
                find(item)

    find(prepare(document))
    content = "/paths/~1a~1{b}/get/responses/200/content/application~1json/schema"
    assert sorted(seen) == sorted(
        [
            "/paths/~1a~1{b}/parameters/0/schema",
            content,
            f"{content}/items",
            f"{content}/items/anyOf/0",
            f"{content}/items/anyOf/1",
            "/components/schemas/C",
            "/components/schemas/C/properties/d",
            "/components/schemas/C/properties/d/additionalProperties",
            "/components/headers/H/schema",
        ]
    )


def test_examples_and_extensions_are_not_taken_for_schemas() -> None:
    """What merely looks like a schema is left alone."""
    value = {"schema": {"$ref": "#/x", "default": 1}, "oneOf": GROUP, "properties": {}}
    document = minimal(
        schemas={
            "A": {"type": "object", "x-note": value, "default": value, "examples": [value], "const": value}
        }
    )
    document["paths"] = {
        "/a": {
            "x-note": value,
            "get": {
                "responses": {
                    "200": {"content": {"application/octet-stream": {"examples": {"e": {"value": value}}}}}
                }
            },
        }
    }
    prepared = prepare(document)
    path = prepared["paths"]["/a"]
    (media,) = path["get"]["responses"]["200"]["content"].values()
    assert path["x-note"] == value
    assert media["examples"]["e"]["value"] == value
    assert {
        key: item for key, item in prepared["components"]["schemas"]["A"].items() if key != POINTER
    } == document["components"]["schemas"]["A"]


def test_property_named_like_a_keyword_is_a_property() -> None:
    """Members called `items`, `enum` or `$ref` are not mistaken for keywords."""
    schemas = {
        "A": {
            "type": "object",
            "properties": {
                "items": {"type": "string"},
                "properties": {
                    "type": "object",
                    "properties": {"enum": {"$ref": "#/components/schemas/B", "default": "b"}},
                },
            },
        },
        "B": {"type": "string"},
    }
    properties = prepare(minimal(schemas=schemas))["components"]["schemas"]["A"]["properties"]
    assert properties["items"]["type"] == "string"
    assert properties["properties"]["properties"]["enum"]["allOf"] == [{"$ref": "#/components/schemas/B"}]


def test_preparing_changes_nothing_that_it_was_given() -> None:
    """The published description is never touched: the rewrites work on copies."""
    document = minimal(
        schemas={
            "A": {"properties": {"a": {"$ref": "#/components/schemas/B", "default": "x"}}, "oneOf": GROUP},
            "B": {"x-extensible-enum": ["x"]},
        }
    )
    before = copy.deepcopy(document)
    prepare(document)
    assert document == before


@pytest.mark.parametrize("rewrite", REWRITES)
def test_each_rewrite_gives_its_reason(rewrite: Any) -> None:
    """Every rewrite says which limit of the tool it works around."""
    summary, _, reason = (rewrite.__doc__ or "").partition("\n\n")
    assert summary.strip().endswith(".")
    assert "tool" in reason
