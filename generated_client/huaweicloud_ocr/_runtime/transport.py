"""The one place that knows the HTTP library, with `deadlines`."""

from __future__ import annotations

import functools
import ssl
from typing import Final, TypeAlias

import anyio
import httpx

from .answers import AnswerError, Body
from .deadlines import ending_within, keep_deadlines
from .errors import (
    BrokenResponseError,
    ConfigurationError,
    ConnectionFailedError,
    TimeLimitError,
    TransportError,
)
from .messages import HttpRequest, RawResponse
from .text import one_line

HttpClient: TypeAlias = httpx.Client
AsyncHttpClient: TypeAlias = httpx.AsyncClient

_CONNECT_LIMIT: Final = 10.0
"""Seconds that connecting may take at most: a host that does not answer by then is down, however long a call may be."""

_NEVER_SENT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


def new_http_client() -> HttpClient:
    """Return a client with the library's defaults; time limits come with each request."""
    return keep_deadlines(httpx.Client(verify=certificates()))


def new_async_http_client() -> AsyncHttpClient:
    """Return an asynchronous client with the library's defaults; time limits come with each request."""
    return httpx.AsyncClient(verify=certificates())


@functools.cache
def certificates() -> ssl.SSLContext:
    """Return what decides whom to trust. Reading it takes nearly all of the time that making a client takes."""
    return httpx.create_ssl_context()


# Redirects are not followed, whatever the library's client says: a token must not travel to another address.


def send(client: HttpClient, request: HttpRequest) -> RawResponse:
    """Send a request and wait for the whole answer.

    The time limit holds for all of it with a client of `new_http_client`, with another for each wait.

    Raises:
        TransportError: There is no answer.
        ConfigurationError: The client is closed, or the address is not one.
    """
    if client.is_closed:
        raise ConfigurationError("the client is closed: make a new one, or keep the `with` block open")
    built = _build(client, request)
    try:
        with ending_within(request.time_limit):
            response = client.send(built, stream=True, follow_redirects=False)
            try:
                body = _begin(response)
                if not response.is_stream_consumed:
                    for part in response.iter_raw():
                        body.add(part)
            finally:
                response.close()
    except (httpx.HTTPError, AnswerError) as error:
        raise _wrapped(error, request) from error
    return RawResponse(
        status_code=response.status_code, headers=response.headers, content=_whole(body, request)
    )


async def send_async(client: AsyncHttpClient, request: HttpRequest) -> RawResponse:
    """Send a request and wait for the whole answer, all within the time limit.

    Raises:
        TransportError: There is no answer.
        ConfigurationError: The client is closed, or the address is not one.
    """
    if client.is_closed:
        raise ConfigurationError("the client is closed: make a new one, or keep the `async with` block open")
    built = _build(client, request)
    try:
        with anyio.move_on_after(request.time_limit):
            response = await client.send(built, stream=True, follow_redirects=False)
            try:
                body = _begin(response)
                if not response.is_stream_consumed:
                    async for part in response.aiter_raw():
                        body.add(part)
            finally:
                await response.aclose()
            return RawResponse(
                status_code=response.status_code, headers=response.headers, content=_whole(body, request)
            )
    except (httpx.HTTPError, AnswerError) as error:
        raise _wrapped(error, request) from error
    raise _too_slow(request)


def _begin(response: httpx.Response) -> Body:
    """Return where the answer's body is gathered; a transport that is no network may bring it read already."""
    if not response.is_stream_consumed:
        return Body(response.headers.get("content-encoding"))
    body = Body(None)
    body.add(response.content)
    return body


def _whole(body: Body, request: HttpRequest) -> bytes:
    try:
        return body.whole()
    except AnswerError as error:
        raise _wrapped(error, request) from error


def _build(client: HttpClient | AsyncHttpClient, request: HttpRequest) -> httpx.Request:
    limit = request.time_limit
    try:
        return client.build_request(
            request.method,
            request.url,
            headers=request.headers,
            content=request.content,
            timeout=httpx.Timeout(limit, connect=min(limit, _CONNECT_LIMIT)),
        )
    except (httpx.InvalidURL, ValueError) as error:
        raise ConfigurationError(
            f"{one_line(repr(request.address), 200)} is not an address: {one_line(str(error), 120)}"
        ) from None


def _wrapped(error: httpx.HTTPError | AnswerError, request: HttpRequest) -> TransportError:
    if isinstance(error, httpx.RequestError):
        error.request = httpx.Request(request.method, request.address)  # the one that it holds has the token
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
            if "refused" in why:
                why += "; does the service run there?"
        case _:
            pass
    sent = not isinstance(error, _NEVER_SENT)
    return kind.because(why, method=request.method, url=request.address, sent=sent)


def _too_slow(request: HttpRequest) -> TimeLimitError:
    why = f"no whole answer within {request.time_limit:g} s"
    return TimeLimitError.because(why, method=request.method, url=request.address, sent=True)
