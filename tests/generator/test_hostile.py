"""No text of a description becomes code, leaves its place or its folder, or keeps the package from being used."""

from __future__ import annotations

import builtins
import importlib
import json
import pkgutil
import re
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from markdown_it import MarkdownIt
from packaging.version import Version

from generator.errors import FindingsError, GeneratorError
from generator.generate import generate
from generator.names import OF_THE_CLIENT
from generator.runtime.client import AsyncioClient, SyncClient

from .project import foreign, minimal, operation

# fmt: off
PIECES = (
    # Ways out of a string, a docstring, a comment or a template; what they would run tells on them.
    *('"', "'", '"""', "'''", "\\", '\\"', "\\'", "`", "```", "#", "# noqa", "# type: ignore"),
    *('""" + canary() + """', "''' + canary() + '''", '" + canary() + "', "' + canary() + '"),
    *("canary()", "\ncanary()\n", "\rcanary()\r", "\n    canary()\n", "{canary()}", "{canary()!r:>{canary()}}"),
    *("{{ canary() }}", "{{ 7 * 7 }}", "{% if canary() %}", "{% endif %}", "{% raw %}", "{# ", " #}", "{{", "}}"),
    *("{", "}", "{}", "{0}", "%s", "%(name)s", "$(canary)"),
    *("\\N{DASH}", "\\u0041", "\\x41", "\\U00110000", "\\N"),
    # Line breaks of every kind, and characters that move, hide or turn text.
    *("\n", "\r", "\r\n", "\t", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"),
    *("\x00", "\x01", "\x07", "\x08", "\x1b[2J", "\x7f", "\x9b", "\ufeff", "\u200b", "\u200d", "\xad", "\ufffe"),
    *("\u202e", "\u2066", "\u200f", "e\u0301", "\u0338", "\U0001f468\u200d\U0001f469", "\U000e0041", "\U0010ffff"),
    # Letters that Python takes for others in names, and that change their length with their case.
    *("\u1d41a", "\U0001d41a", "\U0001d400", "\ufb01", "\xb5", "\xaa", "\u0130", "\xdf", "\u017f", "\u2167", "\u0661"),
    # Places in a file system, and addresses.
    *("..", "../", "../..", "/", "\\..\\", "C:", "~", "/etc/passwd", "con", ".pth", "file://", "://", "?", "&", "@"),
    # Markup: of HTML, Markdown, reStructuredText, TOML, YAML.
    *("<script>", "</script>", "<!--", "-->", "&lt;", "|", "\\|", "| --- |", "* ", "- ", "1. ", "[a](b)", "![", "::"),
    *("=", "[project]", "]]", "---", "...", "!!python/object", "&a", "*a", "<<", "~1", "~0", "%41", "%2e%2e%2f"),
    # Words with a meaning in Python, and in the generated package.
    *("class", "def", "None", "True", "self", "import", "lambda", "await", "match", "print", "type", "id", "mro"),
    *("__init__", "__class__", "__dict__", "__slots__", "__all__", "__checks__", "__import__('os')", "_runtime"),
    *("to_dict", "from_dict", "additional_properties", "UNSET", "attrs", "Model", "known", "name", "value"),
    *("client", "body", "headers", "time_limit", "send", "close", "sync", "asyncio", "models", "OPERATION"),
    # What is long, what is empty, and what is ordinary.
    *("", " ", "  ", "0", "1", "-", "_", "__", ".", "a", "B", "word ", "x" * 300, "long " * 60, "\u6587\u5b57", "5xx"),
)
# fmt: on
"""What hostile texts are made of. `canary` is a builtin while a test runs; whoever calls it has run the text."""

texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join)
plain = st.sampled_from(("alpha", "betaGamma", "delta_epsilon", "Zeta", "eta-theta"))
names = st.one_of(plain, texts)

_OF_ADDRESSES = "[!-~]"
_OF_HEADERS = "[!$%&'*+.^_`|~0-9A-Za-z-]"


