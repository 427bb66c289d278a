"""The command `batch`, run as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .command_line import Done, run
from .pictures import picture
from .service import Service, answer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three pictures and a text."""
    found = tmp_path / "scans"
    found.mkdir()
    for number in range(3):
        (found / f"{number}.png").write_bytes(picture(width=32 + number))
    (found / "notes.md").write_text("no picture")
    return found


def batch(service: Service, folder: Path, results: Path, *options: str) -> Done:
    """Run the batch of handwriting."""
    return run("batch", "handwriting", folder, "--results", results, "--endpoint", service.endpoint, *options)


def lines(results: Path) -> list[dict[str, object]]:
    """Return what stands in a results file."""
    return [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()]


def test_a_folder(service: Service, folder: Path, tmp_path: Path) -> None:
    """Each picture of a folder has a line with its result, and the options of the operation go along."""
    done = batch(service, folder, tmp_path / "out.jsonl", "--char-set", "digit", "--concurrency", "2")
    assert done.code == 0, done.errors
    assert {Path(str(line["source"])).name for line in lines(tmp_path / "out.jsonl")} == {
        "0.png",
        "1.png",
        "2.png",
    }
    assert {received.json["char_set"] for received in service.received} == {"digit"}


def test_the_same_command_goes_on(service: Service, folder: Path, tmp_path: Path) -> None:
    """What has its line is not sent again; what is new is."""
    batch(service, folder, tmp_path / "out.jsonl")
    (folder / "3.png").write_bytes(picture(width=40))
    done = batch(service, folder, tmp_path / "out.jsonl")
    assert done.code == 0, done.errors
    assert len(service.received) == 4
    assert len(lines(tmp_path / "out.jsonl")) == 4


def test_failures(service: Service, folder: Path, tmp_path: Path) -> None:
    """A picture that fails has a line with its error, ends the command with 1, and is told by its code."""
    refusal = answer({"error_code": "AIS.0104", "error_msg": "m", "request_id": "r"}, status=400)
    service.plays(answer(), refusal, answer())
    done = batch(service, folder, tmp_path / "out.jsonl", "--concurrency", "1")
    assert done.code == 1
    assert "AIS.0104\t1\t1" in done.output
    assert [line["status"] for line in lines(tmp_path / "out.jsonl")].count("failed") == 1


def test_refused_credentials(service: Service, folder: Path, tmp_path: Path) -> None:
    """When the service refuses the credentials, one call is made, and the message names the variables."""
    service.plays(answer({"error_code": "APIG.0301", "error_msg": "m"}, status=401))
    done = batch(service, folder, tmp_path / "out.jsonl")
    assert (done.code, len(service.received)) == (3, 1)
    assert done.errors.splitlines()[-1] == (
        "set HUAWEICLOUD_SDK_TOKEN, or HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK anew: "
        "the same command fails until then, then goes on; what is done is kept"
    )


def test_standard_output_holds_no_results(folder: Path) -> None:
    """A dash is no results file: a run could not go on from it."""
    done = run("batch", "handwriting", folder, "--results", "-")
    assert done.code == 2
    assert "a run goes on from a file, so name one" in done.errors


def test_without_credentials(service: Service, folder: Path, tmp_path: Path) -> None:
    """Without credentials nothing is sent, and the message names the variables."""
    arguments = ("--results", tmp_path / "out.jsonl", "--endpoint", service.endpoint, "--project-id", "p")
    done = run("batch", "handwriting", folder, *arguments, variables={})
    assert done.code == 3
    assert "HUAWEICLOUD_SDK_AK" in done.errors
    assert not service.received


def test_nothing_to_do(service: Service, tmp_path: Path) -> None:
    """A source that is not there is told at once."""
    done = batch(service, tmp_path / "nowhere", tmp_path / "out.jsonl")
    assert done.code == 2
    assert "nowhere" in done.errors


def test_operations_without_files_have_no_batch() -> None:
    """A misspelt operation is told as such."""
    done = run("batch", "hand", "x")
    assert done.code == 2
    assert "No such command 'hand'" in done.errors
