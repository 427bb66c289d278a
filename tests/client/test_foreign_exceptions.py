"""Exceptions of the libraries below: none of them reaches the caller, and what is the caller's own does."""

from __future__ import annotations

import asyncio
import io
import ssl
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import h11
import httpcore
import httpx
import pytest

from huaweicloud_ocr import (
    AkSkAuth,
    ApiError,
    AsyncClient,
    BrokenResponseError,
    Client,
    ConfigurationError,
    InvalidDataError,
    InvalidRequestError,
    TokenAuth,
    TransportError,
)
from huaweicloud_ocr._runtime import certificates
from huaweicloud_ocr.models import HandwritingRequest

from .calling import Caller
from .service import Service, raw

URL = "https://example.com/a.jpg"


@pytest.fixture
def _fresh_certificates() -> Iterator[None]:
    """Let certificates be read anew, and again after the test."""
    certificates.certificates.cache_clear()
    yield
    certificates.certificates.cache_clear()


def _through(caller: Caller, handler: Callable[[httpx.Request], httpx.Response]) -> None:
    """Call through a transport of the caller's own."""
    kind: Any = httpx.AsyncClient if caller.asynchronous else httpx.Client
    caller.settings["http_client"] = kind(transport=httpx.MockTransport(handler))
    caller.handwriting(url=URL)


def _raising(error: BaseException) -> Callable[[httpx.Request], httpx.Response]:
    def handle(request: httpx.Request) -> httpx.Response:
        raise error

    return handle


