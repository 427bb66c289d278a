"""Signatures, held against those of the operator's own package."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer
from hypothesis import given, settings, strategies as st

from huaweicloud_ocr import AkSkAuth, Base64, ConfigurationError
from huaweicloud_ocr.api.ocr import recognize_handwriting
from huaweicloud_ocr.models import HandwritingRequest
from huaweicloud_ocr.types import HttpRequest

from .calling import Caller
from .pictures import MOST_BYTES, padded
from .service import Service

ACCESS_KEY = "ACCESSKEY0123456789"
SECRET_KEY = "secret/key+of=forty~characters_0123456789"
JSON = {"Content-Type": "application/json"}
NOW = datetime.datetime(2026, 1, 2, 3, 4, 5, 999_999, tzinfo=datetime.UTC)


def _auth(security_token: str | None = None, now: datetime.datetime = NOW) -> AkSkAuth:
    return AkSkAuth(ACCESS_KEY, SECRET_KEY, security_token=security_token, now=lambda: now)


def _request(
    url: str, headers: Mapping[str, str] = JSON, *, method: str = "POST", content: bytes | None = b"{}"
) -> HttpRequest:
    return HttpRequest(method=method, url=url, headers=headers, content=content, time_limit=1.0)


def _authorization_of_the_operator(
    method: str, url: str, headers: dict[str, str], content: bytes | None
) -> str:
    """Sign a request whose time is set, with the operator's package."""
    parts = urlsplit(url)
    signed = Signer(SimpleNamespace(ak=ACCESS_KEY, sk=SECRET_KEY)).sign(
        SdkRequest(
            method=method,
            schema=parts.scheme,
            host=parts.netloc,
            resource_path=parts.path,
            query_params=list[tuple[str, object]](parse_qsl(parts.query, keep_blank_values=True)),
            header_params=dict(headers),
            body=content or b"",
        )
    )
    return str(signed.header_params["Authorization"])


def _signed_names(authorization: str) -> list[str]:
    return authorization.partition("SignedHeaders=")[2].partition(",")[0].split(";")


def _check(request: HttpRequest, auth: AkSkAuth) -> HttpRequest:
    """Sign a request and hold the signature against the operator's."""
    signed = auth.authenticate(request)
    authorization = signed.headers["Authorization"]
    covered = {name: signed.headers[name] for name in _signed_names(authorization)}
    assert authorization == _authorization_of_the_operator(signed.method, signed.url, covered, signed.content)
    return signed


ENDPOINT = "https://ocr.cn-north-4.myhuaweicloud.com"
URLS = {
    "operation": f"{ENDPOINT}/v2/0123456789abcdef/ocr/handwriting",
    "root": f"{ENDPOINT}/",
    "slash at the end": f"{ENDPOINT}/v2/",
    "port": "http://127.0.0.1:8765/v2/p/ocr/handwriting",
    "encoded space": f"{ENDPOINT}/v2/a%20b",
    "encoded slash": f"{ENDPOINT}/v2/a%2Fb/ocr",
    "encoded percent": f"{ENDPOINT}/v2/100%25",
    "Unicode": f"{ENDPOINT}/v2/%E6%89%8B%E5%86%99",
    "reserved characters": f"{ENDPOINT}/v2/a!'()*~;:@&=+$,-._",
    "query": f"{ENDPOINT}/v2/a?b=1&a=2",
    "same name twice": f"{ENDPOINT}/v2/a?b=2&b=1&a=3",
    "empty value": f"{ENDPOINT}/v2/a?b=&a=",
    "encoded query": f"{ENDPOINT}/v2/a?n%20m=x%20y%2Bz%26%3D%25~",
    "Unicode in the query": f"{ENDPOINT}/v2/a?%E5%86%99=%E6%89%8B",
    "dots": f"{ENDPOINT}/v2/./a/../b",
    "several slashes": f"{ENDPOINT}//v2///a//",
    "encoded dots": f"{ENDPOINT}/v2/%2e%2e/a",
    "lower case of an escape": f"{ENDPOINT}/v2/a%2fb%e6%89%8b",
    "plus in the path": f"{ENDPOINT}/v2/a+b%2Bc",
    "semicolon and equals": f"{ENDPOINT}/v2/a;b=c;d,e",
    "controls": f"{ENDPOINT}/v2/%00%0A%7F",
    "emoji": f"{ENDPOINT}/v2/%F0%9F%96%8B",
    "IPv6": "http://[::1]:8765/v2/a",
    "usual port": f"{ENDPOINT}:443/v2/a",
    "other port": f"{ENDPOINT}:8443/v2/a?b=1",
    "name without a value": f"{ENDPOINT}/v2/a?b",
    "empty name": f"{ENDPOINT}/v2/a?=1",
    "empty query": f"{ENDPOINT}/v2/a?",
    "same pair twice": f"{ENDPOINT}/v2/a?b=1&b=1&b=",
    "order of bytes": f"{ENDPOINT}/v2/a?b=1&B=2&%E5%86%99=3&~=4&_=5&-=6&.=7&0=8",
    "order of values": f"{ENDPOINT}/v2/a?b=a%20b&b=a%21b&b=a&b=A&b=%E5",
    "plus in the query": f"{ENDPOINT}/v2/a?b=c+d&e=f%2Bg",
    "equals in a value": f"{ENDPOINT}/v2/a?b=c=d",
}


