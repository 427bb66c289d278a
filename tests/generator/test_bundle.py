"""Bundling: what becomes of references, where things come from, and what the text of a bundle looks like."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import pytest

from generator.bundle import bundle
from generator.document import Document
from generator.dump import dump
from generator.errors import FindingsError, GeneratorError

from .descriptions import HEAD, ROOT, brief, bundled, description, told, write

RESPONSE = """\
get:
  responses:
    '200':
      description: Fine.
      content:
        application/json:
          schema: {$ref: '%s'}
"""
IN_RESPONSE = "/get/responses/200/content/application~1json/schema"


def refusals(folder: Path, files: dict[str, str]) -> list[str]:
    """Return why a description cannot be bundled, each as `file:line:column rule message`."""
    with pytest.raises(FindingsError) as caught:
        bundled(folder, files)
    return [brief(finding, folder) for finding in caught.value.findings]


def schema_of(document: dict[str, Any], path: str = "/a") -> Any:
    """Return the schema of the response of an operation that is written like RESPONSE."""
    return document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]


# Components


def test_a_registered_file_becomes_the_component(tmp_path: Path) -> None:
    """References to a file that the root registers become references to its component, from wherever they are."""
    document = bundled(
        tmp_path,
        {
            ROOT: description(
                """\
                paths: {/a: {$ref: paths/a.yaml}}
                components:
                  schemas:
                    Pet: {$ref: schemas/pet.yaml}
                    Pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}
                """
            ),
            "paths/a.yaml": RESPONSE % "../schemas/pet.yaml",
            "schemas/pet.yaml": "type: object\nproperties: {mother: {$ref: pet.yaml}, father: {$ref: '#'}}\n",
        },
    ).document
    pet = {"$ref": "#/components/schemas/Pet"}
    assert schema_of(document) == pet
    assert document["components"]["schemas"] == {
        "Pet": {"type": "object", "properties": {"mother": pet, "father": pet}},
        "Pets": {"type": "array", "items": pet},
    }


def test_an_unregistered_file_is_lifted_under_its_name(tmp_path: Path) -> None:
    """What the root does not register goes to the section that its place calls for, named after its file."""
    document = bundled(
        tmp_path,
        {
            ROOT: description(
                """\
                paths:
                  /a:
                    get:
                      parameters: [{$ref: parameters/limit.yaml}]
                      requestBody: {$ref: bodies/pet.yaml}
                      responses: {'200': {$ref: responses/pet.yaml}}
                """
            ),
            "parameters/limit.yaml": "name: limit\nin: query\nschema: {type: integer}\n",
            "bodies/pet.yaml": "content: {application/json: {schema: {$ref: ../schemas/Pet.yaml}}}\n",
            "responses/pet.yaml": textwrap.dedent(
                """\
                description: Fine.
                headers: {X-Id: {$ref: '../headers/id of call.yaml'}}
                content: {application/json: {examples: {one: {$ref: ../examples/one.yaml}}}}
                """
            ),
            "headers/id of call.yaml": "schema: {type: string}\n",
            "examples/one.yaml": "value: {$ref: this is data}\n",
            "schemas/Pet.yaml": "type: object\n",
        },
    ).document
    operation = document["paths"]["/a"]["get"]
    assert operation["parameters"] == [{"$ref": "#/components/parameters/limit"}]
    assert operation["requestBody"] == {"$ref": "#/components/requestBodies/pet"}
    assert operation["responses"] == {"200": {"$ref": "#/components/responses/pet"}}
    components = document["components"]
    assert list(components) == ["parameters", "requestBodies", "responses", "schemas", "headers", "examples"]
    assert components["responses"]["pet"]["headers"]["X-Id"] == {"$ref": "#/components/headers/id_of_call"}
    assert components["examples"] == {"one": {"value": {"$ref": "this is data"}}}


def test_a_part_of_a_file_is_lifted_under_its_own_name(tmp_path: Path) -> None:
    """A reference to a member of a file lifts that member, and what it refers to within the file."""
    document = bundled(
        tmp_path,
        {
            ROOT: description("paths: {/a: {$ref: a.yaml}}"),
            "a.yaml": RESPONSE % "common.yaml#/Pet",
            "common.yaml": "Pet: {properties: {tag: {$ref: '#/Tag~1s'}}}\nTag/s: {type: string}\nUnused: {}\n",
        },
    ).document
    assert schema_of(document) == {"$ref": "#/components/schemas/Pet"}
    assert document["components"]["schemas"] == {
        "Pet": {"properties": {"tag": {"$ref": "#/components/schemas/Tag_s"}}},
        "Tag_s": {"type": "string"},
    }


def test_a_reference_into_a_component_stays_a_path_into_it(tmp_path: Path) -> None:
    """A part of a schema that stands in the bundle anyway is not copied."""
    document = bundled(
        tmp_path,
        {
            ROOT: description(
                """\
                paths: {/a: {$ref: a.yaml}}
                components: {schemas: {Pet: {$ref: pet.yaml}}}
                """
            ),
            "a.yaml": RESPONSE % "openapi.yaml#/components/schemas/Pet/$defs/Tag",
            "pet.yaml": "properties: {tag: {$ref: '#/$defs/Tag'}}\n$defs: {Tag: {type: string}}\n",
        },
    ).document
    tag = {"$ref": "#/components/schemas/Pet/$defs/Tag"}
    assert schema_of(document) == tag
    assert document["components"]["schemas"]["Pet"]["properties"]["tag"] == tag


def test_two_names_for_one_file_are_one_component_and_a_reference(tmp_path: Path) -> None:
    """The first registration of a file is the component; another one refers to it."""
    document = bundled(
        tmp_path,
        {
            ROOT: description("paths: {}\ncomponents: {schemas: {A: {$ref: a.yaml}, B: {$ref: a.yaml}}}"),
            "a.yaml": "type: string\n",
        },
    ).document
    assert document["components"]["schemas"] == {
        "A": {"type": "string"},
        "B": {"$ref": "#/components/schemas/A"},
    }


def test_a_clash_of_names_is_told_with_both_files(tmp_path: Path) -> None:
    """Two files that would become one component are refused."""
    (told,) = refusals(
        tmp_path,
        {
            ROOT: description(
                """\
                paths: {/a: {$ref: a.yaml}}
                components: {schemas: {Pet: {$ref: one/Pet.yaml}}}
                """
            ),
            "a.yaml": RESPONSE % "two/Pet.yaml",
            "one/Pet.yaml": "type: string\n",
            "two/Pet.yaml": "type: integer\n",
        },
    )
    assert told.startswith("a.yaml:7:20 name-clash")
    assert "two/Pet.yaml would become the component" in told
    assert "one/Pet.yaml has that name already" in told


def test_a_part_that_only_refers_to_another_is_no_component_of_its_own(tmp_path: Path) -> None:
    """Two ways to one part, of which one leads through another file, are no clash of names."""
    document = bundled(
        tmp_path,
        {
            ROOT: description("paths: {/a: {$ref: a.yaml}, /b: {$ref: b.yaml}}\n"),
            "a.yaml": RESPONSE % "all.yaml#/Pet",
            "b.yaml": RESPONSE % "Pet.yaml",
            "all.yaml": "Pet: {$ref: more.yaml#/Pet}\n",
            "more.yaml": "Pet: {$ref: Pet.yaml}\n",
            "Pet.yaml": "type: string\n",
        },
    ).document
    assert document["components"] == {"schemas": {"Pet": {"type": "string"}}}


WRONG_KINDS = [
    ("{$ref: Size.yaml}", "", "openapi.yaml:5:13 reference-kind this leads to a schema, but a response"),
    (
        "{description: Fine., headers: {X: {$ref: Size.yaml}}}",
        "",
        "openapi.yaml:5:47 reference-kind this leads to a schema, but a header",
    ),
    (
        "{description: Fine.}",
        "components: {responses: {Size: {$ref: Size.yaml}}}",
        'openapi.yaml:7:33 reference-kind "Size.yaml" stands under "schemas", but a response',
    ),
    ("{$ref: Id.yaml}", "", "openapi.yaml:5:13 reference-kind this leads to a header, but a response"),
    ("{$ref: b.yaml}", "", "openapi.yaml:5:13 reference-kind this leads to a path item, but a response"),
]


@pytest.mark.parametrize(("response", "components", "expected"), WRONG_KINDS)
def test_a_reference_to_another_kind_of_part_is_told_where_it_stands(
    tmp_path: Path, response: str, components: str, expected: str
) -> None:
    """Neither the part nor those who refer to it as what it is are told to be wrong, and no name is taken by it."""
    paths = f"paths:\n  /a: {{get: {{responses: {{\n    '200': {response}}}}}}}\n  /b: {{$ref: b.yaml}}\n"
    files = {
        ROOT: HEAD + paths + components,
        "b.yaml": RESPONSE % "Size.yaml",
        "Size.yaml": "type: object\n",
        "Id.yaml": "schema: {type: string}\n",
    }
    (finding,) = told(tmp_path, files)
    assert finding.startswith(expected)
    assert refusals(tmp_path, files) == [finding]


def test_clashes_are_told_after_what_else_is_wrong(tmp_path: Path) -> None:
    """`bundle` says of a clash of names just what `check` says."""
    files = {
        ROOT: description("paths: {/a: {$ref: a.yaml}, /b: {$ref: b.yaml}, /c: {$ref: c.yaml}}\n"),
        "a.yaml": RESPONSE % "one/Pet.yaml",
        "b.yaml": RESPONSE % "two/Pet.yaml",
        "one/Pet.yaml": "type: string\n",
        "two/Pet.yaml": "type: integer\n",
    }
    assert [finding.split()[1] for finding in told(tmp_path, files)] == ["unresolved-reference"]
    assert refusals(tmp_path, files) == told(tmp_path, files)
    files["c.yaml"] = "{}\n"
    assert [finding.split()[1] for finding in told(tmp_path, files)] == ["name-clash"]
    assert refusals(tmp_path, files) == told(tmp_path, files)


def test_members_beside_a_reference_are_kept(tmp_path: Path) -> None:
    """Summary, description and, in schemas of 3.1, any keyword may stand beside a reference."""
    document = bundled(
        tmp_path,
        {
            ROOT: description(
                """\
                paths: {}
                components:
                  schemas:
                    Pet:
                      properties:
                        tag: {default: a, $ref: tag.yaml, description: Its tag., not: {$ref: tag.yaml}}
                """
            ),
            "tag.yaml": "type: string\n",
        },
    ).document
    tag = document["components"]["schemas"]["Pet"]["properties"]["tag"]
    reference = {"$ref": "#/components/schemas/tag"}
    assert tag == {"default": "a", **reference, "description": "Its tag.", "not": reference}
    assert list(tag) == ["default", "$ref", "description", "not"]


def test_names_in_references_may_be_escaped(tmp_path: Path) -> None:
    """Percent-encoding and the escapes of JSON pointers are undone, and done again where they are needed."""
    document = bundled(
        tmp_path,
        {
            ROOT: description(
                """\
                paths:
                  /a b/{x}:
                    get: {responses: {'200': {$ref: '#/components/responses/R'}}}
                  /c: {$ref: 'with%20blank.yaml#/a~1%7Eb'}
                components:
                  responses: {R: {description: Fine.}}
                  schemas: {S: {$ref: '#/paths/~1a%20b~1%7Bx%7D/get/x-s'}}
                """
            ).replace("get: {resp", "get: {x-s: {}, resp"),
            "with blank.yaml": "a/~b: {description: Here.}\n",
        },
    ).document
    assert document["paths"]["/c"] == {"description": "Here."}
    assert document["components"]["schemas"]["S"] == {"$ref": "#/paths/~1a%20b~1%7Bx%7D/get/x-s"}


# What is put in place


def test_path_items_are_put_in_place(tmp_path: Path) -> None:
    """A path item stands where the reference to it stood, with the members beside the reference added."""
    result = bundled(
        tmp_path,
        {
            ROOT: HEAD + "paths:\n  /a:\n    $ref: a.yaml\n    parameters: []\n",
            "a.yaml": RESPONSE % "#/definitions/Pet" + "definitions: {Pet: {type: object}}\n",
        },
    )
    item = result.document["paths"]["/a"]
    assert list(item) == ["get", "definitions", "parameters"]
    assert schema_of(result.document) == {"$ref": "#/paths/~1a/definitions/Pet"}
    assert brief_place(result.origin("/paths/~1a/parameters"), tmp_path) == "openapi.yaml:6"
    assert brief_place(result.origin("/paths/~1a/get"), tmp_path) == "a.yaml:1"


def test_references_in_extensions_are_replaced(tmp_path: Path) -> None:
    """An extension holds what its references mean, and what those mean, but components stay references."""
    document = bundled(
        tmp_path,
        {
            ROOT: description(
                """\
                paths: {}
                components:
                  schemas:
                    Error:
                      type: string
                      x-codes: {$ref: codes.yaml, beside: 1}
                      x-list: [{$ref: 'codes.yaml#/one'}]
                      x-number: {$ref: 'codes.yaml#/number'}
                      x-component: {$ref: '#/components/schemas/Error'}
                """
            ),
            "codes.yaml": "one: {inner: {$ref: inner.yaml}}\nnumber: 5\n",
            "inner.yaml": "text: Deep.\n",
        },
    ).document
    one = {"inner": {"text": "Deep."}}
    assert document["components"]["schemas"]["Error"] == {
        "type": "string",
        "x-codes": {"one": one, "number": 5, "beside": 1},
        "x-list": [one],
        "x-number": 5,
        "x-component": {"$ref": "#/components/schemas/Error"},
    }


def test_data_that_looks_like_a_reference_is_left_alone(tmp_path: Path) -> None:
    """In an example, a default, an enum or a constant, and as the name of a property, `$ref` is data."""
    schema = {
        "properties": {"$ref": {"type": "string"}},
        "default": {"$ref": "nowhere.yaml"},
        "enum": [{"$ref": "nowhere.yaml"}],
        "const": {"$ref": "nowhere.yaml"},
        "examples": [{"$ref": "nowhere.yaml"}],
    }
    written = dump({"openapi": "3.1.0", "components": {"schemas": {"A": schema}}}, ".yaml")
    assert bundled(tmp_path, {ROOT: written}).document["components"]["schemas"]["A"] == schema


def test_the_mapping_of_a_discriminator_is_rewritten(tmp_path: Path) -> None:
    """Files in a discriminator's mapping become components; names of components stay."""
    document = bundled(
        tmp_path,
        {
            ROOT: description(
                """\
                paths: {}
                components:
                  schemas:
                    Pet:
                      oneOf: [{$ref: dog.yaml}, {$ref: '#/components/schemas/Cat'}]
                      discriminator:
                        propertyName: kind
                        mapping: {dog: dog.yaml, cat: Cat, lynx: Cat/lynx.yaml, own: '#/components/schemas/Cat'}
                    Cat: {type: object}
                """
            ),
            "dog.yaml": "type: object\n",
            "Cat/lynx.yaml": "type: object\n",
        },
    ).document
    mapping = document["components"]["schemas"]["Pet"]["discriminator"]["mapping"]
    assert mapping == {
        "dog": "#/components/schemas/dog",
        "cat": "Cat",
        "lynx": "#/components/schemas/lynx",
        "own": "#/components/schemas/Cat",
    }


