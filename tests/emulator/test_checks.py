"""What is wrong with a call, and in which order it is found out."""

from __future__ import annotations

import json
import socket
from http.client import HTTPResponse
from select import select
from typing import Any, cast

import httpx
import pytest

from huaweicloud_ocr_emulator.recognition import Recogniser
from huaweicloud_ocr_emulator.settings import Settings

from .caller import HANDWRITING, WEB_IMAGE, Caller
from .conftest import TOKEN, serving
from .pictures import base64, blank, draw, encode, image

BOTH = pytest.mark.parametrize("path", [HANDWRITING, WEB_IMAGE])
LONGEST = 10 * 1024 * 1024


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/v2/p/ocr/nothing",
        "/v2//ocr/handwriting",
        "/v2/ocr/handwriting",
        "/v2/p/q/ocr/handwriting",
        HANDWRITING + "/",
        "/v1/p/ocr/handwriting",
        "/v2/p%2Fq/ocr/web-image",
        "/healthz/%0aforged line",
    ],
)
def test_unknown_address(caller: Caller, path: str) -> None:
    """An address that does not exist is APIG.0101 with status 404."""
    response = caller.send("POST", path)
    assert (response.status_code, response.json()["error_code"]) == (404, "APIG.0101")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_wrong_method(caller: Caller, method: str) -> None:
    """A method that an operation does not have is APIG.0101 with status 404, before the token is looked at."""
    response = caller.send(method, HANDWRITING)
    assert (response.status_code, response.json()["error_code"]) == (404, "APIG.0101")


@pytest.mark.parametrize(
    ("origin", "is_allowed"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://localhost", True),
        ("http://[::1]:8000", True),
        ("https://named.example", True),
        ("https://example.com", False),
        ("http://127.0.0.1.example.com", False),
        ("http://localhost:8000.example.com", False),
        ("null", False),
    ],
)
def test_pages_of_other_origins(recogniser: Recogniser, origin: str, is_allowed: bool) -> None:
    """A browser may call for pages of this machine and those that are named; for others it learns nothing."""
    with serving(recogniser, Settings(allow_origin=("https://named.example",))) as caller:
        asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-auth-token"}
        preflight = httpx.options(
            caller.url + HANDWRITING, headers={"Origin": origin, **asked}, trust_env=False
        )
        answer = caller.post(HANDWRITING, {}, Origin=origin)
        assert not is_allowed or "X-Subject-Token" in answer.headers["Access-Control-Expose-Headers"]
    allowed = origin if is_allowed else None
    assert preflight.status_code == (200 if is_allowed else 404)
    assert preflight.headers.get("Access-Control-Allow-Origin") == allowed
    assert answer.headers.get("Access-Control-Allow-Origin") == allowed


@BOTH
def test_missing_token(guarded: Caller, path: str) -> None:
    """Without a token the answer is ModelArts.4101, whatever the body is."""
    assert guarded.error(path, b"not JSON") == "ModelArts.4101"


def test_empty_token(caller: Caller) -> None:
    """An empty token is as good as none."""
    assert caller.error(HANDWRITING, {}, **{"X-Auth-Token": ""}) == "ModelArts.4101"


@pytest.mark.parametrize("authorization", ["Bearer abc", "SDK-HMAC-SHA256", "Basic YTpi"])
def test_other_authorization(caller: Caller, authorization: str) -> None:
    """An Authorization header that is no AK/SK signature is as good as none."""
    anonymous = Caller(caller.url, token=None)
    assert anonymous.error(HANDWRITING, {}, Authorization=authorization) == "ModelArts.4101"


def test_signature_is_accepted(caller: Caller) -> None:
    """An AK/SK signature is accepted in place of a token, as there are no secret keys to check it with."""
    anonymous = Caller(caller.url, token=None)
    signature = "SDK-HMAC-SHA256 Access=AK, SignedHeaders=host;x-sdk-date, Signature=" + "0" * 64
    response = anonymous.post(HANDWRITING, {"image": image()}, Authorization=signature)
    assert response.status_code == 200


