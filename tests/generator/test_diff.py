"""`diff`: what is compared, what is printed, what the gate asks for; and the record of what was published."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from generator import record
from generator.bundle import bundle
from generator.cli import main
from generator.comparison.changes import Step
from generator.comparison.gate import demand, entry_of
from generator.document import Document
from generator.errors import GeneratorError

from .command_line import run as _run
from .project import ROOT, Project

BREAK = (
    "schemas/CharSet.yaml",
    "enum: [digit, letter, digit_letter, general]",
    "enum: [digit, digit_letter, general]",
)
ADD = ("schemas/BlockType.yaml", "x-extensible-enum: [text]", "x-extensible-enum: [text, table]")
WORDS = (
    "schemas/ImageSize.yaml",
    "description: Width and height of a picture.",
    "description: How large a picture is.",
)


def _told(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = main([str(argument) for argument in ("diff", *arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def _version(project: Project, version: str) -> None:
    project.edit("openapi.yaml", "  version: 1.0.0", f"  version: {version}")


def _entry(project: Project, version: str, text: str) -> None:
    project.edit("CHANGELOG.md", "## 1.0.0\n", f"## {version}\n\n{text}\n\n## 1.0.0\n")


# What is compared


def test_the_description_is_compared_with_what_was_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without names, the description is compared with its last published version, and each change has its place."""
    project = Project.copy(tmp_path)
    project.edit(*BREAK)
    code, out, _ = _told(capsys, "--spec", project.spec)
    line, summary = out.splitlines()
    assert code == 0
    assert (
        f"{project.spec.parent}/schemas/CharSet.yaml:9:1: breaking request major enum-value-removed" in line
    )
    assert (
        "`CharSet` no longer takes `letter`: requests with it will be refused (recognizeHandwriting)" in line
    )
    assert line.endswith("[/components/schemas/CharSet/enum, was /components/schemas/CharSet/enum/1]")
    assert summary.endswith("openapi.yaml: 1 change, 1 breaking: a major step")


@pytest.mark.parametrize(
    ("edit", "threshold", "code"),
    [(BREAK, "breaking", 1), (BREAK, "may-break", 1), (ADD, "breaking", 0), (ADD, "may-break", 0)],
)
def test_a_change_of_a_kind_can_fail(
    tmp_path: Path, edit: tuple[str, str, str], threshold: str, code: int
) -> None:
    """`--fail-on` ends with 1 when there is such a change or a worse one, else with 0."""
    project = Project.copy(tmp_path)
    project.edit(*edit)
    assert main(["diff", "--spec", str(project.spec), "--fail-on", threshold]) == code


