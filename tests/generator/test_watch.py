"""Watching a description: what a save sets off, and how watching ends."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.cli import main

from .command_line import environment, run
from .descriptions import HEAD
from .project import ROOT, Project, foreign, minimal, operation

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ends the command as Ctrl-C does on POSIX")

PATIENCE = 60  # seconds after which a test that waits for output has failed


class Watching:
    """A command that watches, and what it has printed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def until(self, text: str) -> list[str]:
        """Return the next lines, up to one that contains a text."""
        assert self._process.stdout is not None
        lines: list[str] = []
        for line in self._process.stdout:
            lines.append(line.rstrip("\n"))
            if text in line:
                return lines
        raise AssertionError(f"no line with {text!r} in {lines}")

    def interrupt(self) -> tuple[int, str]:
        """Press Ctrl-C; return the exit code and what is printed then."""
        self._process.send_signal(signal.SIGINT)
        assert self._process.stdout is not None
        rest = self._process.stdout.read()
        return self._process.wait(), rest


@contextmanager
def watching(folder: Path, *arguments: str | Path) -> Iterator[Watching]:
    """Run a command with --watch in a folder; standard error comes with standard output."""
    with subprocess.Popen(
        [sys.executable, "-m", "generator", *map(str, arguments), "--watch"],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    ) as process:
        alarm = threading.Timer(PATIENCE, process.kill)
        alarm.start()
        try:
            yield Watching(process)
        finally:
            alarm.cancel()
            process.kill()


def test_check_runs_again_after_each_save(tmp_path: Path) -> None:
    """A broken save shows what is wrong and watching goes on; mending it is noticed too; Ctrl-C ends it with 0."""
    spec = tmp_path / "api.yaml"
    spec.write_text(HEAD + "paths: {}\n", encoding="utf-8")
    with watching(tmp_path, "check", "api.yaml") as command:
        assert command.until("watching")[0] == "api.yaml: no findings"
        spec.write_text(HEAD + "paths: [\n", encoding="utf-8")
        lines = command.until("watching")
        assert lines[:2] == ["", "api.yaml changed"]
        assert lines[2].startswith("api.yaml:3:9: error yaml-syntax ")
        assert lines[-1].startswith("done in ")
        spec.write_text(HEAD + "paths: {}\n", encoding="utf-8")
        assert "api.yaml: no findings" in command.until("watching")
        assert command.interrupt() == (0, "\n")


def test_a_file_that_appears_where_a_reference_leads_is_noticed(tmp_path: Path) -> None:
    """What is missing is watched for, also in a folder that does not exist yet; so is a list of rules."""
    (tmp_path / "api.yaml").write_text(HEAD + "paths: {/a: {$ref: paths/a.yaml}}\n", encoding="utf-8")
    with watching(tmp_path, "check", "api.yaml") as command:
        assert any("unresolved-reference" in line for line in command.until("watching"))
        (tmp_path / "paths").mkdir()
        (tmp_path / "paths" / "a.yaml").write_text(
            "get: {responses: {'200': {description: Fine.}}}\n", encoding="utf-8"
        )
        assert "paths/a.yaml changed" in command.until("changed")
        assert command.until("watching")
        (tmp_path / "rules.yaml").write_text(
            "operation-id: {severity: warning, reason: Names.}\n", encoding="utf-8"
        )
        assert "rules.yaml changed" in command.until("changed")
        assert any("warning operation-id" in line for line in command.until("watching"))


def test_files_of_no_concern_set_nothing_off(tmp_path: Path) -> None:
    """An editor's swap file, or any other neighbour, is not taken for a save of the description."""
    spec = tmp_path / "api.yaml"
    spec.write_text(HEAD + "paths: {}\n", encoding="utf-8")
    with watching(tmp_path, "check", "api.yaml") as command:
        command.until("watching")
        (tmp_path / ".api.yaml.swp").write_text("", encoding="utf-8")
        (tmp_path / "other.yaml").write_text("", encoding="utf-8")
        fresh = tmp_path / "fresh"
        fresh.write_text(HEAD + "paths: []\n", encoding="utf-8")
        fresh.replace(spec)  # as many editors save
        assert command.until("changed") == ["", "api.yaml changed"]


def test_generate_brings_the_client_up_to_date_on_each_save(tmp_path: Path) -> None:
    """A save changes the client; one that cannot be used leaves it as it is, and the next one that can counts."""
    project = foreign(tmp_path, minimal({"/a": operation("getA", {"type": "string"})}))
    other = minimal({"/a": operation("getOther", {"type": "string"})})
    arguments = ("generate", "--spec", project.spec, "--output", project.output, "--package", "api_client")
    with watching(tmp_path, *arguments) as command:
        assert any("files written" in line for line in command.until("watching"))
        before = project.tree()
        project.write("openapi.yaml", "openapi: [\n")
        assert any("yaml-syntax" in line for line in command.until("watching"))
        assert project.tree() == before
        foreign(tmp_path, other)
        lines = command.until("watching")
        assert "openapi/openapi.yaml changed" in lines
        assert any("get_other.py" in line for line in lines)
        assert any("get_other.py" in name for name in project.tree())
        assert command.interrupt()[0] == 0


def test_files_outside_the_folder_are_watched_too(tmp_path: Path) -> None:
    """Where references may leave the description's folder, a save there counts."""
    project = foreign(tmp_path, minimal({"/a": operation("getA", {"$ref": "../elsewhere/Pet.yaml"})}))
    project.write("../elsewhere/Pet.yaml", "type: string\n")
    with watching(tmp_path, "check", project.spec, "--allow-outside-references") as command:
        command.until("no findings")
        command.until("watching")
        project.write("../elsewhere/Pet.yaml", "type: text\n")
        assert "elsewhere/Pet.yaml changed" in command.until("changed")
        assert any(line.startswith("elsewhere/Pet.yaml:1:1: error") for line in command.until("watching"))


def test_without_the_library_the_command_says_what_to_install(tmp_path: Path) -> None:
    """The library is needed for watching alone, and asked for by name."""
    (tmp_path / "watchfiles.py").write_text("raise ImportError\n", encoding="utf-8")
    done = run("check", "--watch", path=[tmp_path])
    assert done.returncode == 2
    assert "pip install watchfiles" in done.stderr
    assert run("check", path=[tmp_path]).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["generate", "--check"], "--watch and --check exclude each other"),
        (["check", "--format", "json"], "cannot write one json document"),
        (["generate", "--format", "sarif"], "cannot write one sarif document"),
    ],
)
def test_what_watching_cannot_go_with_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str], reason: str
) -> None:
    """Options that contradict each other are told before anything is done."""
    with pytest.raises(SystemExit, match="2"):
        main([*arguments, "--watch"])
    assert reason in capsys.readouterr().err


def test_the_own_description_is_watched_whole(tmp_path: Path) -> None:
    """All files of a description count, wherever in its folder they lie."""
    project = Project.copy(tmp_path)
    number = sum(path.suffix in {".yaml", ".md"} for path in (ROOT / "openapi").rglob("*"))
    with watching(tmp_path, "check", project.spec) as command:
        line = command.until("watching")[-1]
        assert 10 < int(line.split("watching ")[1].split()[0]) <= number
        project.edit("schemas/Point.yaml", "minItems: 2", "minItems: two")
        assert "openapi/schemas/Point.yaml changed" in command.until("changed")
