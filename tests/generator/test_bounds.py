"""Large, deep and circular descriptions end in a client or in a finding, within bounds of memory and time."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

from .bounded import Bounded
from .project import minimal, operation

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no limits of a process to be set"
)

Schema = dict[str, Any]


@attrs.frozen
class Ended:
    """How a run of the generator ended."""

    code: int
    output: Path
    printed: str

    @property
    def rules(self) -> set[str]:
        """The rules of its findings."""
        return {
            line.split(": error ")[1].split()[0] for line in self.printed.splitlines() if ": error " in line
        }


@pytest.fixture(scope="module")
def bounded() -> Iterator[Bounded]:
    """Processes with limited memory and time."""
    with closing(Bounded()) as made:
        yield made


@attrs.frozen
class Generator:
    """Generates below a folder."""

    processes: Bounded
    folder: Path

    def __call__(self, text: str, name: str = "openapi.json") -> Ended:
        """Generate from a file with this text, and require an orderly end."""
        spec = self.folder / "in" / name
        spec.parent.mkdir(exist_ok=True)
        spec.write_text(text, encoding="utf-8")
        output = self.folder / "out"
        done = self.processes.generate("--spec", str(spec), "--output", str(output), "--package", "bounded")
        assert done.code in (0, 1, 2), done.printed[-2000:]
        assert "Traceback" not in done.printed, done.printed[-2000:]
        assert "template" not in done.printed, done.printed[-2000:]
        assert (done.code == 0) == output.exists()
        assert len(done.printed) < 1_000_000
        return Ended(done.code, output, done.printed)

    def imports(self, ended: Ended) -> None:
        """Require a package that can be imported, with the same memory and time."""
        done = self.processes.imported(ended.output, "bounded")
        assert done.code == 0, done.printed[-2000:]


@pytest.fixture
def generate(bounded: Bounded, tmp_path: Path) -> Generator:
    """The generator, with limited memory and time."""
    return Generator(bounded, tmp_path)


def reference(name: str) -> Schema:
    """Return a reference to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def answering(schemas: Schema, name: str = "A0") -> str:
    """Return a document with these schemas and an operation that answers with one of them."""
    return json.dumps(minimal({"/a": operation("getA", reference(name))}, schemas))


def chain(length: int, link: Callable[[Schema], Schema]) -> str:
    """Return a document with schemas A0, A1 and so on, each made by `link` from a reference to the next."""
    schemas = {f"A{index}": link(reference(f"A{index + 1}")) for index in range(length)}
    schemas[f"A{length}"] = {"type": "object", "properties": {"end": {"type": "string"}}}
    return answering(schemas)


def an_object(**properties: Schema) -> Schema:
    """Return the schema of an object."""
    return {"type": "object", "properties": properties}


# What is deep


@pytest.mark.parametrize(
    "wrap",
    [
        lambda inner: an_object(a=inner),
        lambda inner: {"type": "array", "items": inner},
        lambda inner: {"type": "object", "additionalProperties": inner},
        lambda inner: {"allOf": [inner]},
        lambda inner: {"anyOf": [inner, {"type": "null"}]},
        lambda inner: {"not": inner},
        lambda inner: {"x-deep": inner},
    ],
    ids=["properties", "items", "additionalProperties", "allOf", "anyOf", "not", "extension"],
)
def test_a_thousand_levels_in_one_schema_are_refused(
    generate: Generator, wrap: Callable[[Schema], Schema]
) -> None:
    """A schema of a thousand levels is a finding that names the limit, whatever makes the levels."""
    schema: Schema = {"type": "string"}
    for _ in range(1_000):
        schema = wrap(schema)
    # The encoder of the standard library would exhaust its own stack.
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 20_000))
    ended = generate(answering({"A0": schema}))
    assert ended.rules == {"file"}
    assert "deeper" in ended.printed


