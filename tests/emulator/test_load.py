"""Throttling, rehearsed faults, the queue, and callers who do not wait."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, cast

import httpx
import pytest

from huaweicloud_ocr import Client, TokenAuth
from huaweicloud_ocr_emulator.app import create_app
from huaweicloud_ocr_emulator.failures import CallFailed
from huaweicloud_ocr_emulator.recognition import Block, Recogniser
from huaweicloud_ocr_emulator.server import Server
from huaweicloud_ocr_emulator.settings import RateLimit, Rehearsed, Settings
from huaweicloud_ocr_emulator.throttle import Rehearsal, UnknownFault

from .caller import HANDWRITING, WEB_IMAGE, Caller
from .conftest import served_by, serving
from .hostile_pictures import bmp, jpeg_of_many_scans
from .pictures import base64, blank, encode, image

HEAD = f"POST {HANDWRITING} HTTP/1.1\r\nHost: x\r\nX-Auth-Token: t\r\n".encode()


class Slow:
    """A recogniser that reads nothing, and takes its time for it."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.may_end = threading.Event()
        self.count = 0
        self.threads: set[str] = set()

    def read(self, picture: Any, **options: Any) -> list[Block]:
        """Wait until that is allowed."""
        self.count += 1
        self.threads.add(threading.current_thread().name)
        self.begun.release()
        assert self.may_end.wait(20)
        return []


@contextmanager
def _slow(**settings: Any) -> Iterator[tuple[Caller, Slow]]:
    slow = Slow()
    try:
        with serving(cast(Recogniser, slow), Settings(**settings)) as caller:
            yield caller, slow
            slow.may_end.set()
    finally:
        slow.may_end.set()


def test_rate_limit(recogniser: Recogniser) -> None:
    """Calls beyond the rate are APIG.0308 with status 429, and `Retry-After` tells when the next one is served."""
    with serving(recogniser, Settings(rate_limit=RateLimit(2, 1.0))) as caller:
        found = [caller.post(HANDWRITING, {"image": image()}) for _ in range(3)]
        assert [response.status_code for response in found] == [200, 200, 429]
        assert (found[2].json()["error_code"], found[2].headers["Retry-After"]) == ("APIG.0308", "1")
        with Client(endpoint=caller.url, project_id="p", auth=TokenAuth("t")) as client:
            client.recognize_handwriting(image=encode(blank(64, 32)))


def test_unsubscribed(recogniser: Recogniser) -> None:
    """Without a subscription every call that is right otherwise is ModelArts.4204."""
    with serving(recogniser, Settings(unsubscribed=True)) as caller:
        assert caller.error(WEB_IMAGE, {"image": image()}) == "ModelArts.4204"
        assert caller.error(WEB_IMAGE, {}) == "AIS.0101"


def test_unsubscribed_with_a_harmful_file(recogniser: Recogniser) -> None:
    """A file that would harm only when its pixels are decoded is told of where damaged ones are: after all else."""
    with serving(recogniser, Settings(unsubscribed=True)) as caller:
        for file in (jpeg_of_many_scans(500), bmp(8192, 8192, packed=True)):
            assert caller.error(WEB_IMAGE, {"image": base64(file)}) == "ModelArts.4204"


def test_rehearsed_faults(recogniser: Recogniser) -> None:
    """A share of the calls ends with the error that is rehearsed, the same ones with the same seed."""

    def outcomes() -> list[int]:
        settings = Settings(fault=(Rehearsed("ModelArts.4403", 0.5),), seed=7)
        with serving(recogniser, settings) as caller:
            return [caller.post(HANDWRITING, {"image": image()}).status_code for _ in range(10)]

    first = outcomes()
    assert set(first) == {200, 503}
    assert outcomes() == first


def test_shares_of_faults() -> None:
    """Each fault has its share of all calls, so that two halves leave none."""
    rehearsal = Rehearsal((Rehearsed("AIS.0104", 0.5), Rehearsed("ModelArts.4403", 0.5)), seed=7)
    seen: Counter[str] = Counter()
    for _ in range(1000):
        with pytest.raises(CallFailed) as caught:
            rehearsal.play()
        seen[caught.value.code] += 1
    assert 450 < seen["AIS.0104"] < 550


@pytest.mark.parametrize("code", ["ModelArts.9999", "ModelArts.4106"])
def test_fault_that_is_none(recogniser: Recogniser, code: str) -> None:
    """A code that the description does not have, or has no text of, is refused at the start."""
    with (
        pytest.raises(UnknownFault, match=code),
        serving(recogniser, Settings(fault=(Rehearsed(code, 1),))),
    ):
        pass


def test_full_queue() -> None:
    """When all workers are busy and the queue is full, the answer is ModelArts.4401 at once; the others are served."""
    with _slow(workers=1, queue=1) as (caller, slow), ThreadPoolExecutor(2) as threads:
        first = threads.submit(caller.post, HANDWRITING, {"image": image()})
        assert slow.begun.acquire(timeout=10)
        second = threads.submit(caller.post, HANDWRITING, {"image": image()})
        _until(lambda: "ocr_emulator_queue_length 1.0" in _figures(caller))
        assert caller.error(HANDWRITING, {"image": image()}) == "ModelArts.4401"
        slow.may_end.set()
        assert [first.result().status_code, second.result().status_code] == [200, 200]


