"""A sign of life, for work that takes longer than one likes to wait without."""

from __future__ import annotations

import os
import sys
import threading
import time
from types import TracebackType
from typing import Final, Self, TextIO

from generator.findings import printable

PATIENCE: Final = 1.0
"""Seconds of work about which nothing is said."""

INTERVAL: Final = 10.0
"""Seconds between two lines where no line can be written over."""

_REFRESH: Final = 0.1


class Progress:
    """Says what is being done, if it takes longer than a moment.

    On a terminal a spinner tells the stage and the seconds, and is gone when the work is done. Elsewhere, in the log
    of a build for instance, it is a line now and then.
    """

    def __init__(self, work: str, stream: TextIO | None = None, patience: float = PATIENCE) -> None:
        """Prepare to tell of some work, such as `checking openapi.yaml`, on standard error by default."""
        self._work = printable(work)
        self._stage = ""
        self._stream = stream or sys.stderr
        self._patience = patience
        self._done = threading.Event()
        self._follower = threading.Thread(target=self._follow, name="progress", daemon=True)
        self._start = 0.0

    def __enter__(self) -> Self:
        """Begin to count the time."""
        self._start = time.monotonic()
        self._follower.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the terminal as it was."""
        self._done.set()
        self._follower.join()

    def tell(self, stage: str) -> None:
        """Say which part of the work begins."""
        self._stage = printable(stage)

    def _follow(self) -> None:
        if self._done.wait(self._patience):
            return
        if self._stream.isatty() and os.environ.get("TERM") != "dumb":
            self._spin()
        else:
            self._log()

    def _spin(self) -> None:
        # Its import takes a while, but who waits for a second has that while.
        from rich.console import Console
        from rich.text import Text

        with Console(file=self._stream).status(Text(self._line())) as status:
            while not self._done.wait(_REFRESH):
                status.update(Text(self._line()))

    def _log(self) -> None:
        while True:
            print(self._line(), file=self._stream, flush=True)
            if self._done.wait(INTERVAL):
                return

    def _line(self) -> str:
        stage = f": {self._stage}" if self._stage else ""
        return f"{self._work}{stage} … {time.monotonic() - self._start:.0f} s"
