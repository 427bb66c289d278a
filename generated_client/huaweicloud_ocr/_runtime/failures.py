"""What failed, for programs: the record of an error, which results files and the output of commands have alike.

{"code": …, "message": …, "remedy": …, "retryable": …, "request_id": …}
"""

from __future__ import annotations

import re
from typing import Final, TypedDict

from .errors import ApiError, OcrError, InvalidRequestError, TransportError
from .text import one_line

_LONGEST_MESSAGE: Final = 500
_LONGEST_REASON: Final = 120
_CAPITAL: Final = re.compile(r"(?<!^)(?=[A-Z])")


class UnreadableSourceError(InvalidRequestError):
    """A source cannot be read, or is no file. Others are tried nevertheless."""

    @classmethod
    def because(cls, cause: OSError | ValueError) -> UnreadableSourceError:
        """Make an error of what the system says."""
        if isinstance(cause, IsADirectoryError):
            return cls("it is a folder: name the files in it")
        reason = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(cause)
        return cls(f"it cannot be read: {one_line(reason, _LONGEST_REASON)}")


class Failure(TypedDict):
    """The record of an error.

    Attributes:
        code: The service's own code, else what kind of error it is, such as `time-limit` or `http-502`.
        message: What happened, in the words of the service if it has some.
        remedy: What to do about it, or None when the message says all there is.
        retryable: Whether the same may succeed later, with nothing about it changed.
        request_id: Identifier of the call in the service's log, or None.
    """

    code: str
    message: str
    remedy: str | None
    retryable: bool
    request_id: str | None


def failure(error: OcrError) -> Failure:
    """Return the record of an error."""
    return Failure(
        code=error_code(error),
        message=_message(error),
        remedy=_remedy(error),
        retryable=may_succeed_later(error),
        request_id=error.request_id if isinstance(error, ApiError) else None,
    )


def error_code(error: OcrError) -> str:
    """Return the service's own code, else what kind of error it is, such as `time-limit` or `http-502`."""
    if isinstance(error, ApiError):
        return error.error_code or f"http-{error.status}"
    return kind_name(error)


def kind_name(error: OcrError) -> str:
    """Return the name of an exception's class as words with hyphens, such as `time-limit`."""
    return _CAPITAL.sub("-", type(error).__name__.removesuffix("Error")).lower()


def may_succeed_later(error: OcrError) -> bool:
    """Return whether the same may succeed at another time, with nothing about it changed.

    An attempt without an answer counts, though it may have been carried out: its result is lost in any case.
    """
    return isinstance(error, TransportError) or (isinstance(error, ApiError) and error.retryable)


def _message(error: OcrError) -> str:
    text = error.error_msg if isinstance(error, ApiError) and error.error_msg else str(error).split("\n")[0]
    return one_line(text, _LONGEST_MESSAGE)


def _remedy(error: OcrError) -> str | None:
    if isinstance(error, ApiError):
        return error.remedy
    if isinstance(error, TransportError):
        return "Try again; a batch does so by itself when it is run again."
    if isinstance(error, UnreadableSourceError):
        return "See that the file is there and may be read, then have it tried again."
    return None