def test_calls_one_after_another() -> None:
    """Calls that do not meet are read by the same worker, whose memory is at hand, although there are others."""
    with _slow(workers=2) as (caller, slow), ThreadPoolExecutor(2) as threads:
        both = [threads.submit(caller.post, HANDWRITING, {"image": image()}) for _ in range(2)]
        for _ in both:
            assert slow.begun.acquire(timeout=10)
        slow.may_end.set()
        assert [call.result().status_code for call in both] == [200, 200]
        assert len(slow.threads) == 2
        slow.threads.clear()
        for _ in range(4):
            assert caller.post(HANDWRITING, {"image": image()}).status_code == 200
        assert len(slow.threads) == 1


def test_answer_in_pieces() -> None:
    """The end of an answer does not wait until its beginning is acknowledged, whoever made the socket."""
    server = Server(create_app(Settings(), cast(Recogniser, Slow())))
    with served_by(server) as caller, caller.connection() as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(1)
        (served,) = server.server_state.connections
        held = served.transport.get_extra_info("socket")
        assert held.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_abandoned_in_the_queue() -> None:
    """A call whose caller hangs up while it waits costs no recognition, and its place is free again."""
    with _slow(workers=1, queue=1) as (caller, slow), ThreadPoolExecutor(2) as threads:
        first = threads.submit(caller.post, HANDWRITING, {"image": image()})
        assert slow.begun.acquire(timeout=10)
        _abandoned(caller)
        _until(lambda: "ocr_emulator_queue_length 0.0" in _figures(caller))
        last = threads.submit(caller.post, HANDWRITING, {"image": image()})
        slow.may_end.set()
        assert [first.result().status_code, last.result().status_code] == [200, 200]
        assert slow.count == 2


def test_recognition_that_takes_too_long() -> None:
    """A recognition beyond its time is ModelArts.4402; its worker is free again as soon as it really ends."""
    with _slow(workers=1, queue=0, recognition_seconds=0.1) as (caller, slow):
        assert caller.error(HANDWRITING, {"image": image()}) == "ModelArts.4402"
        assert caller.error(HANDWRITING, {"image": image()}) == "ModelArts.4401"
        slow.may_end.set()
        _until(lambda: "ocr_emulator_busy_workers 0.0" in _figures(caller))
        assert caller.post(HANDWRITING, {"image": image()}).status_code == 200


def test_readiness() -> None:
    """`/readyz` answers 503 until pictures can be read, and calls meanwhile ModelArts.4508; then all is well."""
    loaded, slow = threading.Event(), Slow()
    slow.may_end.set()

    def load() -> Recogniser:
        assert loaded.wait(10)
        return cast(Recogniser, slow)

    with serving(None, loading=load) as caller:
        assert httpx.get(f"{caller.url}/healthz", trust_env=False).status_code == 200
        assert httpx.get(f"{caller.url}/readyz", trust_env=False).status_code == 503
        assert caller.error(HANDWRITING, {"image": image()}) == "ModelArts.4508"
        loaded.set()
        _until(lambda: httpx.get(f"{caller.url}/readyz", trust_env=False).status_code == 200)
        assert caller.post(HANDWRITING, {"image": image()}).status_code == 200
    assert slow.count == 2, "a first picture is read before any call"


def test_metrics(recogniser: Recogniser) -> None:
    """The figures count calls by operation, status and error code, also of who hung up or sent no HTTP, and time."""
    with serving(recogniser) as caller:
        caller.post(HANDWRITING, {"image": image()})
        caller.error(WEB_IMAGE, {})
        with caller.connection() as connection:
            connection.sendall(b"no HTTP\r\n\r\n")
            assert connection.recv(1)
        with caller.connection() as connection:
            connection.sendall(HEAD + b"Content-Length: 9\r\n\r\n")
        _until(lambda: 'code="gone"' in _figures(caller))
        figures = _figures(caller)
    for line in (
        'ocr_emulator_calls_total{code="none",operation="recognizeHandwriting",status="200"} 1.0',
        'ocr_emulator_calls_total{code="AIS.0101",operation="recognizeWebImage",status="400"} 1.0',
        'ocr_emulator_calls_total{code="ModelArts.4202",operation="no operation",status="400"} 1.0',
        'ocr_emulator_calls_total{code="gone",operation="recognizeHandwriting",status="none"} 1.0',
        'ocr_emulator_recognition_seconds_count{operation="recognizeHandwriting"} 1.0',
    ):
        assert line in figures


@pytest.mark.parametrize(
    "sent",
    [
        HEAD[:30],
        HEAD + b"Content-Length: 99\r\n\r\n{",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{",
    ],
    ids=["half a head", "half a body", "no further chunk"],
)
def test_slow_request(recogniser: Recogniser, sent: bytes) -> None:
    """A request that does not arrive in time is answered as documented, and its connection ends."""
    with serving(recogniser, Settings(body_seconds=0.2)) as caller, caller.connection() as connection:
        connection.sendall(sent)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert b"ModelArts.4202" in answer or b"ModelArts.4104" in answer


def test_silent_connection(recogniser: Recogniser) -> None:
    """A connection without a request is closed without a word."""
    with serving(recogniser, Settings(body_seconds=0.2)) as caller, caller.connection() as connection:
        assert connection.recv(1) == b""


def _abandoned(caller: Caller) -> None:
    """Send a call, wait until it is in the queue, and hang up."""
    body = b'{"image": "%s"}' % image().encode()
    with caller.connection() as connection:
        connection.sendall(HEAD + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        _until(lambda: "ocr_emulator_queue_length 1.0" in _figures(caller))
        connection.shutdown(socket.SHUT_RDWR)


def _figures(caller: Caller) -> str:
    return httpx.get(f"{caller.url}/metrics", trust_env=False).text


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)
