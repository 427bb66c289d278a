"""Calls without an answer."""

from __future__ import annotations

import socket

import httpx
import pytest

from huaweicloud_ocr import (
    BrokenResponseError,
    Client,
    ConnectionFailedError,
    OcrError,
    TimeLimitError,
    TokenAuth,
    TransportError,
)

from .calling import Caller
from .service import Service, drip, raw, silence

URL = "https://example.com/a.jpg"


def _failure(caller: Caller) -> TransportError:
    with pytest.raises(TransportError) as caught:
        caller.handwriting(url=URL)
    return caught.value


def _unused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_refused_connection(caller: Caller) -> None:
    """Nobody listening is a failed connection."""
    caller.settings["endpoint"] = f"http://127.0.0.1:{_unused_port()}"
    error = _failure(caller)
    assert type(error) is ConnectionFailedError
    assert str(error).startswith("No connection: ")
    assert str(error).endswith(f"(POST {caller.settings['endpoint']}/v2/project-1/ocr/handwriting)")


def test_server_without_tls(service: Service, caller: Caller) -> None:
    """A server that does not speak TLS is a failed connection."""
    service.plays(raw(b""))
    caller.settings["endpoint"] = service.endpoint.replace("http:", "https:")
    assert type(_failure(caller)) is ConnectionFailedError


def test_no_answer_within_the_time_limit(service: Service, caller: Caller) -> None:
    """A service that says nothing is given up after the time limit."""
    service.plays(silence)
    caller.settings["time_limit"] = 0.05
    error = _failure(caller)
    assert type(error) is TimeLimitError
    assert str(error).startswith(
        "The time limit ran out: no whole answer within 0.05 s (POST http://127.0.0.1:"
    )


def test_time_limit_of_a_call(service: Service, caller: Caller) -> None:
    """A call's own time limit counts before the client's."""
    service.plays(silence)
    with pytest.raises(TimeLimitError, match=r"0\.05 s"):
        caller.handwriting(url=URL, time_limit=0.05)


def test_silence_in_the_middle(service: Service, caller: Caller) -> None:
    """An answer that stops in the middle is given up as well."""
    service.plays(drip(b"{}" * 5, pause=10, pieces=2))
    caller.settings["time_limit"] = 0.05
    assert type(_failure(caller)) is TimeLimitError


def test_slow_answer(service: Service, caller: Caller) -> None:
    """The time limit holds for the whole attempt: an answer that keeps coming does not keep a call alive."""
    service.plays(drip(b'{"result": {"words_block_count": 0, "words_block_list": []}}', pause=0.1, pieces=60))
    caller.settings["time_limit"] = 0.3
    assert type(_failure(caller)) is TimeLimitError


BROKEN = {
    "no answer": b"",
    "half a body": b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"result"',
    "half a header": b"HTTP/1.1 200 OK\r\nContent-Le",
    "broken chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
    "missing last chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
    "broken compression": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
    "another protocol": b"220 ftp.example.com ready\r\n",
    "illegal header": b"HTTP/1.1 200 OK\r\nbad header\x1b[31m: \0\r\n\r\n",
    "illegal length": b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
    "endless header": b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000,
}


@pytest.mark.parametrize("data", BROKEN)
def test_broken_answer(service: Service, caller: Caller, data: str) -> None:
    """An answer that breaks off, or is not HTTP, is a broken one."""
    service.plays(raw(BROKEN[data]))
    error = _failure(caller)
    assert type(error) is BrokenResponseError
    assert str(error).startswith("The answer broke off")
    assert str(error).isprintable()


def test_cause_and_attributes(service: Service, caller: Caller) -> None:
    """The library's exception is the cause of ours, and ours tells the call."""
    service.plays(raw(b""))
    error = _failure(caller)
    assert isinstance(error, OcrError)
    assert isinstance(error.__cause__, httpx.HTTPError)
    assert (error.method, error.url) == ("POST", f"{service.endpoint}/v2/project-1/ocr/handwriting")


def test_a_client_goes_on_after_a_failure(service: Service) -> None:
    """A failed call does not break the client."""
    script = service.script.copy()
    service.plays(raw(b""), *script)
    with Client(endpoint=service.endpoint, project_id="p", auth=TokenAuth("t")) as client:
        with pytest.raises(BrokenResponseError):
            client.recognize_handwriting(url=URL)
        assert client.recognize_handwriting(url=URL).result.words_block_count == 1


@pytest.mark.parametrize("kind", [ConnectionFailedError, TimeLimitError, BrokenResponseError])
def test_kinds(kind: type[TransportError]) -> None:
    """All are transport errors, so that one `except` is enough."""
    assert issubclass(kind, TransportError)
    assert issubclass(kind, OcrError)
