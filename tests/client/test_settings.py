"""Settings of a client."""

from __future__ import annotations

import ssl
from typing import Any

import attrs
import httpx
import pytest

from huaweicloud_ocr import ApiError, AsyncClient, Client, ConfigurationError, InvalidRequestError, TokenAuth
from huaweicloud_ocr._runtime.certificates import certificates
from huaweicloud_ocr.client import SERVER
from huaweicloud_ocr.types import HttpRequest

from .calling import Caller
from .service import Service, answer

URL = "https://example.com/a.jpg"
AUTH = TokenAuth("token-1")
CLIENTS = pytest.mark.parametrize("client_class", [Client, AsyncClient])


@CLIENTS
def test_default_region(client_class: Any) -> None:
    """Without region and endpoint the client calls the region that the description names first."""
    assert "endpoint='https://ocr.cn-north-4.myhuaweicloud.com'" in repr(client_class(auth=AUTH))


@CLIENTS
@pytest.mark.parametrize("region", SERVER.variables["region"])
def test_region(client_class: Any, region: str) -> None:
    """A region becomes its endpoint."""
    assert f"endpoint='https://ocr.{region}.myhuaweicloud.com'" in repr(
        client_class(region=region, auth=AUTH)
    )


@CLIENTS
@pytest.mark.parametrize("region", ["cn-north-5", "", None, 4, "CN-NORTH-4", "a\x1b[31m" * 50])
def test_unknown_region(client_class: Any, region: Any) -> None:
    """An unknown region is refused with the known ones and the way to another address."""
    with pytest.raises(ConfigurationError) as caught:
        client_class(region=region, auth=AUTH)
    message = str(caught.value)
    assert message.startswith("region ")
    assert f"Known: {', '.join(SERVER.variables['region'])}. " in message
    assert message.endswith("For another address pass endpoint='https://…'.")
    assert message.isprintable()


def test_region_with_a_slip() -> None:
    """A region that looks like a known one is asked back."""
    region: Any = "cn-nort-4"
    with pytest.raises(ConfigurationError, match="Did you mean 'cn-north-4'"):
        Client(region=region, auth=AUTH)


def test_endpoint_counts_before_the_region() -> None:
    """An endpoint is called as it is, whatever the region."""
    client = Client(endpoint="http://127.0.0.1:8765", region="cn-east-3", auth=AUTH)
    assert repr(client) == "Client(endpoint='http://127.0.0.1:8765', auth=TokenAuth(<hidden>))"


@pytest.mark.parametrize(
    ("suffix", "prefix"), [("/", ""), ("//", ""), ("/gateway", "/gateway"), ("/gateway/", "/gateway")]
)
def test_path_of_the_endpoint(service: Service, caller: Caller, suffix: str, prefix: str) -> None:
    """An endpoint may end with a slash and may have a path of its own."""
    caller.settings["endpoint"] += suffix
    caller.handwriting(url=URL)
    assert service.only.target == f"{prefix}/v2/project-1/ocr/handwriting"


@CLIENTS
@pytest.mark.parametrize(
    ("endpoint", "message"),
    [
        ("ocr.example.com", "'ocr.example.com' is not an http or https address"),
        ("ftp://example.com", "is not an http or https address"),
        ("", "'' is not an http or https address"),
        (5, "5 is not an http or https address"),
        ("http://", "has no usable host or port"),
        ("http:///v2", "has no usable host or port"),
        ("http://[::1", "has no usable host or port"),
        ("http://example.com:99999", "has no usable host or port"),
        ("http://example.com:port", "has no usable host or port"),
        ("http://exa mple.com", "holds white space, or a character outside ASCII"),
        ("http://example.com\r\nX: y", "holds white space, or a character outside ASCII"),
        ("http://例え.jp", "holds white space, or a character outside ASCII"),
        ("http://example.com?a=b", "has a query or a fragment"),
        ("http://example.com/#a", "has a query or a fragment"),
    ],
)
def test_unusable_endpoint(client_class: Any, endpoint: Any, message: str) -> None:
    """An endpoint that is no address is refused when the client is made, with an example of one."""
    with pytest.raises(ConfigurationError) as caught:
        client_class(endpoint=endpoint, auth=AUTH)
    assert message in str(caught.value)
    assert str(caught.value).endswith("an endpoint is an address such as 'http://127.0.0.1:8765'")
    assert str(caught.value).isprintable()


@CLIENTS
def test_password_in_the_endpoint(client_class: Any) -> None:
    """An endpoint with a password is refused without showing it."""
    with pytest.raises(
        ConfigurationError, match="holds a user name or a password: pass `auth` instead"
    ) as caught:
        client_class(endpoint="https://user:pass-word@example.com", auth=AUTH)
    assert "pass-word" not in str(caught.value)


