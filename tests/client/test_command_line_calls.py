"""The command line calls the service: what it sends, as whom, what it writes, and what it does about failures."""

from __future__ import annotations

import csv
import io
import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from huaweicloud_ocr.error_codes import ERROR_CODES

from .command_line import CREDENTIALS, on_terminal, run
from .pictures import padded, picture
from .service import HANDWRITING, WEB_IMAGE, Service, answer

DEFAULTS = {"quick_mode": False, "char_set": "general", "detect_direction": False}
HOSTILE = 'a\x1b[31m\u202eb\nc,"d"\x9b'


def read(*words: str) -> dict[str, Any]:
    """Return an answer with these texts, each with a box of its own."""
    blocks = [
        {
            "words": text,
            "type": "text",
            "confidence": 0.25,
            "location": [[n, 1], [n + 9, 1], [n + 9, 8], [n, 8]],
        }
        for n, text in enumerate(words)
    ]
    return {"result": {"words_block_count": len(blocks), "words_block_list": blocks}}


def error(code: str, message: str = "Refused.", **members: str) -> dict[str, str]:
    """Return the body of an error."""
    return {"error_code": code, "error_msg": message, **members}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A picture."""
    path = tmp_path / "note.png"
    path.write_bytes(picture())
    return path


@pytest.fixture
def at(service: Service) -> list[str]:
    """The option that leads to the service."""
    return ["--endpoint", service.endpoint]


def test_picture(service: Service, at: list[str], file: Path) -> None:
    """A file is sent as Base64, with token and project of the environment and the defaults of the description."""
    done = run("handwriting", file, *at)
    assert (done.code, done.output, done.errors) == (0, "hello\n", "")
    assert service.only.target == "/v2/project-1/ocr/handwriting"
    assert service.only.header("X-Auth-Token") == "token-1"
    assert service.only.json == {"image": b64encode(picture()).decode(), **DEFAULTS}


def test_options(service: Service, at: list[str], file: Path) -> None:
    """Options become members of the request."""
    run("handwriting", file, "--char-set", "digit", "--quick-mode", "--detect-direction", *at)
    sent = service.only.json
    assert {name: sent[name] for name in sent if name != "image"} == {
        "quick_mode": True,
        "char_set": "digit",
        "detect_direction": True,
    }


def test_repeated_option(service: Service, at: list[str], file: Path) -> None:
    """An option for a list is given once for each item."""
    service.plays(answer(WEB_IMAGE))
    run("web-image", file, "--extract-type", "image_size", *at)
    assert service.only.json["extract_type"] == ["image_size"]


def test_address(service: Service, at: list[str]) -> None:
    """An address is sent as such, and nothing is fetched here."""
    done = run("handwriting", "https://example.com/a.png?x=1", *at)
    assert done.code == 0
    assert service.only.json == {"url": "https://example.com/a.png?x=1", **DEFAULTS}


def test_standard_input(service: Service, at: list[str]) -> None:
    """`-` is standard input."""
    done = run("handwriting", "-", *at, stdin=picture())
    assert done.code == 0
    assert service.only.json == {"image": b64encode(picture()).decode(), **DEFAULTS}


def test_project_of_an_option(service: Service, at: list[str], file: Path) -> None:
    """An option wins over the environment."""
    run("handwriting", file, "--project-id", "other", *at)
    assert service.only.target == "/v2/other/ocr/handwriting"


def test_key_pair(service: Service, at: list[str], file: Path) -> None:
    """A key pair of the environment signs the calls, with its security token if it is a temporary one."""
    variables = {
        "HUAWEICLOUD_SDK_AK": "access",
        "HUAWEICLOUD_SDK_SK": "secret",
        "HUAWEICLOUD_SDK_SECURITY_TOKEN": "temporary",
        "HUAWEICLOUD_SDK_PROJECT_ID": "p",
    }
    assert run("handwriting", file, *at, variables=variables).code == 0
    assert str(service.only.header("Authorization")).startswith("SDK-HMAC-SHA256 Access=access,")
    assert service.only.header("X-Security-Token") == "temporary"


def test_token_is_asked_for(service: Service, at: list[str], file: Path) -> None:
    """On a terminal a token is asked for when there are no credentials, and is not shown."""
    done = on_terminal(
        "handwriting", file, *at, typed="typed-token", variables={"HUAWEICLOUD_SDK_PROJECT_ID": "p"}
    )
    assert done.code == 0, done.output
    assert service.only.header("X-Auth-Token") == "typed-token"
    assert "Token (what you type is not shown):" in done.output
    assert "typed-token" not in done.output


@pytest.mark.parametrize(
    ("variables", "phrase"),
    [
        (
            {"HUAWEICLOUD_SDK_PROJECT_ID": "p"},
            "there are no credentials: set the environment variables HUAWEICLOUD_SDK_TOKEN, "
            "or HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK",
        ),
        (
            {"HUAWEICLOUD_SDK_PROJECT_ID": "p", "HUAWEICLOUD_SDK_AK": "a"},
            "not complete: set HUAWEICLOUD_SDK_SK too",
        ),
        (
            {"HUAWEICLOUD_SDK_TOKEN": "t"},
            "project_id is missing: set the environment variable HUAWEICLOUD_SDK_PROJECT",
        ),
        ({**CREDENTIALS, "HUAWEICLOUD_SDK_TOKEN": "se cret"}, "see HUAWEICLOUD_SDK_TOKEN"),
    ],
)
def test_setup(service: Service, at: list[str], file: Path, variables: dict[str, str], phrase: str) -> None:
    """Missing or broken settings end with 3 and say which variable to set; nothing is sent, no secret is shown."""
    done = run("handwriting", file, *at, variables=variables)
    assert (done.code, done.output) == (3, "")
    assert done.errors.startswith("huaweicloud-ocr: ")
    assert phrase in done.errors
    assert "se cret" not in done.errors
    assert not service.received


def test_endpoint_that_is_none(file: Path) -> None:
    """An endpoint that cannot be one ends with 3."""
    done = run("handwriting", file, "--endpoint", "localhost:8765")
    assert done.code == 3
    assert "is not an http or https address" in done.errors


def test_several_pictures(service: Service, at: list[str], file: Path) -> None:
    """The text of several pictures comes under their names, in their order."""
    service.plays(answer(read("one", "two")), answer(read()), answer(read("three")))
    done = run("handwriting", file, file, "https://example.com/b.png", *at)
    assert done.output == (
        f"==> {file} <==\none\ntwo\n\n==> {file} <==\n\n==> https://example.com/b.png <==\nthree\n"
    )


def test_one_fails(service: Service, at: list[str], file: Path, tmp_path: Path) -> None:
    """A picture that fails does not stop the others; each failure is a line with the remedy, and the end is 1."""
    large, text = tmp_path / "large.png", tmp_path / "text.txt"
    large.write_bytes(padded(8_000_000))
    text.write_text("no picture", encoding="utf-8")
    service.plays(answer(error("AIS.0104", request_id="r-1"), status=400), answer())
    done = run("handwriting", tmp_path / "none.png", tmp_path, large, text, file, file, *at)
    assert (done.code, done.output.splitlines()[-1]) == (1, "hello")
    lines = [line.removeprefix(f"{tmp_path}") for line in done.errors.splitlines()]
    assert lines[:2] == [
        "/none.png: it cannot be read: No such file or directory",
        ": it is a folder: name the files in it",
    ]
    assert lines[2].startswith("/large.png: the file is too large: at most 7864320 bytes")
    assert lines[3].startswith("/text.txt: image is no picture of a known format")
    assert lines[4].startswith("/note.png: the file is damaged or cut off")
    assert "(AIS.0104, request id r-1). Send the whole file, undamaged;" in lines[4]
    assert len(lines) == 5


def test_a_name_like_an_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a pattern of the shell finds a file whose name begins with a dash, the error says how to name it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-dash.png").touch()
    assert run("handwriting", "-dash.png").errors.endswith("If a file is meant: write ./ before its name.\n")
    assert "is meant" not in run("handwriting", "-other.png").errors


@pytest.mark.parametrize("status", [401, 403])
def test_refused_caller(service: Service, at: list[str], file: Path, status: int) -> None:
    """When the service does not let the caller in, no other picture is tried: that could lock a key pair."""
    service.plays(answer(error("APIG.0301"), status=status))
    done = run("handwriting", file, file, file, *at)
    assert done.code == 3
    assert len(service.received) == 1
    assert "APIG.0301" in done.errors
    assert "2 others were not tried" in done.errors


def test_unknown_error(service: Service, at: list[str], file: Path) -> None:
    """An error that the catalogue does not know is told in the service's words."""
    service.plays(answer(error("AIS.9999", "Odd\x1b[2J."), status=400))
    assert run("handwriting", file, *at).errors == f"{file}: odd [2J (AIS.9999).\n"


