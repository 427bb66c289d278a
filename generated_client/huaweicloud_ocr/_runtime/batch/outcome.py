"""What became of a source."""

from __future__ import annotations

import re
from typing import Final, Generic, TypeVar

import attrs

from ..errors import ApiError, OcrError, TransportError

T_co = TypeVar("T_co", covariant=True)

_CAPITAL: Final = re.compile(r"(?<!^)(?=[A-Z])")


@attrs.frozen(kw_only=True)
class Outcome(Generic[T_co]):
    """What became of a source: a result, or an error.

    Attributes:
        source: The file's absolute path, or the address. A path that is not UTF-8 is a `file:` URI.
        result: What the call returned, or None when there is an error.
        error: What the last attempt ended in, or None when there is a result.
        attempts: How many calls were made; 0 when none was, because the file cannot be read or sent.
        duration: Seconds that the attempts took together, without waits between them.
    """

    source: str
    result: T_co | None
    error: OcrError | None
    attempts: int
    duration: float

    @property
    def ok(self) -> bool:
        """Whether there is a result."""
        return self.error is None

    @property
    def code(self) -> str:
        """The code of the error as in the results file, or empty when there is a result."""
        return "" if self.error is None else error_code(self.error)


def error_code(error: OcrError) -> str:
    """Return the service's own code, else what kind of error it is, such as `time-limit` or `http-502`."""
    if isinstance(error, ApiError):
        return error.error_code or f"http-{error.status}"
    return kind_name(error)


def kind_name(error: OcrError) -> str:
    """Return the name of an exception's class as words with hyphens, such as `time-limit`."""
    return _CAPITAL.sub("-", type(error).__name__.removesuffix("Error")).lower()


def may_succeed_later(error: OcrError) -> bool:
    """Return whether the same source may succeed in another run, with nothing about it changed.

    An attempt without an answer counts, though it may have been carried out: its result is lost in any case.
    """
    return isinstance(error, TransportError) or (isinstance(error, ApiError) and error.retryable)
