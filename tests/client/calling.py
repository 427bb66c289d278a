"""Calls as a user makes them, with either client."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import ModuleType
from typing import Any

from huaweicloud_ocr import AsyncClient, Client


class Caller:
    """Makes each call with a client of its own, `Client` or `AsyncClient`."""

    def __init__(self, *, asynchronous: bool, **settings: Any) -> None:
        self.asynchronous = asynchronous
        self.settings = settings

    def use(self, action: Callable[[Any], Any], **settings: Any) -> Any:
        """Open a client, let `action` make its calls, and close the client."""
        settings = {**self.settings, **settings}
        if not self.asynchronous:
            with Client(**settings) as client:
                return action(client)

        async def run() -> Any:
            async with AsyncClient(**settings) as client:
                return await action(client)

        return asyncio.run(run())

    def handwriting(self, **arguments: Any) -> Any:
        """Call `recognize_handwriting`."""
        return self.use(lambda client: client.recognize_handwriting(**arguments))

    def web_image(self, **arguments: Any) -> Any:
        """Call `recognize_web_image`."""
        return self.use(lambda client: client.recognize_web_image(**arguments))

    def plain(self, module: ModuleType, **arguments: Any) -> Any:
        """Call a module of `huaweicloud_ocr.api` for the model."""
        name = "asyncio" if self.asynchronous else "sync"
        return self.use(lambda client: getattr(module, name)(client=client, **arguments))

    def detailed(self, module: ModuleType, **arguments: Any) -> Any:
        """Call a module of `huaweicloud_ocr.api` for the whole answer."""
        name = "asyncio_detailed" if self.asynchronous else "sync_detailed"
        return self.use(lambda client: getattr(module, name)(client=client, **arguments))