def test_no_connection(file: Path) -> None:
    """Without a service there the end is 1, with a sentence."""
    done = run("handwriting", file, "--endpoint", "http://127.0.0.1:1", "--time-limit", "5")
    assert done.code == 1
    assert "No connection" in done.errors
    assert "Traceback" not in done.errors


def test_json(service: Service, at: list[str], file: Path) -> None:
    """`json` is an array with a record for each picture, with members that the package does not know."""
    extra = {**HANDWRITING, "new": {"x": 1}}
    service.plays(answer(extra), answer(error("AIS.0103", request_id="r"), status=400))
    done = run("handwriting", file, file, "--format", "json", *at)
    assert json.loads(done.output) == [
        {"source": str(file), "status": "ok", "result": extra},
        {
            "source": str(file),
            "status": "failed",
            "error": {
                "code": "AIS.0103",
                "message": "Refused.",
                "remedy": ERROR_CODES["AIS.0103"].remedy,
                "retryable": False,
                "request_id": "r",
            },
        },
    ]
    assert run("handwriting", file, "--format", "json", *at).output.startswith("[\n  {")


@pytest.mark.parametrize("name", ["missing.png", "empty.png"])
def test_errors_are_those_of_a_batch(at: list[str], tmp_path: Path, name: str) -> None:
    """The record of an error is the same as in the results of a batch."""
    (tmp_path / "empty.png").touch()
    (tmp_path / "list").write_text(f"{tmp_path / name}\n", encoding="utf-8")
    run("batch", "handwriting", tmp_path / "list", "--results", tmp_path / "out", *at)
    done = run("handwriting", tmp_path / name, "--format", "jsonl", *at)
    of_batch = json.loads((tmp_path / "out").read_text(encoding="utf-8"))
    assert json.loads(done.output)["error"] == of_batch["error"]
    assert of_batch["error"]["code"] == ("unreadable-source" if name == "missing.png" else "invalid-request")