def test_values_behind_aliases_are_copies(tmp_path: Path) -> None:
    """No two places of a bundled document share a value, so that changing one leaves the other."""
    document = bundled(tmp_path, {ROOT: HEAD + "x-a: &a {b: []}\nx-c: *a\n"}).document
    assert document["x-a"] == document["x-c"]
    assert document["x-a"]["b"] is not document["x-c"]["b"]


# Refusals


def test_all_references_that_lead_nowhere_are_told_at_once(tmp_path: Path) -> None:
    """Every bad reference is a finding at its own place, in whichever file it stands."""
    assert refusals(
        tmp_path,
        {
            ROOT: description(
                """\
                paths:
                  /a: {$ref: a.yaml}
                  /b: {$ref: none.yaml}
                  /c: {$ref: ../c.yaml}
                  /d: {$ref: 'https://example.com/d.yaml'}
                  /e: {$ref: /etc/passwd}
                  /f: {$ref: 'f\\f.yaml'}
                components:
                  schemas:
                    A: {$ref: '#/components/schemas/B'}
                    B: {$ref: '#/components/schemas/A'}
                    C: {$ref: '#anchor'}
                    D: {$ref: '#/info/title'}
                    E: {$ref: '#/components/parameters/P'}
                  parameters:
                    P: {name: p, in: query, schema: {}}
                """
            ),
            "a.yaml": RESPONSE % "#/definitions/None",
        },
    ) == [
        'a.yaml:7:20 unresolved-reference "#/definitions/None" leads nowhere: there is no "definitions" at "/"',
        f'openapi.yaml:5:8 unresolved-reference "none.yaml" leads nowhere: there is no file {tmp_path}/none.yaml',
        f'openapi.yaml:6:8 refused-reference "../c.yaml" is not followed, for it lies outside {tmp_path}, the folder '
        "of the description: move it there or, if you trust who wrote the description, allow it with "
        "--allow-outside-references",
        'openapi.yaml:7:8 refused-reference "https://example.com/d.yaml" is not followed, for nothing is fetched from '
        "a network: download the file, keep it beside the description, and refer to it by its relative path",
        *(
            f"openapi.yaml:{line}:8 refused-reference {shown} is not followed, for a reference names a file by its "
            "relative path, with / between folders: keep the file, or a copy of it, beside the description"
            for line, shown in [
                (8, '"/etc/passwd"'),
                (9, '"f\\\\f.yaml"'),
            ]
        ),
        "openapi.yaml:12:9 unresolved-reference this reference leads in a circle of references, and never to a value",
        "openapi.yaml:13:9 unresolved-reference this reference leads in a circle of references, and never to a value",
        'openapi.yaml:14:9 unresolved-reference the anchor "#anchor" is not followed: write a JSON pointer, such as '
        "#/components/schemas/Name",
        'openapi.yaml:15:9 reference-kind "#/info/title" leads to "Test", which is no schema',
        'openapi.yaml:16:9 reference-kind "#/components/parameters/P" stands under "parameters", but a schema is '
        "expected here",
    ]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """A symbolic link does not lead a reference out of the description's folder."""
    outside = write(tmp_path / "outside", {"secret.yaml": "type: string\n"}).parent
    path = write(tmp_path / "inside", {ROOT: description("components: {schemas: {A: {$ref: a.yaml}}}")})
    (path.parent / "a.yaml").symlink_to(outside / "secret.yaml")
    with pytest.raises(FindingsError, match="refused-reference"):
        bundle(Document.load(path))


