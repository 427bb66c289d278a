"""One does what many need; the others wait for the outcome."""

from __future__ import annotations

import copy
import os
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from typing import Final

_DONE: Final = "done"
_ABANDONED: Final = "abandoned"


def _is_asyncio() -> bool:
    """Whether asyncio runs this task, and not another library."""
    import asyncio  # it takes long, and those who do not await have no use for it

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


class _Flight:
    """One run of the action, under way."""

    def __init__(self, *, of_task: bool) -> None:
        self._outcome: Future[str | Exception] = Future()
        # A waiting task that is cancelled would otherwise cancel the future for all.
        self._outcome.set_running_or_notify_cancel()
        self._thread = threading.get_ident() if of_task else None

    def stands_still_here(self) -> bool:
        """Whether a task of this very thread is at it, which cannot go on while the thread waits."""
        return self._thread == threading.get_ident()

    def end(self, outcome: str | Exception) -> None:
        self._outcome.set_result(outcome)

    def wait(self, seconds: float) -> str | Exception:
        try:
            return self._outcome.result(seconds)
        except TimeoutError:
            return _ABANDONED

    async def wait_async(self, seconds: float) -> str | Exception:
        if not _is_asyncio():
            from anyio import to_thread

            return await to_thread.run_sync(self.wait, seconds, abandon_on_cancel=True)
        import asyncio

        outcome = asyncio.wrap_future(self._outcome)
        await asyncio.wait([outcome], timeout=seconds)
        return outcome.result() if outcome.done() else _ABANDONED


class SingleFlight:
    """Lets one thread or task do what all of them need, whatever event loop or thread they run in.

    When it fails, those who wait for it fail with the same error, and do not try on their own. When it is cancelled,
    or its event loop never goes on, another one takes over.
    """

    def __init__(self, patience: float) -> None:
        """Make one.

        Args:
            patience: Seconds after which one that says nothing is taken for dead.
        """
        self._patience = patience
        # By process, so that a fork in the middle of a flight waits for nobody. There is no lock, which a fork could
        # copy while it is held: `setdefault` is one step, and so says which of many was first.
        self._flights: dict[int, _Flight] = {}

    def run(self, is_done: Callable[[], bool], action: Callable[[], None]) -> None:
        """Do the action, or wait for who does it; nothing happens when all is done already."""
        while not is_done():
            mine = _Flight(of_task=False)
            flight = self._flights.setdefault(os.getpid(), mine)
            if flight is mine:
                return self._lead(mine, is_done, action)
            if flight.stands_still_here():
                return action()
            if self._follow(flight, flight.wait(self._patience)):
                return None
        return None

    async def run_async(self, is_done: Callable[[], bool], action: Callable[[], Awaitable[None]]) -> None:
        """Do the same in a task."""
        while not is_done():
            mine = _Flight(of_task=True)
            flight = self._flights.setdefault(os.getpid(), mine)
            if flight is mine:
                return await self._lead_async(mine, is_done, action)
            if self._follow(flight, await flight.wait_async(self._patience)):
                return None
        return None

    def _lead(self, mine: _Flight, is_done: Callable[[], bool], action: Callable[[], None]) -> None:
        outcome: str | Exception = _ABANDONED
        try:
            if not is_done():  # another one may have landed since it was asked
                action()
            outcome = _DONE
        except Exception as error:
            outcome = error
            raise
        finally:
            self._land(mine, outcome)

    async def _lead_async(
        self, mine: _Flight, is_done: Callable[[], bool], action: Callable[[], Awaitable[None]]
    ) -> None:
        outcome: str | Exception = _ABANDONED
        try:
            if not is_done():
                await action()
            outcome = _DONE
        except Exception as error:
            outcome = error
            raise
        finally:
            self._land(mine, outcome)

    def _land(self, mine: _Flight, outcome: str | Exception) -> None:
        self._clear(mine)
        mine.end(outcome)

    def _clear(self, flight: _Flight) -> None:
        if self._flights.get(os.getpid()) is flight:
            self._flights.pop(os.getpid(), None)

    def _follow(self, flight: _Flight, outcome: str | Exception) -> bool:
        """Take part in an outcome; return whether there is one."""
        if isinstance(outcome, Exception):
            # Each raises one of its own: an exception that several raise gathers all of their tracebacks.
            raise copy.copy(outcome) from outcome
        if outcome == _ABANDONED:
            self._clear(flight)
        return outcome == _DONE
