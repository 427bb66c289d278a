"""What openapi-python-client makes of the same description.

It has no model for the request, whose body is `Any`, so a dict is sent; answers are read into its models.
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from serving import serve
from stock_client.api.ocr import recognize_handwriting  # pyright: ignore[reportMissingImports]
from stock_client.client import AuthenticatedClient  # pyright: ignore[reportMissingImports]
from stock_client.models.handwriting_response import HandwritingResponse  # pyright: ignore[reportMissingImports]


class Stock:
    """Calls by the functions of the operation's module."""

    def __init__(self, endpoint: str) -> None:
        self._settings: dict[str, Any] = {
            "base_url": endpoint,
            "token": "token",
            "prefix": "",
            "auth_header_name": "X-Auth-Token",
        }
        self._client = AuthenticatedClient(**self._settings)

    def call(self, picture: Path) -> str:
        """Read and encode the picture with the standard library."""
        answer: Any = recognize_handwriting.sync("project", client=self._client, body=_body(picture))
        words: str = answer.result.words_block_list[0].words
        return words

    def parse(self, data: bytes) -> object:
        """Do what each of its calls does."""
        return HandwritingResponse.from_dict(json.loads(data))

    @asynccontextmanager
    async def concurrent(self) -> AsyncIterator[Callable[[Path], Awaitable[str]]]:
        """Share one client."""
        async with AuthenticatedClient(**self._settings) as client:

            async def call(picture: Path) -> str:
                answer: Any = await recognize_handwriting.asyncio(
                    "project", client=client, body=_body(picture)
                )
                words: str = answer.result.words_block_list[0].words
                return words

            yield call


def _body(picture: Path) -> dict[str, str]:
    return {"image": base64.b64encode(picture.read_bytes()).decode("ascii")}


if __name__ == "__main__":
    serve(Stock(sys.argv[1]))
