"""How far a run has come, on a terminal or in lines of a log; always on standard error."""

from __future__ import annotations

import asyncio
import sys
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from time import monotonic
from typing import Final, Protocol

from ..batch.tally import Tally

_SECONDS_BETWEEN_LINES: Final = 10.0
_SECONDS_BETWEEN_LOOKS: Final = 0.25
_WINDOW: Final = 60.0
"""Seconds over which the rate is taken."""


class Rate:
    """Sources a second, over the last minute."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, int]] = deque()

    def take(self, tried: int) -> float:
        """Note how many have been tried, and return how many are a second."""
        now = monotonic()
        self._samples.append((now, tried))
        while len(self._samples) > 2 and now - self._samples[0][0] > _WINDOW:
            self._samples.popleft()
        seconds = now - self._samples[0][0]
        return (tried - self._samples[0][1]) / seconds if seconds > 0 else 0.0


def status(tally: Tally, rate: float) -> str:
    """Return a run's state in a line."""
    count = f"{tally.tried:,}" if tally.total is None else f"{tally.tried:,} of {tally.total:,}"
    parts = [f"{count} done", f"{tally.failed:,} failed", f"{rate:.1f} a second"]
    if tally.total is not None and rate > 0 and tally.total > tally.tried:
        parts.append(f"about {duration((tally.total - tally.tried) / rate)} left")
    if tally.is_stopping:
        parts.append(f"finishing {tally.active}")
    elif tally.pause > 0:
        parts.append(f"waiting {tally.pause:.0f} s")
    else:
        parts.append(f"{tally.active} at once")
    return ", ".join(parts)


def duration(seconds: float) -> str:
    """Return a duration in its largest unit that fits, and the next."""
    whole = round(seconds)
    if whole >= 86400:
        return f"{whole // 86400} d {whole % 86400 // 3600} h"
    if whole >= 3600:
        return f"{whole // 3600} h {whole % 3600 // 60} min"
    return f"{whole // 60} min" if whole >= 120 else f"{whole} s"


class Display(Protocol):
    """Something that shows a run's state."""

    def show(self, tally: Tally, rate: float) -> None:
        """Show it as it is now."""
        ...

    def end(self) -> None:
        """Leave the terminal in order."""
        ...


class Lines:
    """A line every ten seconds."""

    def __init__(self) -> None:
        self._next = monotonic() + _SECONDS_BETWEEN_LINES

    def show(self, tally: Tally, rate: float) -> None:
        """Write a line when it is time."""
        if monotonic() >= self._next:
            self._next += _SECONDS_BETWEEN_LINES
            print(status(tally, rate), file=sys.stderr, flush=True)

    def end(self) -> None:
        """Do nothing: lines leave a terminal as it is."""


class Bar:
    """A bar that moves."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        self._progress = Progress(
            BarColumn(bar_width=24),
            TextColumn("{task.fields[status]}", markup=False),
            console=Console(stderr=True),
            auto_refresh=False,
        )
        self._task = self._progress.add_task("", total=None, status="")
        self._progress.start()

    def show(self, tally: Tally, rate: float) -> None:
        """Move it."""
        self._progress.update(
            self._task, completed=tally.tried, total=tally.total, status=status(tally, rate), refresh=True
        )

    def end(self) -> None:
        """Leave it where it is."""
        self._progress.stop()


@asynccontextmanager
async def shown(tally: Tally) -> AsyncGenerator[Display, None]:
    """Show how far a run has come, while the block is open."""
    display: Display = Bar() if sys.stderr.isatty() else Lines()
    rate = Rate()

    async def watch() -> None:
        while True:
            display.show(tally, rate.take(tally.tried))
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)

    watching = asyncio.create_task(watch())
    try:
        yield display
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        display.show(tally, rate.take(tally.tried))
        display.end()
