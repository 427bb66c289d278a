"""The walk of `docs/changing-the-contract.md`, made with a copy of the description: all comes as the page says."""

from __future__ import annotations

import contextlib
import difflib
import io
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

from generator import cli, record
from generator.bundle import assemble
from generator.document import Document
from generator.python_api.follow import API
from generator.python_api.snapshot import snapshot
from generator.regenerating import OWN_PACKAGE

from .samples import ROOT
from .walk import Block, apply, blocks, changed_lines

PAGE = ROOT / "docs" / "changing-the-contract.md"
BLOCKS = blocks(PAGE)
OUTPUT = "generated_client"
CHANGELOG = f"{OUTPUT}/CHANGELOG.md"


@attrs.define
class Walk:
    """The walk as it was made: what came of each block of the page, by its line."""

    folder: Path
    came: dict[int, str] = attrs.field(factory=dict[int, str])
    _before: dict[str, str] = attrs.field(factory=dict[str, str])

    def make(self) -> None:
        """Make every step."""
        self._run(["generate"])
        for block in BLOCKS:
            if block.file.startswith("openapi/"):
                apply(block, self.folder)
            elif block.kind == "console":
                command = shlex.split(block.text.partition("\n")[0])[4:]
                if command[0] == "generate":
                    self._before = self._client()
                self.came[block.line] = self._run(command)
            elif block.kind == "diff":
                self.came[block.line] = self._diff(block.file)
            elif block.kind == "python":
                self.came[block.line] = self._python(block.text)
            else:
                self.came[block.line] = (self.folder / block.file).read_text(encoding="utf-8")

    def _run(self, command: list[str]) -> str:
        if command[0] == "diff":
            command += ["--spec", "openapi/openapi.yaml"]
        if command[0] == "publish":
            return self._publish()
        if command[0] == "generate":
            command += ["--spec", "openapi/openapi.yaml", "--output", OUTPUT, "--package", OWN_PACKAGE]
        output = io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            cli.main(command)
        return output.getvalue()

    def _publish(self) -> str:
        """Record the version; the site that shows it has tests of its own."""
        spec = self.folder / "openapi" / "openapi.yaml"
        document = assemble(Document.open(spec))[0].document
        api = snapshot(self.folder / OUTPUT / OWN_PACKAGE)
        return record.record(spec, document, {API: api.encode()}).version

    def _client(self) -> dict[str, str]:
        paths = (self.folder / OUTPUT).rglob("*.*")
        return {
            path.relative_to(self.folder).as_posix(): path.read_text(encoding="utf-8")
            for path in paths
            if path.is_file() and path.suffix in (".py", ".md")
        }

    def _diff(self, file: str) -> str:
        old, new = self._before.get(file, ""), (self.folder / file).read_text(encoding="utf-8")
        return "\n".join(
            difflib.unified_diff(old.split("\n"), new.split("\n"), f"a/{file}", f"b/{file}", lineterm="")
        )

    def _python(self, code: str) -> str:
        environment = {**os.environ, "PYTHONPATH": str(self.folder / OUTPUT), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
        )
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """The walk from the published version on, made once."""
    folder = tmp_path_factory.mktemp("walk")
    shutil.copytree(ROOT / "openapi", folder / "openapi")
    with contextlib.chdir(folder):
        made = Walk(folder)
        made.make()
    return made


def _told(kind: str) -> list[object]:
    """Return the blocks of a kind that say what comes of a step."""
    found = [block for block in BLOCKS if block.kind == kind and not block.file.startswith("openapi/")]
    return [pytest.param(block, id=f"line {block.line}") for block in found]


@pytest.mark.long
@pytest.mark.parametrize("block", _told("console"))
def test_command_says(walk: Walk, block: Block) -> None:
    """A command writes what the page shows of it, with `…` for any text between."""
    end = 0
    for part in block.text.partition("\n")[2].split("…"):
        start = walk.came[block.line].find(part.strip(), end)
        assert start >= 0, f"{part.strip()!r} is not in {walk.came[block.line][end:]!r}"
        end = start + len(part.strip())


@pytest.mark.parametrize("block", _told("diff"))
def test_client_differs(walk: Walk, block: Block) -> None:
    """Generating adds to a file of the client, and removes from it, the lines that the page shows."""
    changed = changed_lines(walk.came[block.line], block.file)
    assert [line for line in block.text.splitlines() if line not in changed] == []


@pytest.mark.parametrize("block", _told("markdown"))
def test_changelog_tells(walk: Walk, block: Block) -> None:
    """The changelog of the client has the lines that the page shows, one below the other."""
    assert f"\n{block.text}" in walk.came[block.line]


@pytest.mark.parametrize("block", _told("python"))
def test_code_prints(walk: Walk, block: Block) -> None:
    """Code that uses the client prints what the page says."""
    expected = [line.removeprefix("# → ") for line in block.text.splitlines() if line.startswith("# → ")]
    assert walk.came[block.line].splitlines() == expected


def test_older_sections_stay(walk: Walk) -> None:
    """What a published version changed in Python stands below its heading for ever, taken from the record."""
    _, *sections = (walk.folder / CHANGELOG).read_text(encoding="utf-8").split("\n## ")
    found = {section.split("\n", 1)[0]: section for section in sections}
    assert list(found) == ["2.0.0", "1.1.0", "1.0.0"]
    assert "- Added: value `models.CharSet.FORMULA`.\n" in found["1.1.0"]
    assert "### In Python" not in found["1.0.0"]
