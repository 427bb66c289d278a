"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from .project import ROOT, Project, foreign, minimal, operation


def _run(*arguments: str | Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "COLUMNS": "120"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("command", ["check", "bundle", "generate"])
def test_help_shows_an_example_and_the_exit_codes(command: str) -> None:
    """`--help` of each command shows how it is typed and what its exit codes mean."""
    done = _run(command, "--help")
    assert done.returncode == 0
    assert f"example: python -m generator {command}" in done.stdout
    assert "exit codes: 0" in done.stdout


def test_unknown_command_lists_the_known() -> None:
    """A misspelt command is told what there is, and the exit code is 2."""
    done = _run("genrate")
    assert done.returncode == 2
    assert "generate" in done.stderr
    assert "Traceback" not in done.stderr


def test_own_description_has_no_findings() -> None:
    """The description of this repository is clean."""
    done = _run("check")
    assert (done.returncode, done.stdout.count("\n"), done.stderr) == (0, 1, "")


def test_findings_are_printed_with_place_and_rule(tmp_path: Path) -> None:
    """Findings come as `path:line:column: severity rule-id message`, and the exit code is 1."""
    project = Project.copy(tmp_path)
    project.edit("schemas/Point.yaml", "minItems: 2", "minItems: two")
    done = _run("check", project.spec, folder=tmp_path)
    assert done.returncode == 1
    assert any(
        line.startswith("openapi/schemas/Point.yaml:7:") and ": error " in line
        for line in done.stdout.splitlines()
    )


@pytest.mark.parametrize(
    "command", [("check",), ("bundle", "--output", "out.json"), ("generate", "--output", "out", "--spec")]
)
def test_missing_file_is_a_sentence(tmp_path: Path, command: tuple[str, ...]) -> None:
    """A path that leads nowhere is named; no traceback."""
    done = _run(*command, "nowhere.yaml", folder=tmp_path)
    assert done.returncode in {1, 2}
    assert "nowhere.yaml" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_bundle_in_both_formats_says_the_same(tmp_path: Path) -> None:
    """The YAML file and the JSON file hold the same document, which refers to nothing outside itself."""
    for suffix in ("yaml", "json"):
        assert _run("bundle", "--output", tmp_path / f"openapi.{suffix}").returncode == 0
    text = (tmp_path / "openapi.json").read_text(encoding="utf-8")
    assert yaml.safe_load((tmp_path / "openapi.yaml").read_text(encoding="utf-8")) == json.loads(text)
    assert '"$ref": "#/' in text
    assert text.count('"$ref": "') == text.count('"$ref": "#/')


def test_bundle_is_deterministic_and_checkable(tmp_path: Path) -> None:
    """Bundling twice gives the same bytes, `--check` notices an edit."""
    output = tmp_path / "openapi.json"
    _run("bundle", "--output", output)
    assert _run("bundle", "--output", output, "--check").returncode == 0
    output.write_text(output.read_text(encoding="utf-8") + " ", encoding="utf-8")
    done = _run("bundle", "--output", output, "--check")
    assert done.returncode == 1
    assert "run it" in done.stderr


def test_bundle_refuses_another_ending(tmp_path: Path) -> None:
    """The format comes from the name of the file, so the name has to tell it."""
    done = _run("bundle", "--output", tmp_path / "openapi.txt")
    assert done.returncode == 2
    assert ".yaml or .json" in done.stderr


def test_generate_prints_what_changed_and_then_nothing(tmp_path: Path) -> None:
    """The first run lists the files, the second says that nothing changed."""
    project = foreign(tmp_path, minimal({"/a": operation("getA", {"type": "string"})}))
    arguments = ("generate", "--spec", project.spec, "--output", project.output, "--package", "api_client")
    first, second = _run(*arguments), _run(*arguments)
    assert first.returncode == second.returncode == 0
    assert "client.py" in first.stdout
    assert second.stdout.strip() == f"{project.output}: unchanged"


def test_generate_check_prints_a_diff(tmp_path: Path) -> None:
    """`--check` prints a unified diff, writes nothing and exits with 1."""
    project = foreign(tmp_path, minimal({"/a": operation("getA", {"type": "string"})}))
    arguments = ("generate", "--spec", project.spec, "--output", project.output, "--package", "api_client")
    _run(*arguments)
    client = project.output / "api_client" / "client.py"
    client.write_text(
        client.read_text(encoding="utf-8").replace("class Client", "class Cliant"), encoding="utf-8"
    )
    done = _run(*arguments, "--check")
    assert done.returncode == 1
    assert "-class Cliant(SyncClient):\n+class Client(SyncClient):\n" in done.stdout
    assert "python -m generator generate" in done.stderr
    assert "Cliant" in client.read_text(encoding="utf-8")


def test_output_that_is_a_file_is_refused(tmp_path: Path) -> None:
    """A file in the place of the output folder stays what it is."""
    project = foreign(tmp_path, minimal({"/a": operation("getA", {"type": "string"})}))
    project.output.write_text("mine", encoding="utf-8")
    done = _run("generate", "--spec", project.spec, "--output", project.output, "--package", "api_client")
    assert done.returncode == 2
    assert "is a file" in done.stderr
    assert project.output.read_text(encoding="utf-8") == "mine"
