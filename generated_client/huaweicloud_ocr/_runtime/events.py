"""What a client tells its observers, for metrics and logs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

import attrs

from .errors import ApiError, OcrError
from .text import one_line

PACKAGE: Final = __name__.partition("._runtime")[0]
LOGGER: Final = logging.getLogger(PACKAGE)
"""Under the name of the package: each attempt at level DEBUG, each that is repeated at WARNING."""


@attrs.frozen(kw_only=True)
class AttemptEnded:
    """A request was answered, or failed.

    Attributes:
        method: HTTP method.
        path: Path of the operation as the description has it, such as `/v2/{project_id}/ocr/handwriting`.
        url: Address without query; that of the service that gives tokens, where it gave none.
        attempt: Number of the attempt, from 1.
        duration: Seconds from sending to the last byte of the answer.
        status: HTTP status, or None when there was no answer.
        request_id: Identifier of the call in the service's log, or None.
        error: What the attempt ended in, or None when it succeeded.
        wait: Seconds until the next attempt, or None when there is none.
    """

    method: str
    path: str
    url: str
    attempt: int
    duration: float
    status: int | None
    request_id: str | None
    error: OcrError | None
    wait: float | None

    def __str__(self) -> str:
        call = f"{self.method} {one_line(self.url, 200)}"
        ended = f"{self.status}" if self.status else "no answer"
        if self.error is not None:
            code = self.error.error_code if isinstance(self.error, ApiError) else None
            ended += f" {one_line(code or type(self.error).__name__, 80)}"
        details = [f"{self.duration:.3f} s"]
        if self.request_id:
            details.append(f"request id {one_line(self.request_id, 80)}")
        text = f"{call}: {ended} ({', '.join(details)})"
        return text if self.wait is None else f"{text}; attempt {self.attempt + 1} in {self.wait:.1f} s"


@attrs.frozen(kw_only=True)
class CallEnded:
    """A call came to its end: it returned, or raised.

    Attributes:
        method: HTTP method.
        path: Path of the operation as the description has it.
        url: Address without query; that of the service that gives tokens, where it gave none.
        attempts: How many requests were sent.
        duration: Seconds that the call took in all, waits included.
        status: HTTP status of the last answer, or None when there was none.
        request_id: Identifier of the call in the service's log, or None.
        error: What the call raised, or None when it succeeded.
    """

    method: str
    path: str
    url: str
    attempts: int
    duration: float
    status: int | None
    request_id: str | None
    error: OcrError | None


Event: TypeAlias = AttemptEnded | CallEnded
"""What an observer is called with."""

Observer: TypeAlias = Callable[[Event], None]
"""Is called with each event, in the thread or task of the call; it should return quickly. What it raises is logged."""


def tell(observers: Iterable[Observer], event: Event) -> None:
    """Tell observers, and go on whatever they do: a call that was paid for is not lost to a faulty counter."""
    for observer in observers:
        try:
            observer(event)
        except Exception:
            LOGGER.exception("an observer failed")


def log(event: AttemptEnded) -> None:
    """Write a line about an attempt; no header, body or query is in it."""
    LOGGER.log(logging.DEBUG if event.wait is None else logging.WARNING, "%s", event)
