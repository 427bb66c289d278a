"""The sources of a run that are to be tried, one after the other."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from threading import Event
from typing import Any, Final

from .done import Done, RetryFailed, key_of
from .sources import Source, Sources, to_source
from .tally import Tally

_AT_ONCE: Final = 256
"""Sources that are looked at in one go; going to another thread takes as long as looking at some ten."""


class Feed:
    """Hands out each source once that is to be tried.

    Folders and lists are read in another thread, because disks may be slow; an iterable of the caller in this one,
    because it may not be made for threads.

    Args:
        sources: What to walk through.
        done: What earlier runs did.
        retry_failed: Which of the failed ones are to be tried.
        tally: Where to count what is left out.
        results: The results file, which is no source though it may lie among them.
    """

    def __init__(
        self,
        sources: Iterable[Any],
        done: Done,
        retry_failed: RetryFailed,
        tally: Tally,
        results: Path | None = None,
    ) -> None:
        self._results = results
        self._sources = sources
        self._is_ours = isinstance(sources, Sources)
        self._iterator: Iterator[Any] = iter(sources)
        self._skips: Callable[[bytes], bool] = lambda key: done.skips(key, retry_failed)
        self._tally = tally
        self._seen: set[bytes] = set()
        self._ready: deque[tuple[Source, bytes]] = deque()
        self._turn = asyncio.Lock()
        self._ended = Event()
        self._is_stopped = False
        self._threads: set[asyncio.Future[Any]] = set()

    async def next(self) -> tuple[Source, bytes] | None:
        """Return the next source and its key, or None when there is none or the feed was stopped."""
        async with self._turn:
            while not self._ready and not self._ended.is_set():
                await (self._in_thread(self._take) if self._is_ours else self._take_here())
            return None if self._ended.is_set() and not self._ready else self._ready.popleft()

    async def count(self) -> None:
        """Find out how many sources are to be tried, where they can be walked through twice."""
        sources = self._sources
        if isinstance(sources, (list, tuple)) or (isinstance(sources, Sources) and sources.is_repeatable):
            await self._in_thread(self._count)

    def stop(self) -> None:
        """Hand out nothing more."""
        self._is_stopped = True
        self._ended.set()
        self._ready.clear()

    async def aclose(self) -> None:
        """Stop, and wait for threads that look at sources at the moment."""
        self.stop()
        while self._threads:
            await asyncio.wait(self._threads)
        close = getattr(self._iterator, "close", None) if self._is_ours else None
        if close is not None:
            close()

    async def _take_here(self) -> None:
        self._take()
        await asyncio.sleep(0)

    def _take(self) -> None:
        looked_at = 0
        for item in islice(self._iterator, _AT_ONCE):
            looked_at += 1
            source = to_source(item)
            key = key_of(source.name)
            if self._is_results(source):
                continue
            if key in self._seen:
                self._tally.repeated += 1
            elif self._skips(key):
                self._tally.skipped += 1
            else:
                self._seen.add(key)
                self._ready.append((source, key))
            if self._ended.is_set():
                return
        if not looked_at:
            self._ended.set()

    def _count(self) -> None:
        total = 0
        for item in self._sources:
            if self._is_stopped:
                return
            source = to_source(item)
            total += not (self._skips(key_of(source.name)) or self._is_results(source))
        self._tally.total = total

    def _is_results(self, source: Source) -> bool:
        results, path = self._results, source.path
        if results is None or path is None or not path.endswith(results.name):
            return False
        try:
            return results.samefile(path)
        except OSError:
            return False

    async def _in_thread(self, work: Callable[[], None]) -> None:
        thread = asyncio.ensure_future(asyncio.to_thread(work))
        self._threads.add(thread)
        thread.add_done_callback(self._threads.discard)
        await asyncio.shield(thread)
