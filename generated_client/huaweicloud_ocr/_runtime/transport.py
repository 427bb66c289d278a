"""The one place that knows the HTTP library, with `deadlines`."""

from __future__ import annotations

import functools
from collections.abc import AsyncIterable, AsyncIterator, Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, TypeAlias, cast

import anyio
import httpx

from .answers import AnswerError, Body
from .certificates import for_endpoint
from .deadlines import ending_within, keep_deadlines
from .errors import (
    BrokenResponseError,
    ConfigurationError,
    ConnectionFailedError,
    TimeLimitError,
    TransportError,
)
from .foreign import is_foreign
from .messages import HttpRequest, RawResponse
from .pools import keep_tidy, release, spoilt_connection
from .text import one_line
from .unset import UNSET, Unset

HttpClient: TypeAlias = httpx.Client
AsyncHttpClient: TypeAlias = httpx.AsyncClient
HttpAuth: TypeAlias = httpx.Auth | Callable[[httpx.Request], httpx.Request]
"""A way to authenticate of the library's own, or a function that adds the proof to one of its requests."""

_CONNECT_LIMIT: Final = 10.0
"""Seconds that connecting may take at most: a host that does not answer by then is down, however long a call may be."""

_CLOSED: Final = "the client is closed: make a new one, or keep its `with` block open"

_NEVER_SENT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


class _OwnClient(httpx.Client):
    """Passes requests to the connections as they are.

    What `send` does beyond that, with cookies, redirects, hooks and headers of its own, takes as long as a third of a
    small call, and nothing of it is wanted here.
    """

    def carry(self, request: httpx.Request) -> httpx.Response:
        return self._transport_for_url(request.url).handle_request(request)


class _OwnAsyncClient(httpx.AsyncClient):
    """The same, to be awaited."""

    async def carry(self, request: httpx.Request) -> httpx.Response:
        return await self._transport_for_url(request.url).handle_async_request(request)


def new_http_client(endpoint: str) -> HttpClient:
    """Return a client for an address, with the library's defaults; time limits come with each request.

    Raises:
        ConfigurationError: What the environment says of proxies or certificates is not usable.
    """
    verify = for_endpoint(endpoint)
    with _usable_proxies():
        return keep_deadlines(_OwnClient(verify=verify))


def new_async_http_client(endpoint: str) -> AsyncHttpClient:
    """Return an asynchronous client for an address, with the library's defaults; time limits come with each request.

    Raises:
        ConfigurationError: What the environment says of proxies or certificates is not usable.
    """
    verify = for_endpoint(endpoint)
    with _usable_proxies():
        return keep_tidy(_OwnAsyncClient(verify=verify))


@contextmanager
def _usable_proxies() -> Generator[None, None, None]:
    variables = "HTTP_PROXY, HTTPS_PROXY or ALL_PROXY"
    try:
        yield
    except ImportError as error:
        raise ConfigurationError(
            f"{variables} names a SOCKS proxy, which needs another package: install httpx[socks]"
        ) from error
    except (httpx.InvalidURL, ValueError):
        # The reason is left out, as is the cause: both may show the password of the proxy.
        raise ConfigurationError(
            f"{variables} has no address of a proxy, such as http://127.0.0.1:3128"
        ) from None


# Redirects are not followed, whatever the library's client says: a token must not travel to another address.


def send(client: HttpClient, request: HttpRequest, *, auth: HttpAuth | Unset | None = UNSET) -> RawResponse:
    """Send a request and wait for the whole answer.

    The time limit holds for all of it with a client of `new_http_client`, with another for each wait.

    Args:
        client: The library's client.
        request: What is sent.
        auth: How the library authenticates it: None for not at all, absent for the client's own way.

    Raises:
        TransportError: There is no answer.
        ConfigurationError: The client is closed, or the address is not one.
    """
    if client.is_closed:
        raise ConfigurationError(_CLOSED)
    built = _build(client, request)
    try:
        with ending_within(request.time_limit):
            if isinstance(client, _OwnClient) and not auth:
                response = client.carry(built)
            else:
                response = client.send(built, stream=True, auth=_auth(auth), follow_redirects=False)
            try:
                body = _begin(response)
                if not response.is_stream_consumed:
                    for part in cast("Iterable[bytes]", response.stream):
                        body.add(part)
            finally:
                response.close()
            if connection := spoilt_connection(response):
                connection.close()
            return _raw(response, body)
    except Exception as error:
        if not (isinstance(error, AnswerError) or is_foreign(error)):
            raise
        raise _wrapped(error, request, is_closed=client.is_closed) from error


