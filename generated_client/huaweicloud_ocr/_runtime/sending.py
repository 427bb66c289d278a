"""How calls are sent, repeated and read: once by waiting, once by awaiting."""

from __future__ import annotations

import os
import time
import weakref
from collections.abc import Mapping
from typing import Any, TypeVar

import anyio

from . import transport
from .calls import Call
from .errors import OcrError, ConfigurationError
from .messages import CallOptions, HttpRequest, RawResponse, Response
from .operation import Operation
from .settings import Settings
from .unset import Unset

T = TypeVar("T")
H = TypeVar("H")


class SyncSender:
    """Sends calls and waits for their answers."""

    def __init__(self, settings: Settings, http_client: transport.HttpClient | None) -> None:
        """Take an HTTP client, or make one.

        Raises:
            ConfigurationError: It is of another kind.
        """
        self._settings = settings
        self._is_closed = False
        self._owns = http_client is None
        self._http = _usable(http_client, transport.HttpClient) or transport.new_http_client(
            settings.endpoint
        )
        self._process = os.getpid()

    def send(self, operation: Operation[T], options: CallOptions, parts: Mapping[str, Any]) -> Response[T]:
        """Send a call; what it raises says `SyncClient.send`."""
        with _begin(self._settings, self._is_closed, operation, options, parts) as call:
            while True:
                call.begin()
                try:
                    call.proofs.refresh(self._exchange)
                    return call.succeed(self._exchange(call.authenticated(), call.proofs.of_http))
                except OcrError as error:
                    rejected = call.rejected(error)
                    with call.renewing(error):
                        is_renewed = rejected is not None and call.proofs.refresh(self._exchange, rejected)
                    wait = call.fail(error, is_renewed=is_renewed)
                    if wait is None:
                        raise
                if wait:
                    time.sleep(wait)

    def _exchange(self, request: HttpRequest, auth: transport.HttpAuth | Unset | None = None) -> RawResponse:
        if self._owns and self._process != os.getpid():
            # Parent and child would read from the same connections. Closing them here could end the parent's.
            self._http, self._process = transport.new_http_client(self._settings.endpoint), os.getpid()
        return transport.send(self._http, request, auth=auth)

    def close(self) -> None:
        """Close the connections that were opened here."""
        self._is_closed = True
        if self._owns:
            self._http.close()


class AsyncSender:
    """Sends calls and awaits their answers."""

    def __init__(self, settings: Settings, http_client: transport.AsyncHttpClient | None) -> None:
        """Take an HTTP client, or make one.

        Raises:
            ConfigurationError: It is of another kind.
        """
        self._settings = settings
        self._is_closed = False
        self._owns = http_client is None
        self._http = _usable(http_client, transport.AsyncHttpClient) or transport.new_async_http_client(
            settings.endpoint
        )
        self._home: tuple[int, weakref.ref[Any] | None] | None = None

    async def send(
        self, operation: Operation[T], options: CallOptions, parts: Mapping[str, Any]
    ) -> Response[T]:
        """Send a call; what it raises says `AsyncioClient.send`."""
        with _begin(self._settings, self._is_closed, operation, options, parts) as call:
            while True:
                call.begin()
                try:
                    await call.proofs.refresh_async(self._exchange)
                    return call.succeed(await self._exchange(call.authenticated(), call.proofs.of_http))
                except OcrError as error:
                    rejected = call.rejected(error)
                    with call.renewing(error):
                        is_renewed = rejected is not None and await call.proofs.refresh_async(
                            self._exchange, rejected
                        )
                    wait = call.fail(error, is_renewed=is_renewed)
                    if wait is None:
                        raise
                if wait:
                    await anyio.sleep(wait)

    async def _exchange(
        self, request: HttpRequest, auth: transport.HttpAuth | Unset | None = None
    ) -> RawResponse:
        if self._owns and not self._is_at_home():
            # Connections belong to the process and the event loop that opened them.
            self._http = transport.new_async_http_client(self._settings.endpoint)
        return await transport.send_async(self._http, request, auth=auth)

    def _is_at_home(self) -> bool:
        import asyncio  # as long as all of httpx, and of no use to those who do not await

        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # another library than asyncio runs the tasks
            loop = None
        if (
            self._home is None
            or self._home[0] != os.getpid()
            or (self._home[1] and self._home[1]() is not loop)
        ):
            is_first, self._home = self._home is None, (os.getpid(), weakref.ref(loop) if loop else None)
            return is_first
        return True

    async def aclose(self) -> None:
        """Close the connections that were opened here."""
        self._is_closed = True
        # Those of an event loop that has ended went with it.
        if self._owns and self._is_at_home():
            await self._http.aclose()


def _begin(
    settings: Settings,
    is_closed: bool,
    operation: Operation[T],
    options: CallOptions,
    parts: Mapping[str, Any],
) -> Call[T]:
    if is_closed:
        raise ConfigurationError("the client is closed: make a new one, or keep its `with` block open")
    return Call(
        operation=operation,
        request=settings.request(operation, options, parts),
        proofs=settings.proofs(operation),
        policy=settings.policy(options),
        observers=settings.observers,
    )


def _usable(http_client: H | None, kind: type[H]) -> H | None:
    if http_client is not None and not isinstance(http_client, kind):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ConfigurationError(
            f"http_client is {type(http_client).__name__}: an httpx.{kind.__name__} is needed"
        )
    return http_client