@pytest.mark.parametrize("token", ["wrong", TOKEN + "x", TOKEN[:-1], TOKEN.upper(), "tök"])
def test_wrong_token(guarded: Caller, token: str) -> None:
    """With --token any other token is APIG.0301 with status 401, before the body is looked at."""
    header = cast(Any, {"X-Auth-Token": token.encode()})
    response = guarded.post(HANDWRITING, b"not JSON", **header)
    assert (response.status_code, response.json()["error_code"]) == (401, "APIG.0301")


def test_signature_where_a_token_is_expected(guarded: Caller) -> None:
    """With --token a signature, which cannot be checked, does not open the door."""
    signature = "SDK-HMAC-SHA256 Access=AK, SignedHeaders=host, Signature=0"
    assert guarded.error(HANDWRITING, {}, Authorization=signature) == "APIG.0301"


def test_right_token(guarded: Caller) -> None:
    """With --token that very token is accepted."""
    response = guarded.post(HANDWRITING, {"image": image()}, **{"X-Auth-Token": TOKEN})
    assert response.status_code == 200


def test_long_token(caller: Caller) -> None:
    """A token may be as long as those of the real service, and longer."""
    response = caller.post(HANDWRITING, {"image": image()}, **{"X-Auth-Token": "x" * 30_000})
    assert response.status_code == 200


@BOTH
@pytest.mark.parametrize(
    "body", [b"", b"{", b"image", b'{"image": "\xff"}', b"[" * 100_000, b'{"image": NaN}']
)
def test_not_json(caller: Caller, path: str, body: bytes) -> None:
    """A body that is not JSON is ModelArts.4105."""
    assert caller.error(path, body) == "ModelArts.4105"


@BOTH
@pytest.mark.parametrize(
    "body",
    [
        b"null",
        b"[]",
        b'"image"',
        b"{}",
        b'{"image": null}',
        b'{"image": 5}',
        b'{"image": ["x"]}',
        b'{"url": 5}',
        b'{"url": null}',
        b'{"image": "x", "url": "http://example.com/a.png"}',
        b'{"image": "x", "detect_direction": "true"}',
        b'{"image": "x", "detect_direction": 1}',
        b'{"image": "x", "detect_direction": null}',
    ],
)
def test_invalid_parameters(caller: Caller, path: str, body: bytes) -> None:
    """Parameters that break the schema are AIS.0101, before the picture is looked at."""
    assert caller.error(path, body) == "AIS.0101"


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        (HANDWRITING, {"quick_mode": "true"}),
        (HANDWRITING, {"quick_mode": 0}),
        (HANDWRITING, {"char_set": "digits"}),
        (HANDWRITING, {"char_set": ["digit"]}),
        (HANDWRITING, {"char_set": ""}),
        (WEB_IMAGE, {"extract_type": "image_size"}),
        (WEB_IMAGE, {"extract_type": ["image_colour"]}),
        (WEB_IMAGE, {"extract_type": [None]}),
    ],
)
def test_invalid_parameters_of_one_operation(caller: Caller, path: str, parameters: dict[str, Any]) -> None:
    """Each operation holds its own parameters to their types and values."""
    assert caller.error(path, {"image": image(), **parameters}) == "AIS.0101"


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        (HANDWRITING, {"unknown": [1, {"two": 3}]}),
        (HANDWRITING, {"quick_mode ": "no such parameter"}),
        (HANDWRITING, {"extract_type": "of the other operation"}),
        (WEB_IMAGE, {"char_set": "of the other operation"}),
    ],
)
def test_unknown_parameters(caller: Caller, path: str, parameters: dict[str, Any]) -> None:
    """Members that the description does not know are ignored."""
    assert caller.post(path, {"image": image(), **parameters}).status_code == 200


