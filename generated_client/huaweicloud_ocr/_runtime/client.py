"""The base of both clients: what a class needs before one is made; the rest loads with the first client."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from .errors import ConfigurationError
from .text import one_line
from .unset import UNSET, Unset

if TYPE_CHECKING:
    from .messages import CallOptions, Response
    from .operation import Operation
    from .sending import AsyncSender, SyncSender
    from .settings import Settings
    from .transport import AsyncHttpClient, HttpClient

T = TypeVar("T")
C = TypeVar("C", bound="BaseClient")

DEFAULT_TIME_LIMIT: Final = 60.0
"""Seconds that an attempt may take in all, unless a client or a call says otherwise."""


class BaseClient:
    """Settings that are the same for all calls of a client."""

    _settings: Settings

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._settings})"

    def parameter(self, name: str, value: str | Unset = UNSET) -> str:
        """Return a parameter that is the same for all calls, unless a call gives a value of its own.

        Raises:
            InvalidRequestError: Neither the client nor the call has one.
        """
        return self._settings.parameter(name, value)


class SyncClient(BaseClient):
    """A client whose calls wait for their answer. Threads may share it."""

    _sender: SyncSender

    def __init__(self, *, http_client: HttpClient | None, **settings: Any) -> None:
        from .sending import SyncSender
        from .settings import Settings

        self._settings = Settings.make(type(self).__name__, **settings)
        self._sender = SyncSender(self._settings, http_client)

    def send(self, operation: Operation[T], *, options: CallOptions, **parts: Any) -> Response[T]:
        """Send an operation's request and read its answer; repeat it as the client's or the call's `retries` say.

        Raises:
            ConfigurationError: The client is closed.
            InvalidRequestError: The request breaks the description; nothing was sent.
            ApiError: The service answered with an error.
            InvalidResponseError: The answer does not fit the description.
            TransportError: There is no answer.
        """
        return self._sender.send(operation, options, parts)

    def close(self) -> None:
        """End this client and close its connections; an `http_client` of yours stays open."""
        self._sender.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class AsyncioClient(BaseClient):
    """A client whose calls are awaited. Tasks may share it."""

    _sender: AsyncSender

    def __init__(self, *, http_client: AsyncHttpClient | None, **settings: Any) -> None:
        from .sending import AsyncSender
        from .settings import Settings

        self._settings = Settings.make(type(self).__name__, **settings)
        self._sender = AsyncSender(self._settings, http_client)

    async def send(self, operation: Operation[T], *, options: CallOptions, **parts: Any) -> Response[T]:
        """Send an operation's request and read its answer; repeat it as the client's or the call's `retries` say.

        Raises:
            ConfigurationError: The client is closed.
            InvalidRequestError: The request breaks the description; nothing was sent.
            ApiError: The service answered with an error.
            InvalidResponseError: The answer does not fit the description.
            TransportError: There is no answer.
        """
        return await self._sender.send(operation, options, parts)

    async def aclose(self) -> None:
        """End this client and close its connections; an `http_client` of yours stays open."""
        await self._sender.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()


def of_kind(client: object, kind: type[C]) -> C:
    """Return a client if it is one of that kind.

    Raises:
        ConfigurationError: It is not; the message says which function takes it.
    """
    if isinstance(client, kind):
        return client
    name, other = ("Client", "asyncio") if kind is SyncClient else ("AsyncClient", "sync")
    hint = (
        f"; for this one there are `{other}` and `{other}_detailed`" if isinstance(client, BaseClient) else ""
    )
    raise ConfigurationError(
        f"client is {one_line(type(client).__name__, 80)}: {'an' if name[0] == 'A' else 'a'} {name} is needed{hint}"
    )
