"""One client in several threads and tasks."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

from huaweicloud_ocr import AsyncClient, Client, TokenAuth

from .pictures import picture
from .service import Exchange, Service, answer

CALLS = 16


class Meeting:
    """Lets requests go on when all of them have arrived, so that they are sure to be under way at once."""

    def __init__(self) -> None:
        self.barrier = threading.Barrier(CALLS, timeout=10)

    def __call__(self, exchange: Exchange) -> None:
        """Wait for the others, then answer with the URL that this request brought."""
        self.barrier.wait()
        block = {
            "words": exchange.last.json["url"],
            "type": "text",
            "confidence": 1,
            "location": [[0, 0]] * 4,
        }
        answer({"result": {"words_block_count": 1, "words_block_list": [block]}})(exchange)


def test_threads(service: Service) -> None:
    """Threads share a client, with all calls under way at once and each with its own answer."""
    service.plays(Meeting())
    urls = [f"http://a/{number}" for number in range(CALLS)]
    with (
        Client(endpoint=service.endpoint, project_id="p", auth=TokenAuth("t"), time_limit=10) as client,
        ThreadPoolExecutor(CALLS) as pool,
    ):
        responses = pool.map(lambda url: client.recognize_handwriting(url=url), urls)
        assert [response.result.words_block_list[0].words for response in responses] == urls


async def test_tasks(service: Service) -> None:
    """Tasks share a client, with all calls under way at once and each with its own answer."""
    service.plays(Meeting())
    urls = [f"http://a/{number}" for number in range(CALLS)]
    async with AsyncClient(
        endpoint=service.endpoint, project_id="p", auth=TokenAuth("t"), time_limit=10
    ) as client:
        responses = await asyncio.gather(*(client.recognize_handwriting(url=url) for url in urls))
    assert [response.result.words_block_list[0].words for response in responses] == urls


async def test_a_cancelled_task(service: Service) -> None:
    """A call that is cancelled ends, and the client goes on."""
    arrived = threading.Event()

    def never(exchange: Exchange) -> None:
        arrived.set()
        exchange.service.over.wait()

    service.plays(never, answer())
    async with AsyncClient(
        endpoint=service.endpoint, project_id="p", auth=TokenAuth("t"), time_limit=10
    ) as client:
        task = asyncio.create_task(client.recognize_handwriting(url="http://a/b"))
        await asyncio.to_thread(arrived.wait, 10)
        task.cancel()
        result = await asyncio.gather(task, return_exceptions=True)
        assert isinstance(result[0], asyncio.CancelledError)
        assert (await client.recognize_handwriting(url="http://a/b")).result.words_block_count == 1


def test_first_pictures_in_threads(service: Service) -> None:
    """The first checks of pictures may happen in several threads at once."""
    with (
        Client(endpoint=service.endpoint, project_id="p", auth=TokenAuth("t"), time_limit=10) as client,
        ThreadPoolExecutor(CALLS) as pool,
    ):
        calls = [pool.submit(client.recognize_handwriting, image=picture()) for _ in range(CALLS)]
        assert all(call.result().result.words_block_count == 1 for call in calls)
