"""Requests made to harm: each ends with a documented error, in bounded memory and time, and the next is served."""

from __future__ import annotations

import re
import select
import socket
import time
from contextlib import ExitStack, suppress

import pytest

from huaweicloud_ocr_emulator.recognition import Recogniser
from huaweicloud_ocr_emulator.settings import Settings

from .caller import WEB_IMAGE
from .conftest import serving
from .process import Process

MOST = 10 * 1024 * 1024
"""Bytes in which most attacks come: nearly the longest body."""

HEAD = f"POST {WEB_IMAGE} HTTP/1.1\r\nHost: x\r\nX-Auth-Token: t\r\n".encode()
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
BODY = b'{"url":"file:///x"}'


def _filled(start: bytes, piece: bytes, end: bytes = b"") -> bytes:
    return start + piece * ((MOST - len(start) - len(end)) // len(piece)) + end


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param(_filled(b"", b"["), "ModelArts.4105", id="brackets"),
        pytest.param(_filled(b"", b'{"a":'), "ModelArts.4105", id="deep objects"),
        pytest.param(_filled(b'{"a":', b"["), "ModelArts.4105", id="deep in an unknown member"),
        pytest.param(_filled(b"[", b"[],", b"1]"), "AIS.0101", id="millions of lists"),
        pytest.param(_filled(b'{"a":[', b'{"":1},', b"1]}"), "AIS.0101", id="millions of unknown objects"),
        pytest.param(
            _filled(b'{"extract_type":[', b'"",', b'""]}'), "AIS.0101", id="millions of wrong values"
        ),
        pytest.param(_filled(b'{"url":', b"1", b"}"), "AIS.0101", id="an endless number"),
        pytest.param(_filled(b'{"detect_direction":1.', b"1", b"}"), "AIS.0101", id="an endless fraction"),
        pytest.param(b'{"detect_direction":1e999999999999}', "ModelArts.4105", id="a huge exponent"),
        pytest.param(
            _filled(b"{", b'"url":"a",', b'"url":"a"}'), "ModelArts.4601", id="one name a million times"
        ),
        pytest.param(
            b"{%s}" % b",".join(b'"%x":1' % n for n in range(100_000)),
            "AIS.0101",
            id="100,000 unknown members",
        ),
        pytest.param(_filled(b'{"url":"', b"../", b'"}'), "ModelArts.4601", id="an endless URL"),
        pytest.param(_filled(b'{"image":"', "😀".encode(), b'"}'), "AIS.0102", id="wide characters"),
        pytest.param(_filled(b'{"image":"', b"\\u0041", b'"}'), "AIS.0102", id="escaped characters"),
        pytest.param(_filled(b"", b" "), "ModelArts.4105", id="white space"),
        pytest.param(b'{"image":"\\ud800"}', "ModelArts.4105", id="half a surrogate pair"),
        pytest.param(b'{"a":"\xff"}', "ModelArts.4105", id="no UTF-8, where it does not matter"),
        pytest.param(b'{"url":"\\u0000"}', "ModelArts.4601", id="a NUL"),
        pytest.param(b"\xef\xbb\xbf{}", "ModelArts.4105", id="a byte order mark"),
        pytest.param('{"url":"x"}'.encode("utf-16"), "ModelArts.4105", id="UTF-16"),
        pytest.param(b'{"detect_direction":NaN}', "ModelArts.4105", id="no number"),
        pytest.param(b"[1", "ModelArts.4105", id="half a list"),
    ],
)
def test_body(process: Process, body: bytes, code: str) -> None:
    """A body made to harm is refused in a second and in little more memory than it takes itself."""
    began = time.monotonic()
    with process.within(megabytes=100):
        assert process.error(WEB_IMAGE, body) == code
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (HEAD + b"Connection: close\r\nContent-Length: 5\r\n\r\n" + BODY, "ModelArts.4105"),
        (HEAD + b"Content-Length: -1\r\n\r\n" + BODY, "ModelArts.4202"),
        (HEAD + b"Content-Length: " + b"9" * 10_000 + b"\r\n\r\n", "ModelArts.4202"),
        (HEAD + b"Content-Length: 19\r\nContent-Length: 18\r\n\r\n" + BODY, "ModelArts.4202"),
        (
            HEAD
            + b"Connection: close\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n13\r\n"
            + BODY
            + b"\r\n0\r\n\r\n",
            "ModelArts.4601",
        ),
        (HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "ModelArts.4202"),
        (CHUNKED + b"13;" + b"a" * 1_000_000, "ModelArts.4202"),
        (CHUNKED + b"0" * 1_000_000, "ModelArts.4202"),
        (CHUNKED + b"-5\r\n", "ModelArts.4202"),
        (CHUNKED + b"5\r\nabcdeXX\r\n", "ModelArts.4202"),
        (CHUNKED + b"0\r\n" + b"a: b\r\n" * 200_000, "ModelArts.4202"),
        (CHUNKED + b"1\r\nx\r\n" * 100_000, "ModelArts.4104"),
        (HEAD + b"a: b\r\n" * 200_000, "ModelArts.4202"),
        (b"POST /" + b"a" * 1_000_000, "ModelArts.4202"),
        (b"POST /\0 HTTP/1.1\r\nHost: x\r\n\r\n", "ModelArts.4202"),
        (HEAD.replace(b"1.1", b"1.0") + b"Content-Length: 19\r\n\r\n" + BODY, "ModelArts.4601"),
        (HEAD.replace(b"Host: x\r\n", b"") + b"Content-Length: 0\r\n\r\n", "ModelArts.4202"),
        (HEAD + b"Host: y\r\nContent-Length: 0\r\n\r\n", "ModelArts.4202"),
        (b"GET /\r\n\r\n", "ModelArts.4202"),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", "ModelArts.4202"),
        (b"CONNECT a:1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "APIG.0101"),
        (b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "APIG.0101"),
        (HEAD.replace(b"POST", b"BREW") + b"Connection: close\r\n\r\n", "APIG.0101"),
        (
            HEAD.replace(b"some-project", b"%zz%ff%00") + b"Connection: close\r\nContent-Length: 2\r\n\r\n{}",
            "AIS.0101",
        ),
        (HEAD + b"Expect: 100-continue\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}", "AIS.0101"),
        (
            HEAD.replace(b"POST", b"GET")
            + b"Connection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            "APIG.0101",
        ),
        ((HEAD + b"Content-Length: 19\r\n\r\n" + BODY) * 100 + b"BAD\r\n\r\n", "ModelArts.4202"),
    ],
    ids=lambda value: value[-40:].hex() if isinstance(value, bytes) else value,
)
def test_http(process: Process, sent: bytes, code: str) -> None:
    """What is no proper HTTP, has no end or lies about its length ends with a documented error."""
    with process.within(megabytes=60), process.connection() as connection:
        answer = _exchange(connection, sent)
        codes = re.findall(rb'"error_code":"([^"]+)"', answer)
        assert codes[-1].decode() == code
        assert re.search(rb"HTTP/1\.1 (\d+)", answer)


