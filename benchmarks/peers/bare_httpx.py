"""What a good programmer writes without a client: httpx, the standard library and no checks."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from serving import serve

HEADERS = {"X-Auth-Token": "token"}


class BareHttpx:
    """Calls on one client that keeps its connections."""

    def __init__(self, endpoint: str) -> None:
        self._url = f"{endpoint}/v2/project/ocr/handwriting"
        self._client = httpx.Client(headers=HEADERS, timeout=60)

    def call(self, picture: Path) -> str:
        """Read, encode, send, and look the words up in what `json` makes of the answer."""
        return _words(self._client.post(self._url, json=_body(picture)))

    def parse(self, data: bytes) -> object:
        """Read with the standard library."""
        return json.loads(data)

    @asynccontextmanager
    async def concurrent(self) -> AsyncIterator[Callable[[Path], Awaitable[str]]]:
        """Share one asynchronous client."""
        async with httpx.AsyncClient(headers=HEADERS, timeout=60) as client:

            async def call(picture: Path) -> str:
                return _words(await client.post(self._url, json=_body(picture)))

            yield call


def _body(picture: Path) -> dict[str, str]:
    return {"image": base64.b64encode(picture.read_bytes()).decode("ascii")}


def _words(response: httpx.Response) -> str:
    response.raise_for_status()
    words: str = response.json()["result"]["words_block_list"][0]["words"]
    return words


if __name__ == "__main__":
    serve(BareHttpx(sys.argv[1]))
