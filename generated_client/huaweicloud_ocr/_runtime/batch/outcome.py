"""What became of a source."""

from __future__ import annotations

from typing import Generic, TypeVar

import attrs

from ..errors import OcrError
from ..failures import error_code

T_co = TypeVar("T_co", covariant=True)


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
