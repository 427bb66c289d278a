"""How many calls are under way at once: fewer when the service is throttling, more again when it is not.

The limit is halved when a call is throttled, and grows by one each time that as many calls as it allows have succeeded:
the rule by which TCP shares a line. A wait that the service asks for holds for the whole run.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import deque
from typing import Final, cast

import attrs

from ..text import one_line
from .errors import BatchError

_LONGEST_RETRY_AFTER: Final = 600.0
_MOST_SECONDS: Final = 24 * 60 * 60


def _check_seconds(instance: object, attribute: attrs.Attribute[float], value: object) -> None:
    # The type is compared because True is an int, too.
    if type(value) not in (int, float) or not 0 <= cast(float, value) <= _MOST_SECONDS:
        raise BatchError(
            f"Pacing: {attribute.name} is {one_line(repr(value), 40)}: "
            f"a number of seconds from 0 to {_MOST_SECONDS} is needed"
        )


@attrs.frozen(kw_only=True)
class Pacing:
    """How a run waits.

    Attributes:
        first_delay: Seconds that it waits at most after the first call that was throttled or could not be made.
        longest_delay: Seconds that it waits at most by itself, when that goes on; each wait is twice the one before.
            A service may ask for more, up to 10 minutes.
        patience: Seconds after which it stops when all calls were throttled or could not be made for so long.

    Raises:
        BatchError: A number is out of its range, which is that of a day.
    """

    first_delay: float = attrs.field(default=1.0, validator=_check_seconds)
    longest_delay: float = attrs.field(default=60.0, validator=_check_seconds)
    patience: float = attrs.field(default=900.0, validator=_check_seconds)


class Pace:
    """Lets calls begin.

    Args:
        most: How many may be under way at once.
        pacing: How to wait.

    Attributes:
        active: How many calls are under way.
        cuts: How often the limit was cut.
        last_good: When the service last did what it was asked to, on the clock of the event loop.
    """

    def __init__(self, most: int, pacing: Pacing) -> None:
        self.most = most
        self.active = 0
        self.cuts = 0
        self._limit = 1.0  # the first call shows whether the credentials serve
        self._is_proved = False
        self._pacing = pacing
        self._waiting: deque[asyncio.Future[bool]] = deque()
        self._loop = asyncio.get_running_loop()
        self._resume = self._loop.time()
        self.last_good = self._resume
        self._stopped = asyncio.Event()
        self._delays = 0
        self._timer: asyncio.TimerHandle | None = None

    @property
    def limit(self) -> int:
        """How many calls may be under way at the moment."""
        return int(self._limit)

    @property
    def pause(self) -> float:
        """Seconds until calls may begin again; 0 when they may."""
        return max(0.0, self._resume - self._loop.time())

    @property
    def now(self) -> float:
        """Seconds on the clock of `last_good`."""
        return self._loop.time()

    def is_hopeless(self, retries: int, *, throttled: bool) -> bool:
        """Return whether to give up the run, because nothing gets through.

        Args:
            retries: How often to try again at most as long as nothing ever got through; then the address is wrong.
            throttled: Whether something answers, so that it is only a matter of patience.
        """
        if not self._is_proved and not throttled and self._delays > retries:
            return True
        return self.now - self.last_good > self._pacing.patience

    async def sleep(self, seconds: float) -> None:
        """Wait, until the end of the run at the longest."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopped.wait(), seconds)

    async def begin(self) -> int | None:
        """Wait until a call may begin, and return how often the limit was cut until then; None at the end.

        Whoever gets a number calls `end` afterwards.
        """
        if self._stopped.is_set():
            return None
        turn: asyncio.Future[bool] = self._loop.create_future()
        self._waiting.append(turn)
        self._admit()
        try:
            may_begin = await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.result():
                self.end()
            raise
        return self.cuts if may_begin else None

    def end(self) -> None:
        """Note that a call is over."""
        self.active -= 1
        self._admit()

    def answered(self, cuts: int) -> None:
        """Note that the service did what it was asked to, or refused for reasons of that one call.

        Args:
            cuts: What `begin` returned.
        """
        self.last_good = self._loop.time()
        self._delays = 0
        if not self._is_proved:
            self._is_proved = True
            self._limit = float(self.most)
        elif cuts == self.cuts:
            self._limit = min(float(self.most), self._limit + 1 / self._limit)

    def slow_down(self, cuts: int, retry_after: float | None) -> None:
        """Note that the service was asked for too much, or not reached.

        Args:
            cuts: What `begin` returned.
            retry_after: Seconds to wait, if the service said so.
        """
        wait = 0.0
        if cuts == self.cuts:  # others that were under way at the same time say nothing new
            self.cuts += 1
            self._limit = max(1.0, min(self._limit, self.active) / 2)
            longest = min(self._pacing.longest_delay, self._pacing.first_delay * 2.0 ** min(self._delays, 30))
            wait = random.uniform(longest / 2, longest)
            self._delays += 1
        if retry_after is not None:
            wait = max(wait, min(retry_after, _LONGEST_RETRY_AFTER))
        self._resume = max(self._resume, self._loop.time() + wait)

    def stop(self) -> None:
        """Let no call begin any more."""
        self._stopped.set()
        if self._timer is not None:
            self._timer.cancel()
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(False)

    def _admit(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._waiting and self.pause > 0 and not self._stopped.is_set():
            self._timer = self._loop.call_at(self._resume, self._admit)
            return
        while self._waiting and self.active < self.limit:
            turn = self._waiting.popleft()
            if not turn.done():
                self.active += 1
                turn.set_result(True)