@BOTH
@pytest.mark.parametrize(
    "change",
    [
        lambda text: "data:image/png;base64," + text,
        lambda text: text[:76] + "\n" + text[76:],
        lambda text: " " + text,
        lambda text: text + "\n",
        lambda text: text.rstrip("=")[:-1],
        lambda text: text + "=",
        lambda text: text[:-4] + "_-_-",
        lambda text: text + "é",
        lambda text: "",
        lambda text: "not Base64!",
    ],
    ids=["data", "line break", "space", "newline", "cut", "padding", "url-safe", "accent", "empty", "words"],
)
def test_not_plain_base64(caller: Caller, path: str, change: Any) -> None:
    """What is not plain Base64 is AIS.0102: prefix, white space, wrong padding or alphabet, nothing at all."""
    assert caller.error(path, {"image": change(image())}) == "AIS.0102"


@BOTH
@pytest.mark.parametrize(
    "file",
    [
        b"plain text",
        b"%PDF-1.7\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"II*\x00" + b"\xff" * 64,
        encode(blank(32, 32), "PPM"),
        encode(blank(32, 32), "ICO"),
        encode(blank(32, 32), "TGA"),
    ],
    ids=["text", "pdf", "svg", "png magic", "jpeg magic", "tiff magic", "ppm", "ico", "tga"],
)
def test_not_a_picture(caller: Caller, path: str, file: bytes) -> None:
    """Bytes that are no picture of an allowed format are AIS.0102."""
    assert caller.error(path, {"image": base64(file)}) == "AIS.0102"


@pytest.mark.parametrize("format", ["GIF", "WEBP"])
def test_format_of_the_other_operation(caller: Caller, format: str) -> None:
    """GIF and WEBP are no formats of Handwritten Text OCR."""
    assert caller.error(HANDWRITING, {"image": image(draw(), format)}) == "AIS.0102"


@pytest.mark.parametrize(
    ("path", "size"),
    [
        (HANDWRITING, (7, 100)),
        (HANDWRITING, (100, 7)),
        (HANDWRITING, (8193, 100)),
        (HANDWRITING, (100, 8193)),
        (WEB_IMAGE, (14, 100)),
        (WEB_IMAGE, (100, 14)),
        (WEB_IMAGE, (8193, 100)),
        (WEB_IMAGE, (100, 8193)),
    ],
)
def test_size_outside_the_limits(caller: Caller, path: str, size: tuple[int, int]) -> None:
    """A side one pixel too short or too long is AIS.0103."""
    assert caller.error(path, {"image": image(blank(*size))}) == "AIS.0103"


@pytest.mark.parametrize(
    ("path", "size"),
    [
        (HANDWRITING, (8, 8)),
        (HANDWRITING, (8192, 8)),
        (HANDWRITING, (8, 8192)),
        (WEB_IMAGE, (15, 15)),
        (WEB_IMAGE, (8192, 15)),
        (WEB_IMAGE, (15, 8192)),
    ],
)
def test_size_at_the_limits(caller: Caller, path: str, size: tuple[int, int]) -> None:
    """The smallest and the longest pictures that are allowed are read."""
    assert caller.blocks(path, image=image(blank(*size))) == []


def test_bomb(caller: Caller) -> None:
    """A small file with a billion pixels is refused by its header."""
    header = b"BM" + b"\0" * 8 + (54).to_bytes(4, "little") + (40).to_bytes(4, "little")
    sides = (40_000).to_bytes(4, "little") * 2
    bomb = header + sides + b"\x01\0\x18\0" + b"\0" * 24
    assert caller.error(WEB_IMAGE, {"image": base64(bomb)}) == "AIS.0103"


