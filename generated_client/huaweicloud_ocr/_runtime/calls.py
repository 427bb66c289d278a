"""One call: its attempts, what they end in, and who is told."""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Generic, TypeVar

import attrs

from .errors import ApiError, OcrError, InvalidResponseError, TransportError
from .events import LOGGER, AttemptEnded, CallEnded, Observer, log, tell
from .messages import HttpRequest, RawResponse, Response
from .operation import Operation
from .proofs import Proofs
from .refreshing import is_rejection
from .retries import Retry
from .tracing import Span, begin_span

T = TypeVar("T")


@attrs.define(kw_only=True)
class Call(Generic[T]):
    """A call on its way. Sending and waiting are left to the clients, of which one does both by awaiting.

    Attributes:
        operation: What is called.
        request: The request, without authentication, which is added to each attempt anew.
        proofs: What authenticates it.
        policy: When to repeat it.
        observers: Who is told.
        attempts: How many attempts have begun.
        renewals: How often a proof was fetched anew after the service did not accept the old one: once at most.
    """

    operation: Operation[T]
    request: HttpRequest
    proofs: Proofs
    policy: Retry
    observers: Sequence[Observer]
    attempts: int = 0
    renewals: int = 0
    _began: float = attrs.field(factory=time.monotonic)
    _sent: float = 0.0
    _authenticated: HttpRequest | None = None
    _raw: RawResponse | None = None
    _span: Span | None = None

    def __enter__(self) -> Call[T]:
        self._span = begin_span(self.request, self.operation.path)
        return self

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, OcrError):
            error.attempts = self.attempts
            if self.attempts > 1:
                error.add_note(f"Given up after {self.attempts} attempts in {self._elapsed():.1f} s.")
        if self._span is not None:
            self._span.end(self._raw, error, self.attempts)
        if self.observers and (error is None or isinstance(error, OcrError)):
            method, url = self._place(error)
            ended = CallEnded(
                method=method,
                path=self.operation.path,
                url=url,
                attempts=self.attempts,
                duration=self._elapsed(),
                status=_status(self._raw, error),
                request_id=_request_id(self._raw, error),
                error=error,
            )
            tell(self.observers, ended)

    def begin(self) -> None:
        """Note that an attempt begins."""
        self.attempts += 1
        self._authenticated = self._raw = None
        self._sent = time.monotonic()

    def authenticated(self) -> HttpRequest:
        """Return the request with its proof."""
        self._authenticated = self.proofs.authenticate(self.request)
        return self._authenticated

    def rejected(self, error: OcrError) -> HttpRequest | None:
        """Return the request if the service did not accept its proof, and a new one was not tried yet."""
        is_rejected = isinstance(error, ApiError) and is_rejection(error) and self._raw is not None
        return self._authenticated if is_rejected and not self.renewals else None

    def succeed(self, raw: RawResponse) -> Response[T]:
        """Read an answer.

        Raises:
            ApiError: It is an error.
            InvalidResponseError: It does not fit the description.
        """
        self._raw = raw
        response = self.operation.parse(self.request, raw)
        self._tell(None, None)
        return response if self.attempts == 1 else attrs.evolve(response, attempts=self.attempts)

    def fail(self, error: OcrError, *, is_renewed: bool) -> float | None:
        """Note how an attempt failed; return the seconds until the next one, or None when there is none.

        Args:
            error: What it ended in.
            is_renewed: Whether there is a new proof now, which is reason enough for another attempt.
        """
        wait: float | None = 0.0
        if is_renewed:
            self.renewals += 1
        else:
            attempt, elapsed = self.attempts - self.renewals, self._elapsed()
            wait = self.policy.delay(error, attempt=attempt, elapsed=elapsed, method=self.operation.method)
        self._tell(error, wait)
        return wait

    def _tell(self, error: OcrError | None, wait: float | None) -> None:
        if not self.observers and wait is None and not LOGGER.isEnabledFor(logging.DEBUG):
            return
        method, url = self._place(error)
        event = AttemptEnded(
            method=method,
            path=self.operation.path,
            url=url,
            attempt=self.attempts,
            duration=time.monotonic() - self._sent,
            status=_status(self._raw, error),
            request_id=_request_id(self._raw, error),
            error=error,
            wait=wait,
        )
        log(event)
        tell(self.observers, event)
        if wait is not None and self.policy.on_retry is not None:
            tell((self.policy.on_retry,), event)  # type: ignore[arg-type]

    @contextmanager
    def renewing(self, rejection: OcrError) -> Generator[None]:
        """Note how an attempt ended whose proof cannot be renewed: the call ends in what says why."""
        try:
            yield
        except OcrError:
            self._tell(rejection, None)
            raise

    def _place(self, error: BaseException | None) -> tuple[str, str]:
        """Return method and address of what ended, which may have been the fetching of a token."""
        if isinstance(error, (ApiError, TransportError, InvalidResponseError)):
            return error.method, error.url
        return self.request.method, self.request.address

    def _elapsed(self) -> float:
        return time.monotonic() - self._began


def _status(raw: RawResponse | None, error: BaseException | None) -> int | None:
    if isinstance(error, ApiError):  # also that of another service, such as the one that gives out tokens
        return error.status
    return raw.status_code if raw else None


def _request_id(raw: RawResponse | None, error: BaseException | None) -> str | None:
    if isinstance(error, ApiError):
        return error.request_id
    return raw.request_id if raw else None