def _only(allowed: str, text: str) -> str:
    """Return what an address or the name of a header can have of a text; anything else is a finding."""
    return "".join(re.findall(allowed, re.sub("[{}?#]", "", text))) or "x"


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A valid document as far as its structure goes, all of whose texts are hostile."""
    members = draw(st.lists(names, min_size=1, max_size=4, unique=True))
    values = draw(st.lists(names, min_size=1, max_size=4, unique=True))
    thing = {
        "type": "object",
        "title": "Thing",
        "description": draw(texts),
        "required": members[:1],
        "properties": {
            **{
                name: {"type": "string", "description": draw(texts), "title": draw(texts)} for name in members
            },
            "of_kind": {"$ref": "#/components/schemas/Kind"},
            "fixed": {"const": draw(texts)},
            "preset": {"type": "string", "default": draw(texts), "examples": [draw(texts)]},
            "nested": {
                "type": "object",
                "description": draw(texts),
                "properties": {draw(names): {"type": "null"}},
            },
            "many": {
                "type": "array",
                "items": {
                    "type": "string",
                    "enum": draw(st.lists(names, min_size=1, max_size=2, unique=True)),
                },
            },
        },
    }
    kind = {"type": "string", "description": draw(texts), "enum": values, "x-extensible-enum": values}
    problem = {
        "type": "object",
        "properties": {
            "code": {
                "type": "string",
                "x-error-codes": {draw(texts): _error_code(draw) for _ in range(2)},
                "x-error-kinds": {
                    kind: {
                        "meaning": draw(texts),
                        "remedy": draw(texts),
                        "statuses": statuses,
                        "retry": "never",
                    }
                    for kind, statuses in (("odd", [418]), ("other", []))
                },
            },
            "text": {"type": "string", "description": draw(texts)},
        },
        "x-error-fields": {"code": "code", "message": "text"},
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": draw(texts),
            "version": draw(texts),
            "summary": draw(texts),
            "description": draw(texts),
            "license": {"name": draw(texts), "identifier": draw(texts)},
            "contact": {"name": draw(texts)},
        },
        "servers": [
            {
                "url": "https://{region}.example.com/" + _only(_OF_ADDRESSES, draw(names)),
                "description": draw(texts),
                "variables": {
                    "region": {"default": "a", "enum": ["a", draw(texts)], "description": draw(texts)}
                },
            }
        ],
        "tags": [{"name": draw(texts), "description": draw(texts)}],
        "paths": {"/{key}/" + re.sub("[{}#]", "", draw(names)): {"post": _operation(draw)}},
        "components": {
            "schemas": {"Thing": thing, "Kind": kind, "Problem": problem},
            "securitySchemes": {
                "Key": {
                    "type": "apiKey",
                    "in": "header",
                    "name": _only(_OF_HEADERS, draw(names)),
                    "description": draw(texts),
                    "x-environment": {"value": "HOSTILE_KEY"},
                    "x-token-endpoint": {
                        "url": "https://login.{region}.example.com/" + draw(plain),
                        "protocol": "keystone-v3-password",
                        "project": draw(texts) + "-",
                        "description": draw(texts) + "-",
                    },
                }
            },
        },
        "security": [{"Key": []}],
    }


def _operation(draw: st.DrawFn) -> dict[str, Any]:
    thing = {"$ref": "#/components/schemas/Thing"}
    return {
        "operationId": draw(names),
        "tags": [draw(names)],
        "x-published-in": {"region": ["a"]},
        "deprecated": True,
        "x-deprecated": {"since": draw(texts), "reason": draw(texts), "replacement": draw(texts)},
        "summary": draw(texts),
        "description": draw(texts),
        "externalDocs": {"url": "https://example.com", "description": draw(texts)},
        "parameters": [
            {
                "name": "key",
                "in": "path",
                "required": True,
                "description": draw(texts),
                "schema": {"type": "string"},
            },
            {
                "name": draw(names),
                "in": "query",
                "description": draw(texts),
                "deprecated": True,
                "x-deprecated": {"reason": draw(texts)},
                "schema": {"type": "integer"},
            },
            {
                "name": _only(_OF_HEADERS, draw(names)),
                "in": "header",
                "example": draw(texts),
                "schema": {"type": "string"},
            },
        ],
        "requestBody": {
            "required": True,
            "description": draw(texts),
            "content": {"application/json": {"schema": thing, "example": {draw(texts): draw(texts)}}},
        },
        "responses": {
            "200": {
                "description": draw(texts),
                "headers": {draw(plain): {"description": draw(texts), "schema": {"type": "string"}}},
                "content": {"application/json": {"schema": thing}},
            },
            "default": {
                "description": draw(texts),
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        },
    }


def _error_code(draw: st.DrawFn) -> dict[str, Any]:
    message, meaning, remedy = draw(texts), draw(texts), draw(texts)
    return {
        "kind": "odd",
        "status": 400,
        "message": message,
        "meaning": meaning,
        "remedy": remedy,
        "retry": "never",
    }


@attrs.define
class Canary:
    """Notes that it was called, which only a text that became code can have done."""

    sung: bool = False

    def __call__(self, *_: object) -> str:
        """Sing."""
        self.sung = True
        return ""


@pytest.fixture
def canary(monkeypatch: pytest.MonkeyPatch) -> Canary:
    """A builtin that hostile texts try to call; no bytecode is left where packages are imported."""
    bird = Canary()
    monkeypatch.setattr(builtins, "canary", bird, raising=False)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return bird


@attrs.define
class Nursery:
    """A folder in which documents become packages, each under a name of its own."""

    folder: Path
    begun: int = 0
    made: int = 0
    refused: int = 0

    @contextmanager
    def package(self, document: dict[str, Any]) -> Iterator[tuple[Path, ModuleType] | None]:
        """Generate a package and import all of it; give its folder and itself, or None if there are findings."""
        self.begun += 1
        name = f"hostile{self.begun}"
        base = self.folder / name
        spec = base / "in" / "openapi.json"
        spec.parent.mkdir(parents=True)
        spec.write_text(json.dumps(document), encoding="utf-8")
        before = _files(self.folder)
        problem = _refusal(spec, base / "out", name)
        if problem is not None:
            self.refused += 1
            assert problem.isprintable()
            assert "template" not in problem, f"the generator blames itself: {problem}"
            assert _files(self.folder) == before
            yield None
            return
        self.made += 1
        assert all(path.is_relative_to(base / "out") for path in _files(self.folder) - before)
        with _importable(base / "out", name) as package:
            yield base / "out", package


def _refusal(spec: Path, output: Path, name: str) -> str | None:
    """Generate; return why there is no package, or None if there is one."""
    try:
        generate(spec, output, name)
    except GeneratorError as problem:
        return str(problem)
    return None


def _files(folder: Path) -> set[Path]:
    return {path for path in folder.parent.rglob("*") if path.is_file()}


@contextmanager
def _importable(folder: Path, name: str) -> Iterator[ModuleType]:
    """Compile and import every module of a package, and forget them afterwards."""
    for path in folder.rglob("*.py"):
        compile(path.read_text(encoding="utf-8"), str(path), "exec")
    sys.path.insert(0, str(folder))
    try:
        importlib.invalidate_caches()
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            importlib.import_module(module.name)
        yield package
    finally:
        sys.path.remove(str(folder))
        for module_name in [found for found in sys.modules if found.partition(".")[0] == name]:
            del sys.modules[module_name]


@pytest.mark.long
def test_hostile_texts_make_findings_or_a_sound_package(tmp_path: Path, canary: Canary) -> None:
    """Whatever stands in a description: it is refused in a sentence, or its client compiles, imports and keeps data."""
    nursery = Nursery(tmp_path / "nursery")

    @settings(
        max_examples=15,
        deadline=None,
        derandomize=True,
        database=None,
        # A failure is not made smaller: each attempt is a whole run, and hundreds of them would take minutes.
        phases=[Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(documents())
    def holds(document: dict[str, Any]) -> None:
        with nursery.package(document) as found:
            if found is not None:
                folder, package = found
                _keeps_data(package, document)
                _has_sound_metadata(folder, document)
                _has_sound_readme(folder)
        assert not canary.sung

    holds()
    assert nursery.made > nursery.refused, "most documents have to get through, or nothing is tested"


def _keeps_data(package: ModuleType, document: dict[str, Any]) -> None:
    """Names of members, values of enums, constants and defaults are those of the document, to the character."""
    schemas = document["components"]["schemas"]
    properties: dict[str, Any] = schemas["Thing"]["properties"]
    members = [name for name, schema in properties.items() if schema.get("title")]
    data = {
        **{name: name for name in members},
        "of_kind": schemas["Kind"]["enum"][-1],
        "fixed": properties["fixed"]["const"],
        "preset": properties["preset"]["default"],
        "nested": dict.fromkeys(properties["nested"]["properties"]),
        "many": properties["many"]["items"]["enum"],
    }
    thing = package.models.Thing.from_dict(data)
    assert thing.to_dict() == data
    assert [str(member) for member in package.models.Kind] == schemas["Kind"]["enum"]
    assert attrs.fields(type(thing)).preset.default == properties["preset"]["default"]
    assert attrs.fields(type(thing)).fixed.type


def _has_sound_metadata(folder: Path, document: dict[str, Any]) -> None:
    """The metadata of the distribution is TOML, and its texts are those of the document."""
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["name"].startswith("hostile")
    assert set(project) >= {"version", "description", "dependencies", "license"}
    assert str(Version(project["version"])) == project["version"]


def _has_sound_readme(folder: Path) -> None:
    """No text of the document is HTML in the README, or breaks a row of its tables."""
    text = (folder / "README.md").read_text(encoding="utf-8")
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    tokens += [inner for token in tokens for inner in token.children or ()]
    assert [token.content[:4] for token in tokens if token.type.startswith("html_")] == ["<!--"]
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert sum(token.type == "tr_open" for token in tokens) == sum(
        not row.startswith("| ---") for row in rows
    )
    assert not any(token.type == "link_open" for token in tokens)


THING = {"type": "object", "properties": {"a": {"type": "string"}}}


def _answering(schema: dict[str, Any], **rest: Any) -> dict[str, Any]:
    """Return a document with one operation, which answers with this schema."""
    return minimal(
        {"/a": operation("getA", {"$ref": "#/components/schemas/Thing"}, **rest)}, {"Thing": schema}
    )


SAME_LETTERS = [
    ("\u00b5", "\u03bc"),
    ("\U0001d41a", "a"),
    ("\ufb01", "fi"),
    ("", "field_"),
    ("class", "class_"),
]


@pytest.mark.parametrize(("one", "other"), SAME_LETTERS)
def test_members_that_python_takes_for_one_are_never_lost(
    tmp_path: Path, canary: Canary, one: str, other: str
) -> None:
    """Two members whose names are the same to Python are refused, or both are kept."""
    document = _answering(
        {"type": "object", "properties": {name: {"type": "string"} for name in (one, other)}}
    )
    with Nursery(tmp_path / "nursery").package(document) as found:
        if found is not None:
            data = {one: "1", other: "2"}
            assert found[1].models.Thing.from_dict(data).to_dict() == data


SAME_MEMBERS = [
    ["a", "A"],
    ["a-b", "a b"],
    ["VALUE_1", "1"],
    ["", "-"],
    ["A", "\U0001d400"],
    ["\u2167", "viii"],
]


@pytest.mark.parametrize("values", SAME_MEMBERS)
def test_values_whose_names_are_the_same_are_all_kept(
    tmp_path: Path, canary: Canary, values: list[str]
) -> None:
    """Each value of an enum is a member of its own, also where two values make the same name."""
    document = _answering({"type": "object", "properties": {"a": {"type": "string", "enum": values}}})
    with Nursery(tmp_path / "nursery").package(document) as found:
        assert found is not None
        assert [str(member) for member in found[1].models.ThingA] == values


@pytest.mark.parametrize(
    "names", [["", ""], ["1st", "b-c"], ["x", "x"], [1, 2], ["class", "a\ncanary()"], "ab", {}]
)
def test_names_of_members_that_are_none(tmp_path: Path, canary: Canary, names: Any) -> None:
    """What `x-enum-varnames` holds need not be names: the values are kept all the same, or the names refused."""
    schema = {"type": "string", "enum": ["p", "q"], "x-enum-varnames": names}
    with Nursery(tmp_path / "nursery").package(
        _answering({"type": "object", "properties": {"a": schema}})
    ) as found:
        if found is not None:
            assert [str(member) for member in found[1].models.ThingA] == ["p", "q"]
    assert not canary.sung


def test_parameters_named_like_arguments_of_every_call(tmp_path: Path, canary: Canary) -> None:
    """A parameter may have the name of something that every call has."""
    names = ["headers", "time_limit", "body", "client", "sync_detailed", "self", "\U0001d41d\u1d49f"]
    thing = {"$ref": "#/components/schemas/Thing"}
    body = {"required": True, "content": {"application/json": {"schema": thing}}}
    paths = {}
    for location in ("query", "header", "cookie"):
        # The name of a header is of ASCII.
        for number, name in enumerate(names[:-1] if location == "header" else names):
            parameter = {"name": name, "in": location, "schema": {"type": "string"}}
            called = f"{location}{number}"
            one = operation(called, thing, parameters=[parameter], requestBody=body)
            paths[f"/{called}"] = {"post": one["get"]}
    with Nursery(tmp_path / "nursery").package(minimal(paths, {"Thing": THING})) as found:
        assert found is not None


def test_schemas_named_like_what_modules_use(tmp_path: Path, canary: Canary) -> None:
    """A schema may have the name of anything that generated modules or Python have."""
    used = ["Client", "Response", "Operation", "Model", "ClassVariant", "Unset", "Error", "ApiError"]
    names = [*used, "Literal", "None", "self"]
    schemas = {
        name: {
            **THING,
            "properties": {
                "again": {"$ref": f"#/components/schemas/{name}"},
                "all": {"type": "array", "items": {"type": "string"}},
            },
        }
        for name in names
    }
    paths = {
        f"/{number}": operation(f"get{number}", {"$ref": f"#/components/schemas/{name}"})
        for number, name in enumerate(names)
    }
    with Nursery(tmp_path / "nursery").package(minimal(paths, schemas)) as found:
        assert found is not None
        kinds = {getattr(found[1].models, exported) for exported in found[1].models.__all__}
        assert len(kinds) == len(names)
        data = {"again": {"all": ["x"]}}
        assert all(kind.from_dict(data).to_dict() == data for kind in kinds)


def test_operations_named_like_what_clients_have(tmp_path: Path, canary: Canary) -> None:
    """An operation may have the name of anything that a client has, which then keeps it."""
    private = ["__init__", "_http", "_request", "_endpoint", "__enter__"]
    names = [*sorted(OF_THE_CLIENT), *private, "None", "models", "sync", "a" * 500]
    paths = {
        f"/{number}": operation(name, {"$ref": "#/components/schemas/Thing"})
        for number, name in enumerate(names)
    }
    with Nursery(tmp_path / "nursery").package(minimal(paths, {"Thing": THING})) as found:
        assert found is not None
        client = found[1].Client
        inherited = [base for base in client.__mro__[1:] if base is not object]
        own = {name for name in vars(client) if not name.startswith("__")}
        assert len(own) >= len(names)
        assert not own & set(dir(inherited[0]))


def test_every_name_that_a_client_has_is_kept_from_operations() -> None:
    """What the classes of both clients have by themselves is what no operation may be called."""
    public = {name for kind in (SyncClient, AsyncioClient) for name in dir(kind) if not name.startswith("_")}
    assert public == OF_THE_CLIENT


@pytest.mark.parametrize("package", ["petstore_api", "api", "my_value", "x_transport", "api_v2_1"])
def test_packages_named_like_their_exceptions(tmp_path: Path, package: str) -> None:
    """The base of a package's exceptions has a name of its own, whatever the package is called."""
    project = foreign(tmp_path, _answering(THING), package)
    project.generate()
    code = f"import json, {package} as p; print(json.dumps(p.ApiError.__mro__[1].__name__ in p.__all__))"
    assert project.run(code) is True


@pytest.mark.parametrize("text", ["\ud800", "\udc00\ud800", "a\udfffb"])
def test_half_characters_are_refused(tmp_path: Path, text: str) -> None:
    """A lone surrogate, which JSON can write and no file can hold, is a finding."""
    document = _answering({**THING, "description": text})
    with pytest.raises(FindingsError) as caught:
        foreign(tmp_path, document).generate()
    assert {finding.rule for finding in caught.value.findings} == {"yaml-syntax"}
    assert str(caught.value).isprintable()


def test_texts_that_a_terminal_would_obey_are_escaped_in_findings(tmp_path: Path) -> None:
    """A finding about a hostile name moves no cursor, breaks no line and turns no text."""
    name = "\x1b[2J\u202e\nerror: all is lost\r"
    document = minimal({"/a": {"get": {"operationId": "getA", "responses": {}, name: 1}}})
    with pytest.raises(FindingsError) as caught:
        foreign(tmp_path, document).generate()
    assert all(str(finding).isprintable() for finding in caught.value.findings)
