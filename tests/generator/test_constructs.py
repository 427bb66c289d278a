"""What constructs of a description become, executed; and how the generator refuses what it cannot express."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.errors import FindingsError

from .project import Project, foreign, minimal, operation


def _model(
    tmp_path: Path, properties: dict[str, Any], schemas: dict[str, Any] | None = None, **rest: Any
) -> Project:
    """Generate a client with a model `Thing` that an operation answers with."""
    thing = {"type": "object", "properties": properties, **rest}
    reference = {"$ref": "#/components/schemas/Thing"}
    project = foreign(
        tmp_path, minimal({"/thing": operation("getThing", reference)}, {"Thing": thing, **(schemas or {})})
    )
    project.generate()
    return project


def _read(project: Project, text: str, expression: str = "thing.to_dict()") -> Any:
    """Read JSON into `Thing` as a client does with an answer, and evaluate an expression."""
    code = f"""
import json
from api_client.api.default.get_thing import OPERATION
from api_client._runtime import codec
from api_client.models import *
from api_client import *
try:
    thing = codec.decode({text.encode()!r}, OPERATION.success[200])
    print(json.dumps({expression}))
except InvalidDataError as error:
    print(json.dumps(str(error)))
"""
    return project.run(code)


def test_renamed_member(tmp_path: Path) -> None:
    """A member in camel case has an attribute in snake case and keeps its name on the wire."""
    project = _model(
        tmp_path, {"processTime": {"type": "integer"}, "class": {"type": "string"}}, required=["processTime"]
    )
    assert _read(
        project, '{"processTime": 3, "class": "x"}', "[thing.process_time, thing.class_, thing.to_dict()]"
    ) == [
        3,
        "x",
        {"processTime": 3, "class": "x"},
    ]
    assert _read(project, '{"process_time": 3}') == "Object missing required field `processTime` - at $"


def test_builtin_names_stay(tmp_path: Path) -> None:
    """Members called `type`, `id` and `list` keep their names where that does no harm."""
    project = _model(
        tmp_path,
        {
            "type": {"type": "string"},
            "id": {"type": "integer"},
            "list": {"type": "array", "items": {"type": "integer"}},
        },
    )
    assert _read(
        project, '{"type": "a", "id": 1, "list": [1]}', "[thing.type, thing.id, thing.list_, thing.to_dict()]"
    ) == [
        "a",
        1,
        [1],
        {"type": "a", "id": 1, "list": [1]},
    ]


def test_open_enum_keeps_unknown_values(tmp_path: Path) -> None:
    """A value that is not known today is kept, equals its plain text and is written back."""
    project = _model(tmp_path, {"kind": {"type": "string", "x-extensible-enum": ["a", "b"]}})
    assert _read(project, '{"kind": "c"}', '[thing.kind == "c", thing.kind.known, thing.to_dict()]') == [
        True,
        False,
        {"kind": "c"},
    ]


def test_enum_of_an_answer_is_open(tmp_path: Path) -> None:
    """An enum that is closed in the description does not make an answer fail that is newer than the client."""
    project = _model(tmp_path, {"kind": {"type": "string", "enum": ["a", "b"]}})
    assert _read(project, '{"kind": "c"}') == {"kind": "c"}


def test_nullable_and_absent_are_different(tmp_path: Path) -> None:
    """An explicit null is None, an absent member is UNSET, and both are written back as they came."""
    project = _model(tmp_path, {"a": {"type": ["string", "null"]}, "b": {"type": ["integer", "null"]}})
    assert _read(project, '{"a": null}', "[thing.a is None, thing.b is UNSET, thing.to_dict()]") == [
        True,
        True,
        {"a": None},
    ]


def test_dates_and_uuids(tmp_path: Path) -> None:
    """Formats of strings become types of the standard library."""
    properties = {
        "at": {"type": "string", "format": "date-time"},
        "on": {"type": "string", "format": "date"},
        "id": {"type": "string", "format": "uuid"},
    }
    project = _model(tmp_path, properties)
    text = '{"at": "2026-01-02T03:04:05Z", "on": "2026-01-02", "id": "12345678-1234-5678-1234-567812345678"}'
    expression = "[thing.at.year, thing.on.day, thing.id.version, thing.to_dict()]"
    assert _read(project, text, expression)[:2] == [2026, 2]
    assert _read(project, text)["on"] == "2026-01-02"
    assert "at $.on" in _read(project, '{"on": "tomorrow"}')


def test_fixed_arrays_are_tuples(tmp_path: Path) -> None:
    """An array of a fixed length has just that many items."""
    point = {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}
    project = _model(tmp_path, {"at": point})
    assert _read(project, '{"at": [1, 2]}', "thing.at == (1, 2)") is True
    assert "of length 2" in _read(project, '{"at": [1, 2, 3]}')


def test_nested_models_and_references_back(tmp_path: Path) -> None:
    """Models that contain each other are read at any depth."""
    thing = {"child": {"$ref": "#/components/schemas/Other"}, "self": {"$ref": "#/components/schemas/Thing"}}
    other = {
        "type": "object",
        "properties": {"thing": {"$ref": "#/components/schemas/Thing"}, "n": {"type": "integer"}},
    }
    project = _model(tmp_path, thing, {"Other": other})
    text = '{"child": {"n": 1, "thing": {"child": {"n": 2}}}, "self": {"self": {}}}'
    assert _read(project, text, "thing.child.thing.child.n") == 2
    assert "at $.child.thing.child.n" in _read(project, text.replace("2", '"2"'))


def test_union_of_models_takes_the_one_that_fits(tmp_path: Path) -> None:
    """A union tells its models apart by what they require."""
    schemas = {
        "Cat": {"type": "object", "required": ["lives"], "properties": {"lives": {"type": "integer"}}},
        "Dog": {
            "type": "object",
            "required": ["tricks"],
            "properties": {"tricks": {"type": "array", "items": {"type": "string"}}},
        },
    }
    pet = {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]}
    project = _model(tmp_path, {"pet": pet}, schemas)
    assert _read(project, '{"pet": {"tricks": ["sit"]}}', "[type(thing.pet).__name__, thing.to_dict()]") == [
        "Dog",
        {"pet": {"tricks": ["sit"]}},
    ]
    assert "fits none of 2 alternatives" in _read(project, '{"pet": {}}')


def test_members_without_names_are_kept_where_the_description_allows_them(tmp_path: Path) -> None:
    """`additionalProperties` by name keep what the model does not know, and write it back."""
    project = _model(tmp_path, {"a": {"type": "integer"}}, additionalProperties={"type": "string"})
    assert _read(project, '{"a": 1, "x": "y"}', "[thing.additional_properties, thing.to_dict()]") == [
        {"x": "y"},
        {"a": 1, "x": "y"},
    ]
    assert "at $.x" in _read(project, '{"x": 5}')


def test_const(tmp_path: Path) -> None:
    """A const is exactly that value."""
    project = _model(tmp_path, {"v": {"const": "one"}})
    assert _read(project, '{"v": "one"}') == {"v": "one"}
    assert "at $.v" in _read(project, '{"v": "two"}')


def test_all_of_brings_its_properties_along(tmp_path: Path) -> None:
    """A model that is made of others has all their members, with descriptions."""
    schemas = {
        "Base": {
            "type": "object",
            "required": ["id"],
            "properties": {"id": {"type": "integer", "description": "Its number."}},
        }
    }
    thing = {
        "allOf": [
            {"$ref": "#/components/schemas/Base"},
            {"type": "object", "properties": {"name": {"type": "string"}}},
        ]
    }
    project = foreign(
        tmp_path,
        minimal(
            {"/thing": operation("getThing", {"$ref": "#/components/schemas/Thing"})},
            {"Thing": thing, **schemas},
        ),
    )
    project.generate()
    assert _read(
        project, '{"id": 1, "name": "n"}', "[thing.id, thing.name, 'Its number.' in Thing.__doc__]"
    ) == [1, "n", True]


def test_parameters_of_all_places(tmp_path: Path) -> None:
    """Path, query and header parameters go where the description says, and absent ones stay away."""
    item = {
        "get": {
            "operationId": "findThings",
            "parameters": [
                {"name": "kind", "in": "path", "required": True, "schema": {"type": "string"}},
                {"name": "pageSize", "in": "query", "schema": {"type": "integer"}},
                {"name": "tag", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
                {"name": "X-Trace", "in": "header", "schema": {"type": "string"}},
            ],
            "responses": {"204": {"description": "Nothing."}},
        }
    }
    project = foreign(tmp_path, minimal({"/things/{kind}": item}))
    project.generate()
    code = """
