"""What the error of one call means for its source, and for the run."""

from __future__ import annotations

from enum import Enum
from typing import Final

from ..errors import ApiError, ClientError, ConfigurationError, TransportError
from ..failures import kind_name


class Verdict(Enum):
    """What comes next."""

    FAILED = "the source has failed, the run goes on"
    AGAIN = "the source is tried again a few times"
    SLOWER = "the source is tried again a few times, and fewer are tried at once"
    THROTTLED = "the source is tried again until it is served, and fewer are tried at once"
    STOP = "all others would fail too: the run stops, and the source counts as not tried"


_BY_KIND: Final = {
    "authentication": Verdict.STOP,
    "permission-denied": Verdict.STOP,
    "not-subscribed": Verdict.STOP,
    "account-restricted": Verdict.STOP,
    "not-found": Verdict.STOP,
    "throttled": Verdict.THROTTLED,
    "service-unavailable": Verdict.SLOWER,
}
"""By the names of kinds of errors; their exceptions are called after them."""

_BY_STATUS: Final = {
    401: Verdict.STOP,
    403: Verdict.STOP,
    404: Verdict.STOP,
    405: Verdict.STOP,
    407: Verdict.STOP,
    429: Verdict.THROTTLED,
    502: Verdict.SLOWER,
    503: Verdict.SLOWER,
    504: Verdict.SLOWER,
}
"""For errors of which the description knows no kind: what the standard says of their status."""


def judge(error: ClientError, *, unanswered: bool) -> Verdict:
    """Return what an error means.

    Args:
        error: What a call ended in.
        unanswered: Whether to try again what was sent but not answered, and may have been carried out.
    """
    if isinstance(error, ApiError):
        is_plain = type(error) is ApiError
        found = _BY_STATUS.get(error.status) if is_plain else _BY_KIND.get(kind_name(error))
        if found is not None:
            return found
        return Verdict.AGAIN if error.retryable else Verdict.FAILED
    if isinstance(error, TransportError):
        if not error.sent:
            return Verdict.SLOWER
        return Verdict.AGAIN if unanswered else Verdict.FAILED
    return Verdict.STOP if isinstance(error, ConfigurationError) else Verdict.FAILED
