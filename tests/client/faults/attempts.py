"""Calls that fail, and what holds for each failure."""

from __future__ import annotations

import asyncio
import time
import traceback
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

import attrs
import httpx
import pytest

from huaweicloud_ocr import ApiError, AsyncClient, Client, OcrError

from ..calling import Caller

TOKEN = "token-that-nobody-may-see"
URL = "https://example.com/a.jpg?secret=query-that-nobody-may-see"

Call: TypeAlias = Callable[..., Awaitable[Any]]
"""Calls `recognize_handwriting`."""


@attrs.frozen
class Failed:
    """A failure.

    Attributes:
        error: The exception.
        seconds: How long it took.
    """

    error: Any
    seconds: float

    @property
    def message(self) -> str:
        """Text of the exception."""
        return str(self.error)


def fails(
    caller: Caller,
    kind: type[OcrError],
    *,
    within: float,
    http: Mapping[str, Any] | None = None,
    **arguments: Any,
) -> Failed:
    """Make a call that ends in just this exception, in time, and without a word of secrets in message or traceback.

    Args:
        caller: What calls.
        kind: The exception.
        within: Seconds.
        http: Settings of an HTTP client of one's own, or None for that of the package.
        arguments: Arguments of the call; its URL when there is no image.
    """

    async def once(call: Call) -> None:
        await call(**({} if "image" in arguments else {"url": URL}), **arguments)

    began = time.monotonic()
    with pytest.raises(OcrError) as caught:
        play(caller, once, http=http)
    seconds = time.monotonic() - began
    error = caught.value
    assert isinstance(error, kind)
    # The class of an API error says what kind of error it is, which is not what is tested here.
    assert kind is ApiError or type(error) is kind
    assert seconds < within
    message = str(error)
    assert message.replace("\n", "").isprintable()
    assert len(message) < 600
    told = "".join(traceback.format_exception(error))
    assert TOKEN not in told
    assert "query-that-nobody-may-see" not in told
    return Failed(error, seconds)


def play(
    caller: Caller,
    action: Callable[[Call], Awaitable[Any]],
    *,
    http: Mapping[str, Any] | None = None,
    **settings: Any,
) -> Any:
    """Let an action make several calls with one client: what it awaits is done at once with the synchronous one."""
    settings = {**caller.settings, **settings}

    async def run_asynchronous() -> Any:
        if http is None:
            async with AsyncClient(**settings) as client:
                return await action(client.recognize_handwriting)
        async with (
            httpx.AsyncClient(**http) as http_client,
            AsyncClient(**settings, http_client=http_client) as client,
        ):
            return await action(client.recognize_handwriting)

    async def run_with(client: Client) -> Any:
        async def call(**arguments: Any) -> Any:
            return client.recognize_handwriting(**arguments)

        return await action(call)

    if caller.asynchronous:
        return asyncio.run(run_asynchronous())
    if http is None:
        with Client(**settings) as client:
            return asyncio.run(run_with(client))
    with httpx.Client(**http) as http_client, Client(**settings, http_client=http_client) as client:
        return asyncio.run(run_with(client))
