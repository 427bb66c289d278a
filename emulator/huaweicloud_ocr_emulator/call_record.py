"""What is noted about a call on its way, for the log and the metrics."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class CallRecord:
    """What became of a call: no header, query, picture or text, save that which is asked for.

    Attributes:
        request_id: The identifier of the call, which the caller gets too.
        operation: The `operationId`, or another name for what has none.
        status: The HTTP status of the answer; 0 before there is one.
        code: The error code of the answer, or None.
        reason: What exactly was wrong, or None.
        body_size: Bytes of the request's body, or None while it was not read.
        picture: Format, width and height of the picture, in pixels, or None.
        queued: Seconds that the call waited for a worker, or None.
        worked: Seconds that a worker spent on it, or None.
        blocks: How many blocks of text were found, or None.
        words: What they say, one a line, if that is to be logged; or None.
        is_gone: Whether the caller hung up before the end of the answer.
        is_refused: Whether the connection has answered it and told of it, because the rest of it is no HTTP.
    """

    request_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    operation: str = "no operation"
    status: int = 0
    code: str | None = None
    reason: str | None = None
    body_size: int | None = None
    picture: tuple[str, int, int] | None = None
    queued: float | None = None
    worked: float | None = None
    blocks: int | None = None
    words: str | None = None
    is_gone: bool = False
    is_refused: bool = False
    _began: float = field(default_factory=time.perf_counter)

    @property
    def seconds(self) -> float:
        """Seconds since the call arrived."""
        return time.perf_counter() - self._began

    def members(self, outcome: str | None = None) -> dict[str, Any]:
        """Return what is known, as the members of a log line in JSON; times are in milliseconds.

        Args:
            outcome: How the call ended where there is no answer.
        """
        kind, width, height = self.picture or (None, None, None)
        found = {
            "request_id": self.request_id,
            "operation": self.operation,
            "status": self.status or None,
            "outcome": outcome,
            "code": self.code,
            "reason": self.reason,
            "body_bytes": self.body_size,
            "format": kind,
            "width": width,
            "height": height,
            "blocks": self.blocks,
            "words": self.words,
            "queue_ms": _milliseconds(self.queued),
            "recognition_ms": _milliseconds(self.worked),
            "total_ms": _milliseconds(self.seconds),
        }
        return {name: value for name, value in found.items() if value is not None}

    def line(self, outcome: str | None = None) -> str:
        """Return what is known as a line for people, without the words.

        Args:
            outcome: How the call ended where there is no answer.
        """
        ended = outcome or self.code or str(self.status)
        if self.reason and not outcome:
            ended += f": {self.reason}"
        details = [f"{self.seconds * 1000:.0f} ms"]
        if self.worked is not None:
            details.append(f"queue {(self.queued or 0) * 1000:.0f}, recognition {self.worked * 1000:.0f}")
        if self.picture is not None:
            details.append("{} of {} x {} pixels".format(*self.picture))
        if self.blocks is not None:
            details.append(f"{self.blocks} blocks")
        return f"{self.request_id}: {self.operation}, {ended} ({'; '.join(details)})"


def _milliseconds(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds * 1000, 1)
