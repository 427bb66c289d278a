"""The command `batch`: a run over many sources that says how far it has come and how it ended.

The exit code is 0 when every source has a result, 1 when some failed or nothing got through; `exits` has the others.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import Any, Final

from ..batch import Batch, BatchError, RetryFailed, Sources, Tally
from ..errors import ApiError, ClientError, ConfigurationError, InvalidRequestError
from .batch_advice import after_failures, after_stop
from .batch_interrupts import handled
from .batch_progress import Display, shown
from .batch_report import report
from .exits import Exit

_PACKAGE: Final = __name__.partition("._runtime")[0]


def run_batch(
    operation: str,
    sources: Sequence[str],
    *,
    open_client: Callable[[], AbstractAsyncContextManager[Any]],
    results: Path,
    concurrency: int = 8,
    retry_failed: RetryFailed = "retryable",
    retries: int = 4,
    unanswered: bool = False,
    credentials: str = "",
    arguments: Mapping[str, object],
) -> int:
    """Run a batch from beginning to end, and return the exit code.

    Args:
        operation: Name of the client's method.
        sources: Folders, patterns, lists, files, addresses, or `-`; as `Sources` takes them.
        open_client: Makes the asynchronous client.
        results: The results file.
        concurrency: As in `run`, and the others.
        retry_failed: Which of the sources that failed before are tried again.
        retries: How often a source is tried again at most.
        unanswered: Whether to try again what was sent but not answered.
        credentials: Environment variables that may hold the credentials, in words.
        arguments: The other arguments of the method.
    """
    package = import_module(f"{_PACKAGE}.batch")
    suffixes: frozenset[str] = package.TARGETS[operation].suffixes

    async def run() -> int:
        async with open_client() as client:
            batch = package.run(
                getattr(client, operation),
                Sources(sources, suffixes),
                results=results,
                concurrency=concurrency,
                retry_failed=retry_failed,
                retries=retries,
                unanswered=unanswered,
                **arguments,
            )
            code = await _carry_out(batch)
        return _conclude(batch.tally, results, retry_failed, suffixes) if code is None else code

    try:
        return asyncio.run(run())
    except (BatchError, InvalidRequestError) as error:
        _complain(error)
        return Exit.USAGE
    except ClientError as error:
        _complain(error)
        _say(after_stop(error, credentials))
        is_refused = isinstance(error, (ApiError, ConfigurationError)) and not error.retryable
        return Exit.SETUP if is_refused else Exit.FAILED


async def _carry_out(batch: Batch[Any]) -> int | None:
    """Run a batch to its end, and return the exit code if it was stopped."""
    began = monotonic()
    displays: list[Display] = []
    loop = asyncio.get_running_loop()

    def stop() -> None:
        _say(f"finishing {batch.tally.active} calls that are under way; once more stops at once")
        batch.stop()

    def first() -> None:
        # A handler must not write to a stream: it may have interrupted somebody who does.
        loop.call_soon_threadsafe(stop)

    def second() -> None:
        with suppress(Exception):
            for display in displays:
                display.end()
        os.write(2, b"stopped at once; the same command goes on\n")

    with handled(first, second) as interrupts:
        try:
            async with batch, shown(batch.tally) as display:
                displays.append(display)
                async for _ in batch:
                    pass
        finally:
            if batch.tally.has_begun:
                report(batch.tally, monotonic() - began)
    if not interrupts.first:
        return None
    _say("stopped; the same command goes on")
    return interrupts.exit_code


def _conclude(tally: Tally, results: Path, retry_failed: RetryFailed, suffixes: frozenset[str]) -> int:
    """Say what is left to do, and return the exit code."""
    if not tally.tried + tally.skipped:
        ends = f": of a folder, files that end in {', '.join(sorted(suffixes))} are sent" if suffixes else ""
        _say(f"nothing was found to send{ends}")
        return Exit.USAGE
    advice = [*after_failures(tally, results, retry_failed)]
    for line in advice:
        _say(line)
    return Exit.FAILED if advice else Exit.FINE


def _complain(error: ClientError) -> None:
    for line in (*str(error).split("\n"), *getattr(error, "__notes__", ())):
        _say(line)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
