"""Ctrl-C and the like: the first asks a run to end, the second ends the process."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

_SIGNALS: Final = ("SIGINT", "SIGTERM", "SIGBREAK")


class Interrupts:
    """What signals have come.

    Attributes:
        first: Number of the first, or 0.
    """

    def __init__(self, on_first: Callable[[], None], on_second: Callable[[], None]) -> None:
        self.first = 0
        self._on_first = on_first
        self._on_second = on_second

    @property
    def exit_code(self) -> int:
        """The exit code of a process that ended for the first signal, as shells have it."""
        return 128 + self.first

    def handle(self, number: int, frame: FrameType | None) -> None:
        """Handle a signal."""
        if not self.first:
            self.first = number
            self._on_first()
            return
        self._on_second()
        # Waiting for threads could take as long as a disk or the service likes, and nothing is left to be written.
        os._exit(128 + number)


@contextmanager
def handled(on_first: Callable[[], None], on_second: Callable[[], None]) -> Generator[Interrupts, None, None]:
    """Handle signals while the block is open; only the main thread can.

    Args:
        on_first: Called at the first signal; it may not block.
        on_second: Called at the second, just before the process ends.
    """
    interrupts = Interrupts(on_first, on_second)
    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    before: list[tuple[int, Any]] = [(number, signal.signal(number, interrupts.handle)) for number in numbers]
    try:
        yield interrupts
    finally:
        for number, handler in before:
            signal.signal(number, handler)
