"""The one place that knows the HTTP library."""

from __future__ import annotations

import functools
import ssl
from typing import Final, TypeAlias

import httpx

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


def new_http_client() -> HttpClient:
    """Return a client with the library's defaults; time limits come with each request."""
    return httpx.Client(verify=certificates())


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

    Raises:
        TransportError: There is no answer.
        ConfigurationError: The client is closed, or the address is not one.
    """
    if client.is_closed:
        raise ConfigurationError("the client is closed: make a new one, or keep the `with` block open")
    try:
        return _raw(client.send(_build(client, request), follow_redirects=False))
    except httpx.HTTPError as error:
        raise _wrapped(error, request) from error


async def send_async(client: AsyncHttpClient, request: HttpRequest) -> RawResponse:
    """Send a request and wait for the whole answer.

    Raises:
        TransportError: There is no answer.
        ConfigurationError: The client is closed, or the address is not one.
    """
    if client.is_closed:
        raise ConfigurationError("the client is closed: make a new one, or keep the `async with` block open")
    try:
        return _raw(await client.send(_build(client, request), follow_redirects=False))
    except httpx.HTTPError as error:
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


def _raw(response: httpx.Response) -> RawResponse:
    return RawResponse(status_code=response.status_code, headers=response.headers, content=response.content)


def _wrapped(error: httpx.HTTPError, request: HttpRequest) -> TransportError:
    error.request = httpx.Request(request.method, request.address)  # the one that it holds has the token
    kind: type[TransportError] = BrokenResponseError
    why = str(error)
    match error:
        case httpx.ConnectTimeout():
            kind, why = TimeLimitError, f"no connection within {min(request.time_limit, _CONNECT_LIMIT):g} s"
        case httpx.TimeoutException():
            kind, why = TimeLimitError, f"nothing came or went for {request.time_limit:g} s"
        case httpx.ConnectError() | httpx.ProxyError() | httpx.UnsupportedProtocol():
            kind = ConnectionFailedError
            if "refused" in why:
                why += "; does the service run there?"
        case _:
            pass
    return kind.because(why, method=request.method, url=request.address)
