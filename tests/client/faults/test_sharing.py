"""One client for many threads and tasks, also while things go wrong."""

from __future__ import annotations

import asyncio
import json
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from huaweicloud_ocr import AsyncClient, BrokenResponseError, Client, OcrError, TimeLimitError, TokenAuth

from .attempts import TOKEN
from .conftest import OpenPeer
from .peers import Connection, answer

CALLS = 200
AT_ONCE = 16


def echoes(connection: Connection) -> None:
    """Answer each request of a connection with the URL that it brought."""
    while request := connection.request():
        block = {
            "words": json.loads(request.partition(b"\r\n\r\n")[2])["url"],
            "type": "text",
            "confidence": 1,
            "location": [[0, 0]] * 4,
        }
        found = {"result": {"words_block_count": 1, "words_block_list": [block]}}
        connection.send(answer(json.dumps(found).encode()))


def fails_often(connection: Connection) -> None:
    """Answer one request and end the next one in one of three ways."""
    while request := connection.request():
        number = int(json.loads(request.partition(b"\r\n\r\n")[2])["url"].rpartition("/")[2])
        match number % 4:
            case 0:
                return
            case 1:
                connection.reset()
                return
            case 2:
                connection.wait()
                return
            case _:
                connection.send(answer())


@pytest.fixture
def settings() -> dict[str, object]:
    """Settings of both clients."""
    return {"project_id": "p", "auth": TokenAuth(TOKEN), "time_limit": 10, "retries": 0}


def test_threads(peers: OpenPeer, settings: dict[str, object]) -> None:
    """Every thread gets the answers to its own calls, over no more connections than there are threads."""
    peer = peers(echoes)
    urls = [f"http://a/{number}" for number in range(CALLS)]
    with Client(**settings, endpoint=peer.endpoint) as client, ThreadPoolExecutor(AT_ONCE) as pool:  # type: ignore[arg-type]
        answers = pool.map(lambda url: client.recognize_handwriting(url=url), urls)
        assert [found.result.words_block_list[0].words for found in answers] == urls
    assert peer.connections <= AT_ONCE


async def test_tasks(peers: OpenPeer, settings: dict[str, object]) -> None:
    """Every task gets the answer to its own call."""
    peer = peers(echoes)
    urls = [f"http://a/{number}" for number in range(CALLS)]
    async with AsyncClient(**settings, endpoint=peer.endpoint) as client:  # type: ignore[arg-type]
        answers = await asyncio.gather(*(client.recognize_handwriting(url=url) for url in urls))
    assert [found.result.words_block_list[0].words for found in answers] == urls
    assert len(asyncio.all_tasks()) == 1


EXPECTED = Counter({BrokenResponseError: 20, TimeLimitError: 10, int: 10})


def test_failing_threads(peers: OpenPeer, settings: dict[str, object]) -> None:
    """Calls that fail beside others do not disturb them, and leave the client usable."""
    peer = peers(fails_often)
    barrier = threading.Barrier(8, timeout=10)

    def call(number: int) -> type[object]:
        if number < 8:
            barrier.wait()
        try:
            found = client.recognize_handwriting(url=f"http://a/{number}")
            return type(found.result.words_block_count)
        except OcrError as error:
            return type(error)

    with Client(**settings | {"time_limit": 0.3}, endpoint=peer.endpoint) as client:  # type: ignore[arg-type]
        with ThreadPoolExecutor(40) as pool:
            assert Counter(pool.map(call, range(40))) == EXPECTED
        assert call(43) is int


async def test_failing_tasks(peers: OpenPeer, settings: dict[str, object]) -> None:
    """So it is with tasks."""
    peer = peers(fails_often)

    async def call(number: int) -> type[object]:
        try:
            found = await client.recognize_handwriting(url=f"http://a/{number}")
            return type(found.result.words_block_count)
        except OcrError as error:
            return type(error)

    async with AsyncClient(**settings | {"time_limit": 0.3}, endpoint=peer.endpoint) as client:  # type: ignore[arg-type]
        assert Counter(await asyncio.gather(*map(call, range(40)))) == EXPECTED
        assert await call(43) is int
