"""A token that is fetched when it is needed, kept, and renewed before it expires."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from functools import partial
from typing import Final

import attrs

from .errors import ApiError, OcrError, ConfigurationError, TransportError
from .hidden import Hidden, Secretive
from .keystone import TIME_LIMIT, Login, explain, is_final
from .messages import HttpRequest, RawResponse
from .single_flight import SingleFlight

_YOUNG: Final = datetime.timedelta(minutes=1)
"""Of two tokens of this age that are rejected one after the other, age is not what is wrong."""

_PAUSE: Final = datetime.timedelta(seconds=30)
"""Time to the next attempt when a token could not be renewed that is still valid."""

_PATIENCE: Final = 3 * TIME_LIMIT
"""Seconds after which a fetch that says nothing is taken for dead: connecting, sending and waiting have one each."""

_NEVER: Final = datetime.datetime.min.replace(tzinfo=datetime.UTC)


@attrs.frozen(kw_only=True, repr=False)
class _Token:
    value: Hidden
    fetched: datetime.datetime
    renew: datetime.datetime
    expires: datetime.datetime
    after_rejection: bool


class TokenKeeper(Secretive):
    """Keeps a token for all threads, tasks and event loops of a process, and fetches it once for all of them."""

    def __init__(
        self,
        login: Login,
        *,
        header: str,
        owner: str,
        scheme: str,
        margin: datetime.timedelta,
        now: Callable[[], datetime.datetime],
    ) -> None:
        """Make one.

        Args:
            login: How a token is fetched.
            header: Header of a call that carries the token.
            owner: Name of the class whose token it is, for messages and the repr.
            scheme: Name of the class that carries a token of this kind, by which operations ask for it.
            margin: Time before its expiry at which a token is renewed; half of its life, if that is shorter.
            now: The clock.
        """
        self.scheme = scheme
        self._login = login
        self._header = header
        self._owner = owner
        self._margin = margin
        self._now = now
        self._token: _Token | None = None
        self._refusal: ApiError | None = None
        self._flight = SingleFlight(_PATIENCE)

    def __repr__(self) -> str:
        return f"{self._owner}(<hidden>)"

    def authenticate(self, request: HttpRequest) -> HttpRequest:
        """Return the request with the token added.

        Raises:
            ConfigurationError: There is no token yet.
        """
        if self._token is None:
            raise ConfigurationError(f"{self._owner} has no token yet: `refresh` has to be called first")
        return attrs.evolve(request, headers={**request.headers, self._header: self._token.value.reveal()})

    def refresh(
        self, send: Callable[[HttpRequest], RawResponse], rejected: HttpRequest | None = None
    ) -> bool:
        """Fetch a token if there is none that is fresh.

        Args:
            send: Sends a request as it is.
            rejected: The call whose token the service did not accept; None before a call.

        Returns:
            Whether a call may go better than the rejected one did.

        Raises:
            ApiError: The identity service refused.
            TransportError: It did not answer.
            InvalidResponseError: Its answer has no token.
        """

        def fetch() -> None:
            with self._fetching(rejected) as attempt:
                attempt.keep(send(attempt.request))

        self._flight.run(partial(self._is_needless, rejected), fetch)
        return not self._is_of(rejected)

    async def refresh_async(
        self, send: Callable[[HttpRequest], Awaitable[RawResponse]], rejected: HttpRequest | None = None
    ) -> bool:
        """Do what `refresh` does, to be awaited."""

        async def fetch() -> None:
            with self._fetching(rejected) as attempt:
                attempt.keep(await send(attempt.request))

        await self._flight.run_async(partial(self._is_needless, rejected), fetch)
        return not self._is_of(rejected)

    def _is_of(self, request: HttpRequest | None) -> bool:
        """Whether the token that is kept is that of a request."""
        token = self._token
        return (
            token is not None
            and request is not None
            and request.headers.get(self._header) == token.value.reveal()
        )

    def _is_needless(self, rejected: HttpRequest | None) -> bool:
        token, now = self._token, self._now()
        if token is None:
            return False
        if self._is_of(rejected):
            return token.after_rejection and token.fetched <= now < token.fetched + _YOUNG
        return now < token.renew

    @contextmanager
    def _fetching(self, rejected: HttpRequest | None) -> Generator[_Attempt]:
        is_rejected = self._is_of(rejected)
        if is_rejected and self._token is not None:
            self._token = attrs.evolve(self._token, renew=_NEVER, expires=_NEVER)
        try:
            if self._refusal is not None:
                raise copy.copy(self._refusal)
            attempt = _Attempt(self._login, self._now())
            yield attempt
            self._token = attempt.token(self._margin, after_rejection=is_rejected)
        except OcrError as error:
            if isinstance(error, ApiError) and is_final(error):
                self._refusal = copy.copy(error)  # without the traceback, which holds on to everything
            if isinstance(error, TransportError):
                explain(error)
            token, now = self._token, self._now()
            if token is None or now >= token.expires:
                raise
            # It still does for the calls of the next minutes, and the identity service may be back by then.
            self._token = attrs.evolve(token, renew=now + _PAUSE)


class _Attempt:
    """One request for a token."""

    def __init__(self, login: Login, asked: datetime.datetime) -> None:
        self.request = login.request()
        self._login = login
        self._asked = asked
        self._found: tuple[str, datetime.timedelta] | None = None

    def keep(self, answer: RawResponse) -> None:
        self._found = self._login.read(self.request, answer, self._asked)

    def token(self, margin: datetime.timedelta, *, after_rejection: bool) -> _Token:
        assert self._found is not None
        value, lifetime = self._found
        return _Token(
            value=Hidden(value),
            fetched=self._asked,
            renew=self._asked + max(lifetime - margin, lifetime / 2),
            expires=self._asked + lifetime,
            after_rejection=after_rejection,
        )