def test_programs_get_json_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--format json`, standard output is one document, in which each change has its place."""
    project = Project.copy(tmp_path)
    project.edit(*BREAK)
    _, out, err = _told(capsys, "1.0.0", project.spec, "--spec", project.spec, "--format", "json")
    (change,) = json.loads(out)["changes"]
    assert (change["path"], change["line"]) == (f"{project.spec.parent}/schemas/CharSet.yaml", 9)
    assert change["subject"] == "letter"
    assert "1 breaking" in err
    _, out, _ = _told(capsys, "--spec", project.spec, "--format", "markdown")
    assert out.startswith("## Breaking\n\n- `CharSet` no longer takes `letter`")


def test_revisions_are_read_from_git_without_touching_the_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """OLD and NEW may be revisions; their places are shown as git shows them, and the folder stays as it is."""
    project = Project.copy(tmp_path)
    _commit(tmp_path, "one")
    project.edit(*ADD)
    _commit(tmp_path, "two")
    project.edit(*WORDS)
    code, out, _ = _told(capsys, "HEAD~1", "two", "--spec", project.spec)
    assert code == 0
    assert out.startswith(
        "two:openapi/schemas/BlockType.yaml:4:27: compatible response minor open-enum-value-added"
    )
    assert out.endswith("HEAD~1 → two: 1 change, 1 compatible: a minor step\n")
    _, out, _ = _told(capsys, "HEAD", "--spec", project.spec)
    assert "documentation response patch documentation the description of `ImageSize` changed" in out


def _commit(folder: Path, tag: str) -> None:
    git = ["git", "-C", str(folder), "-c", "user.name=A", "-c", "user.email=a@example.com"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", tag], ["tag", tag]):
        subprocess.run([*git, *arguments], check=True)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "1.0",
            "1.0 is neither a file, nor a published version (the published versions are 1.0.0), nor a revision",
        ),
        ("1.0", "not a git repository (or any of the parent directories): .git): did you mean 1.0.0?"),
        ("a\nb", "a\\nb is neither a file"),
    ],
)
def test_what_is_nowhere_is_told_with_what_was_tried(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, told: str
) -> None:
    """A name that is no file, no version and no revision is refused, and what may have been meant is told."""
    project = Project.copy(tmp_path)
    code, _, err = _told(capsys, name, "--spec", project.spec)
    assert (code, told in err) == (2, True), err


def test_without_git_there_are_files_and_versions(tmp_path: Path) -> None:
    """Where git is not installed, that is told, and all else works."""
    project = Project.copy(tmp_path)
    (tmp_path / "bin").mkdir()

    done = subprocess.run(
        [sys.executable, "-m", "generator", "diff", "main", "--spec", str(project.spec)],
        cwd=ROOT,
        env={"PATH": str(tmp_path / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "nor a revision in git (git is not installed)" in done.stderr


def test_a_revision_with_errors_shows_them_where_git_has_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Findings in an old revision name it, not the folder that it was read from."""
    project = Project.copy(tmp_path)
    project.edit("schemas/ImageSize.yaml", "type: object", "type: [")
    _commit(tmp_path, "broken")
    code, out, _ = _told(capsys, "broken", "--spec", project.spec)
    assert (code, out.startswith("broken:openapi/schemas/ImageSize.yaml:")) == (1, True), out


# The gate


def test_the_gate_is_passed_by_what_was_published(capsys: pytest.CaptureFixture[str]) -> None:
    """The description of this repository matches its version and its changelog."""
    assert main(["diff", "--gate"]) == 0
    assert "openapi/openapi.yaml: " in capsys.readouterr().out


def test_the_gate_says_what_to_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who changes the description and nothing else is told the version and an entry; with these the gate is passed."""
    project = Project.copy(tmp_path)
    project.edit(*BREAK)
    code, out, err = _told(capsys, "--gate", "--spec", project.spec)
    assert code == 1
    assert (
        "openapi/openapi.yaml:4:3: error version-step 1.0.0 is published, and what is published stays as it is"
        in out
    )
    assert "the changes since then demand a major step: write `version: 2.0.0` [/info/version]" in out
    assert "CHANGELOG.md:1:1: error changelog-entry the changelog has no entry about 2.0.0" in out
    assert "2 errors; `python -m generator explain" in err
    entry = out[out.index("\n## 2.0.0\n\n") + 1 :]
    assert "- **Breaking**: `recognizeHandwriting`: `CharSet` no longer takes `letter`" in entry
    _version(project, "2.0.0")
    _entry(project, "2.0.0", entry.partition("\n\n")[2].strip())
    code, out, _ = _told(capsys, "--gate", "--spec", project.spec)
    assert (code, "2.0.0 is right for what changed since 1.0.0" in out) == (0, True), out


@pytest.mark.parametrize(
    ("edit", "version", "entry", "told"),
    [
        (BREAK, "1.1.0", "- letter", "demand a major step, which 1.1.0 is not: write `version: 2.0.0`"),
        (BREAK, "2.0.0-rc.1", "- `letter` is gone.", ""),
        (BREAK, "3.0.0", "- `letter` is gone.", ""),
        (BREAK, "2.0.0", "- Better letters.", "the entry of 2.0.0 does not mention letter, which breaks"),
        (BREAK, "2.0.0", "", "the changelog has nothing to say about 2.0.0"),
        (ADD, "1.0.1", "- table", "demand a minor step, which 1.0.1 is not: write `version: 1.1.0`"),
        (ADD, "1.1.0", "- Tables.", ""),
        (WORDS, "1.0.1", "- Clearer.", ""),
        (
            WORDS,
            "0.9.0",
            "- Clearer.",
            '"0.9.0" does not come after 1.0.0, which is published: write `version: 1.0.1`',
        ),
    ],
)
def test_the_gate_holds_version_and_changelog_to_what_changed(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    edit: tuple[str, str, str],
    version: str,
    entry: str,
    told: str,
) -> None:
    """A step that is too small, a version that is too low, and an entry that keeps silent are refused; more is not."""
    project = Project.copy(tmp_path)
    project.edit(*edit)
    _version(project, version)
    _entry(project, version, entry)
    code, out, _ = _told(capsys, "--gate", "--spec", project.spec)
    assert (code, told in out) == (1 if told else 0, True), out


