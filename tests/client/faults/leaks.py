"""Files, sockets, threads and tasks that are left behind."""

from __future__ import annotations

import contextlib
import gc
import threading
import time
from collections.abc import Iterator
from pathlib import Path

_OPEN = Path("/proc/self/fd") if Path("/proc/self/fd").is_dir() else Path("/dev/fd")


def open_files() -> dict[int, str]:
    """Return what each descriptor of this process leads to."""
    found: dict[int, str] = {}
    for entry in _OPEN.iterdir():
        with contextlib.suppress(OSError):
            found[int(entry.name)] = str(entry.readlink()) if entry.is_symlink() else entry.name
    return found


@contextlib.contextmanager
def nothing_left(*, within: float = 5.0) -> Iterator[None]:
    """Assert that what is opened inside is closed inside, by whoever opened it and not by the collector.

    Args:
        within: Seconds that threads of a resolver or a peer have to end.
    """
    gc.disable()
    files, threads = open_files(), set(threading.enumerate())
    try:
        yield
        left = open_files().items() - files.items()
        ends = time.monotonic() + within
        while (left or set(threading.enumerate()) - threads) and time.monotonic() < ends:
            time.sleep(0.005)
            left = open_files().items() - files.items()
        assert not left
        assert set(threading.enumerate()) <= threads
    finally:
        gc.enable()
        gc.collect()  # what warns of resources that were not closed does so now, in this test