UNUSABLE_LIMITS = [0, -1, float("inf"), float("nan"), 86401, 10**400, None, "5", True]


@CLIENTS
@pytest.mark.parametrize("time_limit", UNUSABLE_LIMITS)
def test_unusable_time_limit(client_class: Any, time_limit: Any) -> None:
    """A time limit is a finite number of seconds above zero, not more than a day."""
    with pytest.raises(ConfigurationError, match="a number of seconds above 0 is needed, at most 86400"):
        client_class(auth=AUTH, time_limit=time_limit)


@pytest.mark.parametrize("time_limit", UNUSABLE_LIMITS)
def test_unusable_time_limit_of_a_call(service: Service, caller: Caller, time_limit: Any) -> None:
    """A call's own time limit is held to the same."""
    with pytest.raises(InvalidRequestError, match="a number of seconds above 0 is needed, at most 86400"):
        caller.handwriting(url=URL, time_limit=time_limit)
    assert not service.received


def _timeouts(**settings: Any) -> Any:
    """Return the time limits with which a call reaches the HTTP library."""
    seen: list[httpx.Request] = []
    with httpx.Client(event_hooks={"request": [seen.append]}) as http_client:
        client = Client(project_id="p", auth=AUTH, http_client=http_client, **settings)
        client.recognize_handwriting(url=URL)
    return seen[0].extensions["timeout"]


def test_default_time_limits(service: Service) -> None:
    """Without a time limit a call waits a minute, and ten seconds for the connection."""
    assert _timeouts(endpoint=service.endpoint) == {
        "connect": 10.0,
        "read": 60.0,
        "write": 60.0,
        "pool": 60.0,
    }


def test_time_limit(service: Service) -> None:
    """A time limit holds for each wait, also for the connection where it is shorter than ten seconds."""
    assert set(_timeouts(endpoint=service.endpoint, time_limit=3).values()) == {3.0}


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Trace": "a\r\nX-Evil: b"},
        {"X-Trace": "a\nb"},
        {"X-Trace": "a\0"},
        {"X-Trace": "ü"},
        {"X-Trace\r\nX-Evil": "a"},
        {"X Trace": "a"},
        {"X-Trace:": "a"},
        {"": "a"},
        {"Ünicode": "a"},
        {"X-Trace": b"a"},
    ],
)
def test_unusable_header(service: Service, caller: Caller, headers: Any) -> None:
    """Names and values that could make other headers are refused, for a call and for a client."""
    with pytest.raises(InvalidRequestError) as caught:
        caller.handwriting(url=URL, headers=headers)
    assert str(caught.value).isprintable()
    caller.settings["headers"] = headers
    with pytest.raises(ConfigurationError):
        caller.handwriting(url=URL)
    assert not service.received


def test_headers_of_the_client(service: Service, caller: Caller) -> None:
    """The client's headers go along with each call."""
    caller.settings["headers"] = {"X-Trace": "client"}
    caller.handwriting(url=URL)
    assert service.only.header("X-Trace") == "client"


def test_headers_of_a_call_replace_the_clients(service: Service, caller: Caller) -> None:
    """A call's header replaces the client's of the same name, however it is spelled."""
    caller.settings["headers"] = {"X-Trace": "client", "X-Other": "client"}
    caller.handwriting(url=URL, headers={"x-trace": "call"})
    assert (service.only.header("X-Trace"), service.only.header("X-Other")) == ("call", "client")


@pytest.mark.parametrize("name", ["User-Agent", "user-agent"])
def test_own_user_agent(service: Service, caller: Caller, name: str) -> None:
    """The name of the client can be replaced."""
    caller.settings["headers"] = {name: "mine/1"}
    caller.handwriting(url=URL)
    assert service.only.header("User-Agent") == "mine/1"


@pytest.mark.parametrize("name", ["X-Auth-Token", "x-auth-token"])
def test_headers_that_the_package_sets(service: Service, caller: Caller, name: str) -> None:
    """The token is the package's business: it comes once, as it has to be."""
    caller.handwriting(url=URL, headers={name: "other"})
    assert service.only.header("X-Auth-Token") == "token-1"
    assert service.only.header("Content-Type") == "application/json"


class OwnAuth:
    """A way to authenticate that the package does not have."""

    def authenticate(self, request: HttpRequest) -> HttpRequest:
        """Add a header."""
        return attrs.evolve(request, headers={**request.headers, "X-Own": request.method})


def test_own_authentication(service: Service, caller: Caller) -> None:
    """Anything with a method `authenticate` can authenticate."""
    caller.settings["auth"] = OwnAuth()
    caller.handwriting(url=URL)
    assert service.only.header("X-Own") == "POST"
    assert service.only.header("X-Auth-Token") is None


