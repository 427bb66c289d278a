"""HTTP clients of one's own: proxy, certificates, connection limits, HTTP/2."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from hypercorn.asyncio import serve
from hypercorn.config import Config

from huaweicloud_ocr import AsyncClient, Client, TokenAuth

from .service import HANDWRITING

URL = "https://example.com/a.jpg"


@pytest.fixture
def http2_service() -> Iterator[tuple[str, list[str]]]:
    """A server that speaks HTTP/2, and the versions of the requests that it saw."""
    versions: list[str] = []
    config = Config()
    config.bind = ["127.0.0.1:0"]
    config.loglevel = "CRITICAL"
    started, address, stop = threading.Event(), list[str](), asyncio.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            return
        versions.append(scope["http_version"])
        while (await receive()).get("more_body"):
            pass
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(HANDWRITING).encode()})

    async def run() -> None:
        sockets = config.create_sockets()
        address.append(f"http://127.0.0.1:{sockets.insecure_sockets[0].getsockname()[1]}")
        config.create_sockets = lambda: sockets  # type: ignore[method-assign]
        loops.append(asyncio.get_running_loop())
        started.set()
        await serve(app, config, shutdown_trigger=stop.wait)

    loops: list[asyncio.AbstractEventLoop] = []
    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    assert started.wait(10)
    yield address[0], versions
    loops[0].call_soon_threadsafe(stop.set)
    thread.join()


def test_http2(http2_service: tuple[str, list[str]]) -> None:
    """A client of one's own may speak HTTP/2."""
    endpoint, versions = http2_service
    with (
        httpx.Client(http1=False, http2=True) as http_client,
        Client(endpoint=endpoint, project_id="p", auth=TokenAuth("t"), http_client=http_client) as client,
    ):
        assert client.recognize_handwriting(url=URL).result.words_block_count == 1
    assert versions == ["2"]


async def test_http2_awaited(http2_service: tuple[str, list[str]]) -> None:
    """The asynchronous client may too, with many calls at once."""
    endpoint, versions = http2_service
    async with (
        httpx.AsyncClient(http1=False, http2=True) as http_client,
        AsyncClient(
            endpoint=endpoint, project_id="p", auth=TokenAuth("t"), http_client=http_client
        ) as client,
    ):
        await asyncio.gather(*(client.recognize_handwriting(url=URL) for _ in range(20)))
    assert versions == ["2"] * 20
