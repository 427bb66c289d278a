"""Carries out in one of the environments what the benchmark asks for: a line of JSON in, a line of JSON out."""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, Protocol


class Peer(Protocol):
    """One way to call the service. What a peer cannot do raises `NotImplementedError`."""

    def call(self, picture: Path) -> str:
        """Send a picture and return the words of the first block."""
        ...

    def parse(self, data: bytes) -> object:
        """Return what an answer's body is to the caller."""
        ...

    def concurrent(self) -> AbstractAsyncContextManager[Callable[[Path], Awaitable[str]]]:
        """Open what calls from many tasks go through."""
        ...


def serve(peer: Peer) -> None:
    """Answer each line of standard input until it ends."""
    for line in sys.stdin:
        task = json.loads(line)
        print(json.dumps(_carry_out(peer, **task)), flush=True)


def _carry_out(peer: Peer, what: str, path: str, times: int, tasks: int) -> Any:
    match what:
        case "call":
            return _seconds(lambda: peer.call(Path(path)), times)
        case "parse":
            data = Path(path).read_bytes()
            return _seconds(lambda: peer.parse(data), times)
        case "tasks":
            return asyncio.run(_concurrent(peer, Path(path), times, tasks))
        case "peak":
            before = _peak()
            peer.call(Path(path))
            return _peak() - before
        case _:
            return peer.call(Path(path))


def _seconds(action: Callable[[], object], times: int) -> float:
    started = time.perf_counter()
    for _ in range(times):
        action()
    return (time.perf_counter() - started) / times


async def _concurrent(peer: Peer, picture: Path, times: int, tasks: int) -> float:
    left = iter(range(times))
    async with peer.concurrent() as call:

        async def work() -> None:
            for _ in left:
                await call(picture)

        started = time.perf_counter()
        await asyncio.gather(*(work() for _ in range(tasks)))
        return (time.perf_counter() - started) / times


def _peak() -> int:
    """Return the most memory, in bytes, that this process has held at once so far."""
    status = Path("/proc/self/status")
    if status.exists():  # `ru_maxrss` also counts what the process that started this one held then
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