async def send_async(
    client: AsyncHttpClient, request: HttpRequest, *, auth: HttpAuth | Unset | None = UNSET
) -> RawResponse:
    """Send a request and wait for the whole answer, all within the time limit; its arguments are those of `send`.

    Raises:
        TransportError: There is no answer.
        ConfigurationError: The client is closed, or the address is not one.
    """
    if client.is_closed:
        raise ConfigurationError(_CLOSED)
    built = _build(client, request)
    try:
        with anyio.move_on_after(request.time_limit):
            if isinstance(client, _OwnAsyncClient) and not auth:
                response = await client.carry(built)
            else:
                response = await client.send(built, stream=True, auth=_auth(auth), follow_redirects=False)
            try:
                body = _begin(response)
                if not response.is_stream_consumed:
                    async for part in cast("AsyncIterable[bytes]", response.stream):
                        body.add(part)
            finally:
                await response.aclose()
            if connection := spoilt_connection(response):
                await connection.aclose()
            return _raw(response, body)
    except Exception as error:
        if not (isinstance(error, AnswerError) or is_foreign(error)):
            raise
        raise _wrapped(error, request, is_closed=client.is_closed) from error
    except BaseException:
        await release(client, built)
        raise
    await release(client, built)
    raise _too_slow(request)


def _begin(response: httpx.Response) -> Body:
    """Return where the answer's body is gathered; a transport that is no network may bring it read already."""
    if not response.is_stream_consumed:
        return Body(response.headers.get("content-encoding"))
    body = Body(None)
    body.add(response.content)
    return body


def _raw(response: httpx.Response, body: Body) -> RawResponse:
    return RawResponse(status_code=response.status_code, headers=response.headers, content=body.whole())


def _auth(auth: HttpAuth | Unset | None) -> Any:
    return httpx.USE_CLIENT_DEFAULT if auth is UNSET else auth


def _build(client: HttpClient | AsyncHttpClient, request: HttpRequest) -> httpx.Request:
    limit = request.time_limit
    timeout = {"connect": min(limit, _CONNECT_LIMIT), "read": limit, "write": limit, "pool": limit}
    try:
        if isinstance(client, (_OwnClient, _OwnAsyncClient)):
            return _own_request(request, timeout)
        return client.build_request(
            request.method,
            request.url,
            headers=request.headers,
            content=request.content,
            extensions={"timeout": timeout},
        )
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise ConfigurationError(
            f"{one_line(repr(request.address), 200)} is not an address: {one_line(str(error), 120)}"
        ) from None


def _own_request(request: HttpRequest, timeout: Mapping[str, float]) -> httpx.Request:
    # An address with a query may hold a key, which is not to stay in memory.
    url = httpx.URL(request.url) if "?" in request.url else _url(request.url)
    headers = list(request.headers.items())
    parts = request.parts
    is_whole = parts is None or len(parts) == 1
    if parts and not is_whole:
        headers.append(("Content-Length", str(sum(map(len, parts)))))
    content = request.content if is_whole else None
    built = httpx.Request(
        request.method, url, headers=headers, content=content, extensions={"timeout": timeout}
    )
    if parts and not is_whole:
        built.stream = _Parts(parts)
    return built


class _Parts(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body in parts, which can be sent again."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = parts

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._parts)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self._parts:
            yield part


@functools.lru_cache(maxsize=64)
def _url(text: str) -> httpx.URL:
    return httpx.URL(text)


def _is_refused(error: Any) -> bool:
    """Whether nobody listens, which some say in the cause of their cause only, for each address of a host."""
    while error is not None and not isinstance(error, ConnectionRefusedError):
        if parts := getattr(error, "exceptions", ()):
            return any(map(_is_refused, parts))
        error = error.__cause__ or error.__context__
    return error is not None


def _wrapped(
    error: Exception, request: HttpRequest, *, is_closed: bool
) -> TransportError | ConfigurationError:
    if isinstance(error, httpx.HTTPError):
        error.request = httpx.Request(request.method, request.address)  # the one that it holds has the token
    if isinstance(error, RuntimeError) and not isinstance(error, httpx.StreamError):
        why = one_line(str(error), 120)
        return ConfigurationError(_CLOSED if is_closed else f"the HTTP client cannot be used here: {why}")
    kind: type[TransportError] = BrokenResponseError
    why = str(error)
    match error:
        case httpx.ConnectTimeout():
            kind, why = TimeLimitError, f"no connection within {min(request.time_limit, _CONNECT_LIMIT):g} s"
        case httpx.PoolTimeout():
            kind, why = TimeLimitError, f"no free connection within {request.time_limit:g} s"
        case httpx.TimeoutException():
            return _too_slow(request)
        case httpx.ConnectError() | httpx.ProxyError() | httpx.UnsupportedProtocol():
            kind = ConnectionFailedError
            if _is_refused(error):
                why = f"{why if 'refused' in why else 'Connection refused'}; does the service run there?"
        case _:
            pass
    sent = not isinstance(error, _NEVER_SENT)
    return kind.because(why, method=request.method, url=request.address, sent=sent)


def _too_slow(request: HttpRequest) -> TimeLimitError:
    why = f"no whole answer within {request.time_limit:g} s"
    return TimeLimitError.because(why, method=request.method, url=request.address, sent=True)
