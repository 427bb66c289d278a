"""Which sources have a line on disk already, in little memory."""

from __future__ import annotations

import sys
from collections import Counter
from hashlib import blake2b
from typing import Final, Literal, TypeAlias

RetryFailed: TypeAlias = Literal["retryable", "all", "none"]
"""Which of the sources that have failed are tried again: those that may succeed later, all, or none."""

_KEY_SIZE: Final = 15
"""Bytes of a key. 16 would take 16 bytes more in memory each; among 10^9 keys two are the same once in 10^18 runs."""


def key_of(name: str) -> bytes:
    """Return what stands for the name of a source."""
    return blake2b(name.encode(), digest_size=_KEY_SIZE).digest()


class Done:
    """The sources that earlier runs came to an end with. It does not change while a run goes on."""

    def __init__(self) -> None:
        self._recognised: set[bytes] = set()
        self._failed: dict[bytes, tuple[str, bool]] = {}

    def add(self, name: str, code: str, *, retryable: bool) -> None:
        """Take in a line: a result if `code` is empty. Of several lines of a source the last counts."""
        key = key_of(name)
        if not code:
            self._recognised.add(key)
            self._failed.pop(key, None)
        elif key not in self._recognised:
            self._failed[key] = sys.intern(code), retryable

    def __len__(self) -> int:
        return len(self._recognised) + len(self._failed)

    def skips(self, key: bytes, retry_failed: RetryFailed) -> bool:
        """Whether a source is not to be tried in this run."""
        if key in self._recognised:
            return True
        failed = self._failed.get(key)
        if failed is None or retry_failed == "all":
            return False
        return retry_failed == "none" or not failed[1]

    def failure(self, key: bytes) -> tuple[str, bool]:
        """Return the code of the error that a source last ended in, or an empty text, and whether it is retryable."""
        return self._failed.get(key, ("", False))

    @property
    def recognised(self) -> int:
        """How many have a result."""
        return len(self._recognised)

    @property
    def retryable(self) -> int:
        """How many failed, but may succeed later."""
        return sum(is_retryable for _, is_retryable in self._failed.values())

    def failures(self) -> Counter[str]:
        """Return how many failed, by code."""
        return Counter(code for code, _ in self._failed.values())