@CLIENTS
@pytest.mark.parametrize("auth", ["token", b"token", TokenAuth, 5])
def test_unusable_authentication(client_class: Any, auth: Any) -> None:
    """What cannot authenticate is refused by its kind, without showing it."""
    with pytest.raises(ConfigurationError) as caught:
        client_class(auth=auth)
    assert str(caught.value) == (
        f"auth is {type(auth).__name__}: pass one of the classes in `auth`, "
        "another object with a method `authenticate`, or an httpx.Auth"
    )


@pytest.mark.parametrize("token", ["", "to ken", "token\n", "ключ", "to\0ken"])
def test_unusable_token(token: str) -> None:
    """A token that HTTP cannot carry is refused without showing it."""
    with pytest.raises(ConfigurationError) as caught:
        TokenAuth(token)
    assert str(caught.value).startswith("TokenAuth: the value ")
    assert not token or token not in str(caught.value)


def test_closed_client(service: Service) -> None:
    """A closed client says so."""
    client = Client(endpoint=service.endpoint, project_id="p", auth=AUTH)
    client.close()
    client.close()
    with pytest.raises(ConfigurationError, match="the client is closed: make a new one"):
        client.recognize_handwriting(url=URL)


async def test_closed_async_client(service: Service) -> None:
    """A closed asynchronous client says so."""
    client = AsyncClient(endpoint=service.endpoint, project_id="p", auth=AUTH)
    await client.aclose()
    await client.aclose()
    with pytest.raises(ConfigurationError, match="the client is closed: make a new one"):
        await client.recognize_handwriting(url=URL)


def test_own_http_client(service: Service) -> None:
    """An HTTP client with settings of one's own makes the calls, and stays open for whoever made it."""
    with httpx.Client(headers={"X-Own": "own"}) as http_client:
        for _ in range(2):
            with Client(
                endpoint=service.endpoint, project_id="p", auth=AUTH, http_client=http_client
            ) as client:
                client.recognize_handwriting(url=URL)
        assert not http_client.is_closed
    assert [one.header("X-Own") for one in service.received] == ["own", "own"]


async def test_own_async_http_client(service: Service) -> None:
    """The same holds for the asynchronous client."""
    async with httpx.AsyncClient(headers={"X-Own": "own"}) as http_client:
        async with AsyncClient(
            endpoint=service.endpoint, project_id="p", auth=AUTH, http_client=http_client
        ) as client:
            await client.recognize_handwriting(url=URL)
        assert not http_client.is_closed
    assert service.only.header("X-Own") == "own"


def test_own_http_client_that_is_closed(service: Service) -> None:
    """An HTTP client that its owner closed is told in our words."""
    http_client = httpx.Client()
    http_client.close()
    client = Client(endpoint=service.endpoint, project_id="p", auth=AUTH, http_client=http_client)
    with pytest.raises(ConfigurationError, match="the client is closed"):
        client.recognize_handwriting(url=URL)


async def test_own_async_http_client_that_is_closed(service: Service) -> None:
    """The same holds for the asynchronous client."""
    http_client = httpx.AsyncClient()
    await http_client.aclose()
    client = AsyncClient(endpoint=service.endpoint, project_id="p", auth=AUTH, http_client=http_client)
    with pytest.raises(ConfigurationError, match="the client is closed"):
        await client.recognize_handwriting(url=URL)


def test_own_http_client_of_the_other_kind() -> None:
    """The two kinds of HTTP clients cannot be mixed up."""
    synchronous: Any = httpx.Client()
    asynchronous: Any = httpx.AsyncClient()
    with pytest.raises(ConfigurationError, match=r"http_client is AsyncClient: an httpx\.Client is needed"):
        Client(auth=AUTH, http_client=asynchronous)
    with pytest.raises(ConfigurationError, match=r"http_client is Client: an httpx\.AsyncClient is needed"):
        AsyncClient(auth=AUTH, http_client=synchronous)


def test_own_http_client_does_not_follow_redirects(service: Service) -> None:
    """Also an HTTP client that follows redirects does not carry the token to another address."""
    service.plays(answer(b"", status=307, headers={"Location": "/elsewhere"}), answer())
    with httpx.Client(follow_redirects=True) as http_client:
        client = Client(endpoint=service.endpoint, project_id="p", auth=AUTH, http_client=http_client)
        with pytest.raises(ApiError, match="307"):
            client.recognize_handwriting(url=URL)
    assert len(service.received) == 1


def test_certificates_are_checked() -> None:
    """A client checks the certificate of a server and the name in it."""
    context = certificates()
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


@pytest.mark.parametrize("observers", [len, "seen", [None], None, {1: 2}])
def test_unusable_observers(observers: Any) -> None:
    """What is no list of functions is refused when the client is made."""
    with pytest.raises(
        ConfigurationError, match=r"^observers is no list of functions: pass observers=\[function\]"
    ):
        Client(project_id="p", auth=TokenAuth("t"), observers=observers)
