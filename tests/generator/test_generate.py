"""A client from a description: what is written, when, and what never happens."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from generator.errors import FindingsError, GeneratorError
from generator.python_api.follow import API
from generator.python_api.publishing import files
from generator.python_api.snapshot import snapshot

from .project import ROOT, Project

STAMP = "huaweicloud_ocr/_generated.json"
CHANGELOG = "CHANGELOG.md"


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The client of the unchanged description; not to be changed by a test."""
    project = Project.copy(tmp_path_factory.mktemp("generated"))
    project.generate()
    return project


@pytest.fixture
def project(tmp_path: Path, generated: Project) -> Project:
    """A copy of the description with its client, to be changed."""
    shutil.copytree(generated.folder, tmp_path, dirs_exist_ok=True)
    return Project(tmp_path)


def test_committed_client_is_what_the_description_gives(generated: Project) -> None:
    """The client in this repository is up to date, file by file."""
    committed = {
        path.relative_to(ROOT / "generated_client").as_posix(): path.read_bytes()
        for path in sorted((ROOT / "generated_client").rglob("*"))
        if path.is_file()
        and "__pycache__" not in path.parts
        and not any(part.endswith("_cache") for part in path.parts)
    }
    assert committed == generated.tree()


def test_output_depends_on_nothing_but_the_input(generated: Project, tmp_path: Path) -> None:
    """Another folder, working directory, time zone, locale and hash seed give identical bytes."""
    other = Project.copy(tmp_path / "elsewhere")
    command = [
        sys.executable,
        "-m",
        "generator",
        "generate",
        "--spec",
        str(other.spec),
        "--output",
        str(other.output),
        "--package",
        other.package,
    ]
    env = {
        **os.environ,
        "PYTHONHASHSEED": "4711",
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
        "PYTHONPATH": str(ROOT),
    }
    subprocess.run(command, cwd=tmp_path, env=env, check=True, capture_output=True)
    assert other.tree() == generated.tree()


def test_unchanged_input_writes_nothing(project: Project) -> None:
    """A second run changes no file, not even its time."""
    before = {name: (project.output / name).stat().st_mtime_ns for name in project.tree()}
    assert project.generate().changed == ()
    assert {name: (project.output / name).stat().st_mtime_ns for name in project.tree()} == before


def test_property_added_to_a_response_reaches_the_client_and_nothing_else(project: Project) -> None:
    """An edit under `openapi/` alone gives a model with the new property, which the changelog tells, and no more."""
    project.edit(
        "schemas/HandwritingWordsBlock.yaml",
        "  confidence:\n",
        "  zz_probe:\n    type: number\n    description: How far it is tilted, in degrees.\n    examples: [1.5]\n"
        "  confidence:\n",
    )
    outcome = project.compare()
    assert project.generate().changed == outcome.changed
    assert outcome.changed == (CHANGELOG, STAMP, "huaweicloud_ocr/models/handwriting_words_block.py")
    added = [
        line[1:].strip()
        for line in outcome.diff.splitlines()
        if line.startswith("+") and not line.startswith("+++")
    ]
    assert [line for line in added if line and not line.startswith(('"', "from "))] == [
        "### In Python, since 1.0.0 was published",
        "- Added: field `models.HandwritingWordsBlock.zz_probe`: `float | Unset`.",
        "zz_probe: How far it is tilted, in degrees.",
        "zz_probe: float | Unset = UNSET",
    ]
    block = '{"words": "", "type": "a", "confidence": 1, "location": [[0, 0], [1, 0], [1, 1], [0, 1]], "zz_probe": 9}'
    code = f"from huaweicloud_ocr.models import *; print(HandwritingWordsBlock.from_dict({block}).zz_probe)"
    assert project.run(code) == 9


def _add_operation(project: Project) -> None:
    text = (project.folder / "openapi" / "paths" / "web-image.yaml").read_text(encoding="utf-8")
    text = text.replace("recognizeWebImage", "recognizeZzProbe").replace("Web Image OCR", "Probe OCR")
    project.write("paths/zz-probe.yaml", text)
    project.edit(
        "openapi.yaml",
        "components:\n",
        "  /v2/{project_id}/ocr/zz-probe:\n    $ref: paths/zz-probe.yaml\ncomponents:\n",
    )


