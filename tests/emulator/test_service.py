"""The service around the operations: identifiers, log, failures of its own, and where its facts come from."""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Callable
from typing import Any, Literal, cast

import pytest

from huaweicloud_ocr.models import CharSet
from huaweicloud_ocr_emulator.call_record import CallRecord
from huaweicloud_ocr_emulator.contract import ContractError, load_contract, read_contract
from huaweicloud_ocr_emulator.failures import STATUS_WHERE_NONE_IS_DOCUMENTED, ErrorCode
from huaweicloud_ocr_emulator.log_lines import formatter
from huaweicloud_ocr_emulator.operations import IMPLEMENTATIONS
from huaweicloud_ocr_emulator.recognition import Block, Recogniser
from huaweicloud_ocr_emulator.settings import Settings

from .caller import HANDWRITING, WEB_IMAGE, Caller, description, error_codes
from .conftest import serving
from .pictures import blank, draw, image


def test_health(guarded: Caller) -> None:
    """The health check needs no token and tells the version of the contract."""
    response = guarded.send("GET", "/healthz")
    assert response.json() == {"status": "ok", "contract": description()["info"]["version"]}


def test_every_call_has_an_identifier_of_its_own(caller: Caller) -> None:
    """Two calls never have the same identifier, and a caller cannot choose it."""
    body = {"image": image()}
    seen = {
        caller.post(HANDWRITING, body, **{"X-Request-Id": "mine"}).headers["X-Request-Id"] for _ in range(3)
    }
    assert len(seen) == 3
    assert "mine" not in seen


def test_headers_of_the_description(caller: Caller) -> None:
    """Every header that the description promises for an answer is there."""
    for status, response in {
        "200": caller.post(WEB_IMAGE, {"image": image()}),
        "400": caller.post(WEB_IMAGE, {}),
        "default": caller.post(WEB_IMAGE, b""),
    }.items():
        promised = description()["paths"]["/v2/{project_id}/ocr/web-image"]["post"]["responses"][status]
        if "$ref" in promised:
            promised = description()["components"]["responses"][promised["$ref"].rpartition("/")[2]]
        assert promised["headers"]
        assert set(map(str.lower, promised["headers"])) <= set(response.headers)


