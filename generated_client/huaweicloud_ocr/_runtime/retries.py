"""When a call is repeated, and how long it waits before."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import Any, Final, TypeAlias

import attrs

from .errors import ApiError, OcrError, InvalidRequestError, TransportError
from .events import AttemptEnded
from .text import shown

IDEMPOTENT: Final = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"})
"""Methods that may be carried out twice, by RFC 9110, section 9.2.2."""

_NOT_EXECUTED: Final = frozenset({429, 503})
_PERHAPS_EXECUTED: Final = frozenset({502, 504})

_MOST_RETRIES: Final = 100
_MOST_SECONDS: Final = 24 * 60 * 60

OnRetry: TypeAlias = Callable[[AttemptEnded], None]
"""Is told of each attempt that is repeated, before the wait."""


def _at_most(limit: float, *, whole: bool = False) -> Callable[[Any, attrs.Attribute[Any], Any], None]:
    def check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        # The type is compared because True is an int, too.
        is_number = type(value) is int or (type(value) is float and not whole and math.isfinite(value))
        if not is_number or not 0 <= value <= limit:  # type: ignore[operator]
            kind = "a whole number" if whole else "a number of seconds"
            raise InvalidRequestError(
                f"Retry: {attribute.name} is {shown(value, 40)}: {kind} from 0 to {limit} is needed"
            )

    return check


@attrs.frozen(kw_only=True)
class Retry:
    """Which failures are repeated, how often and after what wait.

    Repeated is what the service surely did not carry out, and what the description says may be repeated: calls without
    a connection, throttling, an overloaded service. What cannot be mended by a repetition is not repeated, and never
    a refused authentication. The wait before repetition n is random between 0 and `first_delay` x 2^(n-1) seconds,
    or as long as the service asks for in `Retry-After`.

    Attributes:
        retries: How often a call is repeated at most; 0 turns repeating off.
        first_delay: Longest wait before the first repetition, in seconds.
        longest_delay: Longest wait that is chosen here, in seconds.
        longest_retry_after: Longest wait that the service may ask for, in seconds; if it asks for more, this counts.
        budget: Seconds that a call may take in all, attempts and waits; no wait begins that would exceed them.
        unanswered: Whether to repeat also what was sent but not answered. Such a call may have been carried out, and
            is then carried out and billed twice. Calls whose method is safe to repeat, such as GET, always are.
        on_retry: Called before each wait with what happened. What it raises is logged and does not stop the call.

    Raises:
        InvalidRequestError: A number is out of its range.
    """

    retries: int = attrs.field(default=4, validator=_at_most(_MOST_RETRIES, whole=True))
    first_delay: float = attrs.field(default=0.5, validator=_at_most(_MOST_SECONDS))
    longest_delay: float = attrs.field(default=20.0, validator=_at_most(_MOST_SECONDS))
    longest_retry_after: float = attrs.field(default=60.0, validator=_at_most(_MOST_SECONDS))
    budget: float = attrs.field(default=180.0, validator=_at_most(_MOST_SECONDS))
    unanswered: bool = False
    on_retry: OnRetry | None = None

    def delay(self, error: OcrError, *, attempt: int, elapsed: float, method: str) -> float | None:
        """Return how many seconds to wait before the next attempt, or None when there is to be none.

        Args:
            error: What the last attempt ended in.
            attempt: The number of that attempt, from 1.
            elapsed: Seconds since the call began.
            method: HTTP method of the call.
        """
        if attempt > self.retries or not self._may_repeat(error, method):
            return None
        wait = random.uniform(0, min(self.longest_delay, self.first_delay * 2 ** (attempt - 1)))
        if isinstance(error, ApiError) and error.retry_after is not None:
            wait = max(wait, min(error.retry_after, self.longest_retry_after))
        return wait if elapsed + wait < self.budget else None

    def _may_repeat(self, error: OcrError, method: str) -> bool:
        if isinstance(error, ApiError):
            if error.retry is not None:
                return error.retryable
            # The description says nothing of this error, but the standard says something of its status.
            return error.status in _NOT_EXECUTED or (
                error.status in _PERHAPS_EXECUTED and method in IDEMPOTENT
            )
        if isinstance(error, TransportError):
            return not error.sent or self.unanswered or method in IDEMPOTENT
        return False


NEVER: Final = Retry(retries=0)


def to_retry(value: Retry | int) -> Retry:
    """Return a policy from itself, or from how often a call is repeated.

    Raises:
        InvalidRequestError: It is neither, or the number is out of its range.
    """
    if isinstance(value, Retry):
        return value
    if type(value) is not int:
        raise InvalidRequestError(f"retries is {shown(value, 40)}: a Retry or a whole number is needed")
    return Retry(retries=value)