@pytest.mark.parametrize(
    "error",
    [
        httpx.ReadError("x"),
        httpx.DecodingError("x"),
        httpx.TooManyRedirects("x"),
        httpx.InvalidURL("x"),
        httpx.StreamConsumed(),
        httpx.CookieConflict("x"),
        httpcore.RemoteProtocolError("x"),
        h11.RemoteProtocolError("x"),
        ssl.SSLError(1, "[SSL: DECRYPTION_FAILED_OR_BAD_RECORD_MAC] bad record mac"),
        ConnectionResetError(104, "Connection reset by peer"),
        EOFError("x"),
        UnicodeError("label too long"),
        zlib.error("Error -3"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_librarys_exception(caller: Caller, error: Exception) -> None:
    """Whatever a library raises on the way is a TransportError with that as its cause."""
    with pytest.raises(TransportError) as caught:
        _through(caller, _raising(error))
    assert caught.value.__cause__ is error
    assert caught.value.sent


@pytest.mark.parametrize("error", [ZeroDivisionError("mine"), KeyError("mine"), RuntimeError("mine")])
def test_an_exception_of_the_callers_own(caller: Caller, error: Exception) -> None:
    """What a transport or a hook of the caller's own raises passes unchanged."""
    with pytest.raises(type(error)) as caught:
        _through(caller, _raising(error))
    assert caught.value is error


def test_redirect_to_what_is_no_host(service: Service, caller: Caller) -> None:
    """A redirect to a name that cannot be encoded is a broken answer, though it is not followed."""
    service.plays(raw(b"HTTP/1.1 302 Found\r\nLocation: http://xn--a/\r\nContent-Length: 0\r\n\r\n"))
    with pytest.raises((BrokenResponseError, ApiError)):
        caller.handwriting(url=URL)


def test_an_event_loop_that_is_over(caller: Caller) -> None:
    """An HTTP client that belongs to an event loop which is over cannot be used, which the message says."""
    loop = asyncio.new_event_loop()
    loop.close()

    def handle(request: httpx.Request) -> httpx.Response:
        loop.call_soon(print)
        raise AssertionError

    with pytest.raises(ConfigurationError, match="Event loop is closed"):
        _through(caller, handle)


@pytest.mark.parametrize("name", ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"])
@pytest.mark.parametrize("proxy", ["ftp://user:hidden@proxy", "://", "http://user:hidden@proxy:port"])
@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_proxy_that_is_none(
    monkeypatch: pytest.MonkeyPatch, kind: Callable[..., object], name: str, proxy: str
) -> None:
    """A proxy that the environment names but nobody can use is a wrong setting, and its password stays hidden."""
    monkeypatch.delenv("no_proxy")
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.setenv(name, proxy)
    with pytest.raises(ConfigurationError, match=name) as caught:
        kind(project_id="p", auth=TokenAuth("t"))
    assert "hidden" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_socks_proxy(monkeypatch: pytest.MonkeyPatch, kind: Callable[..., object]) -> None:
    """A proxy that needs a package which is not installed is a wrong setting that says which."""
    monkeypatch.delenv("no_proxy")
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1")
    with pytest.raises(ConfigurationError, match=r"httpx\[socks\]"):
        kind(project_id="p", auth=TokenAuth("t"))


@pytest.mark.usefixtures("_fresh_certificates")
@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_certificates_that_are_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: Callable[..., object], content: bytes | None
) -> None:
    """A file of certificates that is missing or holds none is a wrong setting."""
    path = tmp_path / "certificates.pem"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with pytest.raises(ConfigurationError, match="SSL_CERT_FILE"):
        kind(project_id="p", auth=TokenAuth("t"))


@pytest.mark.parametrize(
    "endpoint",
    ["http://a..b", "http://.a", f"https://{'a' * 64}.com", f"https://{'a.' * 127}com"],
)
def test_host_that_cannot_be_looked_up(endpoint: str) -> None:
    """A name with an empty or too long part is found when the client is made."""
    with pytest.raises(ConfigurationError, match="no usable host"):
        Client(endpoint=endpoint, project_id="p", auth=TokenAuth("t"))


@pytest.mark.parametrize("endpoint", ["https://a.example.", f"https://{'a' * 63}.com", "http://[::1]:80"])
def test_host_that_can_be_looked_up(endpoint: str) -> None:
    """Names up to the limits, a dot at the end and addresses are hosts."""
    Client(endpoint=endpoint, project_id="p", auth=TokenAuth("t")).close()


@pytest.mark.parametrize(
    "headers", [5, "X-Trace: 1", b"x", ["X-Trace"], object(), {5: "x"}, {None: "x"}, {b"X": "x"}]
)
def test_headers_that_are_none(caller: Caller, headers: Any) -> None:
    """Headers of another type are refused before anything is sent."""
    with pytest.raises(InvalidRequestError, match="header"):
        caller.handwriting(url=URL, headers=headers)


@pytest.mark.parametrize("value", [5, b"key", None, ["key"], object()])
@pytest.mark.parametrize("name", ["access_key", "secret_key"])
def test_key_pairs_that_are_none(name: str, value: Any) -> None:
    """A key of another type is a wrong setting, found when the pair is given."""
    arguments: Any = {"access_key": "a", "secret_key": "s", name: value}
    with pytest.raises(ConfigurationError, match=name):
        AkSkAuth(**arguments)


def _circle() -> dict[str, Any]:
    circle: dict[str, Any] = {}
    circle["itself"] = circle
    return circle


def _deep() -> list[Any]:
    value: list[Any] = []
    for _ in range(100_000):
        value = [value]
    return value


NOT_JSON: dict[str, Any] = {
    "object": object(),
    "circle": _circle(),
    "deep": _deep(),
    "type": int,
    "large": 10**400,
}


@pytest.mark.parametrize("name", ["object", "circle", "deep", "type"])
def test_to_dict_of_what_is_no_json(name: str) -> None:
    """A model that holds what JSON cannot carry says so when it is written."""
    model = HandwritingRequest(url=NOT_JSON[name])
    with pytest.raises(InvalidDataError, match="JSON cannot carry"):
        model.to_dict()


@pytest.mark.parametrize("name", NOT_JSON)
@pytest.mark.parametrize("field", ["url", "char_set", "quick_mode", "image"])
def test_argument_that_is_no_json(caller: Caller, field: str, name: str) -> None:
    """An argument that JSON cannot carry is refused before anything is sent."""
    others = {} if field == "image" else {"url": URL}
    with pytest.raises(InvalidRequestError):
        caller.handwriting(**{**others, field: NOT_JSON[name]})


@pytest.mark.parametrize("name", NOT_JSON)
def test_from_dict_of_what_is_no_json(name: str) -> None:
    """What is no JSON does not fit a model either."""
    with pytest.raises(InvalidDataError):
        HandwritingRequest.from_dict({"url": NOT_JSON[name]})


class _Unshowable:
    """A value whose repr fails."""

    def __repr__(self) -> str:
        raise ValueError("no repr")


@pytest.mark.parametrize("field", ["image", "char_set", "quick_mode", "url"])
def test_argument_that_cannot_be_shown(caller: Caller, field: str) -> None:
    """Also a value whose repr fails is refused with a message."""
    others = {} if field == "image" else {"url": URL}
    with pytest.raises(InvalidRequestError):
        caller.handwriting(**{**others, field: _Unshowable()})


def test_file_of_the_callers_own_that_fails(caller: Caller) -> None:
    """What reading a file of the caller's own raises is the cause of an error of this package."""

    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise ZeroDivisionError("mine")

    with pytest.raises(InvalidRequestError, match="cannot read the Broken: mine") as caught:
        caller.handwriting(image=Broken(b"x"))
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