def test_log_tells_what_was_wrong(caller: Caller, caplog: pytest.LogCaptureFixture) -> None:
    """The log names the parameter that was wrong under the identifier of the call; the answer does not."""
    caplog.set_level(logging.INFO)
    response = caller.post(HANDWRITING, {"image": image(), "quick_mode": "private value"})
    (line,) = [record.getMessage() for record in caplog.records if "quick_mode" in record.getMessage()]
    assert response.headers["X-Request-Id"] in line
    assert "recognizeHandwriting" in line
    assert "quick_mode" not in response.text


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"{}", "AIS.0101: neither image nor url is given"),
        (b'{"image": "x", "url": "y"}', "AIS.0101: image and url are both given"),
        (b"[]", "AIS.0101: the body is no object"),
        (b'"image"', "AIS.0101: the body is no object"),
        (
            b'{"image": "", "char_set": "no"}',
            'AIS.0101: char_set: the value is none of "digit", "letter", "digit_letter", "general"',
        ),
        (b'{"image": "", "char_set": 5}', 'AIS.0101: char_set: the value is not of type "string"'),
        (b'{"image": ""}', "AIS.0102: the file is empty"),
        (b'{"image": "R0lGODlh"}', "AIS.0102: the file is a GIF, none of JPEG, PNG, BMP, TIFF"),
        (
            b'{"image": "/9j/"}',
            "AIS.0102: the file begins like a JPEG, but is damaged, cut off, or of a variant that",
        ),
        (b'{"image": "IDxodG1sPg=="}', "AIS.0102: the file is a page in HTML, none of JPEG"),
        (b'{"image": "AAAA"}', "AIS.0102: the file is nothing that is known, none of JPEG"),
        (b"", "ModelArts.4105: the body is empty: send a JSON object"),
        (b"--x\r\n", "ModelArts.4105: the body begins like a form (multipart): send a JSON object"),
        (
            b'{"image": ""',
            "ModelArts.4105: the body ends after 12 bytes, and its JSON does not: is a brace missing?",
        ),
        (
            b'{"image": "\\ud800"}',
            "ModelArts.4105: the body ends after 19 bytes, and its JSON does not, or it has half",
        ),
        (b" \n", "ModelArts.4105: the body is empty: send a JSON object"),
        (b"\xef\xbb\xbf{}", "ModelArts.4105: the body begins with a byte order mark"),
        (
            b" " * 65535 + b"\xe4",
            "ModelArts.4105: the body is not UTF-8: unexpected end of data (byte 65535)",
        ),
        (b'{"image": 1e999999999}', "ModelArts.4105: the body is no JSON: number out of range"),
        (b'{"image" ""}', "ModelArts.4105: the body is no JSON: expected ':' (byte 9)"),
        (
            b" " * 65535 + b"\xe4x",
            "ModelArts.4105: the body is not UTF-8: invalid continuation byte (byte 65535)",
        ),
        (b"[" * 100_000, "ModelArts.4105: the body is nested too deeply"),
        (b'{"url": ""}', "ModelArts.4601: the URL is empty"),
        (
            b'{"url": "https://a b"}',
            "ModelArts.4601: the URL has spaces, control characters or others outside ASCII",
        ),
        (b'{"url": "file:///etc"}', "ModelArts.4601: the URL is neither http nor https"),
        (b'{"url": "http://u:p@a.b"}', "ModelArts.4601: the URL has a user or password in it"),
        (b'{"url": "http://"}', "ModelArts.4601: the URL has no host"),
        (
            b'{"url": "http://a.b:99999"}',
            "ModelArts.4601: the URL has a port that is no number from 1 to 65535",
        ),
        (
            b"x" * (11 * 1024 * 1024 + 1),
            "ModelArts.4104: Content-Length is 11534337, and 11534336 the most; image may have 10485760 characters: "
            "a file of 7864320 bytes",
        ),
    ],
    ids=lambda value: repr(value[:60]),
)
def test_log_tells_what_was_wrong_in_words(
    caller: Caller, caplog: pytest.LogCaptureFixture, body: bytes, said: str
) -> None:
    """The log says which member is wrong and what would be right, what a file is, and where a body is no JSON."""
    caplog.set_level(logging.INFO)
    caller.post(HANDWRITING, body)
    assert f", {said}" in caplog.text


@pytest.mark.parametrize(
    ("method", "path", "said"),
    [
        ("POST", "/v2/p/ocr/nothing?secret", "POST /v2/p/ocr/nothing"),
        ("GET", HANDWRITING, f"GET {HANDWRITING}"),
        ("GET", "/a%0aforged%1b%20line/\u00e9", "GET /a%0Aforged%1B%20line/%C3%A9"),
        ("GET", "/" + "x" * 300, f"GET /{'x' * 199}..."),
    ],
)
def test_log_tells_an_unknown_address(
    caller: Caller, caplog: pytest.LogCaptureFixture, method: str, path: str, said: str
) -> None:
    """Of an address that does not exist the log tells method and path, on one line, without the query."""
    caplog.set_level(logging.INFO)
    caller.send(method, path, headers={"Host": "other/path"})
    assert f"APIG.0101: no such API: {said} (" in caplog.text


