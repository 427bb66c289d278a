"""What every client does: settings, authentication, sending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Final, Self, TypeVar, cast

from . import transport
from .authentication import Auth
from .errors import ConfigurationError, InvalidRequestError
from .messages import CallOptions, HttpRequest, Response
from .operation import Operation
from .parameters import encode_headers
from .server import check_endpoint
from .text import one_line
from .unset import UNSET, Unset

T = TypeVar("T")
H = TypeVar("H")

DEFAULT_TIME_LIMIT: Final = 60.0
"""Seconds for sending a request and for each wait for the answer, unless a client or a call says otherwise."""

LONGEST_TIME_LIMIT: Final = 24 * 60 * 60
"""Seconds that a time limit has at most: no call takes a day, and sockets cannot wait for ever longer."""


class BaseClient:
    """Settings that are the same for all calls of a client."""

    def __init__(
        self,
        *,
        endpoint: str,
        auth: Auth | Sequence[Auth] | None,
        parameters: Mapping[str, str | None],
        time_limit: float,
        headers: Mapping[str, str] | None,
        user_agent: str,
    ) -> None:
        """Take the settings.

        Raises:
            ConfigurationError: A setting is not usable; the message says which and why.
        """
        self._endpoint = check_endpoint(endpoint)
        self._auth = _auths(auth)
        self._parameters = parameters
        self._closed = False
        try:
            self._time_limit = _seconds(time_limit)
            self._headers = {"User-Agent": user_agent, **encode_headers(headers or {})}
        except InvalidRequestError as error:
            raise ConfigurationError(str(error)) from None

    def __repr__(self) -> str:
        auth = ", ".join(map(repr, self._auth)) or None
        return f"{type(self).__name__}(endpoint={self._endpoint!r}, auth={auth})"

    def parameter(self, name: str, value: str | Unset = UNSET) -> str:
        """Return a parameter that is the same for all calls, unless a call gives a value of its own.

        Raises:
            InvalidRequestError: Neither the client nor the call has one.
        """
        found = self._parameters.get(name) if value is UNSET else value
        if not found:
            raise InvalidRequestError(f"{name} is missing: pass it to {type(self).__name__}(…)")
        return found

    def _request(
        self, operation: Operation[Any], options: CallOptions, parts: Mapping[str, Any]
    ) -> HttpRequest:
        if self._closed:
            raise ConfigurationError("the client is closed: make a new one, or keep its `with` block open")
        time_limit = self._time_limit if options.time_limit is UNSET else _seconds(options.time_limit)
        headers = {**self._headers, **encode_headers(options.headers or {})}
        request = operation.request(endpoint=self._endpoint, time_limit=time_limit, headers=headers, **parts)
        if operation.authentication == "required" and not self._auth:
            raise InvalidRequestError(
                f"{request.call} has to be authenticated: pass auth to {type(self).__name__}(…)"
            )
        for auth in self._auth if operation.authentication != "none" else ():
            request = auth.authenticate(request)
        return request


class SyncClient(BaseClient):
    """A client whose calls wait for their answer. Threads may share it."""

    _http: transport.HttpClient

    def __init__(self, *, http_client: transport.HttpClient | None, **settings: Any) -> None:
        super().__init__(**settings)
        self._http = _usable(http_client, transport.HttpClient) or transport.new_http_client()
        self._owns_http = http_client is None

    def send(self, operation: Operation[T], *, options: CallOptions, **parts: Any) -> Response[T]:
        """Send an operation's request and read its answer.

        Raises:
            ConfigurationError: The client is closed.
            InvalidRequestError: The request breaks the description; nothing was sent.
            ApiError: The service answered with an error.
            InvalidResponseError: The answer does not fit the description.
            TransportError: There is no answer.
        """
        request = self._request(operation, options, parts)
        return operation.parse(request, transport.send(self._http, request))

    def close(self) -> None:
        """End this client and close its connections; an `http_client` of yours stays open."""
        self._closed = True
        if self._owns_http:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class AsyncioClient(BaseClient):
    """A client whose calls are awaited. Tasks of one event loop may share it."""

    _http: transport.AsyncHttpClient

    def __init__(self, *, http_client: transport.AsyncHttpClient | None, **settings: Any) -> None:
        super().__init__(**settings)
        self._http = _usable(http_client, transport.AsyncHttpClient) or transport.new_async_http_client()
        self._owns_http = http_client is None

    async def send(self, operation: Operation[T], *, options: CallOptions, **parts: Any) -> Response[T]:
        """Send an operation's request and read its answer.

        Raises:
            ConfigurationError: The client is closed.
            InvalidRequestError: The request breaks the description; nothing was sent.
            ApiError: The service answered with an error.
            InvalidResponseError: The answer does not fit the description.
            TransportError: There is no answer.
        """
        request = self._request(operation, options, parts)
        return operation.parse(request, await transport.send_async(self._http, request))

    async def aclose(self) -> None:
        """End this client and close its connections; an `http_client` of yours stays open."""
        self._closed = True
        if self._owns_http:
            await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()


def _auths(auth: object) -> tuple[Auth, ...]:
    if auth is None:
        return ()
    auths = cast("Sequence[object]", auth) if isinstance(auth, (list, tuple)) else (auth,)
    for one in auths:
        if not isinstance(one, Auth) or isinstance(one, type):
            raise ConfigurationError(
                f"auth is {one_line(type(one).__name__, 80)}: pass one of the classes in `auth`, "
                "or another object with a method `authenticate`"
            )
    return tuple(cast("Sequence[Auth]", auths))


def _usable(http_client: H | None, kind: type[H]) -> H | None:
    if http_client is not None and not isinstance(http_client, kind):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ConfigurationError(
            f"http_client is {type(http_client).__name__}: an httpx.{kind.__name__} is needed"
        )
    return http_client


def _seconds(time_limit: float) -> float:
    # The type is compared because True is an int, too.
    if type(time_limit) not in (int, float) or not 0 < time_limit <= LONGEST_TIME_LIMIT:
        raise InvalidRequestError(
            f"the time limit is {one_line(repr(time_limit), 80)}: "
            f"a number of seconds above 0 is needed, at most {LONGEST_TIME_LIMIT}"
        )
    return float(time_limit)