@pytest.mark.parametrize("name", URLS)
def test_addresses(name: str) -> None:
    """Path and query are signed in the operator's canonical form."""
    _check(_request(URLS[name]), _auth())


def test_address_without_a_path() -> None:
    """An address without a path is signed as its root, which is what is sent."""
    without, root = (_auth().authenticate(_request(url)) for url in (ENDPOINT, URLS["root"]))
    assert without.headers["Authorization"] == root.headers["Authorization"]


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH"])
def test_methods(method: str) -> None:
    """The method is signed."""
    _check(_request(URLS["operation"], method=method, content=None), _auth())


CONTENTS = {
    "none": None,
    "empty": b"",
    "object": b'{"url":"https://example.com/a.jpg"}',
    "Unicode": '{"words":"手写"}'.encode(),
    "bytes": bytes(range(256)),
    "7 MB": bytes(range(256)) * 28_672,
    "large": b"x" * 10 * 1024 * 1024,
}


@pytest.mark.parametrize("name", CONTENTS)
def test_bodies(name: str) -> None:
    """The body is signed, whatever is in it and also when there is none."""
    _check(_request(URLS["operation"], content=CONTENTS[name]), _auth())


def test_temporary_keys() -> None:
    """The token of a temporary key pair goes along and is signed."""
    signed = _check(_request(URLS["operation"]), _auth("token/of+temporary=keys"))
    assert signed.headers["X-Security-Token"] == "token/of+temporary=keys"
    assert "x-security-token" in _signed_names(signed.headers["Authorization"])


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Project-Id": "p"},
        {"X-Trace": "  padded value  "},
        {"x-lower": "a", "X-Upper": "b"},
        {"Content-Type": "application/json; charset=utf-8"},
        {"X-Trace": "two  words\tand a tab"},
        {"X-Empty": ""},
        {"X-Empty": "   "},
        {"X-B": "1", "X-A": "2", "X-a-b": "3", "X-A0": "4"},
        {"X-Colon": "a:b;c,d=e"},
    ],
)
def test_headers(headers: dict[str, str]) -> None:
    """Headers of the service and the content type are signed."""
    signed = _check(_request(URLS["operation"], headers), _auth())
    assert {name.lower() for name in headers} <= set(_signed_names(signed.headers["Authorization"]))


@pytest.mark.parametrize("name", ["User-Agent", "Accept", "Traceparent", "X-with_underscore"])
def test_headers_that_may_change_on_the_way(name: str) -> None:
    """Headers that a proxy or a gateway may rewrite or drop are not signed."""
    signed = _auth().authenticate(_request(URLS["operation"], {name: "a"}))
    assert _signed_names(signed.headers["Authorization"]) == ["host", "x-sdk-date"]


@pytest.mark.parametrize(
    "now",
    [NOW, NOW.astimezone(datetime.timezone(datetime.timedelta(hours=8))), NOW.replace(microsecond=0)],
    ids=["UTC", "Beijing", "full second"],
)
def test_time(now: datetime.datetime) -> None:
    """The time is sent in UTC, wherever the clock stands."""
    signed = _check(_request(URLS["operation"]), _auth(now=now))
    assert signed.headers["X-Sdk-Date"] == "20260102T030405Z"


def test_clock_of_the_machine() -> None:
    """Without a clock of one's own, the time is now."""
    signed = AkSkAuth(ACCESS_KEY, SECRET_KEY).authenticate(_request(URLS["operation"]))
    sent = datetime.datetime.strptime(signed.headers["X-Sdk-Date"] + "+0000", "%Y%m%dT%H%M%SZ%z")
    assert abs(datetime.datetime.now(datetime.UTC) - sent) < datetime.timedelta(minutes=1)


