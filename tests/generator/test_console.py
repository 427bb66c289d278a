"""The command line of any description: packages of the corpus, run as a user runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator import help_text
from tests.client.service import Service, answer

from .corpus.documents import CorpusDocument, documents
from .corpus.packages import Packages

DOCUMENTS = {document.name: document for document in documents()}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Packages:
    """Packages of the documents, each generated when it is first asked for."""
    return Packages(tmp_path_factory.mktemp("console"))


@pytest.fixture
def service() -> Iterator[Service]:
    """A server that answers each request with 204, unless the test says otherwise."""
    with Service() as server:
        server.plays(answer(status=204))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.005})
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()
    assert not server.failures


@pytest.fixture
def run(packages: Packages, service: Service) -> Any:
    """Run the command line of a document, against the server."""

    def run(
        name: str, *arguments: str | Path, stdin: bytes = b"", **variables: str
    ) -> subprocess.CompletedProcess[bytes]:
        document: CorpusDocument = DOCUMENTS[name]
        packages.of(document)
        calls = bool(arguments) and "--help" not in arguments
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", document.package, *map(str, arguments)]
            + (["--endpoint", service.endpoint] if calls else []),
            input=stdin,
            capture_output=True,
            env={
                **os.environ,
                "PYTHONPATH": str(packages.distribution(document)),
                "COLUMNS": "80",
                "NO_PROXY": "*",
                **variables,
            },
            timeout=60,
            check=False,
        )

    return run


def test_options(run: Any, service: Service) -> None:
    """Options become parameters and members with their own types."""
    done = run(
        "console/options", "parcels", "--parcel", "a/b", "--weight", "1.5", "--no-signed", "--express", "--no-insured",
        "--size", "l", "--carrier", "west", "--floor", "2", "--ready", "2026-01-02T03:04:05Z", "--note", "7",
        "--tags", "a", "--tags", "b", "--format-query", "3", "--format-query", "4", "--no-insured-no",
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert service.only.target == "/parcels/a%2Fb?format=3&format=4"
    assert service.only.json == {
        "weight": 1.5, "signed": False, "express": True, "insured": False, "size": "l", "carrier": "west", "floor": 2,
        "ready": "2026-01-02T03:04:05Z", "note": 7, "tags": ["a", "b"], "insured-no": False,
    }  # fmt: skip


def test_text_where_no_json_is(run: Any, service: Service) -> None:
    """An option that takes several types takes JSON for what it says, and anything else for text."""
    run("console/options", "parcels", "--parcel", "a", "--weight", "1", "--signed", "--note", "two")
    assert service.only.json["note"] == "two"


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (["--weight", "1"], b"Missing option '--parcel'"),
        (["--parcel", "a"], b"Missing option '--weight'"),
        (["--parcel", "a", "--weight", "1"], b"Missing option '--signed"),
        (["--parcel", "a", "--weight", "0"], b"is not in the range x>0"),
        (["--parcel", "a", "--weight", "1", "--format-query", "9"], b"is not in the range 1<=x<9"),
        (["--parcel", "a", "--weight", "1", "--floor", "3"], b"'3' is not one of '1', '2'"),
        (["--parcel", "..", "--weight", "1", "--signed"], b"would name another path"),
    ],
)
def test_wrong_usage(run: Any, service: Service, arguments: list[str], phrase: bytes) -> None:
    """What the description does not allow is wrong usage."""
    done = run("console/options", "parcels", *arguments)
    assert done.returncode == 2
    assert phrase in done.stderr
    assert not service.received


def test_body_of_a_file(run: Any, service: Service, tmp_path: Path) -> None:
    """A body that options cannot say is read from a file or from standard input."""
    file = tmp_path / "body.json"
    file.write_text('{"a": {"b": "c"}}', encoding="utf-8")
    assert run("console/bodies", "nested", "--body", file).returncode == 0
    assert run("console/bodies", "nested", "--body", "-", stdin=file.read_bytes()).returncode == 0
    assert [received.json for received in service.received] == [{"a": {"b": "c"}}] * 2


@pytest.mark.parametrize(
    ("content", "phrase"), [("{", b"is not JSON"), ('{"a": 1}', b"$.a"), ("[" * 100_000, b"is not JSON")]
)
def test_body_that_does_not_fit(
    run: Any, service: Service, tmp_path: Path, content: str, phrase: bytes
) -> None:
    """A body that is no JSON, or does not fit, is told with its place, and nothing is sent."""
    file = tmp_path / "body.json"
    file.write_text(content, encoding="utf-8")
    done = run("console/bodies", "nested", "--body", file)
    assert done.returncode == 2
    assert phrase in done.stderr
    assert b"Traceback" not in done.stderr
    assert not service.received


def test_optional_body(run: Any, service: Service) -> None:
    """A body that need not be there can be left out."""
    assert run("console/bodies", "optional").returncode == 0
    assert service.only.body == b""


def test_file_among_members(run: Any, service: Service, tmp_path: Path) -> None:
    """A file of a form goes under its name, and an object beside it is given as JSON."""
    file = tmp_path / "scan.bin"
    file.write_bytes(b"content")
    assert run("console/bodies", "form", file, "--about", '{"b": "c"}').returncode == 0
    body = service.only.body
    assert b'name="scan"; filename="scan.bin"' in body
    assert b"\r\n\r\ncontent\r\n" in body
    assert b'{"b":"c"}' in body


def test_file_as_the_body(run: Any, service: Service, tmp_path: Path) -> None:
    """A body that is a file is sent as it is, a call for each file."""
    first, second = tmp_path / "1", tmp_path / "2"
    first.write_bytes(b"one")
    second.write_bytes(b"two")
    done = run("console/bodies", "file", first, second, "--format", "jsonl")
    assert [received.body for received in service.received] == [b"one", b"two"]
    assert [json.loads(line)["status"] for line in done.stdout.splitlines()] == ["ok", "ok"]


def test_two_files(run: Any, service: Service, tmp_path: Path) -> None:
    """Several files of one call are options."""
    file = tmp_path / "1"
    file.write_bytes(b"one")
    assert run("console/bodies", "pair", "--front", file, "--back", "-", stdin=b"two").returncode == 0
    assert service.only.json == {"front": "b25l", "back": "dHdv"}


def test_answers(run: Any, service: Service) -> None:
    """An answer is written as JSON, as the service sent it."""
    service.plays(answer({"lines": [{"says": "hello", "new": 1.50}]}))
    assert run("console/text_blocks", "pages").stdout == b'{"lines": [{"says": "hello", "new": 1.5}]}\n'


def test_binary_answer(run: Any, service: Service) -> None:
    """An answer that is a file is written as it is."""
    service.plays(answer(b"\x00\xff\n\r\n", headers={"Content-Type": "application/octet-stream"}))
    (name, *_) = [path.rsplit("/", 1)[-1] for _, path in DOCUMENTS["answers/binary"].operations()]
    assert run("answers/binary", name).stdout == b"\x00\xff\n\r\n"


def test_text_answer(run: Any, service: Service) -> None:
    """An answer that is text is written as text."""
    service.plays(answer("hellö".encode(), headers={"Content-Type": "text/plain; charset=utf-8"}))
    (name, *_) = [path.rsplit("/", 1)[-1] for _, path in DOCUMENTS["answers/text"].operations()]
    assert run("answers/text", name).stdout == "hellö\n".encode()


def test_schemes_together(run: Any, service: Service) -> None:
    """Schemes that are needed together are used together, and a call that needs none goes without."""
    prefix = "CORPUS_CONSOLE_CREDENTIALS"
    variables = {
        f"{prefix}_KEY": "k",
        f"{prefix}_USER_USERNAME": "u",
        f"{prefix}_USER_PASSWORD": "p",
        f"{prefix}_TENANT_ID": "t",
    }
    assert run("console/credentials", "a", **variables).returncode == 0
    assert service.only.target == "/a/t"
    assert service.only.header("X-Key") == "k"
    assert service.only.header("Authorization") == "Basic dTpw"
    service.received.clear()
    assert run("console/credentials", "a", **{f"{prefix}_TENANT_ID": "t"}).returncode == 0
    assert service.only.header("X-Key") is None


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("One `two` **three**.", "One two three."),
        ("One\ntwo.\n\nThree.", "One two.\n\nThree."),
        ("One:\n\n- a,\n  b\n- c.\n\nTwo.", "One:\n\na, b; c.\n\nTwo."),
        ("See [here](https://example.com).", "See here (https://example.com)."),
        ("A\x1b[31m\x07\u202eb\x0c", "A [31m b"),
        ("", ""),
    ],
)
def test_help_text(markdown: str, text: str) -> None:
    """Markdown becomes plain paragraphs without anything that a terminal would take for a command."""
    assert help_text.paragraphs(markdown) == text


def test_what_is_deprecated_is_told_on_the_stream_of_errors(run: Any) -> None:
    """Help says why something is deprecated, and a call that uses it says so and is made all the same."""
    shown = b" ".join(run("deprecated/members", "--help").stdout.split())
    assert b"Start call" in shown
    assert b" 1 the call failed " in shown  # no word of pictures and files, which nothing here takes
    options = b" ".join(run("deprecated/members", "calls", "--help").stdout.split())
    assert b"--speed INTEGER Deprecated: All are fast." in options
    done = run("deprecated/members", "calls", "--line", "1", "--number", "5", "--area", "6", "--speed", "3")
    assert [line for line in done.stderr.decode().splitlines() if "deprecated" in line] == [
        "calls: --speed is deprecated: All are fast",
        "calls: --area is deprecated since 1.2.0: It is a part of the number",
    ]
    done = run("deprecated/calls", "telex")
    assert (done.returncode, done.stderr) == (0, b"DeprecationWarning: The command 'telex' is deprecated.\n")