@pytest.mark.parametrize(
    "name", ["%00.yaml", "a" * 5000 + ".yaml", "a.yaml?x=1", "//host/a.yaml", "http://[", "."]
)
def test_names_that_no_file_can_have_are_refused(tmp_path: Path, name: str) -> None:
    """A reference with an impossible file name is a finding, not a crash."""
    (told,) = refusals(tmp_path, {ROOT: description(f"components: {{schemas: {{A: {{$ref: '{name}'}}}}}}")})
    assert told.startswith("openapi.yaml:3:28 ")


def test_what_is_wrong_with_a_referenced_file_is_told_once(tmp_path: Path) -> None:
    """A file that cannot be read is one finding, at its own line, however many references lead to it."""
    assert refusals(
        tmp_path,
        {
            ROOT: description(
                "components: {schemas: {A: {$ref: bad.yaml}, B: {$ref: bad.yaml}, C: {$ref: dup.yaml}}}"
            ),
            "bad.yaml": "type:\n\tstring\n",
            "dup.yaml": "type: string\ntype: integer\n",
        },
    ) == [
        "bad.yaml:2:1 yaml-syntax a tab indents this line; YAML is indented with spaces only",
        'dup.yaml:2:1 duplicate-key the key "type" stands in this mapping already, in line 1: remove one',
    ]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("paths: {$ref: p.yaml}", "3:9"),
        ("components: {schemas: {$ref: p.yaml}}", "3:24"),
        ("components: {schemas: {A: {properties: {$ref: p.yaml}}}}", "3:41"),
        ("tags: [{$ref: p.yaml}]", "3:9"),
    ],
)
def test_references_where_openapi_has_none_are_told(tmp_path: Path, body: str, place: str) -> None:
    """A reference in a place where no reader looks for one is an error."""
    (told,) = refusals(tmp_path, {ROOT: description(body), "p.yaml": "{}\n"})
    assert told.startswith(f"openapi.yaml:{place} misplaced-reference")