import json
from api_client.api.default import find_things
from api_client.types import RawResponse
class Recorder:
    def send(self, operation, *, options, **parts):
        request = operation.request(endpoint="http://x", time_limit=1.0, headers={}, **parts)
        self.seen = [request.method, request.url, dict(request.headers)]
        return operation.parse(request, RawResponse(status_code=204, headers={}, content=b""))
recorder = Recorder()
result = find_things.sync("a/b", client=recorder, page_size=3, tag=["x y", "z"], x_trace="t")
print(json.dumps([result, recorder.seen]))
"""
    assert project.run(code) == [
        None,
        [
            "GET",
            "http://x/things/a%2Fb?pageSize=3&tag=x%20y&tag=z",
            {"Accept": "application/json", "X-Trace": "t"},
        ],
    ]


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "untyped property": ({"a": {}}, "type-known"),
    "untyped items": ({"a": {"type": "array", "items": {}}}, "type-known"),
    "array without items": ({"a": {"type": "array"}}, "not-generated"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_expressed_stops_the_run(tmp_path: Path, name: str) -> None:
    """Nothing becomes `Any` and nothing is left out in silence: it is a finding with file and line."""
    properties, rule = REFUSED[name]
    with pytest.raises(FindingsError) as caught:
        _model(tmp_path, properties)
    assert {finding.rule for finding in caught.value.findings} == {rule}
    assert all(finding.location.path.name == "openapi.yaml" for finding in caught.value.findings)
    assert not (tmp_path / "client").exists()


@pytest.mark.parametrize(
    ("responses", "rule"),
    [
        (
            {"200": {"description": "A text.", "content": {"text/csv": {"schema": {"type": "string"}}}}},
            "response-is-json",
        ),
        (
            {"200": {"description": "A picture.", "content": {"image/png": {"schema": {"type": "string"}}}}},
            "not-generated",
        ),
        ({"2XX": {"description": "Fine."}}, "status-exact"),
        ({"default": {"description": "Who knows."}}, "success-documented"),
    ],
)
def test_answers_that_cannot_be_expressed_stop_the_run(
    tmp_path: Path, responses: dict[str, Any], rule: str
) -> None:
    """An answer that the client could not read is a finding, not an operation that is left out."""
    project = foreign(tmp_path, minimal({"/a": {"get": {"operationId": "getA", "responses": responses}}}))
    with pytest.raises(FindingsError) as caught:
        project.generate()
    assert rule in {finding.rule for finding in caught.value.findings}


def test_several_problems_come_at_once(tmp_path: Path) -> None:
    """All findings of a run come together, sorted."""
    with pytest.raises(FindingsError) as caught:
        _model(tmp_path, {"a": {}, "b": {}, "c": {"type": "array", "items": {}}})
    assert len(caught.value.findings) == 3
    assert caught.value.findings == sorted(caught.value.findings)


def test_package_without_what_its_description_lacks(tmp_path: Path) -> None:
    """Regions, signing, error catalogue and picture limits come from the description: without them none is there."""
    project = _model(tmp_path, {"a": {"type": "integer"}})
    names = set(project.tree())
    assert not names & {
        "api_client/auth.py",
        "api_client/error_codes.py",
        "api_client/_runtime/signing.py",
        "api_client/_runtime/image_limits.py",
        "CHANGELOG.md",
    }
    assert "imagesize" not in project.tree()["pyproject.toml"].decode()
    code = "import json, api_client; print(json.dumps(repr(api_client.Client())))"
    assert project.run(code) == "Client(endpoint='https://api.example.com/v1', auth=None)"


HOSTILE = '"""\n\\"\'\'\' {{ 7 * 7 }} {% raw %} #{ \u2028 \x0b __import__("os").abort() \\'


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    """No text of a description can become code or break out of a docstring."""
    document = minimal(
        {
            "/a": {
                "get": {
                    **operation("getA", {"$ref": "#/components/schemas/Thing"})["get"],
                    "summary": HOSTILE,
                    "description": HOSTILE,
                    "tags": ["t"],
                }
            }
        },
        {
            "Thing": {
                "type": "object",
                "description": HOSTILE,
                "properties": {
                    "a": {"type": "string", "description": HOSTILE, "default": HOSTILE},
                    "kind": {"type": "string", "enum": [HOSTILE]},
                    HOSTILE: {"const": HOSTILE},
                },
            }
        },
    )
    document["info"].update(title=HOSTILE, description=HOSTILE, summary=HOSTILE, version="1.0" + HOSTILE)
    document["servers"][0]["description"] = HOSTILE
    project = foreign(tmp_path, document)
    project.generate()
    assert _read_hostile(project) == [HOSTILE, True]


def _read_hostile(project: Project) -> Any:
    code = f"""
import json
from api_client.models import *
text = {HOSTILE!r}
print(json.dumps([str(*ThingKind), Thing.from_dict({{text: text}}).to_dict() == {{text: text}}]))
"""
    return project.run(code)
