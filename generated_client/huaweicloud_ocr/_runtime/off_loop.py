"""Files that a task reads without holding up the others."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable
from typing import Final, TypeVar, cast

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar

T = TypeVar("T")

_SMALL: Final = 64 * 1024
"""Bytes of a file that is read in place, in some 15 µs; the way to a thread and back takes five times as long."""

_THREADS: Final = 8
"""How many files are read at a time; more would only fill the memory while they wait to be sent."""

# Not the threads that all of anyio shares: an application may have taken those for tasks that wait for this very call.
_LIMITER: Final[RunVar[CapacityLimiter]] = RunVar("limiter of reading files")


async def off_loop(source: object, read: Callable[[], T]) -> T:
    """Return what `read` makes of a file, from a worker thread where that can take long.

    What is in memory, or is a small file of a disk, is read in place: small calls take less than a millisecond, and
    the way to a thread and back would be a good part of that. A slow disk holds up for a block or two then.

    Args:
        source: The file, or several; as a method takes it.
        read: Reads it.
    """
    sources = cast("list[object]", source) if isinstance(source, (list, tuple)) else [source]
    if all(map(_is_quick, sources)):
        return read()
    # Who is cancelled does not wait for a disk or a pipe.
    return await to_thread.run_sync(read, abandon_on_cancel=True, limiter=_limiter())


def _limiter() -> CapacityLimiter:
    try:
        return _LIMITER.get()
    except LookupError:
        limiter = CapacityLimiter(_THREADS)
        _LIMITER.set(limiter)
        return limiter


def _is_quick(source: object) -> bool:
    try:
        if isinstance(source, os.PathLike):
            return _is_small(os.stat(cast("os.PathLike[str]", source)))  # noqa: PTH116 - any os.PathLike
        if isinstance(source, (io.FileIO, io.BufferedReader, io.BufferedRandom)):
            return _is_small(os.fstat(source.fileno()))
    except (OSError, ValueError, TypeError):
        return True  # reading it says what is wrong
    return isinstance(source, io.BytesIO) or not hasattr(source, "read")


def _is_small(found: os.stat_result) -> bool:
    return stat.S_ISREG(found.st_mode) and found.st_size <= _SMALL
