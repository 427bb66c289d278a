"""Clients that are closed, and processes and event loops that a client was not made in."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from huaweicloud_ocr import AsyncClient, Client, ConfigurationError, OcrError, TokenAuth, TransportError

from ..calling import Caller
from .attempts import TOKEN, URL, Call, play
from .conftest import OpenPeer
from .peers import answer, says_nothing, serves
from .test_sharing import echoes


def _settings(endpoint: str) -> dict[str, object]:
    return {"endpoint": endpoint, "project_id": "p", "auth": TokenAuth(TOKEN), "time_limit": 5, "retries": 0}


def test_closed(caller: Caller, meet: OpenPeer) -> None:
    """A call of a closed client says that it is closed and what to do; nothing is sent."""
    peer = meet(serves(answer()))
    kept: list[Call] = []

    async def keep(call: Call) -> None:
        await call(url=URL)
        kept.append(call)

    play(caller, keep)
    with pytest.raises(ConfigurationError, match="the client is closed: make a new one"):
        asyncio.run(kept[0](url=URL))  # type: ignore[arg-type]
    assert len(peer.requests) == 1


def test_closed_twice(peers: OpenPeer) -> None:
    """Closing again does nothing."""
    settings = _settings(peers(serves(answer())).endpoint)
    client = Client(**settings)  # type: ignore[arg-type]
    client.close()
    client.close()

    async def run() -> None:
        asynchronous = AsyncClient(**settings)  # type: ignore[arg-type]
        await asynchronous.aclose()
        await asynchronous.aclose()

    asyncio.run(run())


def test_closed_http_client(peers: OpenPeer) -> None:
    """So says a call whose HTTP client was closed by its owner."""
    settings = _settings(peers(serves(answer())).endpoint)
    with httpx.Client() as http:
        client = Client(**settings, http_client=http)  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match="the client is closed"):
        client.recognize_handwriting(url=URL)


def test_closed_in_the_middle(peers: OpenPeer) -> None:
    """A call that waits in a thread while its client is closed ends at the latest with its time limit."""
    peer = peers(says_nothing)
    client = Client(**_settings(peer.endpoint) | {"time_limit": 0.5})  # type: ignore[arg-type]
    outcomes: list[BaseException] = []

    def call() -> None:
        try:
            client.recognize_handwriting(url=URL)
        except OcrError as error:
            outcomes.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    while not peer.requests:
        time.sleep(0.002)
    client.close()
    thread.join(5)
    assert [isinstance(error, (TransportError, ConfigurationError)) for error in outcomes] == [True]


async def test_closed_in_the_middle_of_a_task(peers: OpenPeer) -> None:
    """A task that waits while its client is closed ends at the latest with its time limit."""
    peer = peers(says_nothing)
    client = AsyncClient(**_settings(peer.endpoint) | {"time_limit": 0.5})  # type: ignore[arg-type]
    task = asyncio.create_task(client.recognize_handwriting(url=URL))
    while not peer.requests:
        await asyncio.sleep(0.002)
    await client.aclose()
    (outcome,) = await asyncio.gather(task, return_exceptions=True)
    assert isinstance(outcome, (TransportError, ConfigurationError))


LOOPING = """
import asyncio, gc, os, sys
from huaweicloud_ocr import AsyncClient, TokenAuth

client = AsyncClient(endpoint=sys.argv[1], project_id="p", auth=TokenAuth("t"), time_limit=5, retries=0)


async def call():
    return (await client.recognize_handwriting(url="http://a/b")).result.words_block_count


print([asyncio.run(call()) for _ in range(5)])
asyncio.run(client.aclose())
del client
gc.collect()
print([name for name in os.listdir("/dev/fd") if os.path.exists(f"/dev/fd/{name}") and int(name) > 2])
"""


def test_another_event_loop(peers: OpenPeer, tmp_path: Path) -> None:
    """An asynchronous client may be used and closed in one event loop after the other, and piles up no sockets."""
    peer = peers(serves(answer()))
    (tmp_path / "looping.py").write_text(LOOPING, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(tmp_path / "looping.py"), peer.endpoint],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (done.stdout, done.stderr) == ("[1, 1, 1, 1, 1]\n[]\n", "")


FORKING = """
import asyncio, os, sys
from huaweicloud_ocr import AsyncClient, Client, TokenAuth

endpoint, kind = sys.argv[1:]
settings = dict(endpoint=endpoint, project_id="p", auth=TokenAuth("t"), time_limit=5, retries=0)


def synchronous(client, name):
    for number in range(5):
        url = f"http://{name}/{number}"
        assert client.recognize_handwriting(url=url).result.words_block_list[0].words == url


async def asynchronous(client, name):
    for number in range(5):
        url = f"http://{name}/{number}"
        assert (await client.recognize_handwriting(url=url)).result.words_block_list[0].words == url


if kind == "Client":
    client = Client(**settings)
    use = lambda name: synchronous(client, name)
else:
    client = AsyncClient(**settings)
    use = lambda name: asyncio.run(asynchronous(client, name))
use("before")
child = os.fork()
use("child" if child == 0 else "parent")
if child == 0:
    os._exit(0)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
use("after")
client.close() if kind == "Client" else asyncio.run(client.aclose())
print("fine")
"""


def test_after_a_fork(caller: Caller, meet: OpenPeer, tmp_path: Path) -> None:
    """Parent and child may both go on with a client that was connected before the fork, each with its own answers."""
    peer = meet(echoes)
    (tmp_path / "forking.py").write_text(FORKING, encoding="utf-8")
    kind = "AsyncClient" if caller.asynchronous else "Client"
    done = subprocess.run(
        [sys.executable, str(tmp_path / "forking.py"), peer.endpoint, kind],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (done.stdout, done.stderr) == ("fine\n", "")
    assert len(peer.requests) == 20
