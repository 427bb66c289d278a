"""Answers without measure: memory and time stay bounded."""

from __future__ import annotations

import gzip
import resource
import sys
import zlib

import pytest

from huaweicloud_ocr import BrokenResponseError, TimeLimitError

from .conftest import Fail, OpenPeer
from .peers import answer, keeps_saying, says

MEGABYTE = 1024 * 1024
MOST = 64 * MEGABYTE
_UNIT = 1 if sys.platform == "darwin" else 1024


def _peak() -> int:
    """Return the most memory that this process ever had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """Half a gigabyte of nothing, compressed to half a megabyte."""
    packer = zlib.compressobj(1, wbits=zlib.MAX_WBITS | 16)
    zeros = bytes(MEGABYTE)
    return b"".join([*(packer.compress(zeros) for _ in range(512)), packer.flush()])


def test_gzip_bomb(fail: Fail, meet: OpenPeer, bomb: bytes) -> None:
    """A body that grows without measure is given up when it is too large, not when it is whole."""
    meet(says(answer(bomb, headers=[("Content-Encoding", "gzip")])))
    before = _peak()
    failed = fail(BrokenResponseError, within=5)
    assert "more than 64 MB" in failed.message
    assert _peak() - before < 1.5 * MOST


def test_bombs_within_a_bomb(fail: Fail, meet: OpenPeer, bomb: bytes) -> None:
    """So is a bomb that is packed twice: its second layer is not even looked at."""
    meet(says(answer(gzip.compress(bomb), headers=[("Content-Encoding", "gzip, gzip")])))
    fail(BrokenResponseError)


ENDLESS = {
    "chunks": (b"Transfer-Encoding: chunked\r\n\r\n", b"100000\r\n" + bytes(MEGABYTE) + b"\r\n"),
    "without length": (b"\r\n", bytes(MEGABYTE)),
    "announced": (b"Content-Length: 1000000000000\r\n\r\n", bytes(MEGABYTE)),
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_endless_body(fail: Fail, meet: OpenPeer, kind: str) -> None:
    """A body that never ends is given up when it is too large."""
    start, part = ENDLESS[kind]
    meet(keeps_saying(b"HTTP/1.1 200 OK\r\n" + start, part))
    before = _peak()
    failed = fail(BrokenResponseError, within=5)
    assert "more than 64 MB" in failed.message
    assert _peak() - before < 1.5 * MOST


HEADERS = {
    "100,000 headers": (b"", b"".join(b"X-%d: a\r\n" % number for number in range(100_000))),
    "endless headers": (b"", b"X-A: a\r\n" * 10_000),
    "endless header": (b"X-A: ", b"a" * 100_000),
    "endless status": (b"", b"a" * 100_000),
}


@pytest.mark.parametrize("kind", HEADERS)
def test_headers(fail: Fail, meet: OpenPeer, kind: str) -> None:
    """Headers without measure are given up long before the time limit."""
    start, part = HEADERS[kind]
    meet(keeps_saying((b"HTTP/1.1 200 OK\r\n" if "status" not in kind else b"HTTP/1.1 200 ") + start, part))
    before = _peak()
    fail(BrokenResponseError)
    assert _peak() - before < 16 * MEGABYTE


def test_interim_answers(fail: Fail, meet: OpenPeer) -> None:
    """Interim answers without end are given up at the latest with the time limit, in little memory."""
    meet(keeps_saying(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100, 0.001))
    before = _peak()
    fail(TimeLimitError, time_limit=0.3)
    assert _peak() - before < 16 * MEGABYTE