@pytest.mark.parametrize("method", ["HEAD", "POST"])
def test_broken_chunk(recogniser: Recogniser, method: str, caplog: pytest.LogCaptureFixture) -> None:
    """A request that turns out to be no HTTP in its midst is one call: one answer, one line and one figure."""
    caplog.set_level("INFO")
    sent = CHUNKED.replace(b"POST", method.encode()) + b"ZZZ\r\n"
    with serving(recogniser) as caller:
        with caller.connection() as connection:
            connection.sendall(sent)
            answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
        figures = [
            line
            for line in caller.send("GET", "/metrics").text.splitlines()
            if line.startswith("ocr_emulator_calls_total") and 'operation="metrics"' not in line
        ]
    assert answer.startswith("HTTP/1.1 400 ")
    assert ('"error_code":"ModelArts.4202"' in answer) == (method == "POST")
    (line,) = [record.getMessage() for record in caplog.records if "ModelArts" in record.getMessage()]
    assert line.partition(":")[0] in answer
    assert "ModelArts.4202" in line
    (figure,) = figures
    assert 'code="ModelArts.4202"' in figure
    assert figure.endswith(" 1.0")


def test_many_idle_connections(process: Process) -> None:
    """Of 900 silent connections 800 are kept for a while, the others are refused, and all end by themselves."""
    with process.within(megabytes=60), ExitStack() as stack:
        opened = [stack.enter_context(process.connection()) for _ in range(900)]
        ends = [_exchange(connection, b"") for connection in opened]
        refused = [end for end in ends if b"ModelArts.4401" in end]
        assert 80 <= len(refused) <= 120
        assert all(end == b"" for end in ends if end not in refused)


def test_room_for_bodies(recogniser: Recogniser) -> None:
    """A body for which there is no room beside the others is ModelArts.4401, and there is as soon as they are gone."""
    started = _filled(b'{"url":"', b"a")
    with serving(recogniser, Settings(held_megabytes=32)) as caller:
        with ExitStack() as stack:
            opened = [stack.enter_context(caller.connection()) for _ in range(4)]
            for connection in opened:
                _send(connection, HEAD + b"Content-Length: 11000000\r\n\r\n" + started)
            # Whose it is that does not fit depends on how they arrive.
            answered, _, _ = select.select(opened, [], [], 10)
            assert b"ModelArts.4401" in _exchange(answered[0], b"")
        assert caller.error(WEB_IMAGE, started + b'"}') == "ModelArts.4601"


def _exchange(connection: socket.socket, sent: bytes) -> bytes:
    """Send something, and return all that is answered until the connection ends."""
    connection.settimeout(20)
    _send(connection, sent)
    answer = b""
    try:
        while received := connection.recv(65536):
            answer += received
    except ConnectionError:
        pass  # it did not wait for the rest of what is sent
    return answer


def _send(connection: socket.socket, sent: bytes) -> None:
    with suppress(ConnectionError):  # it does not listen any more
        connection.sendall(sent)
