"""Peers that take their time: the time limit holds for a whole attempt."""

from __future__ import annotations

import pytest

from huaweicloud_ocr import BrokenResponseError, TimeLimitError

from .conftest import Fail, OpenPeer
from .peers import BODY, Behaviour, answer, keeps_saying, says, says_nothing

LIMIT = 0.1
HEAD = b"HTTP/1.1 200 OK\r\n"
BODILY = answer().partition(b"\r\n\r\n")[0] + b"\r\n\r\n"

SLOW: dict[str, Behaviour] = {
    "silence": says_nothing,
    "status, then silence": keeps_saying(HEAD, b"", 1),
    "headers, then silence": keeps_saying(BODILY, b"", 1),
    "half a body, then silence": keeps_saying(BODILY + BODY[:20], b"", 1),
    "status byte by byte": says(*(answer()[at : at + 1] for at in range(300)), pause=0.02),
    "header byte by byte": keeps_saying(HEAD + b"X-Slow: ", b"a", 0.01),
    "header after header": keeps_saying(HEAD, b"X-Slow: a\r\n", 0.01),
    "body byte by byte": says(BODILY, *(BODY[at : at + 1] for at in range(len(BODY))), pause=0.02),
    "chunk after chunk": keeps_saying(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n{\r\n", 0.01),
    "length of a chunk": keeps_saying(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0", 0.03),
    "interim answers": keeps_saying(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.01),
    "early hints": keeps_saying(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 0.01),
    "without length": keeps_saying(HEAD + b"\r\n", b" ", 0.01),
}


@pytest.mark.parametrize("name", SLOW)
def test_slow(fail: Fail, meet: OpenPeer, name: str) -> None:
    """However slowly an answer comes, its attempt ends with the time limit, and the message names it."""
    meet(SLOW[name])
    failed = fail(TimeLimitError, time_limit=LIMIT, within=LIMIT + 0.8)
    assert failed.message.startswith(f"The time limit ran out: no whole answer within {LIMIT:g} s")
    assert failed.error.sent is True
    assert failed.seconds >= LIMIT * 0.9


@pytest.mark.parametrize("after", [b"\r\n", b"\r\n{}"])
def test_slow_beginning_of_a_bad_answer(fail: Fail, meet: OpenPeer, after: bytes) -> None:
    """What is wrong at once is told at once, whatever the time limit."""
    meet(says(b"HTTP/1.1 200 OK\r\nContent-Length: x" + after))
    assert fail(BrokenResponseError, time_limit=5, within=2).seconds < 2
