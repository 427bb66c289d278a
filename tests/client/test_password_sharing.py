"""One token for many threads, tasks and event loops."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from huaweicloud_ocr import ApiError, AsyncClient, AuthenticationError, Client, OcrError, PasswordAuth
from huaweicloud_ocr._runtime import single_flight
from huaweicloud_ocr._runtime.single_flight import SingleFlight

from .identity import Clock, refusal, serving, token, tokens
from .service import Behaviour, Exchange, Service, answer

CALLS = 16
URL = "https://example.com/a.jpg"
REJECTED = answer({"error_code": "APIG.0301", "error_msg": "m"}, status=401)


class Gate:
    """Holds answers back until it is opened, and knows when the first request has come."""

    def __init__(self, *behaviours: Behaviour) -> None:
        self.arrived = threading.Event()
        self.open = threading.Event()
        self._then = list(behaviours)

    def __call__(self, exchange: Exchange) -> None:
        """Wait, then answer."""
        self.arrived.set()
        self.open.wait(10)
        (self._then.pop(0) if len(self._then) > 1 else self._then[0])(exchange)


@pytest.fixture
def identity() -> Iterator[Service]:
    """A service that gives another token each time."""
    with serving(tokens()) as server:
        yield server


@pytest.fixture
def auth(identity: Service) -> PasswordAuth:
    """A user of that service."""
    return PasswordAuth("anna", "secret", domain="acme", project="p", endpoint=identity.endpoint, now=Clock())


@pytest.fixture
def settings(service: Service, auth: PasswordAuth) -> dict[str, Any]:
    """Settings of a client that this user calls with."""
    return {"endpoint": service.endpoint, "project_id": "p", "auth": auth, "time_limit": 10, "retries": 0}


def _sent(service: Service) -> set[str | None]:
    return {one.header("X-Auth-Token") for one in service.received}


def _failed(outcomes: Sequence[Any]) -> list[type[BaseException]]:
    return [type(outcome) for outcome in outcomes if isinstance(outcome, BaseException)]


async def _gather(settings: dict[str, Any], calls: int = CALLS) -> list[Any]:
    async with AsyncClient(**settings) as client:
        tasks = (client.recognize_handwriting(url=URL) for _ in range(calls))
        return await asyncio.gather(*tasks, return_exceptions=True)


@contextmanager
def _threads(settings: dict[str, Any]) -> Iterator[list[Any]]:
    """Make calls from many threads; their outcomes are there when the block has ended."""
    outcomes: list[Any] = []

    def call(client: Client) -> None:
        try:
            outcomes.append(client.recognize_handwriting(url=URL))
        except OcrError as error:
            outcomes.append(error)

    with Client(**settings) as client, ThreadPoolExecutor(CALLS) as pool:
        for _ in range(CALLS):
            pool.submit(call, client)
        yield outcomes


def test_threads(identity: Service, service: Service, settings: dict[str, Any]) -> None:
    """Many threads that need a token at once get the same one, which is asked for once."""
    gate = Gate(token())
    identity.plays(gate)
    with _threads(settings) as outcomes:
        gate.arrived.wait(10)
        gate.open.set()
    assert (len(outcomes), _failed(outcomes)) == (CALLS, [])
    assert (len(identity.received), _sent(service)) == (1, {"token-1"})


async def test_tasks(identity: Service, service: Service, settings: dict[str, Any]) -> None:
    """The same holds for tasks."""
    assert not _failed(await _gather(settings))
    assert (len(identity.received), _sent(service)) == (1, {"token-1"})


def test_event_loops_and_threads(identity: Service, service: Service, settings: dict[str, Any]) -> None:
    """The same holds for several event loops, each in its thread, beside threads without one."""
    gate = Gate(token())
    identity.plays(gate)
    with ThreadPoolExecutor(4) as pool, _threads(settings) as outcomes:
        loops = [pool.submit(lambda: asyncio.run(_gather(settings))) for _ in range(4)]
        gate.arrived.wait(10)
        gate.open.set()
    assert not _failed([*outcomes, *(found for loop in loops for found in loop.result())])
    assert len(service.received) == 5 * CALLS
    assert (len(identity.received), _sent(service)) == (1, {"token-1"})


def test_event_loops_one_after_the_other(identity: Service, settings: dict[str, Any]) -> None:
    """A token outlives the event loop in which it was fetched."""
    for _ in range(3):
        assert not _failed(asyncio.run(_gather(settings)))
    assert len(identity.received) == 1


async def test_tasks_of_another_library(
    identity: Service, service: Service, settings: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where another library than asyncio runs the tasks, they wait by the means that all of them have."""
    monkeypatch.setattr(single_flight, "_is_asyncio", lambda: False)
    assert not _failed(await _gather(settings))
    assert (len(identity.received), _sent(service)) == (1, {"token-1"})


class Meeting:
    """Answers calls when all of them have come: with a rejection of the first token."""

    def __init__(self) -> None:
        self.barrier = threading.Barrier(CALLS, timeout=10)

    def __call__(self, exchange: Exchange) -> None:
        """Reject the first token, accept another."""
        if exchange.last.header("X-Auth-Token") == "token-1":
            self.barrier.wait()
            REJECTED(exchange)
        else:
            answer()(exchange)


def test_a_token_that_expires_for_all_threads(
    identity: Service, service: Service, settings: dict[str, Any]
) -> None:
    """When a token expires under many calls at once, one new token is asked for, and each call repeated once."""
    service.plays(Meeting())
    with _threads(settings) as outcomes:
        pass
    assert (len(outcomes), _failed(outcomes)) == (CALLS, [])
    assert (len(identity.received), len(service.received)) == (2, 2 * CALLS)


