"""A batch, as whoever runs it sees it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Generic, Self, TypeVar

from .errors import BatchError
from .outcome import Outcome
from .rehearsal import rehearse
from .results import Results
from .run import Run
from .settings import Settings
from .tally import Tally

T = TypeVar("T")


class Batch(Generic[T]):
    """A run over many sources: iterate over it once, with `async for`.

    It begins with the first outcome that is asked for. Ending the iteration early gives up the calls that are under
    way; their sources count as not tried, though the service may have carried them out. `stop` lets them end first.
    `async with` makes sure that all is closed at once when the iteration ends early.

    Attributes:
        tally: How far it has come.
    """

    def __init__(self, settings: Settings) -> None:
        """Take the settings; nothing is opened yet."""
        self.tally = Tally()
        self._settings = settings
        self._run: Run | None = None
        self._is_used = False

    async def __aiter__(self) -> AsyncIterator[Outcome[T]]:
        """Run, and yield the outcome of each source once its line is on disk; in the order in which they end.

        Raises:
            BatchError: The results file cannot be used, a list is none, or the iteration is not the first.
            OcrError: All other sources would fail in the same way: the credentials are refused, a parameter breaks
                the description, or nothing got through for long.
        """
        if self._is_used:
            raise BatchError("a batch is run once: make a new one")
        self._is_used = True
        settings = self._settings
        await rehearse(settings.call, settings.target, settings.arguments)
        run = self._run = Run(settings, await _open(settings), self.tally)
        try:
            run.begin()
            if self.tally.is_stopping:
                run.stop()
            while (outcome := await run.outcomes.get()) is not None:
                yield outcome
            if run.failure is not None:
                raise run.failure
        finally:
            await run.aclose()

    def stop(self) -> None:
        """Begin no more calls. Outcomes of those under way still come, then the iteration ends.

        Any thread, and a handler of a signal, may call it.
        """
        self.tally.is_stopping = True
        if self._run is not None:
            self._run.stop()

    async def aclose(self) -> None:
        """Give up calls that are under way, and close the results file."""
        if self._run is not None:
            await self._run.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()


async def _open(settings: Settings) -> Results | None:
    """Open the results file in a thread: reading what is there takes its time when there is much."""
    if settings.results is None:
        return None
    opening = asyncio.ensure_future(
        asyncio.to_thread(Results, settings.results, settings.operation, settings.parameters)
    )
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        opening.add_done_callback(_close)
        raise


def _close(opening: asyncio.Future[Results]) -> None:
    if not opening.cancelled() and opening.exception() is None:
        opening.result().close()
