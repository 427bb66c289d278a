"""What the tests of faults share: each is tried with both clients, in bounded time, and leaves nothing behind."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any, TypeAlias

import pytest

from huaweicloud_ocr import OcrError, TokenAuth

from ..calling import Caller
from .attempts import TOKEN, Failed, fails
from .leaks import nothing_left
from .peers import Behaviour, Peer

OpenPeer: TypeAlias = Callable[..., Peer]
"""Opens a peer with these behaviours."""

Fail: TypeAlias = Callable[..., Failed]
"""Makes a call that fails, and holds the failure to what is true of each."""


@pytest.fixture(autouse=True, scope="session")
def _little_to_collect() -> Iterator[None]:
    """Keep what is there already out of the collector's way, which then takes no time after each test."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    """Hold every test to leaving nothing open."""
    with nothing_left():
        yield


@pytest.fixture(params=["Client", "AsyncClient"])
def caller(request: pytest.FixtureRequest) -> Caller:
    """Calls to a peer, once with each client, which wait only shortly."""
    return Caller(
        asynchronous=request.param == "AsyncClient",
        project_id="project-1",
        auth=TokenAuth(TOKEN),
        time_limit=5,
        retries=0,
    )


@pytest.fixture
def peers() -> Iterator[OpenPeer]:
    """Peers that end with the test."""
    with ExitStack() as stack:
        yield lambda *behaviours, **settings: stack.enter_context(Peer(*behaviours, **settings))


@pytest.fixture
def meet(caller: Caller, peers: OpenPeer) -> OpenPeer:
    """Peers that end with the test; `caller` calls the last one."""

    def open_peer(*behaviours: Behaviour, **settings: Any) -> Peer:
        peer = peers(*behaviours, **settings)
        caller.settings["endpoint"] = peer.endpoint
        return peer

    return open_peer


@pytest.fixture
def fail(caller: Caller) -> Fail:
    """Make a call that fails."""

    def call(kind: type[OcrError], *, within: float = 2.0, **arguments: Any) -> Failed:
        return fails(caller, kind, within=within, **arguments)

    return call
