# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

"""Many files through one operation: as fast as the service allows, and safe against being stopped at any moment.

    async with AsyncClient(…) as client:
        async for outcome in run(client.recognize_handwriting, "folder", results="out.jsonl"):
            print(outcome.source, outcome.code or "ok")

Sources are a folder, a pattern such as `scans/**/*.png`, a list with a path or an address a line, or an iterable of paths
and addresses; `Sources` says how they are read. They are walked through while the run goes on, and 100,000 of them take
hardly more memory than a few: some 15 MB, for what tells them apart.

The results file gets a line of JSON for each source, in the order in which they end:

    {"source": …, "status": "ok", "result": {…}, "attempts": 1, "duration": 0.412, "operation": …, "parameters": {…}}
    {"source": …, "status": "failed", "error": {"code": …, "message": …, "remedy": …, "retryable": …, "request_id": …}, …}

What holds, even if the process is killed:

- A source whose line is on disk is not sent again, and none is left out: the same run once more goes on. Files are known
  by their absolute paths, addresses by their text; the same source given twice is tried once.
- Of a line that was being written the beginning is removed by the next run; the source is tried again.
- Two runs cannot write the same file, nor can a run with another operation or other parameters.
- A line outlives the process at once. It outlives the machine after a second at the most, when the file is synchronised.

A source that cannot be read, that breaks the limits of the description or that is refused gets a line with an error, and the run goes on. It
stops, with the error as an exception, at what all others would fail of too: refused credentials, a missing permission or
subscription, a wrong address. The first call goes out alone, so that a wrong key is used once. Sources of a run that was
stopped and were not done with have no line, and are tried by the next.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from os import PathLike
from typing import Final, TypeVar

from ._runtime.batch import (
    AnySources,
    Batch,
    BatchError,
    Outcome,
    Pacing,
    RetryFailed,
    Settings,
    Sources,
    Tally,
    Target,
    UnreadableSourceError,
    read,
    run_in_thread,
)

__all__ = [
    "TARGETS",
    "AnySources",
    "Batch",
    "BatchError",
    "Outcome",
    "Pacing",
    "RetryFailed",
    "Sources",
    "Tally",
    "Target",
    "UnreadableSourceError",
    "read",
    "run",
    "run_sync",
]

T = TypeVar("T")

TARGETS: Final[Mapping[str, Target]] = {
    "recognize_handwriting": Target(
        file="image", url="url", formats=("JPEG", "PNG", "BMP", "TIFF"), max_base64_length=10485760
    ),
    "recognize_web_image": Target(
        file="image",
        url="url",
        formats=("JPEG", "PNG", "BMP", "TIFF", "GIF", "WEBP"),
        max_base64_length=10485760,
    ),
}
"""The methods that take a file, and how."""

for _class in (BatchError, UnreadableSourceError):
    _class.__module__ = __name__  # tracebacks and pickles name them as they are imported


def run(
    call: Callable[..., Awaitable[T]],
    sources: AnySources,
    *,
    results: str | PathLike[str] | None = None,
    concurrency: int = 8,
    retry_failed: RetryFailed = "retryable",
    retries: int = 4,
    unanswered: bool = False,
    pacing: Pacing | None = None,
    **parameters: object,
) -> Batch[T]:
    """Call a method of `AsyncClient` for many sources.

    Args:
        call: The method, such as `client.recognize_handwriting`.
        sources: What to send: see above, and `Sources`.
        results: The results file, which is made or gone on with; without one, nothing is kept.
        concurrency: How many calls may be under way at once, from 1 to 1000. It falls when the service throttles, and
            rises again.
        retry_failed: Which of the sources that failed in an earlier run are tried again: `retryable`, those that may
            succeed although nothing has changed, such as those without an answer; `all`; or `none`.
        retries: How often a source is tried again at most within this run, from 0 to 100. Throttled calls do not count.
        unanswered: Whether to try again, within this run, what was sent but not answered. Such a call may have been
            carried out, and is then carried out and billed twice.
        pacing: How long to wait when the service throttles or is not reached, and when to give up.
        parameters: The other arguments of the method, the same for all sources.

    Returns:
        What to iterate over with `async for`, once.

    Raises:
        BatchError: A setting is not usable, or there is no such folder, file or pattern.
    """
    return Batch(
        Settings.make(
            TARGETS,
            call,
            sources,
            results=results,
            concurrency=concurrency,
            retry_failed=retry_failed,
            retries=retries,
            unanswered=unanswered,
            pacing=pacing,
            parameters=parameters,
        )
    )


def run_sync(
    call: Callable[..., T],
    sources: AnySources,
    *,
    results: str | PathLike[str] | None = None,
    concurrency: int = 8,
    retry_failed: RetryFailed = "retryable",
    retries: int = 4,
    unanswered: bool = False,
    pacing: Pacing | None = None,
    **parameters: object,
) -> Iterator[Outcome[T]]:
    """Do what `run` does with a method of `Client`, in threads, and yield the outcomes."""
    batch: Batch[T] = Batch(
        Settings.make(
            TARGETS,
            call,
            sources,
            results=results,
            concurrency=concurrency,
            retry_failed=retry_failed,
            retries=retries,
            unanswered=unanswered,
            pacing=pacing,
            parameters=parameters,
        )
    )
    return run_in_thread(batch)