def test_what_contains_itself_cannot_be_put_in_place(tmp_path: Path) -> None:
    """A circle of path items, or within extensions, is told instead of unrolled for ever."""
    told = refusals(
        tmp_path,
        {
            ROOT: description("paths: {/a: {$ref: a.yaml}}\nx-b: {$ref: b.yaml}\nx-c: {$ref: '#/x-c'}"),
            "a.yaml": "get: {responses: {}, callbacks: {on: {'{$url}': {$ref: a.yaml}}}}\n",
            "b.yaml": "c: {$ref: c.yaml}\n",
            "c.yaml": "b: {$ref: b.yaml}\n",
        },
    )
    assert [line.split(" ")[:2] for line in told] == [
        ["a.yaml:1:50", "reference-circle"],
        ["c.yaml:1:5", "reference-circle"],
        ["openapi.yaml:5:7", "unresolved-reference"],
    ]


def test_references_that_multiply_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Extensions that put one another in place ten times each end in a finding."""
    monkeypatch.setattr("generator.bundler.MAX_INLINED", 2000)
    files = {f"{n}.yaml": "".join(f"k{k}: {{$ref: {n + 1}.yaml}}\n" for k in range(10)) for n in range(8)}
    (told,) = refusals(tmp_path, {ROOT: description("x-a: {$ref: 0.yaml}"), **files, "8.yaml": "a: 1\n"})
    assert "reference-expansion references put more than 2,000 mappings and lists in place" in told


def test_references_that_nest_are_bounded(tmp_path: Path) -> None:
    """A long chain of extensions that put one another in place ends in a finding."""
    files = {f"{n}.yaml": f"k: {{$ref: {n + 1}.yaml}}\n" for n in range(150)}
    (told,) = refusals(tmp_path, {ROOT: description("x-a: {$ref: 0.yaml}"), **files, "150.yaml": "a: 1\n"})
    assert "reference-expansion references nest values deeper here than 200 levels" in told


def test_links_name_operations_of_the_root_file_only(tmp_path: Path) -> None:
    """A link to an operation by its place is kept in the root file, and refused where it would break."""
    kept = "components: {links: {A: {operationRef: '#/paths/~1a/get'}, B: {operationRef: 'https://b.example/c#/d'}}}"
    links = bundled(tmp_path, {ROOT: description(kept)}).document["components"]["links"]
    assert links == {
        "A": {"operationRef": "#/paths/~1a/get"},
        "B": {"operationRef": "https://b.example/c#/d"},
    }
    broken = {
        ROOT: description("components: {links: {A: {$ref: a.yaml}}}"),
        "a.yaml": "operationRef: '#/x'\n",
    }
    (told,) = refusals(tmp_path, broken)
    assert told.startswith(
        "a.yaml:1:1 unresolved-reference operationRef finds operations of the root file only"
    )


@pytest.mark.parametrize("beside", ["get: {}", "summary: Twice."])
def test_a_member_beside_a_reference_may_not_be_in_the_path_item_too(tmp_path: Path, beside: str) -> None:
    """What the specification leaves undefined is told."""
    files = {
        ROOT: HEAD + f"paths:\n  /a:\n    $ref: a.yaml\n    {beside}\n",
        "a.yaml": "get: {}\nsummary: Once.\n",
    }
    (told,) = refusals(tmp_path, files)
    assert told.startswith("openapi.yaml:6:5 reference-siblings")


# Where things come from


def brief_place(location: Any, folder: Path) -> str:
    """Return a location as `file:line`."""
    return f"{location.path.relative_to(folder.resolve()).as_posix()}:{location.line}"


def test_everything_in_a_bundle_has_its_origin(tmp_path: Path) -> None:
    """A pointer into the bundle leads back to the file and line in which the thing is written."""
    result = bundled(
        tmp_path,
        {
            ROOT: description(
                """\
                paths:
                  /a: {$ref: paths/a.yaml}
                components:
                  schemas:
                    Pet: {$ref: schemas/Pet.yaml}
                """
            ),
            "paths/a.yaml": RESPONSE % "../schemas/Tag.yaml",
            "schemas/Pet.yaml": "type: object\nx-codes:\n  $ref: ../codes.yaml\n",
            "schemas/Tag.yaml": "# A tag.\ntype: string\n",
            "codes.yaml": "A:\n  status: 1\n",
        },
    )
    origins = {
        "": "openapi.yaml:1",
        "/info/title": "openapi.yaml:2",
        "/paths/~1a": "paths/a.yaml:1",
        f"/paths/~1a{IN_RESPONSE}": "paths/a.yaml:7",
        "/components": "openapi.yaml:5",
        "/components/schemas/Pet/type": "schemas/Pet.yaml:1",
        "/components/schemas/Pet/x-codes/A/status": "codes.yaml:2",
        "/components/schemas/Tag": "schemas/Tag.yaml:2",
        "/components/schemas/Tag/nowhere": "schemas/Tag.yaml:2",
    }
    assert {pointer: brief_place(result.origin(pointer), tmp_path) for pointer in origins} == origins


def test_source_files_are_all_that_the_description_consists_of(tmp_path: Path) -> None:
    """After bundling, a document lists each file that was needed, and no other."""
    path = write(
        tmp_path,
        {
            ROOT: description("components: {schemas: {A: {$ref: b/a.yaml}}}"),
            "b/a.yaml": "$ref: c.yaml\n",
            "b/c.yaml": "type: string\n",
            "other.yaml": "{}\n",
        },
    )
    document = Document.load(path)
    bundle(document)
    names = [file.relative_to(document.folder).as_posix() for file in document.source_files()]
    assert names == ["b/a.yaml", "b/c.yaml", "openapi.yaml"]


# Text


def test_yaml_is_written_to_be_read(tmp_path: Path) -> None:
    """Members keep their order; prose is written in blocks, points on one line, other languages as they are."""
    document = {
        "z": "文字\nand more\n",
        "a": [{"x": [[1, 2], [3, 4]]}],
        "yes": ["yes", "1e3", "0o17", "null", "2001-01-01", "text"],
        "200": "word " * 30 + "end",
    }
    text = dump(document, ".yaml")
    assert text == textwrap.dedent(
        f"""\
        z: |
          文字
          and more
        a:
        - x: [[1, 2], [3, 4]]
        'yes':
        - 'yes'
        - '1e3'
        - '0o17'
        - 'null'
        - '2001-01-01'
        - text
        '200': >-
          {("word " * 24).strip()}
          {"word " * 6}end
        """
    )


def test_json_is_indented_and_ends_in_a_line_break() -> None:
    """JSON is written with an indent of 2 and with other languages as they are."""
    assert dump({"b": "文", "a": [1]}, ".json") == '{\n  "b": "文",\n  "a": [\n    1\n  ]\n}\n'


def test_other_suffixes_are_refused() -> None:
    """Another kind of file is refused with the kinds that there are."""
    with pytest.raises(GeneratorError, match=r"name the file \.yaml or \.json"):
        dump({}, ".txt")


@pytest.mark.parametrize(
    ("reference", "meant"),
    [
        ("schemas/Pt.yaml", "schemas/Pet.yaml"),
        ("schemas/pet.yaml", "schemas/Pet.yaml"),
        ("schemas/Pet.yml", "schemas/Pet.yaml"),
        ("./schemas/../schemas/Pets.yaml", "./schemas/../schemas/Pet.yaml"),
        ("schema/Pet.yaml", "schemas/Pet.yaml"),
        ("schemas/Pet.yaml#/propertys", "properties"),
        ("schemas/Dog.yaml", ""),
        ("other/Pet.yaml", ""),
        ("schemas", ""),
    ],
)
def test_what_a_reference_may_mean(tmp_path: Path, reference: str, meant: str) -> None:
    """A reference that leads nowhere is told with the name that is almost the same, where there is one."""
    files = {
        ROOT: description(f"paths: {{}}\ncomponents: {{schemas: {{A: {{$ref: '{reference}'}}}}}}\n"),
        "schemas/Pet.yaml": "properties: {name: {type: string}}\n",
        "schemas/t.txt": "",
    }
    (told,) = refusals(tmp_path, files)
    assert told.partition("; perhaps ")[2] == (f'"{meant}" is meant' if meant else "")