TEXTS = st.text(st.characters(codec="utf-8"), max_size=5)
HEADER_NAMES = st.from_regex(r"[Xx]-[A-Za-z0-9-]{1,8}", fullmatch=True)
HEADER_VALUES = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=8)


@settings(max_examples=150, deadline=None)
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "post"]),
    port=st.none() | st.integers(1, 65535),
    segments=st.lists(TEXTS, min_size=1, max_size=3),
    query=st.lists(st.tuples(TEXTS, TEXTS), max_size=4),
    headers=st.dictionaries(HEADER_NAMES, HEADER_VALUES, max_size=3),
    content=st.none() | st.binary(max_size=30),
    security_token=st.none() | st.from_regex(r"[!-~]{1,20}", fullmatch=True),
)
def test_any_request(
    method: str,
    port: int | None,
    segments: list[str],
    query: list[tuple[str, str]],
    headers: dict[str, str],
    content: bytes | None,
    security_token: str | None,
) -> None:
    """Whatever is in method, address, headers and body is signed as the operator does, also with temporary keys."""
    host = ENDPOINT if port is None else f"{ENDPOINT}:{port}"
    path = "".join(f"/{quote(segment, safe='')}" for segment in segments)
    text = urlencode(query, quote_via=quote)
    unlike = {name.lower(): name for name in headers if name.lower() not in _SET_BY_US}
    sent = {name: headers[name] for name in unlike.values()}
    _check(
        _request(f"{host}{path}?{text}".rstrip("?"), {**JSON, **sent}, method=method, content=content),
        _auth(security_token),
    )


_SET_BY_US = {"x-sdk-date", "x-security-token"}


@pytest.mark.parametrize("security_token", [None, "temporary-token"])
def test_signature_of_what_arrives(service: Service, caller: Caller, security_token: str | None) -> None:
    """What arrives at the server is just what was signed."""
    caller.settings.update(auth=_auth(security_token), project_id="p/q ü")
    caller.handwriting(url="https://example.com/a.jpg", char_set="digit", headers={"X-Trace": "t"})
    received = service.only
    authorization = received.header("Authorization") or ""
    covered = {name: received.header(name) or "" for name in _signed_names(authorization)}
    assert "content-type" in covered
    assert "x-trace" in covered
    assert authorization == _authorization_of_the_operator(
        received.method, service.endpoint + received.target, covered, received.body
    )
    assert received.header("X-Security-Token") == security_token
    assert received.header("X-Auth-Token") is None


def test_signature_of_the_largest_image(service: Service, caller: Caller) -> None:
    """The largest image is signed as it is sent."""
    caller.settings["auth"] = _auth()
    caller.plain(recognize_handwriting, body=HandwritingRequest(image=Base64.from_file(padded(MOST_BYTES))))
    received = service.only
    authorization = received.header("Authorization") or ""
    covered = {name: received.header(name) or "" for name in _signed_names(authorization)}
    assert authorization == _authorization_of_the_operator(
        received.method, service.endpoint + received.target, covered, received.body
    )


def test_the_clock_is_read_for_each_call(service: Service, caller: Caller) -> None:
    """Each call is signed with the time at which it is made."""
    times = iter([NOW, NOW + datetime.timedelta(seconds=1)])
    caller.settings["auth"] = AkSkAuth(ACCESS_KEY, SECRET_KEY, now=lambda: next(times))
    caller.handwriting(url="https://example.com/a.jpg")
    caller.handwriting(url="https://example.com/a.jpg")
    assert [one.header("X-Sdk-Date") for one in service.received] == ["20260102T030405Z", "20260102T030406Z"]


@pytest.mark.parametrize("value", ["", "a b", "a\r\nX: y", "ключ", "a\0"])
@pytest.mark.parametrize("name", ["access_key", "secret_key", "security_token"])
def test_unusable_keys(name: str, value: str) -> None:
    """A key with characters that cannot be one is refused by its name, without showing it."""
    keys: dict[str, Any] = {"access_key": ACCESS_KEY, "secret_key": SECRET_KEY, name: value}
    with pytest.raises(ConfigurationError) as caught:
        AkSkAuth(**keys)
    assert str(caught.value) == (
        f"AkSkAuth: {name} is empty, or holds a space, a line break or a character outside ASCII"
    )
