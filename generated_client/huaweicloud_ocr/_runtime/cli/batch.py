"""The command `batch`: a run over many sources that says how far it has come and how it ended.

Exit codes: 0, everything has a result; 1, some sources failed, or nothing got through for long; 2, the sources, the
results file or the parameters do not serve; 3, the service refuses the credentials or the settings; 130 and 143,
stopped by Ctrl-C or SIGTERM.
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

from ..batch import Batch, BatchError, RetryFailed, Sources
from ..errors import ApiError, OcrError, ConfigurationError, InvalidRequestError
from .batch_interrupts import handled
from .batch_progress import Display, shown
from .batch_report import report

FINE: Final = 0
FAILED: Final = 1
USAGE: Final = 2
SETUP: Final = 3

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
        arguments: The other arguments of the method.
    """
    package = import_module(f"{_PACKAGE}.batch")

    async def run() -> int:
        async with open_client() as client:
            batch = package.run(
                getattr(client, operation),
                Sources(sources, package.TARGETS[operation].suffixes),
                results=results,
                concurrency=concurrency,
                retry_failed=retry_failed,
                retries=retries,
                unanswered=unanswered,
                **arguments,
            )
            return await _finish(batch)

    try:
        return asyncio.run(run())
    except (BatchError, InvalidRequestError) as error:
        return _complain(error, USAGE)
    except (ApiError, ConfigurationError) as error:
        return _complain(error, SETUP if not getattr(error, "retryable", False) else FAILED)
    except OcrError as error:
        return _complain(error, FAILED)


async def _finish(batch: Batch[Any]) -> int:
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
    tally = batch.tally
    if interrupts.first:
        _say("stopped; the same command goes on")
        return interrupts.exit_code
    if not tally.tried + tally.skipped:
        _say("nothing was found to send")
        return USAGE
    on_disk = tally.on_disk
    if on_disk.total() == on_disk[""]:
        return FINE
    _say("the same command tries what may succeed later again; --retry-failed tries all that failed again")
    return FAILED


def _complain(error: OcrError, code: int) -> int:
    for line in (*str(error).split("\n"), *getattr(error, "__notes__", ())):
        _say(line)
    if code != USAGE:
        _say("what is done is kept: once this is mended, the same command goes on")
    return code


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