def test_third_operation_reaches_the_client_and_nothing_else(project: Project) -> None:
    """An operation that is added under `openapi/` alone becomes a method, synchronous and asynchronous."""
    _add_operation(project)
    outcome = project.compare()
    assert project.generate().changed == outcome.changed
    assert outcome.changed == (
        CHANGELOG,
        "README.md",
        "huaweicloud_ocr/_commands.py",
        "huaweicloud_ocr/_examples.py",
        STAMP,
        "huaweicloud_ocr/api/ocr/recognize_zz_probe.py",
        "huaweicloud_ocr/batch.py",
        "huaweicloud_ocr/client.py",
        "huaweicloud_ocr/testing.py",
    )
    assert not [line for line in outcome.diff.splitlines() if line.startswith("-") and "zz" in line]
    changelog = (project.output / CHANGELOG).read_text(encoding="utf-8")
    assert (
        "- Added: methods `Client.recognize_zz_probe`, `AsyncClient.recognize_zz_probe`.\n"
        "- Added: module `api.ocr.recognize_zz_probe`.\n"
        "- Added: attribute `testing.FakeOcr.recognize_zz_probe`.\n"
        "- Added: command `huaweicloud-ocr zz-probe`.\n"
    ) in changelog
    code = """
import json
from huaweicloud_ocr import AsyncClient, Client
from huaweicloud_ocr.api.ocr import recognize_zz_probe as module
print(json.dumps([hasattr(Client, module.OPERATION.path) or module.OPERATION.path,
                  callable(Client.recognize_zz_probe), callable(AsyncClient.recognize_zz_probe)]))
"""
    assert project.run(code) == ["/v2/{project_id}/ocr/zz-probe", True, True]


def test_operation_taken_out_takes_its_files_along(project: Project, generated: Project) -> None:
    """A file that the description no longer asks for is gone."""
    _add_operation(project)
    project.generate()
    project.edit("openapi.yaml", "  /v2/{project_id}/ocr/zz-probe:\n    $ref: paths/zz-probe.yaml\n", "")
    (project.folder / "openapi" / "paths" / "zz-probe.yaml").unlink()
    project.generate()
    assert project.tree() == generated.tree()


@pytest.mark.parametrize(
    "name", ["README.md", "pyproject.toml", "huaweicloud_ocr/client.py", "huaweicloud_ocr/_runtime/codec.py"]
)
def test_hand_edit_is_noticed_and_undone(project: Project, generated: Project, name: str) -> None:
    """An edit of any generated file is shown as a diff, and the next run undoes it."""
    path = project.output / name
    path.write_text(path.read_text(encoding="utf-8") + "\n# edited\n", encoding="utf-8")
    outcome = project.compare()
    assert outcome.changed == (name,)
    assert "-# edited" in outcome.diff
    assert project.generate().changed == (name,)
    assert project.tree() == generated.tree()


def test_file_removed_by_hand_is_noticed(project: Project) -> None:
    """A generated file that was deleted counts as a difference."""
    (project.output / "huaweicloud_ocr" / "models" / "error.py").unlink()
    assert "huaweicloud_ocr/models/error.py" in project.compare().changed


def test_edit_of_the_description_is_noticed(project: Project) -> None:
    """A client that is older than its description counts as different."""
    project.edit("schemas/ImageSize.yaml", "Width in pixels.", "Width, in pixels.")
    assert "huaweicloud_ocr/models/image_size.py" in project.compare().changed


def test_looking_writes_nothing(project: Project) -> None:
    """Comparing leaves the client and its folder as they are."""
    project.edit("schemas/ImageSize.yaml", "Width in pixels.", "Width, in pixels.")
    before, beside = project.tree(), sorted(project.folder.iterdir())
    project.compare()
    assert project.tree() == before
    assert sorted(project.folder.iterdir()) == beside


def test_error_in_the_description_leaves_the_client_whole(project: Project) -> None:
    """A description with errors changes nothing, and the findings name file and line."""
    before = project.tree()
    project.edit("schemas/ImageSize.yaml", "type: object", "type: objekt")
    with pytest.raises(FindingsError) as caught:
        project.generate()
    assert any(
        finding.location.path.name == "ImageSize.yaml" and finding.location.line == 1
        for finding in caught.value.findings
    )
    assert project.tree() == before
    assert [path.name for path in project.folder.iterdir() if path.name.startswith(".")] == []


