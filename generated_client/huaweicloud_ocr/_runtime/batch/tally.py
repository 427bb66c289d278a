"""How far a run has come, in numbers."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ..failures import may_succeed_later
from .done import Done
from .outcome import Outcome
from .pace import Pace


class Tally:
    """Counts of a run, which change while it goes on.

    Attributes:
        recognised: Sources that got a result in this run.
        failures: Sources that failed in this run, by code.
        skipped: Sources that had a line on disk and were not tried.
        repeated: Sources that came more than once, and were tried once.
        attempts: Calls that were made.
        retryable: Sources that failed as far as the results file knows, but may succeed later.
        total: How many sources this run has to try in all, or None as long as that is not known.
        is_stopping: Whether the run only finishes what is under way.
    """

    def __init__(self) -> None:
        self.recognised = 0
        self.failures: Counter[str] = Counter()
        self.skipped = 0
        self.repeated = 0
        self.attempts = 0
        self.retryable = 0
        self.total: int | None = None
        self.is_stopping = False
        self._pace: Pace | None = None
        self._on_disk = 0
        self._failed_on_disk: Counter[str] = Counter()

    @property
    def failed(self) -> int:
        """Sources that failed in this run."""
        return self.failures.total()

    @property
    def tried(self) -> int:
        """Sources that this run came to an end with."""
        return self.recognised + self.failed

    @property
    def on_disk(self) -> Counter[str]:
        """Sources in the results file by the code of their error, which is empty for a result."""
        return Counter({"": self._on_disk, **self._failed_on_disk})

    @property
    def has_begun(self) -> bool:
        """Whether the results file was opened and calls can be made."""
        return self._pace is not None

    @property
    def limit(self) -> int:
        """How many calls may be under way at once at the moment; 0 before the run."""
        return self._pace.limit if self._pace else 0

    @property
    def active(self) -> int:
        """How many calls are under way."""
        return self._pace.active if self._pace else 0

    @property
    def pause(self) -> float:
        """Seconds until calls may begin again, after throttling; 0 when they may."""
        return self._pace.pause if self._pace else 0.0

    def begin(self, done: Done, pace: Pace) -> None:
        """Take in what earlier runs did, and who says how many calls are made at once."""
        self._pace = pace
        self._on_disk = done.recognised
        self._failed_on_disk = done.failures()
        self.retryable = done.retryable

    def count(self, outcome: Outcome[Any], before: tuple[str, bool]) -> None:
        """Take in an outcome.

        Args:
            outcome: What became of a source.
            before: The code that it had on disk before, or an empty text, and whether that was retryable.
        """
        self.attempts += outcome.attempts
        code, was_retryable = before
        if code:
            self._failed_on_disk[code] -= 1
            self.retryable -= was_retryable
        if outcome.error is None:
            self.recognised += 1
            self._on_disk += 1
        else:
            self.failures[outcome.code] += 1
            self._failed_on_disk[outcome.code] += 1
            self.retryable += may_succeed_later(outcome.error)
