"""Settings of a client, checked once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Self, cast

import attrs

from .answers import ENCODING
from .authentication import Auth
from .errors import ConfigurationError, InvalidRequestError
from .events import Observer
from .messages import CallOptions, HttpRequest
from .operation import Operation
from .parameters import encode_headers
from .retries import Retry, to_retry
from .server import check_endpoint
from .text import one_line
from .unset import UNSET, Unset

LONGEST_TIME_LIMIT: Final = 24 * 60 * 60
"""Seconds that a time limit has at most: no call takes a day, and sockets cannot wait for ever longer."""


@attrs.frozen(kw_only=True, repr=False)
class Settings:
    """What holds for all calls of a client, unless a call says otherwise.

    Attributes:
        client: Name of the client's class, for messages.
        endpoint: Address that paths are added to, without a slash at its end.
        auth: What adds proof to each attempt.
        parameters: Values of parameters that are the same for all calls.
        time_limit: Seconds that an attempt may take.
        headers: Headers of each request.
        retries: When a call is repeated.
        observers: Who is told of attempts and calls.
    """

    client: str
    endpoint: str
    auth: tuple[Auth, ...]
    parameters: Mapping[str, str | None]
    time_limit: float
    headers: Mapping[str, str]
    retries: Retry
    observers: tuple[Observer, ...]

    @classmethod
    def make(
        cls,
        client: str,
        *,
        endpoint: str,
        auth: Auth | Sequence[Auth] | None,
        parameters: Mapping[str, str | None],
        time_limit: float,
        headers: Mapping[str, str] | None,
        user_agent: str,
        retries: Retry | int | Unset,
        observers: Sequence[Observer],
    ) -> Self:
        """Check settings.

        Raises:
            ConfigurationError: One of them is not usable; the message says which and why.
        """
        own = {"User-Agent": user_agent, "Accept-Encoding": ENCODING}
        try:
            return cls(
                client=client,
                endpoint=check_endpoint(endpoint),
                auth=_auths(auth),
                parameters=parameters,
                time_limit=_seconds(time_limit),
                headers={**own, **encode_headers(headers or {})},
                retries=Retry() if retries is UNSET else to_retry(retries),
                observers=tuple(observers),
            )
        except InvalidRequestError as error:
            raise ConfigurationError(str(error)) from None

    def __repr__(self) -> str:
        auth = ", ".join(map(repr, self.auth)) or None
        return f"endpoint={self.endpoint!r}, auth={auth}"

    def parameter(self, name: str, value: str | Unset) -> str:
        """Return a parameter that is the same for all calls, unless a call gives a value of its own.

        Raises:
            InvalidRequestError: Neither the client nor the call has one.
        """
        found = self.parameters.get(name) if value is UNSET else value
        if not found:
            raise InvalidRequestError(f"{name} is missing: pass it to {self.client}(…)")
        return found

    def policy(self, options: CallOptions) -> Retry:
        """Return when a call is repeated.

        Raises:
            InvalidRequestError: The call's own number is out of its range.
        """
        return self.retries if options.retries is UNSET else to_retry(options.retries)

    def request(
        self, operation: Operation[Any], options: CallOptions, parts: Mapping[str, Any]
    ) -> HttpRequest:
        """Make the request of a call, without authentication.

        Raises:
            InvalidRequestError: It breaks the description, or has to be authenticated and cannot be.
        """
        limit = self.time_limit if options.time_limit is UNSET else _seconds(options.time_limit)
        headers = {**self.headers, **encode_headers(options.headers)} if options.headers else self.headers
        request = operation.request(endpoint=self.endpoint, time_limit=limit, headers=headers, **parts)
        if operation.authentication == "required" and not self.auth:
            raise InvalidRequestError(
                f"{request.call} has to be authenticated: pass auth to {self.client}(…)"
            )
        return request

    def auths(self, operation: Operation[Any]) -> tuple[Auth, ...]:
        """Return what authenticates calls of an operation."""
        return () if operation.authentication == "none" else self.auth


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


def _seconds(time_limit: float) -> float:
    # The type is compared because True is an int, too.
    if type(time_limit) not in (int, float) or not 0 < time_limit <= LONGEST_TIME_LIMIT:
        raise InvalidRequestError(
            f"the time limit is {one_line(repr(time_limit), 80)}: "
            f"a number of seconds above 0 is needed, at most {LONGEST_TIME_LIMIT}"
        )
    return float(time_limit)