@pytest.mark.parametrize("format", ["JPEG", "PNG", "TIFF"])
def test_damaged_picture(caller: Caller, format: str) -> None:
    """A picture whose header is fine and whose pixels are cut off is AIS.0104."""
    options = {"compression": "tiff_lzw"} if format == "TIFF" else {}
    file = encode(draw(size=(480, 480)), format, **options)
    cut = (
        file[:8] + file[8 : len(file) // 2]
        if format != "TIFF"
        else file.replace(file[200:600], b"\xff" * 400)
    )
    assert caller.error(HANDWRITING, {"image": base64(cut)}) == "AIS.0104"


def test_longest_picture(caller: Caller) -> None:
    """A picture whose Base64 text is exactly as long as allowed is read."""
    file = encode(blank(64, 32))
    padded = base64(file + b"\0" * (LONGEST // 4 * 3 - len(file)))
    assert len(padded) == LONGEST
    assert caller.blocks(HANDWRITING, image=padded) == []


def test_picture_too_long(caller: Caller) -> None:
    """A picture whose Base64 text is longer than allowed is ModelArts.4104, before anything else about it."""
    body = {"image": "A" * (LONGEST + 1), "quick_mode": "wrong as well"}
    assert caller.error(HANDWRITING, body) == "ModelArts.4104"


def test_body_too_long(caller: Caller) -> None:
    """A body longer than any picture is ModelArts.4104, before it is found that it is not JSON."""
    assert caller.error(HANDWRITING, b"x" * (LONGEST + 2 * 1024 * 1024)) == "ModelArts.4104"


def test_slashes_may_be_escaped(caller: Caller) -> None:
    """The longest picture is also accepted when its slashes are escaped, as some JSON writers do."""
    file = encode(blank(64, 32))
    padded = base64(file + b"\xff" * 200_000)
    body = json.dumps({"image": padded}).replace("/", "\\/").encode()
    assert caller.post(HANDWRITING, body).status_code == 200


def answer_in(connection: socket.socket) -> str:
    """Return the error code of the answer that comes by a connection."""
    response = HTTPResponse(connection)
    response.begin()
    code: str = json.loads(response.read())["error_code"]
    return code


def test_declared_length_is_enough(caller: Caller) -> None:
    """A body that is announced as too long is refused before it is sent."""
    head = f"POST {HANDWRITING} HTTP/1.1\r\nHost: x\r\nX-Auth-Token: t\r\nContent-Length: 1000000000\r\n\r\n"
    with caller.connection() as connection:
        connection.sendall(head.encode())
        assert answer_in(connection) == "ModelArts.4104"


def test_endless_body(caller: Caller) -> None:
    """A body without an end is refused as soon as it is too long."""
    head = f"POST {HANDWRITING} HTTP/1.1\r\nHost: x\r\nX-Auth-Token: t\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
    with caller.connection() as connection:
        connection.sendall(head.encode())
        for _ in range(64):
            connection.sendall(chunk)
            if select([connection], [], [], 0)[0]:
                break
        assert answer_in(connection) == "ModelArts.4104"


def test_order_of_checks(guarded: Caller) -> None:
    """With everything wrong at first, and one thing after the other put right, each check has its turn."""
    good = {"X-Auth-Token": TOKEN}
    too_long = b"{" + b" " * (LONGEST + 2 * 1024 * 1024)
    narrow, unknown = image(blank(100, 7)), image(blank(32, 32), "GIF")
    assert guarded.send("GET", HANDWRITING, content=too_long).json()["error_code"] == "APIG.0101"
    assert guarded.error(HANDWRITING, too_long) == "ModelArts.4101"
    assert guarded.error(HANDWRITING, too_long, **{"X-Auth-Token": "wrong"}) == "APIG.0301"
    assert guarded.error(HANDWRITING, too_long, **good) == "ModelArts.4104"
    assert guarded.error(HANDWRITING, b"{ ", **good) == "ModelArts.4105"
    assert guarded.error(HANDWRITING, {"image": narrow + "!", "quick_mode": "yes"}, **good) == "AIS.0101"
    assert guarded.error(HANDWRITING, {"image": narrow + "!"}, **good) == "AIS.0102"
    assert guarded.error(HANDWRITING, {"image": unknown}, **good) == "AIS.0102"
    assert guarded.error(HANDWRITING, {"image": narrow}, **good) == "AIS.0103"
    assert guarded.post(HANDWRITING, {"image": image()}, **good).status_code == 200
