"""A call that is not sent, which shows whether the parameters of a run are right before the first source."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from ..errors import OcrError
from ..text import one_line
from .errors import BatchError
from .target import Target

_ADDRESS: Final = "https://example.com/picture"


class _SentError(Exception):
    """Ends a rehearsal where the request would leave."""


def check_arguments(call: Callable[..., Any], target: Target, arguments: Mapping[str, object]) -> None:
    """Hold the names of arguments to those of the client's method.

    Raises:
        BatchError: The method does not take one of them, or needs another.
    """
    taken = {name for name in (target.file, target.url) if name} & arguments.keys()
    if taken:
        raise BatchError(f"{', '.join(sorted(taken))}: this is what a batch fills in for each source")
    try:
        inspect.signature(call).bind(**{target.file: b"", **arguments})
    except TypeError as error:
        raise BatchError(f"{getattr(call, '__name__', 'the call')}: {one_line(str(error), 200)}") from None


async def rehearse(call: Callable[..., Any], target: Target, arguments: Mapping[str, object]) -> None:
    """Make a call with a copy of the client that sends nothing.

    It takes an address in place of a file, so there is no rehearsal where the operation takes none.

    Raises:
        OcrError: The call breaks the description, whatever the source; as the client says it.
    """
    client: Any = getattr(call, "__self__", None)
    if client is None or not hasattr(client, "send") or not target.url:
        return

    def send(operation: Any, *, options: object, **parts: Any) -> Any:
        operation.request(endpoint="https://example.com", time_limit=1.0, headers={}, **parts)
        raise _SentError

    async def send_async(operation: Any, *, options: object, **parts: Any) -> Any:
        send(operation, options=options, **parts)

    stand_in = copy.copy(client)
    is_async = inspect.iscoroutinefunction(call)
    stand_in.send = send_async if is_async else send
    try:
        found: Awaitable[Any] = call.__func__(stand_in, **{target.url: _ADDRESS, **arguments})  # type: ignore[attr-defined]
        if is_async:
            await found
    except _SentError:
        return
    except OcrError as error:
        error.add_note("Nothing was sent: this is wrong for every source of the batch.")
        raise