def test_a_description_without_record_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of what was never published, nothing can change; to compare it, something has to be named."""
    project = Project.copy(tmp_path)
    for one in record.versions(project.spec):
        one.document_path.unlink()
    assert _told(capsys, "--gate", "--spec", project.spec)[0] == 0
    code, _, err = _told(capsys, "--spec", project.spec)
    assert (code, "name a file or a revision to compare with" in err) == (2, True)


@pytest.mark.parametrize(
    ("version", "step", "demanded"),
    [
        ("1.2.3", Step.MAJOR, "2.0.0"),
        ("1.2.3", Step.MINOR, "1.3.0"),
        ("1.2.3", Step.PATCH, "1.2.4"),
        ("1.2.3", Step.NONE, "1.2.3"),
        ("0.2.3", Step.MAJOR, "0.3.0"),
        ("0.2.3", Step.MINOR, "0.2.4"),
        ("2024-05-01", Step.MINOR, "2024.6.0"),
    ],
)
def test_the_lowest_version_that_a_step_allows(version: str, step: Step, demanded: str) -> None:
    """Of a version 0.y.z, what breaks raises y, as is usual."""
    assert demand(version, step) == demanded


@pytest.mark.parametrize("heading", ["## 1.1.0", "## [1.1.0] - 2026-01-01", "## v1.1.0 (today)", "# 1.1.0"])
def test_an_entry_of_a_changelog_is_found_however_it_is_headed(heading: str) -> None:
    """An entry goes from its heading to the next one of its level."""
    text = f"# Changes\n\n{heading}\n\n### Added\n\n- One.\n\n## 1.0.0\n\n- Two.\n"
    assert entry_of(text, "1.1.0") == (3, "\n\n### Added\n\n- One.\n\n")
    assert entry_of(text, "1.1") == (0, "")


def test_the_gate_takes_no_other_options() -> None:
    """What the gate compares is not to be chosen."""
    done = _run("diff", "1.0.0", "--gate")
    assert (
        done.returncode,
        "--gate compares the description with the last published version" in done.stderr,
    ) == (2, True)


# The record


def test_versions_are_recorded_once_and_in_order(tmp_path: Path) -> None:
    """What was published is kept as it is; other content of the same version is refused."""
    project = Project.copy(tmp_path)
    document = bundle(Document.load(project.spec)).document
    for version in ("1.10.0", "1.9.0", "1.9.0-rc.1"):
        document["info"]["version"] = version
        record.record(project.spec, document, {"python-api.json": b"{}"})
    assert [one.version for one in record.versions(project.spec)] == [
        "1.0.0",
        "1.9.0-rc.1",
        "1.9.0",
        "1.10.0",
    ]
    last = record.last(project.spec)
    assert last is not None
    assert last.version == "1.10.0"
    assert (last.folder / "python-api.json").read_bytes() == b"{}"
    found = record.record(
        project.spec,
        {**document, "info": {**document["info"], "version": "1.9.0"}},
        {"python-api.json": b"x"},
    )
    assert (found.folder / "python-api.json").read_bytes() == b"{}"
    with pytest.raises(
        GeneratorError, match=r"1\.10\.0 was published with other content, which .* raise `info.version`"
    ):
        record.record(
            project.spec, {**document, "info": {**document["info"], "version": "1.10.0", "title": "Other"}}
        )


@pytest.mark.parametrize("version", ["../2.0.0", "", None, 2, "a/b", "1" * 80, "."])
def test_a_version_that_can_be_no_folder_is_refused(tmp_path: Path, version: object) -> None:
    """Nothing is written outside the record."""
    with pytest.raises(GeneratorError, match="cannot name what is published"):
        record.record(tmp_path / "openapi.yaml", {"info": {"version": version}})
    assert list(tmp_path.iterdir()) == []


def test_what_was_published_is_what_bundling_makes_of_it() -> None:
    """The record holds just what `bundle` writes for the version."""
    (first, *_) = record.versions(ROOT / "openapi" / "openapi.yaml")
    assert first.version == "1.0.0"
    assert first.document()["info"]["version"] == "1.0.0"
    assert bundle(Document.load(first.document_path)).document == first.document()