def test_log_keeps_secrets(caller: Caller, caplog: pytest.LogCaptureFixture) -> None:
    """No token, picture, URL of a picture, query or recognised text is ever logged, at any level."""
    caplog.set_level(logging.DEBUG)
    picture = image(draw({(40, 30): "Confidential"}))
    headers = {"X-Auth-Token": "secret-token"}
    assert caller.post(HANDWRITING, {"image": picture}, **headers).json()["result"]["words_block_count"] == 1
    caller.post(HANDWRITING, {"image": picture, "char_set": "secret-set"}, **headers)
    caller.post(HANDWRITING, {"url": "http://127.0.0.1/secret-path?secret-query"}, **headers)
    caller.post(HANDWRITING, {"image": "secret-text"}, **headers)
    caller.send("GET", "/some%0apath?secret-query", headers=headers)
    ours = [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert len(ours) >= 5
    for record in ours:
        assert "secret" not in record.getMessage()
        assert "Confidential" not in record.getMessage()
        assert picture[:40] not in record.getMessage()
        assert "\n" not in record.getMessage()


@pytest.mark.parametrize("form", ["console", "json"])
def test_words_in_the_log(form: Literal["console", "json"], capsys: pytest.CaptureFixture[str]) -> None:
    """Words that are logged are told once, on lines with the identifier of the call, or as a member in JSON."""
    record = CallRecord(operation="read", status=200, words="Kettle 42\nTea")
    handler = logging.StreamHandler()
    handler.setFormatter(formatter(Settings(log_format=form)))
    handler.handle(logging.makeLogRecord({"msg": record.line(), **record.members()}))
    log = capsys.readouterr().err
    assert log.count("Kettle 42") == 1
    if form == "json":
        assert json.loads(log)["words"] == "Kettle 42\nTea"
    else:
        assert [record.request_id in line for line in log.splitlines()] == [True] * 3


class _Broken:
    """A recogniser that does what the real one never should."""

    def __init__(self, read: Callable[[], list[Block]]) -> None:
        self._read = read

    def read(self, picture: Any, **options: Any) -> list[Block]:
        """Read nothing."""
        return self._read()


def _crash() -> list[Block]:
    raise RuntimeError("the network burst")


@pytest.mark.parametrize(
    "read",
    [
        _crash,
        lambda: [Block("x", 1.5, ((0, 0), (1, 0), (1, 1), (0, 1)))],
        lambda: [Block("x", 0.9, cast(Any, ((0, 0), (1, 0), (1, 1))))],
        lambda: [Block(cast(Any, None), 0.9, ((0, 0), (1, 0), (1, 1), (0, 1)))],
    ],
    ids=["exception", "confidence", "location", "words"],
)
@pytest.mark.parametrize("path", [HANDWRITING, WEB_IMAGE])
def test_recognition_breaks_down(path: str, read: Any, caplog: pytest.LogCaptureFixture) -> None:
    """A recogniser that fails, or whose answer breaks the description, is AIS.0105 and an error in the log."""
    with serving(cast(Recogniser, _Broken(read))) as caller:
        response = caller.post(path, {"image": image()})
    assert (response.status_code, response.json()["error_code"]) == (400, "AIS.0105")
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert len(errors) == 1
    assert response.headers["X-Request-Id"] in errors[0].getMessage()


def test_fault_of_the_service(recogniser: Recogniser, caplog: pytest.LogCaptureFixture) -> None:
    """A fault of the service itself is answered as documented, with the details in the log alone."""
    broken = Settings().model_copy(update={"fetch_redirects": "many"})
    with serving(recogniser, broken) as caller:
        response = caller.post(HANDWRITING, {"url": "http://example.com/"})
    assert (response.status_code, response.json()["error_code"]) == (500, "ModelArts.4505")
    assert "Traceback" not in response.text
    assert any(record.exc_info for record in caplog.records)


def test_garbage_instead_of_http(caller: Caller) -> None:
    """The service goes on after a request that is not HTTP."""
    with caller.connection() as connection:
        connection.sendall(b"\x16\x03\x01 this is not HTTP\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 400")
    assert b'"error_code":"ModelArts.4202"' in answer
    assert b"x-request-id: " in answer.lower()
    assert caller.send("GET", "/healthz").status_code == 200


def test_limits_come_from_the_description(recogniser: Recogniser) -> None:
    """Another limit or format in the description is another behaviour of the service."""
    document = copy.deepcopy(description())
    limits = document["components"]["schemas"]["WebImageRequest"]["x-image-limits"]
    limits.update(formats=["BMP"], min_side=30, max_side=50, max_base64_length=10_000)
    with serving(recogniser, contract=read_contract(document)) as caller:
        assert caller.error(WEB_IMAGE, {"image": image(blank(40, 40), "PNG")}) == "AIS.0102"
        assert caller.error(WEB_IMAGE, {"image": image(blank(29, 40), "BMP")}) == "AIS.0103"
        assert caller.error(WEB_IMAGE, {"image": image(blank(51, 40), "BMP")}) == "AIS.0103"
        assert caller.error(WEB_IMAGE, {"image": "A" * 10_001}) == "ModelArts.4104"
        assert caller.post(WEB_IMAGE, {"image": image(blank(30, 50), "BMP")}).status_code == 200


def test_operation_that_only_the_description_has(
    recogniser: Recogniser, caplog: pytest.LogCaptureFixture
) -> None:
    """An operation that the service does not have does not exist, which the log says at the start and at each call."""
    caplog.set_level(logging.INFO)
    document = copy.deepcopy(description())
    operation = copy.deepcopy(document["paths"]["/v2/{project_id}/ocr/web-image"])
    operation["post"]["operationId"] = "recognizeReceipt"
    document["paths"] = {"/v2/{project_id}/ocr/receipt": operation, **document["paths"]}
    with serving(recogniser, contract=read_contract(document)) as caller:
        assert caller.error("/v2/p/ocr/receipt", {}) == "APIG.0101"
        assert caller.blocks(WEB_IMAGE, image=image()) == []
    start, *_ = [record for record in caplog.records if record.name.startswith("huaweicloud_ocr_emulator")]
    assert start.levelno == logging.WARNING
    assert "recognizeReceipt is in the description, but not in this service" in start.getMessage()
    assert "APIG.0101: recognizeReceipt is not implemented in this service" in caplog.text


def test_operation_of_another_kind(recogniser: Recogniser) -> None:
    """Nothing is asked of an operation that the service does not have: it need not take a picture, or a body."""
    document = copy.deepcopy(description())
    operation = {"operationId": "listJobs", "responses": {"default": {"description": "An error."}}}
    document["paths"]["/v2/{project_id}/ocr/jobs"] = {"get": operation}
    with serving(recogniser, contract=read_contract(document)) as caller:
        assert caller.send("GET", "/v2/p/ocr/jobs").json()["error_code"] == "APIG.0101"
        assert caller.blocks(WEB_IMAGE, image=image()) == []


def _without_code(document: dict[str, Any]) -> None:
    del document["components"]["schemas"]["Error"]["properties"]["error_code"]["x-error-codes"]["AIS.0103"]


def _without_limits(document: dict[str, Any]) -> None:
    del document["components"]["schemas"]["WebImageRequest"]["x-image-limits"]


def _without_signature(document: dict[str, Any]) -> None:
    del document["components"]["securitySchemes"]["AkSk"]["x-signature"]


@pytest.mark.parametrize("remove", [_without_code, _without_limits, _without_signature, dict[str, Any].clear])
def test_description_that_cannot_be_served(remove: Callable[[dict[str, Any]], None]) -> None:
    """A description that lacks what the service needs is refused at the start."""
    document = copy.deepcopy(description())
    remove(document)
    with pytest.raises(ContractError, match="cannot serve the description"):
        read_contract(document)


def test_unknown_format(recogniser: Recogniser) -> None:
    """A format that cannot be read is refused at the start, not when a picture comes."""
    document = copy.deepcopy(description())
    document["components"]["schemas"]["WebImageRequest"]["x-image-limits"]["formats"].append("HOLOGRAM")
    with (
        pytest.raises(ContractError, match="HOLOGRAM"),
        serving(recogniser, contract=read_contract(document)),
    ):
        pass


def test_every_operation_is_implemented() -> None:
    """The service has every operation of the description, and no other."""
    where = "IMPLEMENTATIONS in emulator/huaweicloud_ocr_emulator/operations.py"
    missing = [endpoint.operation_id for endpoint in load_contract().missing]
    assert missing == [], f"write what these operations do, and add it to {where}: {', '.join(missing)}"
    unknown = set(IMPLEMENTATIONS) - {operation.operation_id for operation in load_contract().operations}
    assert unknown == set(), f"the description has no such operation, remove it from {where}: {unknown}"


def test_own_statuses_are_for_codes_without_one() -> None:
    """The service decides on a status only where the catalogue has none."""
    assert [code for code in STATUS_WHERE_NONE_IS_DOCUMENTED if error_codes()[code]["status"]] == []


def test_statuses_and_messages() -> None:
    """Every code that has a text is answered with it, and with the documented status if there is one."""
    for code, answer in load_contract().errors.items():
        entry = error_codes()[code]
        assert answer.message == entry["message"]
        assert answer.status == entry["status"] or entry["status"] is None
    with_text = {code for code, entry in error_codes().items() if entry["message"]}
    assert set(load_contract().errors) == with_text >= set(ErrorCode)


def test_char_sets_of_the_description(recogniser: Recogniser) -> None:
    """Every character set that a request can name can be read."""
    picture = blank(32, 32)
    with serving(recogniser) as caller:
        for char_set in CharSet:
            assert caller.blocks(HANDWRITING, image=image(picture), char_set=char_set.value) == []