def test_kill_at_any_moment_leaves_one_client_whole(project: Project) -> None:
    """A run that is killed leaves the old client or the new one, never a mixture, and the next run tidies up."""
    old = project.tree()
    project.edit("openapi.yaml", "  version: 1.0.0", "  version: 1.1.0")
    new = None
    command = [
        sys.executable,
        "-m",
        "generator",
        "generate",
        "--spec",
        str(project.spec),
        "--output",
        str(project.output),
        "--package",
        project.package,
    ]
    killed = 0
    for hundredths in range(20, 1000, 40):
        with subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process:
            try:
                process.wait(hundredths / 100)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                killed += 1
        tree = project.tree()
        if tree != old:
            new = tree
            break
    assert killed > 0
    assert new is not None, "no run was given enough time"
    project.generate()
    assert project.tree() == new
    assert b"1.1.0" in new["pyproject.toml"]
    assert [path.name for path in project.folder.iterdir() if path.name.startswith(".")] == []


def test_folder_with_other_files_is_not_replaced(project: Project) -> None:
    """Generating into a folder that holds something else is refused, and it says what is there."""
    (project.output / "notes.txt").write_text("mine", encoding="utf-8")
    project.edit("schemas/ImageSize.yaml", "Width in pixels.", "Width, in pixels.")
    with pytest.raises(GeneratorError, match=r"notes\.txt"):
        project.generate()
    assert (project.output / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_caches_do_not_stand_in_the_way(project: Project) -> None:
    """What Python and other tools leave behind in the package does not count as somebody's file."""
    cache = project.output / "huaweicloud_ocr" / "__pycache__"
    cache.mkdir()
    (cache / "x.pyc").write_bytes(b"")
    project.edit("schemas/ImageSize.yaml", "Width in pixels.", "Width, in pixels.")
    assert project.generate().changed


@pytest.mark.parametrize("name", ["not a name", "class", "../up", "größe", "a.b", ""])
def test_name_that_cannot_be_imported_is_refused(tmp_path: Path, name: str) -> None:
    """The package's name has to be one that Python can import."""
    project = Project(tmp_path, name)
    with pytest.raises(GeneratorError, match="import"):
        project.compare()


def _recorded(project: Project, name: str, entry: object) -> None:
    """Have the published client export something that the fresh one does not."""
    (record,) = sorted((project.spec.parent / "published").glob("*/python-api.json"))
    api = json.loads(record.read_text(encoding="utf-8"))
    api["api"][name] = entry
    record.write_text(json.dumps(api), encoding="utf-8")


def test_a_break_that_the_version_does_not_announce_fails(project: Project) -> None:
    """Whatever a client of the published version has, this one has too; else nothing is written, and it is said why."""
    before = project.tree()
    _recorded(project, "Client.recognize_seal", {"kind": "function", "returns": "SealResponse"})
    for run in (project.generate, project.compare):
        with pytest.raises(FindingsError) as caught:
            run()
        (finding,) = (one for one in caught.value.findings if one.severity == "error")
        assert finding.message == (
            "method `Client.recognize_seal` is removed: code that uses the client of 1.0.0 fails of it, so restore it, "
            "or set `info.version` to 2.0.0, or accept it in accepted_breaks.yaml with the reason"
        )
        assert (finding.rule, finding.location.path.name) == ("client-compatible", "openapi.yaml")
    assert project.tree() == before


def test_an_accepted_break_stands_in_the_changelog_with_its_reason(project: Project) -> None:
    """A maintainer may accept a break, which is never silent; a line that accepts nothing is told."""
    _recorded(project, "Client.recognize_seal", {"kind": "function"})
    accepted = "1.0.0:\n  Client.recognize_seal: It never worked.\n  Client.other: Nobody knows.\n"
    (project.spec.parent / "accepted_breaks.yaml").write_text(accepted)
    (warning,) = project.generate().warnings
    assert str(warning).endswith("Client.other does not break since 1.0.0: remove the line")
    text = (project.output / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "- Removed: method `Client.recognize_seal`. It never worked.\n" in text
    assert project.generate().changed == ()


def test_a_description_without_a_record_has_its_own_changelog(project: Project) -> None:
    """Without published versions the changelog is that of the description as it is, and nothing is compared."""
    shutil.rmtree(project.spec.parent / "published")
    project.generate()
    assert (project.output / "CHANGELOG.md").read_bytes() == (
        project.spec.parent / "CHANGELOG.md"
    ).read_bytes()


def test_the_record_keeps_what_the_client_exports(generated: Project) -> None:
    """What is kept of a client when its version is published is read from the client of just that description."""
    assert files(generated.spec, generated.package) == {
        API: snapshot(generated.output / generated.package).encode()
    }
