"""Who recognises: as many threads as there are cores, and before them a queue that does not grow without bound."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from huaweicloud_ocr_emulator.call_record import CallRecord
from huaweicloud_ocr_emulator.failures import CallFailed, ErrorCode

T = TypeVar("T")


class Gone(Exception):
    """Nobody waits for the outcome of a call any more."""


class Workers:
    """Does work in threads, as much of it at once as there are workers, while the event loop stays free.

    What nobody waits for any more is dropped: without a trace if it did not begin, and otherwise as soon as the work
    asks whether it is still wanted. Until then it keeps its worker: there is never more work at once than workers.

    Attributes:
        count: How many workers there are.
        queue: How many calls may wait for one.
        seconds: In which a piece of work has to be done, from when it begins.
        waiting: How many calls wait now.
        busy: How many workers are at work now.
    """

    def __init__(self, count: int, *, queue: int, seconds: float, name: str = "recognition") -> None:
        self.count = count
        self.queue = queue
        self.seconds = seconds
        self.waiting = 0
        self.busy = 0
        self._free = asyncio.Semaphore(count)
        # The last one that was at work goes first: its memory is at hand, and what it works with is in the caches.
        self._idle = [ThreadPoolExecutor(1, thread_name_prefix=f"{name}-{number}") for number in range(count)]
        self._all = tuple(self._idle)

    async def run(
        self,
        work: Callable[[Callable[[], bool]], T],
        record: CallRecord,
        until_gone: Coroutine[Any, Any, None],
    ) -> T:
        """Do a piece of work as soon as a worker is free.

        Args:
            work: What is done; it gets a function that tells whether it is still wanted.
            record: Where it is noted how long the call waited, and how long the work took.
            until_gone: Returns when nobody waits for the outcome any more.

        Raises:
            CallFailed: Too many wait already, or the work takes too long.
            Gone: Nobody waits for the outcome any more.
        """
        gone = asyncio.ensure_future(until_gone)
        try:
            started = time.perf_counter()
            await self._begin(gone)
            record.queued = time.perf_counter() - started
            return await self._do(work, record, gone)
        finally:
            gone.cancel()

    def close(self) -> None:
        """End the threads, as soon as they have done what they are at."""
        for thread in self._all:
            thread.shutdown(wait=False, cancel_futures=True)

    async def _begin(self, gone: asyncio.Future[None]) -> None:
        if self._free.locked() and self.waiting >= self.queue:
            raise CallFailed(ErrorCode.TOO_MANY_AT_ONCE, f"{self.busy} at work, {self.waiting} in the queue")
        turn = asyncio.ensure_future(self._free.acquire())
        self.waiting += 1
        try:
            either: set[asyncio.Future[Any]] = {turn, gone}
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                raise Gone
        except BaseException:
            # It may be this one's turn at the very moment.
            if not turn.cancel() and not turn.cancelled():
                self._free.release()
            raise
        finally:
            self.waiting -= 1

    async def _do(
        self, work: Callable[[Callable[[], bool]], T], record: CallRecord, gone: asyncio.Future[None]
    ) -> T:
        stop = threading.Event()
        started = time.perf_counter()
        self.busy += 1
        thread = self._idle.pop()
        done = asyncio.get_running_loop().run_in_executor(thread, work, lambda: not stop.is_set())
        done.add_done_callback(partial(self._end, thread))
        try:
            either: set[asyncio.Future[Any]] = {done, gone}
            await asyncio.wait(either, timeout=self.seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop.set()
            record.worked = time.perf_counter() - started
        if done.done():
            return done.result()
        if gone.done():
            raise Gone
        raise CallFailed(ErrorCode.TOO_SLOW, f"not done within {self.seconds:g} s")

    def _end(self, thread: ThreadPoolExecutor, done: asyncio.Future[Any]) -> None:
        self.busy -= 1
        self._idle.append(thread)
        self._free.release()
        if not done.cancelled():
            done.exception()  # of work that was given up; nobody else asks for it
