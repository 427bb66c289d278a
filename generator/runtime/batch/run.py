"""A run: workers that take sources from a feed, try them, and keep a line of each."""

from __future__ import annotations

import asyncio
import contextlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from .attempts import Attempts, StoppedError
from .done import Done
from .feed import Feed
from .lines import encode_line
from .outcome import Outcome
from .pace import Pace
from .results import Results
from .settings import Settings
from .tally import Tally

SECONDS_BETWEEN_SYNCS: Final = 1.0


class Run:
    """A run that goes on.

    Attributes:
        outcomes: What became of each source; None at the end.
        failure: Why the run stopped by itself, or None.
    """

    def __init__(self, settings: Settings, results: Results | None, tally: Tally) -> None:
        self.outcomes: asyncio.Queue[Outcome[Any] | None] = asyncio.Queue(settings.concurrency)
        self.failure: Exception | None = None
        self._settings = settings
        self._results = results
        self._tally = tally
        self._done = Done() if results is None else results.done
        self._feed = Feed(settings.sources, self._done, settings.retry_failed, tally, settings.results)
        self._pace = Pace(settings.concurrency, settings.pacing)
        # Threads start when they are needed: none for an asynchronous client.
        self._threads = ThreadPoolExecutor(settings.concurrency, thread_name_prefix="batch")
        self._attempts = Attempts(
            call=settings.awaitable_call(self._threads),
            target=settings.target,
            arguments=settings.arguments,
            pace=self._pace,
            retries=settings.retries,
            unanswered=settings.unanswered,
        )
        self._workers: list[asyncio.Task[None]] = []
        self._others: list[asyncio.Task[None]] = []
        self._ended = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def begin(self) -> None:
        """Start the workers."""
        self._tally.begin(self._done, self._pace)
        self._workers = [asyncio.create_task(self._work()) for _ in range(self._settings.concurrency)]
        self._others = [asyncio.create_task(work) for work in (self._finish(), self._sync(), self._count())]

    def stop(self) -> None:
        """Begin no more calls; from any thread."""
        self._loop.call_soon_threadsafe(self._stop)

    def _stop(self) -> None:
        self._tally.is_stopping = True
        self._begin_no_more()

    def _begin_no_more(self) -> None:
        self._feed.stop()
        self._pace.stop()

    async def aclose(self) -> None:
        """Give up calls that are under way, and close the results file; it does nothing when that is done already."""
        self._begin_no_more()
        self._ended.set()
        for task in (*self._workers, *self._others[:1]):
            task.cancel()
        try:
            await asyncio.gather(*self._workers, *self._others, return_exceptions=True)
            await self._feed.aclose()
        finally:
            self._threads.shutdown(wait=False, cancel_futures=True)
            results, self._results = self._results, None
            if results is not None:
                results.close()

    async def _work(self) -> None:
        try:
            while (found := await self._feed.next()) is not None:
                source, key = found
                outcome = await self._attempts.outcome(source)
                if self._results is not None:
                    settings = self._settings
                    self._results.append(encode_line(outcome, settings.operation, settings.parameters))
                self._tally.count(outcome, self._done.failure(key))
                await self.outcomes.put(outcome)
        except StoppedError:
            return
        except Exception as error:
            # Whatever it is: nothing that it is the fault of may go on, and whoever iterates gets to know.
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        self.failure = self.failure or error
        self._stop()

    async def _finish(self) -> None:
        await asyncio.wait(self._workers)
        await self.outcomes.put(None)

    async def _sync(self) -> None:
        """Have lines outlive the machine, in a thread because that takes as long as the disk likes."""
        while self._results is not None and not self._ended.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._ended.wait(), SECONDS_BETWEEN_SYNCS)
            try:
                await asyncio.to_thread(self._results.sync)
            except Exception as error:
                self._fail(error)

    async def _count(self) -> None:
        try:
            await self._feed.count()
        except Exception as error:
            self._fail(error)
