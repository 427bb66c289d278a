"""What can be set about the service."""

from __future__ import annotations

import os
from dataclasses import dataclass, field


def available_cores() -> int:
    """Return how many cores this process may use, at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the service behaves where the description of the API leaves it open.

    Attributes:
        token: The token that callers must send; None takes any that is not empty. Never in the repr.
        allow_private_urls: Fetch pictures from any address, this machine and its network included; for tests.
        workers: How many pictures are read at the same time, each by one thread on one core.
        fetch_seconds: Seconds after which fetching a picture from its URL is given up, redirects included.
        fetch_redirects: How many redirects are followed on the way to a picture.
    """

    token: str | None = field(default=None, repr=False)
    allow_private_urls: bool = False
    workers: int = field(default_factory=available_cores)
    fetch_seconds: float = 15.0
    fetch_redirects: int = 3