async def test_a_token_that_expires_for_all_tasks(
    identity: Service, service: Service, settings: dict[str, Any]
) -> None:
    """The same holds for tasks."""
    service.plays(Meeting())
    assert not _failed(await _gather(settings))
    assert (len(identity.received), len(service.received)) == (2, 2 * CALLS)


@pytest.mark.parametrize(("status", "kind"), [(401, AuthenticationError), (503, ApiError)])
def test_failure_for_all_threads(
    identity: Service, settings: dict[str, Any], status: int, kind: type[ApiError]
) -> None:
    """When no token is given, all that wait for it fail with that error; none of them asks on its own."""
    gate = Gate(refusal(status))
    identity.plays(gate)
    waiting = _waiting(settings["auth"])
    with _threads(settings) as outcomes:
        gate.arrived.wait(10)
        waiting.wait(10)
        gate.open.set()
    assert _failed(outcomes) == [kind] * CALLS
    assert len({id(error) for error in outcomes}) == CALLS
    assert len(identity.received) == 1


@pytest.mark.parametrize(("status", "kind"), [(401, AuthenticationError), (503, ApiError)])
async def test_failure_for_all_tasks(
    identity: Service, settings: dict[str, Any], status: int, kind: type[ApiError]
) -> None:
    """The same holds for tasks."""
    identity.plays(refusal(status))
    assert _failed(await _gather(settings)) == [kind] * CALLS
    assert len(identity.received) == 1


def _waiting(auth: PasswordAuth) -> threading.Event:
    """Return an event that is set when all but one thread wait for the one."""
    keeper = auth.for_server({})
    count, all_wait = [0], threading.Event()
    needless = keeper._is_needless

    def counted(rejected: Any) -> bool:
        count[0] += 1
        if count[0] > CALLS:  # each asks once, and the one that goes asks again
            all_wait.set()
        return needless(rejected)

    keeper._is_needless = counted  # type: ignore[method-assign]
    return all_wait


async def test_the_task_that_fetches_is_cancelled(
    identity: Service, service: Service, settings: dict[str, Any]
) -> None:
    """When the task that fetches is cancelled, another one takes over, and only it is cancelled."""
    gate = Gate(token())
    identity.plays(gate)
    async with AsyncClient(**settings) as client:
        first = asyncio.create_task(client.recognize_handwriting(url=URL))
        await asyncio.to_thread(gate.arrived.wait, 10)
        others = [asyncio.create_task(client.recognize_handwriting(url=URL)) for _ in range(CALLS)]
        await asyncio.sleep(0)
        identity.plays(token("token-2"))
        first.cancel()
        outcomes = await asyncio.gather(first, *others, return_exceptions=True)
        gate.open.set()
    assert _failed(outcomes) == [asyncio.CancelledError]
    assert (len(identity.received), _sent(service)) == (2, {"token-2"})


async def test_a_task_that_waits_is_cancelled(identity: Service, settings: dict[str, Any]) -> None:
    """A task that waits for the token of another can be cancelled, and the others go on."""
    gate = Gate(token())
    identity.plays(gate)
    async with AsyncClient(**settings) as client:
        tasks = [asyncio.create_task(client.recognize_handwriting(url=URL)) for _ in range(3)]
        await asyncio.to_thread(gate.arrived.wait, 10)
        tasks[1].cancel()
        assert _failed(await asyncio.gather(tasks[1], return_exceptions=True)) == [asyncio.CancelledError]
        gate.open.set()
        assert not _failed(await asyncio.gather(tasks[0], tasks[2], return_exceptions=True))
    assert len(identity.received) == 1


async def test_waiting_calls_of_both_kinds_in_one_thread(identity: Service, settings: dict[str, Any]) -> None:
    """A call that blocks the event loop does not wait for a task of that loop, which could never go on."""
    gate = Gate(token("token-1"))
    identity.plays(gate, token("token-2"))
    async with AsyncClient(**settings) as client:
        task = asyncio.create_task(client.recognize_handwriting(url=URL))
        await asyncio.to_thread(gate.arrived.wait, 10)
        with Client(**settings) as blocking:
            assert blocking.recognize_handwriting(url=URL).result.words_block_count == 1
        gate.open.set()
        await task


def test_an_event_loop_that_never_goes_on() -> None:
    """A fetch of an event loop that stands still is given up after a while."""
    flight, begun, done = SingleFlight(patience=0.05), threading.Event(), list[str]()

    async def never() -> None:
        begun.set()
        await asyncio.Event().wait()

    loop = asyncio.new_event_loop()
    task = loop.create_task(flight.run_async(lambda: bool(done), never))
    loop.run_until_complete(asyncio.wait([task], timeout=0.01))
    assert begun.is_set()

    async def others() -> None:
        await asyncio.gather(*(flight.run_async(lambda: bool(done), act) for _ in range(3)))

    async def act() -> None:
        done.append("async")

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, others()).result(10)
        pool.submit(flight.run, lambda: bool(done), lambda: done.append("sync")).result(10)
    assert done == ["async"]
    task.cancel()
    loop.run_until_complete(asyncio.wait([task]))
    loop.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_fork_while_a_token_is_fetched(identity: Service, settings: dict[str, Any]) -> None:
    """A process that is forked while a token is fetched fetches its own, and does not wait for its parent."""
    gate = Gate(token())
    identity.plays(gate, token("token-2"))
    with Client(**settings) as parent, ThreadPoolExecutor(1) as pool:
        call = pool.submit(parent.recognize_handwriting, url=URL)
        gate.arrived.wait(10)
        child = os.fork()
        if child == 0:
            signal.alarm(10)
            try:
                with Client(**settings) as client:
                    client.recognize_handwriting(url=URL)
                os._exit(0)
            except BaseException:
                os._exit(1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        gate.open.set()
        call.result(10)
