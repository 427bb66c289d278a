"""A batch for programs without an event loop of their own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from threading import Thread
from typing import Any, TypeVar

from .engine import Batch
from .outcome import Outcome

T = TypeVar("T")
R = TypeVar("R")


def run_in_thread(batch: Batch[T]) -> Iterator[Outcome[T]]:
    """Run a batch on an event loop in another thread, and yield its outcomes here.

    The calls go on while the caller works on an outcome. Ending the iteration early gives up those that are under way.

    Raises:
        OcrError: As the batch does.
    """
    loop = asyncio.new_event_loop()
    thread = Thread(target=_serve, args=(loop,), name="batch", daemon=True)
    thread.start()

    try:
        outcomes = aiter(batch)
        while (outcome := _wait_for(_next(outcomes), loop)) is not None:
            yield outcome
    finally:
        _wait_for(batch.aclose(), loop)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def _wait_for(work: Coroutine[Any, Any, R], loop: asyncio.AbstractEventLoop) -> R:
    return asyncio.run_coroutine_threadsafe(work, loop).result()


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
    finally:
        loop.close()


async def _next(outcomes: AsyncIterator[Outcome[T]]) -> Outcome[T] | None:
    return await anext(outcomes, None)
