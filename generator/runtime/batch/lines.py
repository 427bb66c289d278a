"""Lines of a results file.

    {"source": …, "status": "ok", "result": {…}, "attempts": 1, "duration": 0.412, "operation": …, "parameters": {…}}
    {"source": …, "status": "failed", "error": {"code": …, "message": …, "remedy": …, "retryable": …, "request_id": …},
     "attempts": …, …}

`failures` says what the members of an error are. Each line says by itself how it came about, so that
files can be split, filtered and put together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

import msgspec

from .. import codec
from ..errors import InvalidDataError
from ..failures import Failure, failure
from ..text import one_line
from .errors import BatchError
from .outcome import Outcome

START: Final = b'{"source":"'
"""What each line begins with."""


class _Line(msgspec.Struct, frozen=True, omit_defaults=True):
    source: str
    status: Literal["ok", "failed"]
    result: Any = msgspec.UNSET
    error: Failure | msgspec.UnsetType = msgspec.UNSET
    attempts: int = -1  # never so; all others are written
    duration: float = -1.0
    operation: str = ""
    parameters: msgspec.Raw = msgspec.Raw()


class HeadError(msgspec.Struct, frozen=True):
    """What is read again of an error."""

    code: str
    retryable: bool


class Head(msgspec.Struct, frozen=True):
    """What is read again of a line; results may be large and stay where they are."""

    source: str
    status: Literal["ok", "failed"]
    operation: str
    parameters: msgspec.Raw
    error: HeadError | None = None


_ENCODER: Final = msgspec.json.Encoder()
_HEADS: Final = msgspec.json.Decoder(Head)


def encode_parameters(parameters: Mapping[str, object]) -> bytes:
    """Return the parameters of a run as JSON; the same ones give the same bytes.

    Raises:
        BatchError: One of them cannot be written as JSON.
    """
    try:
        return msgspec.json.encode(codec.to_builtins(dict(parameters)), order="sorted")
    except (TypeError, ValueError, InvalidDataError) as error:
        raise BatchError(f"the parameters cannot be written as JSON: {one_line(str(error), 200)}") from None


def encode_line(outcome: Outcome[Any], operation: str, parameters: bytes) -> bytes:
    """Return the line of an outcome, with its end."""
    failed = outcome.error is not None
    line = _Line(
        source=outcome.source,
        status="failed" if failed else "ok",
        result=msgspec.UNSET if failed else msgspec.Raw(codec.encode(outcome.result)),
        error=failure(outcome.error) if outcome.error is not None else msgspec.UNSET,
        attempts=outcome.attempts,
        duration=round(outcome.duration, 3),
        operation=operation,
        parameters=msgspec.Raw(parameters),
    )
    return _ENCODER.encode(line) + b"\n"


def decode_head(line: bytes) -> Head | None:
    """Read a line, or return None if it is none."""
    try:
        return _HEADS.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def is_torn(tail: bytes) -> bool:
    """Whether bytes without an end of line are the beginning of a line, and nothing that somebody else wrote.

    Some file systems fill a file up with zeros when the power fails.
    """
    tail = tail.rstrip(b"\0")
    begins = tail.startswith(START) if len(tail) > len(START) else START.startswith(tail)
    return begins and tail.translate(None, _CONTROLS) == tail


_CONTROLS: Final = bytes(range(32))