def test_json_lines(service: Service, at: list[str], file: Path) -> None:
    """`jsonl` is a record a line."""
    done = run("handwriting", file, file, "--format", "jsonl", *at)
    assert [json.loads(line)["status"] for line in done.lines] == ["ok", "ok"]


def test_csv(service: Service, at: list[str], file: Path) -> None:
    """`csv` is a row for each block with the corners of its box, and texts as they are."""
    service.plays(answer(read("one", HOSTILE)))
    rows = list(csv.reader(io.StringIO(run("handwriting", file, "--format", "csv", *at).output)))
    assert rows == [
        ["source", "block", "text", "confidence", "x1", "y1", "x2", "y2", "x3", "y3", "x4", "y4"],
        [str(file), "1", "one", "0.25", "0", "1", "9", "1", "9", "8", "0", "8"],
        [str(file), "2", HOSTILE, "0.25", "1", "1", "10", "1", "10", "8", "1", "8"],
    ]


@pytest.mark.parametrize("format_name", ["text", "json", "jsonl"])
def test_hostile_text(service: Service, at: list[str], file: Path, format_name: str) -> None:
    """Nothing that stands in a picture is a command to a terminal, and as JSON it is the same text."""
    service.plays(answer(read(HOSTILE)))
    output = run("handwriting", file, "--format", format_name, *at).output
    assert not {"\x1b", "\x9b", "\u202e"} & set(output)
    if format_name == "text":
        assert output == 'a [31m b c,"d" \n'
    else:
        (record,) = json.loads(output if format_name == "json" else f"[{output}]")
        assert record["result"]["result"]["words_block_list"][0]["words"] == HOSTILE


def test_terminal(service: Service, at: list[str], file: Path) -> None:
    """On a terminal the text is a table with number and confidence, and what else was answered stands below."""
    service.plays(answer(WEB_IMAGE))
    output = on_terminal("web-image", file, *at, term="dumb").output
    assert [line.split() for line in output.splitlines() if "网" in line] == [["1", "1.000", "网"]]
    assert "result.extracted_data.image_size.width: 640" in output
    assert "words_block_count" not in output


def test_terminal_without_text(service: Service, at: list[str], file: Path) -> None:
    """A picture without text is told as such on a terminal."""
    service.plays(answer(read()))
    assert "no text" in on_terminal("handwriting", file, *at, term="dumb").output


def test_json_on_a_terminal(service: Service, at: list[str], file: Path) -> None:
    """On a terminal JSON has colours, and is the same without them."""
    coloured = on_terminal("handwriting", file, "--format", "json", *at)
    plain = on_terminal(
        "handwriting", file, "--format", "json", *at, variables={**CREDENTIALS, "NO_COLOR": "1"}
    )
    assert "\x1b[32m" in coloured.output
    assert json.loads(plain.output)[0]["result"] == HANDWRITING


def test_retries(service: Service, at: list[str], file: Path) -> None:
    """`--retries` says how often a call is repeated that may succeed later."""
    service.plays(answer(error("APIG.0308"), status=429, headers={"Retry-After": "0"}))
    assert run("handwriting", file, "--retries", "0", *at).code == 1
    assert len(service.received) == 1
    run("handwriting", file, "--retries", "2", *at)
    assert len(service.received) == 1 + 3
