"""A moment by which an attempt ends, however slowly its answer drips.

The HTTP library limits each wait by itself, so that a byte now and then keeps a call alive for ever. Where calls are
awaited, the event loop can end them; where they block a thread, each read and write has to know how much time is left.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import Any, Final

import httpcore
import httpx

from .certificates import whole

_PART: Final = 1024 * 1024
"""Bytes that are written before the time is looked at again."""


class _Moment(threading.local):
    value: float | None = None


_moment = _Moment()


@contextmanager
def ending_within(seconds: float) -> Generator[None]:
    """Let all that this thread reads and writes end within some seconds."""
    _moment.value = time.monotonic() + seconds
    try:
        yield
    finally:
        _moment.value = None


def keep_deadlines(client: httpx.Client) -> httpx.Client:
    """Let a client's connections end by the moment of the thread that uses them."""
    # httpx gives no other way to what httpcore takes as an argument.
    mounts: Iterable[Any] = getattr(client, "_mounts").values()  # noqa: B009
    for transport in (getattr(client, "_transport"), *mounts):  # noqa: B009
        if transport is not None:
            pool = getattr(transport, "_pool")  # noqa: B009
            pool._network_backend = _Backend(pool._network_backend)
    return client


def _left(timeout: float | None, error: type[httpcore.TimeoutException]) -> float | None:
    if _moment.value is None:
        return timeout
    left = _moment.value - time.monotonic()
    if left <= 0:
        raise error("the time limit ran out")
    return left if timeout is None else min(timeout, left)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        self._backend = backend

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        timeout = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._backend.connect_tcp(host, port, timeout, local_address, socket_options))

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        timeout = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._backend.connect_unix_socket(path, timeout, socket_options))

    def sleep(self, seconds: float) -> None:
        self._backend.sleep(seconds)


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        # What is not yet sent is copied by each write of a part of it, except where it is a view.
        view: Any = memoryview(buffer)
        for start in range(0, len(view), _PART):
            self._stream.write(view[start : start + _PART], _left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        timeout = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._stream.start_tls(whole(ssl_context), server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
