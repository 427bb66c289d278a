"""What a run is to do."""

from __future__ import annotations

import asyncio
import functools
import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from os import PathLike
from pathlib import Path
from typing import Any, Final, Self, get_args

import attrs

from ..text import one_line
from ..unset import UNSET
from .done import RetryFailed
from .errors import BatchError
from .lines import encode_parameters
from .pace import Pacing
from .rehearsal import check_arguments
from .sources import AnySources, to_sources
from .target import Target

MOST_AT_ONCE: Final = 1000
MOST_RETRIES: Final = 100

_OF_A_CALL: Final = frozenset({"headers", "retries", "time_limit"})
"""Arguments that say how a call is made, not what is asked for; headers may hold secrets."""


@attrs.frozen(kw_only=True)
class Settings:
    """What a run is to do.

    Attributes:
        call: The client's method.
        operation: Its name.
        target: How it takes a file.
        arguments: Its other arguments.
        parameters: Those of them that results depend on, as JSON.
        sources: What to walk through.
        results: The results file, or None.
        concurrency: How many calls may be under way at once.
        retry_failed: Which of the sources that failed in earlier runs are tried again.
        retries: How often a source is tried again at most, apart from throttling.
        unanswered: Whether to try again what was sent but not answered.
        pacing: How to wait.
    """

    call: Callable[..., Any]
    operation: str
    target: Target
    arguments: Mapping[str, object]
    parameters: bytes
    sources: Iterable[Any]
    results: Path | None
    concurrency: int
    retry_failed: RetryFailed
    retries: int
    unanswered: bool
    pacing: Pacing

    @classmethod
    def make(
        cls,
        targets: Mapping[str, Target],
        call: Callable[..., Any],
        sources: AnySources,
        *,
        results: str | PathLike[str] | None,
        concurrency: int,
        retry_failed: RetryFailed,
        retries: int,
        unanswered: bool,
        pacing: Pacing | None,
        parameters: Mapping[str, object],
    ) -> Self:
        """Check and complete what a caller said.

        Raises:
            BatchError: A setting is not usable, or there are no such sources.
        """
        operation = getattr(call, "__name__", "")
        target = targets.get(operation)
        if target is None:
            known = ", ".join(f"client.{name}" for name in targets)
            raise BatchError(f"{one_line(operation or repr(call), 200)} takes no file: pass one of {known}")
        _check_whole("concurrency", concurrency, 1, MOST_AT_ONCE)
        _check_whole("retries", retries, 0, MOST_RETRIES)
        if retry_failed not in get_args(RetryFailed):
            raise BatchError(f"retry_failed has to be one of {', '.join(get_args(RetryFailed))}")
        arguments = {name: value for name, value in parameters.items() if value is not UNSET}
        check_arguments(call, target, arguments)
        if hasattr(call, "__deprecated__") or hasattr(call, "__deprecated_arguments__"):
            from ..deprecation import tell_of_calls

            tell_of_calls(call, arguments)
        of_results = {name: value for name, value in arguments.items() if name not in _OF_A_CALL}
        arguments["retries"] = 0  # or throttling would not be seen here
        return cls(
            call=call,
            operation=operation,
            target=target,
            arguments=arguments,
            parameters=encode_parameters(of_results),
            sources=to_sources(sources, target.suffixes),
            results=None if results is None else Path(results),
            concurrency=concurrency,
            retry_failed=retry_failed,
            retries=retries,
            unanswered=unanswered,
            pacing=pacing or Pacing(),
        )

    def awaitable_call(self, threads: ThreadPoolExecutor) -> Callable[..., Awaitable[Any]]:
        """Return the call to be awaited: that of a synchronous client is made in a thread."""
        if inspect.iscoroutinefunction(self.call):
            return self.call

        async def call(**arguments: Any) -> Any:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(threads, functools.partial(self.call, **arguments))

        return call


def _check_whole(name: str, value: object, least: int, most: int) -> None:
    # The type is compared because True is an int, too.
    if type(value) is not int or not least <= value <= most:
        raise BatchError(
            f"{name} is {one_line(repr(value), 40)}: a whole number from {least} to {most} is needed"
        )
