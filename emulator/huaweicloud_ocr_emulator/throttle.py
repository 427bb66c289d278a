"""How many calls are served in a span of time, and which fail though nothing is wrong."""

from __future__ import annotations

import math
import random
import time
from collections import deque
from collections.abc import Callable, Collection, Sequence

from huaweicloud_ocr_emulator.failures import CallFailed, ErrorCode
from huaweicloud_ocr_emulator.settings import RateLimit, Rehearsed
from huaweicloud_ocr_emulator.wrong_settings import did_you_mean


class UnknownFault(ValueError):
    """An error is to be rehearsed that the description does not have; the message says what may be meant."""


def require_known(faults: Sequence[Rehearsed], codes: Collection[str]) -> None:
    """Make sure that each fault can be answered.

    Raises:
        UnknownFault: One has a code that the description does not have, or has no message of.
    """
    for fault in faults:
        if fault.code not in codes:
            raise UnknownFault(
                f"{fault.code} is no error code that the description has a message of"
                f"{did_you_mean(fault.code, codes) or ': the page /docs lists them'}"
            )


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
        # One throw for all faults, so that each has its share of all calls.
        thrown = self._dice.random()
        for fault in self._faults:
            if thrown < fault.share:
                raise CallFailed(fault.code, "rehearsed with --fault")
            thrown -= fault.share
