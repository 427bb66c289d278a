"""Requests, answers and servers as the package sees them."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import attrs
import pytest

from huaweicloud_ocr import ConfigurationError
from huaweicloud_ocr._runtime.authentication import ApiKeyAuth
from huaweicloud_ocr._runtime.messages import Headers
from huaweicloud_ocr._runtime.server import Server
from huaweicloud_ocr.types import HttpRequest, RawResponse

COPIES = [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))]


def test_headers_in_any_case() -> None:
    """The name of a header is the same in any case."""
    headers = Headers({"X-Request-Id": "r"})
    assert headers["x-request-id"] == headers["X-REQUEST-ID"] == "r"
    assert "x-Request-id" in headers
    assert headers.get("x-other") is None


def test_headers_keep_their_spelling() -> None:
    """Names are shown as they were spelled."""
    assert dict(Headers({"X-Request-Id": "r", "accept": "a"})) == {"X-Request-Id": "r", "accept": "a"}


def test_the_later_header_counts() -> None:
    """Of two names that differ in case alone, the later one counts."""
    assert dict(Headers({"X-A": "1", "x-a": "2"})) == {"x-a": "2"}


@pytest.mark.parametrize("duplicate", COPIES)
def test_copied_headers(duplicate: Any) -> None:
    """Headers survive copying and pickling."""
    headers = duplicate(Headers({"X-A": "1"}))
    assert headers == Headers({"X-A": "1"})
    assert headers["x-a"] == "1"


@pytest.mark.parametrize("duplicate", COPIES)
def test_copied_messages(duplicate: Any) -> None:
    """Requests and answers survive copying and pickling."""
    request = HttpRequest(method="POST", url="http://h/p", headers={"A": "b"}, content=b"c", time_limit=1.0)
    response = RawResponse(status_code=200, headers={"A": "b"}, content=b"c")
    assert (duplicate(request), duplicate(response)) == (request, response)


def test_headers_of_a_changed_request() -> None:
    """A request with other headers treats them in the same way."""
    request = HttpRequest(method="POST", url="http://h/p", headers={"x-a": "1"}, content=None, time_limit=1.0)
    changed = attrs.evolve(request, headers={**request.headers, "X-A": "2"})
    assert dict(changed.headers) == {"X-A": "2"}


def test_address_without_query() -> None:
    """The address that is shown has no query, which may hold a key."""
    request = HttpRequest(method="GET", url="http://h/p?key=secret", headers={}, content=None, time_limit=1.0)
    assert (request.address, request.call) == ("http://h/p", "GET http://h/p")


class QueryKey(ApiKeyAuth):
    """A key in the query."""

    name = "the key"
    location = "query"


class CookieKey(ApiKeyAuth):
    """A key in a cookie."""

    name = "session"
    location = "cookie"


@pytest.mark.parametrize(
    ("url", "changed"),
    [("http://h/p", "http://h/p?the%20key=a%26b"), ("http://h/p?c=d", "http://h/p?c=d&the%20key=a%26b")],
)
def test_key_in_the_query(url: str, changed: str) -> None:
    """A key in the query is added to what is there, percent-encoded."""
    request = HttpRequest(method="GET", url=url, headers={}, content=None, time_limit=1.0)
    assert QueryKey("a&b").authenticate(request).url == changed


def test_key_in_a_cookie() -> None:
    """A key in a cookie goes along as one."""
    request = HttpRequest(method="GET", url="http://h/p", headers={}, content=None, time_limit=1.0)
    assert CookieKey("abc").authenticate(request).headers["Cookie"] == "session=abc"


def test_server_with_several_variables() -> None:
    """Each variable of an address is filled in; one without known values takes any."""
    server = Server("https://{name}.{region}.example.com", {"name": (), "region": ("a", "b")})
    assert server.address(name="mine", region="b") == "https://mine.b.example.com"
    with pytest.raises(ConfigurationError, match=r"region 'c' is not known\. .*Known: a, b\."):
        server.address(name="mine", region="c")


def test_server_without_variables() -> None:
    """An address without variables is what it is."""
    assert Server("https://example.com").address() == "https://example.com"
