"""How many calls are served in a span of time, and which fail though nothing is wrong."""

from __future__ import annotations

import math
import random
import time
from collections import deque
from collections.abc import Callable, Sequence

from huaweicloud_ocr_emulator.failures import CallFailed, ErrorCode
from huaweicloud_ocr_emulator.settings import RateLimit, Rehearsed


class Throttle:
    """Serves a number of calls in any span of some seconds, and refuses the others."""

    def __init__(self, limit: RateLimit | None, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._monotonic = monotonic
        self._served: deque[float] = deque()

    def admit(self) -> None:
        """Count a call.

        Raises:
            CallFailed: It is one too many. `Retry-After` says in how many seconds the next one is served.
        """
        if self._limit is None:
            return
        now = self._monotonic()
        while self._served and self._served[0] <= now - self._limit.seconds:
            self._served.popleft()
        if len(self._served) >= self._limit.calls:
            wait = math.ceil(self._served[0] + self._limit.seconds - now)
            raise CallFailed(
                ErrorCode.THROTTLED,
                f"more than {self._limit.calls} calls in {self._limit.seconds:g} s",
                {"Retry-After": str(max(1, wait))},
            )
        self._served.append(now)


class Rehearsal:
    """Lets shares of the calls fail, so that callers can rehearse it."""

    def __init__(self, faults: Sequence[Rehearsed], seed: int | None) -> None:
        self._faults = faults
        self._dice = random.Random(seed)

    def play(self) -> None:
        """Roll the dice for a call.

        Raises:
            CallFailed: It fails.
        """
        for fault in self._faults:
            if self._dice.random() < fault.share:
                raise CallFailed(fault.code, "rehearsed with --fault")