DEEP_CHAINS: Final[dict[str, Callable[[Schema], Schema]]] = {
    "properties": lambda inner: an_object(a=inner),
    "additionalProperties": lambda inner: {"type": "object", "additionalProperties": inner},
    "items": lambda inner: {"type": "array", "items": inner},
    "allOf": lambda inner: {"allOf": [inner, an_object(b={"type": "string"})]},
    "anyOf": lambda inner: {"anyOf": [inner, {"type": "string"}]},
    "reference": lambda inner: inner,
    "described reference": lambda inner: {**inner, "description": "Another name."},
    "array of fixed length": lambda inner: {"type": "array", "items": inner, "minItems": 2, "maxItems": 2},
}


@pytest.mark.parametrize("name", DEEP_CHAINS)
def test_hundreds_of_levels_of_references_end(generate: Generator, name: str) -> None:
    """A chain of hundreds of schemas makes a client that can be imported, or findings."""
    ended = generate(chain(400, DEEP_CHAINS[name]))
    if ended.code == 0:
        generate.imports(ended)
    else:
        assert ended.rules


@pytest.mark.parametrize("name", DEEP_CHAINS)
def test_twenty_levels_of_references_make_a_client(generate: Generator, name: str) -> None:
    """What real descriptions hold, and more, is not too deep."""
    chosen = DEEP_CHAINS[name]
    length = 6 if name == "array of fixed length" else 20
    ended = generate(chain(length, chosen))
    assert ended.code == 0, ended.printed[-2000:]
    generate.imports(ended)


@pytest.mark.parametrize(
    "link",
    [
        lambda inner: {"type": "array", "items": inner, "minItems": 8, "maxItems": 8},
        lambda inner: {
            "anyOf": [{"type": "array", "items": inner}, {"type": "object", "additionalProperties": inner}]
        },
        lambda inner: {"anyOf": [inner, {"type": "array", "items": inner}]},
        lambda inner: {"allOf": [inner, {"allOf": [inner]}]},
        lambda inner: an_object(a=inner, b=inner),
    ],
    ids=["fixed length", "array or map", "one or many", "allOf twice", "two members"],
)
def test_references_that_multiply_end(generate: Generator, link: Callable[[Schema], Schema]) -> None:
    """Forty schemas, each with two references to the next, do not make a type with a trillion parts."""
    ended = generate(chain(40, link))
    assert ended.code == 0 or ended.rules


# What is circular

CIRCLES: Final[dict[str, Schema]] = {
    "to itself": {"A0": reference("A0")},
    "to each other": {"A0": reference("A1"), "A1": reference("A0")},
    "described": {
        "A0": {**reference("A1"), "description": "a"},
        "A1": {**reference("A0"), "description": "b"},
    },
    "through allOf": {"A0": {"allOf": [reference("A1")]}, "A1": {"allOf": [reference("A0")]}},
    "through a longer allOf": {
        "A0": {"allOf": [reference("A1"), an_object(a={"type": "string"})]},
        "A1": {"allOf": [reference("A0"), an_object(b={"type": "string"})]},
    },
    "through oneOf": {"A0": {"oneOf": [reference("A0"), {"type": "string"}]}},
    "through anyOf": {
        "A0": {"anyOf": [reference("A1"), {"type": "null"}]},
        "A1": {"anyOf": [reference("A0")]},
    },
    "through arrays": {"A0": {"type": "array", "items": reference("A0")}},
    "through two arrays": {
        "A0": {"type": "array", "items": reference("A1")},
        "A1": {"type": "array", "items": reference("A0")},
    },
}
# These describe finite values, so that there is a client for them.
FINITE: Final[dict[str, Schema]] = {
    "members": {"A0": an_object(a=reference("A0"))},
    "members of each other": {"A0": an_object(a=reference("A1")), "A1": an_object(a=reference("A0"))},
    "arrays of members": {"A0": an_object(a={"type": "array", "items": reference("A0")})},
    "maps": {"A0": {"type": "object", "additionalProperties": reference("A0")}},
    "nullable members": {"A0": an_object(a={"anyOf": [reference("A0"), {"type": "null"}]})},
    "members of a part": {
        "A0": {"allOf": [reference("A1"), an_object(a=reference("A0"))]},
        "A1": an_object(b=reference("A0")),
    },
}


