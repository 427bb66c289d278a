"""What the HTTP library does not clear away.

A task that is cancelled while the library waits for one of its own locks leaves its request and its connection in the
pool; with as many of them as the pool has places, no call gets a connection any more. One that is cancelled during a
TLS handshake leaves the socket open. And bytes that came behind an answer are taken for the answer to the next call.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from typing import Any

import anyio
import httpcore
import httpx

from .certificates import whole


def spoilt_connection(response: httpx.Response) -> Any:
    """Return the connection of an answer that was read and closed, if more than the answer came; or None."""
    found: Any = response.stream
    if not hasattr(found, "_httpcore_stream"):
        found = getattr(found, "_stream", None)  # what a client of the library wraps it in
    for name in ("_httpcore_stream", "_stream", "_connection"):
        found = getattr(found, name, None)
    state: Any = getattr(found, "_h11_state", None)
    return found if state is not None and state.trailing_data[0] else None


async def release(client: httpx.AsyncClient, request: httpx.Request) -> None:
    """Take a cancelled request out of its pool, and close the connection that it had if it has not been given back."""
    # httpx gives no other way to the pool, and httpcore none to what is in it.
    pool: Any = getattr(getattr(client, "_transport_for_url")(request.url), "_pool", None)  # noqa: B009
    if not isinstance(pool, httpcore.AsyncConnectionPool):
        return  # a transport of the user's own
    private: Any = pool
    for held in [held for held in private._requests if held.request.extensions is request.extensions]:
        private._requests.remove(held)
    in_use = {id(held.connection) for held in private._requests}
    abandoned = [
        connection
        for connection in private._connections
        if id(connection) not in in_use and not connection.is_idle() and not connection.is_closed()
    ]
    for connection in abandoned:
        private._connections.remove(connection)
    with anyio.CancelScope(shield=True):
        # Requests that wait in the queue get the places that have become free.
        await private._close_connections([*abandoned, *private._assign_requests_to_connections()])


def keep_tidy(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """Let a client close the sockets of TLS handshakes that are cancelled."""
    mounts: Iterable[Any] = getattr(client, "_mounts").values()  # noqa: B009
    for transport in (getattr(client, "_transport"), *mounts):  # noqa: B009
        if transport is not None:
            pool = getattr(transport, "_pool")  # noqa: B009
            pool._network_backend = _Backend(pool._network_backend)
    return client


class _Backend(httpcore.AsyncNetworkBackend):
    def __init__(self, backend: httpcore.AsyncNetworkBackend) -> None:
        self._backend = backend

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        return _Stream(await self._backend.connect_tcp(host, port, timeout, local_address, socket_options))

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.AsyncNetworkStream:
        return _Stream(await self._backend.connect_unix_socket(path, timeout, socket_options))

    async def sleep(self, seconds: float) -> None:
        await self._backend.sleep(seconds)


class _Stream(httpcore.AsyncNetworkStream):
    """A connection before TLS; what follows the handshake is the library's own again."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            return await self._stream.start_tls(whole(ssl_context), server_hostname, timeout)
        except BaseException:
            with anyio.CancelScope(shield=True):
                await self._stream.aclose()
            raise

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
