"""What to do after a run: what the same command can mend, and what it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..batch import RetryFailed, Tally
from ..errors import ApiError, ClientError
from ..failures import kind_name, may_succeed_later
from ..text import one_line


def after_failures(tally: Tally, results: Path, retry_failed: RetryFailed) -> Iterator[str]:
    """Say what to do about the sources that have failed, as far as the results file knows.

    Args:
        tally: What the run came to.
        results: The results file.
        retry_failed: Which of those that had failed before were tried again.
    """
    on_disk = tally.on_disk
    later, failed = tally.retryable, on_disk.total() - on_disk[""]
    if later:
        how = "without --no-retry-failed, the same command" if retry_failed == "none" else "the same command"
        yield f"{later:,} may succeed later: {how} tries {_them(later)} again"
    if for_good := failed - later:
        fail = "fails" if for_good == 1 else "fail"
        lines = f'the lines with "status":"failed" in {one_line(str(results), 200)}'
        yield (
            f"{for_good:,} {fail} again unless something is changed: {lines} say what; "
            f"--retry-failed then tries {_them(for_good)} again"
        )


def after_stop(error: ClientError, credentials: str) -> str:
    """Say how to go on after an error at which a run stopped.

    Args:
        error: The error.
        credentials: Environment variables that may hold the credentials, in words; empty if there are none.
    """
    if may_succeed_later(error):
        return "what is done is kept: once the service lets calls through, the same command goes on"
    if (
        credentials
        and isinstance(error, ApiError)
        and (error.status == 401 or kind_name(error) == "authentication")
    ):
        return (
            f"set {credentials} anew: the same command fails until then, then goes on; what is done is kept"
        )
    return "the same command fails until this is mended, then goes on; what is done is kept"


def _them(count: int) -> str:
    return "it" if count == 1 else "them"
