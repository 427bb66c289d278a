"""A call that is cancelled at any of the points where it waits."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Coroutine, Generator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
import trustme

from huaweicloud_ocr import AsyncClient, Retry, TokenAuth
from huaweicloud_ocr._runtime import certificates

from .attempts import TOKEN, URL
from .conftest import OpenPeer
from .peers import BODY, Behaviour, answer, says, serves

LARGE = answer(BODY + b" " * 2_000_000)


class Interrupted:
    """A coroutine whose task is cancelled where it waits for the n-th time.

    Attributes:
        waits: How often it waited.
    """

    def __init__(self, coroutine: Coroutine[Any, Any, Any], *, at: int | None = None) -> None:
        self.waits = 0
        self._coroutine = coroutine
        self._at = at

    def __await__(self) -> Generator[Any, Any, Any]:
        steps = self._coroutine.__await__()
        thrown: BaseException | None = None
        while True:
            try:
                future = steps.send(None) if thrown is None else steps.throw(thrown)
            except StopIteration as end:
                return end.value
            if self.waits == self._at:
                task = asyncio.current_task()
                assert task is not None
                task.cancel()
            self.waits += 1
            thrown = None
            try:
                yield future
            except BaseException as error:
                thrown = error


BEHAVIOURS: dict[str, tuple[Behaviour, ...]] = {
    "small answer": (serves(answer()),),
    "large answer": (serves(LARGE),),
    "repeated call": (
        says(answer(b"", status="503 Service Unavailable", headers=[("Connection", "close")])),
        serves(answer()),
    ),
}


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """An authority that these tests make for themselves."""
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Let clients trust the authority, as an administrator does it."""
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    certificates.certificates.cache_clear()
    yield
    certificates.certificates.cache_clear()


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("kind", ["the package's HTTP client", "the package's with TLS", "one connection"])
@pytest.mark.parametrize("name", BEHAVIOURS)
async def test_everywhere(peers: OpenPeer, authority: trustme.CA, name: str, kind: str) -> None:
    """Wherever a call is cancelled, it ends at once, its connection is not left half used, and the client goes on."""
    context = None
    if kind.endswith("TLS"):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(context)

    async def attempt(at: int | None) -> int:
        peer = peers(*BEHAVIOURS[name], tls=context)
        async with AsyncExitStack() as stack:
            http = None
            if kind == "one connection":
                # If a cancelled call kept it, the next call would wait for it in vain.
                limits = httpx.Limits(max_connections=1)
                http = await stack.enter_async_context(httpx.AsyncClient(limits=limits))
            client = await stack.enter_async_context(
                AsyncClient(
                    endpoint=peer.endpoint,
                    project_id="p",
                    auth=TokenAuth(TOKEN),
                    time_limit=1,
                    retries=Retry(first_delay=0.002),
                    http_client=http,
                )
            )
            call = Interrupted(client.recognize_handwriting(url=URL), at=at)
            task = asyncio.create_task(_result(call))
            outcome: Any = (await asyncio.gather(task, return_exceptions=True))[0]
            if at is not None and call.waits > at:
                assert isinstance(outcome, asyncio.CancelledError), outcome
            else:  # how often it waits depends on how the parts of an answer arrive
                assert outcome.result.words_block_count == 1
            assert asyncio.all_tasks() == {asyncio.current_task()}
            peer.behaviours = [serves(answer())]
            assert (await client.recognize_handwriting(url=URL)).result.words_block_count == 1
        return call.waits

    points = await attempt(None)
    assert points > 2
    for at in range(points):
        await attempt(at)


async def _result(call: Interrupted) -> Any:
    return await call