@pytest.mark.parametrize("name", CIRCLES)
def test_circles_without_an_end_are_refused(generate: Generator, name: str) -> None:
    """A schema that means itself, or a value without an end, is a finding."""
    ended = generate(answering(CIRCLES[name]))
    assert ended.code == 1
    assert ended.rules


@pytest.mark.parametrize("name", FINITE)
def test_circles_of_members_make_a_client(generate: Generator, name: str) -> None:
    """Objects may contain each other: each of them is a class."""
    ended = generate(answering(FINITE[name]))
    assert ended.code == 0, ended.printed
    generate.imports(ended)


@pytest.mark.parametrize(
    "section", ["parameters", "responses", "requestBodies", "headers", "pathItems", "examples"]
)
def test_circles_of_other_components_are_refused(generate: Generator, section: str) -> None:
    """A parameter, a response or the like that is a reference to itself is a finding."""
    document = minimal({"/a": operation("getA", {"type": "string"})})
    document["components"][section] = {
        "One": {"$ref": f"#/components/{section}/Two"},
        "Two": {"$ref": f"#/components/{section}/One"},
    }
    ended = generate(json.dumps(document))
    assert ended.rules == {"unresolved-reference"}, ended.printed


def test_files_that_refer_to_each_other_in_a_circle_are_refused(tmp_path: Path, generate: Generator) -> None:
    """A circle over several files is found like one within a file."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "other.json").write_text(json.dumps({"$ref": "openapi.json#/components/schemas/A0"}))
    ended = generate(answering({"A0": {"$ref": "other.json"}}))
    assert ended.rules == {"unresolved-reference"}, ended.printed


# What is large


def test_twenty_thousand_values_of_an_enum(generate: Generator) -> None:
    """An enum may have as many values as it likes."""
    schema = {"type": "string", "enum": [f"value-{index}" for index in range(20_000)]}
    ended = generate(answering({"A0": an_object(kind=schema)}))
    assert ended.code == 0, ended.printed[-2000:]
    generate.imports(ended)


def test_two_thousand_properties(generate: Generator) -> None:
    """An object may have as many properties as it likes, and a method as many arguments."""
    thing = an_object(**{f"property{index}": {"type": "integer"} for index in range(2_000)})
    body = {"required": True, "content": {"application/json": {"schema": reference("A0")}}}
    path = operation("getA", reference("A0"), requestBody=body)
    ended = generate(json.dumps(minimal({"/a": {"post": path["get"]}}, {"A0": thing})))
    assert ended.code == 0, ended.printed[-2000:]
    generate.imports(ended)


def test_two_thousand_alternatives(generate: Generator) -> None:
    """A union of many objects makes a client, or findings."""
    schemas = {f"B{index}": an_object(**{f"p{index}": {"type": "integer"}}) for index in range(2_000)}
    ended = generate(answering({**schemas, "A0": {"anyOf": [reference(name) for name in schemas]}}))
    assert ended.code == 0 or ended.rules


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        "x" * 1_000_000,
        "\\" * 200_000,
        '"' * 200_000,
        "\n" * 1_000_000,
        "- item\n" * 30_000,
    ],
    ids=["words", "one word", "backslashes", "quotes", "lines", "items"],
)
def test_descriptions_as_long_as_books(generate: Generator, text: str) -> None:
    """A description may have a megabyte, and need not consist of words."""
    schema = {**an_object(a={"type": "string", "description": text}), "description": text}
    document = minimal(
        {"/a": operation("getA", reference("A0"), description=text, summary=text)}, {"A0": schema}
    )
    document["info"]["description"] = text
    ended = generate(json.dumps(document))
    assert ended.code == 0, ended.printed[-2000:]
    generate.imports(ended)


def test_a_document_of_five_megabytes(generate: Generator) -> None:
    """A document of five megabytes makes a client like any other."""
    schemas = {
        f"A{index}": {
            **an_object(a={"type": "string"}, b=reference(f"A{index // 10}")),
            "description": "d" * 5_000,
        }
        for index in range(1_000)
    }
    text = answering(schemas)
    assert len(text) > 4_900_000
    ended = generate(text)
    assert ended.code == 0, ended.printed[-2000:]
    generate.imports(ended)


def test_a_file_that_is_too_large_is_refused(generate: Generator) -> None:
    """A file beyond the limit is refused before it is read."""
    ended = generate(" " * (65 * 1024 * 1024))
    assert ended.rules == {"file"}
    assert "larger" in ended.printed


@pytest.mark.parametrize(
    "name",
    ["operationId", "tag", "property", "enum value", "path", "parameter", "component"],
)
def test_names_of_a_thousand_characters(generate: Generator, name: str) -> None:
    """A name that is too long for a file, or for anybody, makes a client or a finding, never an error of the system."""
    long = "x" * 1_000
    document = minimal(
        {
            f"/{long if name == 'path' else 'a'}": operation(
                long if name == "operationId" else "getA",
                reference(long if name == "component" else "A0"),
                tags=[long if name == "tag" else "t"],
                parameters=[
                    {
                        "name": long if name == "parameter" else "p",
                        "in": "query",
                        "schema": {"type": "string"},
                    }
                ],
            )
        },
        {
            (long if name == "component" else "A0"): an_object(
                **{
                    long if name == "property" else "a": {
                        "type": "string",
                        "enum": [long if name == "enum value" else "v"],
                    }
                }
            )
        },
    )
    ended = generate(json.dumps(document))
    if ended.code == 0:
        generate.imports(ended)
    else:
        assert ended.rules


def test_a_pattern_that_backtracks_without_end(generate: Generator) -> None:
    """A pattern that takes exponential time on its own example makes a client or a finding."""
    schema = {"type": "string", "pattern": "^(a+)+$", "examples": ["a" * 60 + "!"], "default": "a" * 60 + "!"}
    ended = generate(answering({"A0": an_object(a=schema)}))
    assert ended.code == 0 or ended.rules


# What multiplies in the file itself, or lies outside its folder


def test_aliases_that_multiply_are_refused(generate: Generator) -> None:
    """Ten aliases of ten aliases, and so on, are refused before they fill the memory."""
    lines = [
        "openapi: 3.1.0",
        "info: {title: t, version: '1'}",
        "paths: {}",
        "x-0: &x0 [a, a, a, a, a, a, a, a, a, a]",
    ]
    lines += [f"x-{level}: &x{level} [{', '.join([f'*x{level - 1}'] * 10)}]" for level in range(1, 12)]
    ended = generate("\n".join(lines), "openapi.yaml")
    assert ended.rules == {"file"}
    assert "aliases" in ended.printed


@pytest.mark.long
def test_references_in_extensions_that_multiply_are_refused(generate: Generator) -> None:
    """What references put in place is bounded too, as they multiply like aliases."""
    document = minimal({"/a": operation("getA", {"type": "string"})})
    levels: dict[str, Any] = {"0": ["a"] * 10}
    for level in range(1, 12):
        levels[str(level)] = [{"$ref": f"#/x-data/{level - 1}"}] * 10
    document["x-data"] = levels
    ended = generate(json.dumps(document))
    assert ended.rules == {"reference-expansion"}, ended.printed[-2000:]


@pytest.mark.parametrize(
    "target",
    [
        "../secret.json",
        "../../../../../../etc/passwd",
        "/etc/passwd",
        "file:///etc/passwd",
        "https://127.0.0.1:9/schema.json",
        "//127.0.0.1:9/schema.json",
        "..%2fsecret.json",
        "link.json",
        "a/../../secret.json",
        "..\\secret.json",
    ],
)
def test_references_that_leave_the_folder_are_refused(
    tmp_path: Path, generate: Generator, target: str
) -> None:
    """Nothing outside the folder of the description is read, by path, by link or by address."""
    (tmp_path / "secret.json").write_text('{"type": "string", "description": "a secret"}')
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.json").symlink_to(tmp_path / "secret.json")
    ended = generate(answering({"A0": {"$ref": target}}))
    assert ended.rules == {"refused-reference"}, ended.printed
    assert "secret" not in ended.printed.replace("secret.json", "")
