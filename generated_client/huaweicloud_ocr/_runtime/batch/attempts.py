"""One source: its calls, until there is a result or a reason to give it up."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from time import monotonic
from typing import Any, Final

import attrs

from ..errors import ApiError, OcrError, InvalidRequestError
from .contents import to_argument
from .outcome import Outcome
from .pace import Pace
from .sources import Source
from .target import Target
from .verdicts import Verdict, judge

_FIRST_DELAY: Final = 0.5
_LONGEST_DELAY: Final = 20.0


class StoppedError(Exception):
    """The run was stopped before a source was done with: it counts as not tried."""


@attrs.define
class _Work:
    source: Source
    began: float
    attempts: int = 0
    duration: float = 0.0
    result: Any = None
    error: OcrError | None = None

    def outcome(self) -> Outcome[Any]:
        return Outcome(
            source=self.source.name,
            result=self.result,
            error=self.error,
            attempts=self.attempts,
            duration=self.duration,
        )


@attrs.frozen(kw_only=True)
class Attempts:
    """How sources are tried.

    Attributes:
        call: Makes a call, with the argument that takes a file and the others.
        target: How the operation takes a file.
        arguments: The other arguments.
        pace: Lets calls begin.
        retries: How often a source is tried again at most, apart from throttling.
        unanswered: Whether to try again what was sent but not answered.
    """

    call: Callable[..., Awaitable[Any]]
    target: Target
    arguments: Mapping[str, object]
    pace: Pace
    retries: int
    unanswered: bool

    async def outcome(self, source: Source) -> Outcome[Any]:
        """Try a source.

        Raises:
            StoppedError: The run was stopped first.
            OcrError: All other sources would fail in the same way.
        """
        work = _Work(source, self.pace.now)
        while True:
            cuts = await self.pace.begin()
            if cuts is None:
                raise StoppedError
            try:
                verdict = await self._attempt(work, cuts)
            except Exception:
                self.pace.stop()  # before the place of this call is free
                raise
            finally:
                self.pace.end()
            if verdict is None or self._is_given_up(work, verdict):
                return work.outcome()
            if verdict is Verdict.AGAIN:
                longest = min(_LONGEST_DELAY, _FIRST_DELAY * 2.0 ** (work.attempts - 1))
                await self.pace.sleep(random.uniform(0, longest))

    async def _attempt(self, work: _Work, cuts: int) -> Verdict | None:
        """Make a call, and return what its error means; None if it is done with, well or not."""
        began = monotonic()
        try:
            # A slow disk must not hold up the calls that are under way.
            argument = await asyncio.to_thread(to_argument, work.source, self.target)
            work.result = await self.call(**argument, **self.arguments)
        except InvalidRequestError as error:  # found before anything was sent
            work.error = error
            return None
        except OcrError as error:
            work.error = error
        else:
            work.error = None
        finally:
            work.duration += monotonic() - began
        work.attempts += 1
        return self._judge(work.error, cuts)

    def _judge(self, error: OcrError | None, cuts: int) -> Verdict | None:
        verdict = None if error is None else judge(error, unanswered=self.unanswered)
        if error is not None and verdict is Verdict.STOP:
            raise error
        if verdict in (Verdict.THROTTLED, Verdict.SLOWER):
            self.pace.slow_down(cuts, getattr(error, "retry_after", None))
        elif error is None or isinstance(error, ApiError):
            self.pace.answered(cuts)
        return None if verdict is Verdict.FAILED else verdict

    def _is_given_up(self, work: _Work, verdict: Verdict) -> bool:
        if verdict is Verdict.AGAIN:
            return work.attempts > self.retries
        is_throttled = verdict is Verdict.THROTTLED
        if work.error is not None and self.pace.is_hopeless(self.retries, throttled=is_throttled):
            work.error.add_note("Nothing got through, so the run was stopped.")
            raise work.error
        # As long as nobody gets through, it is not this source's fault.
        return not is_throttled and work.attempts > self.retries and self.pace.last_good > work.began
