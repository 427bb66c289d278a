"""How a fake service takes the place of the network: below the HTTP client, so that all of a call's way is gone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Final, TypeAlias

import httpx

from .fake_answers import Answer, Fault
from .messages import HttpRequest

Handle: TypeAlias = Callable[[HttpRequest], Answer | Fault]
"""Answers a request."""

_FAULTS: Final[dict[Fault, Callable[[httpx.Request], httpx.TransportError]]] = {
    Fault.REFUSED: lambda request: httpx.ConnectError("[Errno 111] Connection refused", request=request),
    Fault.RESET: lambda request: httpx.ReadError("[Errno 104] Connection reset by peer", request=request),
    Fault.TIMED_OUT: lambda request: httpx.ReadTimeout("timed out", request=request),
}


def http_client(handle: Handle) -> httpx.Client:
    """Return an HTTP client whose requests go to `handle`."""
    # The environment could name a proxy, which would be asked instead.
    return httpx.Client(transport=_transport(handle), trust_env=False)


def async_http_client(handle: Handle) -> httpx.AsyncClient:
    """Return an asynchronous HTTP client whose requests go to `handle`."""
    return httpx.AsyncClient(transport=_transport(handle), trust_env=False)


def _transport(handle: Handle) -> httpx.MockTransport:
    def respond(request: httpx.Request) -> httpx.Response:
        answer = handle(
            HttpRequest(
                method=request.method,
                url=str(request.url),
                headers=request.headers,
                content=request.content or None,
                time_limit=request.extensions.get("timeout", {}).get("read") or 0,
            )
        )
        if isinstance(answer, Fault):
            raise _FAULTS[answer](request)
        headers = {"Content-Length": str(len(answer.content) or int(answer.is_cut)), **answer.headers}
        if answer.status in (204, 304):
            del headers["Content-Length"]
        # As a stream, which is read once as one from the network is; `content` would be read already.
        return httpx.Response(answer.status, headers=headers, stream=_Stream(answer))

    return httpx.MockTransport(respond)


class _Stream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of an answer."""

    def __init__(self, answer: Answer) -> None:
        self._whole = answer.content
        self._sent = answer.content[: len(answer.content) // 2] if answer.is_cut else answer.content
        self._is_cut = answer.is_cut

    def __iter__(self) -> Iterator[bytes]:
        yield self._sent
        self._end()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._sent
        self._end()

    def _end(self) -> None:
        if self._is_cut:
            raise httpx.RemoteProtocolError(
                "peer closed connection without sending complete message body "
                f"(received {len(self._sent)} bytes, expected {len(self._whole) or 1})"
            )
