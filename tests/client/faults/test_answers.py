"""Answers that break off, or are not what they should be."""

from __future__ import annotations

import asyncio
import gzip
import re
import zlib

import pytest

from huaweicloud_ocr import ApiError, BrokenResponseError, InvalidResponseError, OcrError

from ..calling import Caller
from .attempts import URL, Call, play
from .conftest import Fail, OpenPeer
from .peers import BODY, Connection, answer, resets, says, serves

HALF = answer()[:-40]


def test_reset_before_the_answer(fail: Fail, meet: OpenPeer) -> None:
    """A connection that is reset before the answer is a broken answer; the request may have been carried out."""
    meet(resets)
    failed = fail(BrokenResponseError)
    assert failed.message.startswith("The answer broke off")
    assert failed.error.sent is True


def test_reset_in_the_middle(fail: Fail, meet: OpenPeer) -> None:
    """So is one that is reset in the middle of it."""

    def act(connection: Connection) -> None:
        connection.request()
        connection.send(HALF)
        connection.wait(0.05)  # for the client to read what there is: a reset discards it
        connection.reset()

    meet(act)
    assert fail(BrokenResponseError).message.startswith("The answer broke off")


BROKEN = {
    "nothing": b"",
    "half a status": b"HTTP/1.",
    "half a header": b"HTTP/1.1 200 OK\r\nContent-Le",
    "half a body": HALF,
    "half a chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{}",
    "no last chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
    "another protocol": b"SSH-2.0-OpenSSH_9.6\r\n",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
    "negative length": b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
    "huge length": b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
    "huge chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}",
    "unknown transfer coding": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "null in a header": b"HTTP/1.1 200 OK\r\nA: \x00\r\n\r\n",
    "half a gzip": answer(gzip.compress(BODY)[:-12], headers=[("Content-Encoding", "gzip")]),
    "no gzip": answer(BODY, headers=[("Content-Encoding", "gzip")]),
}


@pytest.mark.parametrize("data", BROKEN)
def test_broken(fail: Fail, meet: OpenPeer, data: str) -> None:
    """What breaks off, or is not HTTP, is a broken answer."""
    meet(says(BROKEN[data]))
    failed = fail(BrokenResponseError)
    assert failed.message.startswith("The answer broke off")
    assert failed.error.sent is True


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "deflate", "gzip, gzip", "\x1b[31m"])
def test_compression_that_nobody_asked_for(caller: Caller, fail: Fail, meet: OpenPeer, encoding: str) -> None:
    """A compression that was not asked for is refused: it could not be undone within bounds."""
    peer = meet(says(answer(zlib.compress(BODY), headers=[("Content-Encoding", encoding)])))
    fail(BrokenResponseError)
    assert b"\r\naccept-encoding: gzip\r\n" in peer.requests[0].lower()


@pytest.mark.parametrize("parts", [1, 7])
def test_gzip(caller: Caller, meet: OpenPeer, parts: int) -> None:
    """What was asked for is undone, in whatever parts it comes."""
    data = answer(gzip.compress(BODY), headers=[("Content-Encoding", "gzip")])
    size = -(-len(data) // parts)
    meet(says(*(data[start : start + size] for start in range(0, len(data), size)), pause=0.002))
    assert caller.handwriting(url=URL).result.words_block_list[0].words == "hello"


UNREADABLE = {
    "empty": (b"", "not JSON"),
    "cut": (BODY[: len(BODY) // 2], "not JSON"),
    "web page": (b"<html><body>Please log in</body></html>", "not JSON"),
    "null": (b"null", r"\$"),
    "list": (b"[]", r"\$"),
    "other object": (b'{"result": {"words_block_count": 1}}', r"\$\.result"),
    "two values": (BODY + BODY, "not JSON"),
    "not UTF-8": (BODY.replace(b"hello", b"\xff\xfe"), "not JSON|UTF-8|utf-8"),
    "deep": (b'{"x": ' + b"[" * 200_000, "not JSON|deep|recursion"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_unreadable(fail: Fail, meet: OpenPeer, name: str) -> None:
    """A success that cannot be read is told with the place in it, and kept as it came."""
    content, problem = UNREADABLE[name]
    meet(says(answer(content)))
    failed = fail(InvalidResponseError)
    assert "does not fit the description" in failed.message
    assert re.search(problem, failed.message)
    assert failed.error.response.content == content


def test_wrong_content_type(caller: Caller, meet: OpenPeer) -> None:
    """The type that a header claims does not matter where the body is what it should be."""
    meet(serves(answer(headers=[("Content-Type", "text/html")])))
    assert caller.handwriting(url=URL).result.words_block_count == 1


def test_web_page_of_a_gateway(fail: Fail, meet: OpenPeer) -> None:
    """A gateway that answers with a web page is an API error with its status and the beginning of the page."""
    page = b"<html>\r\n<head><title>502 Bad Gateway</title></head>" + b"<p>" * 10_000
    meet(says(answer(page, status="502 Bad Gateway", headers=[("Content-Type", "text/html")])))
    failed = fail(ApiError)
    assert (failed.error.status, failed.error.error_code) == (502, None)
    assert "502 with the body '<html>" in failed.message
    assert failed.error.response.content == page


def test_empty_error(fail: Fail, meet: OpenPeer) -> None:
    """An error without a body is an API error with its status."""
    meet(says(answer(b"", status="500 Internal Server Error")))
    assert "500 with an empty body" in fail(ApiError).message


def test_unknown_status(fail: Fail, meet: OpenPeer) -> None:
    """A status outside the standard's list is an API error like any other."""
    meet(says(answer(b"", status="799 Odd")))
    assert fail(ApiError).error.status == 799


def test_left_over_bytes(caller: Caller, meet: OpenPeer) -> None:
    """What a peer sends behind an answer is never taken for the answer to the next call."""
    forged = answer(BODY.replace(b"hello", b"forged"))

    def act(connection: Connection) -> None:
        connection.request()
        connection.send(answer() + forged)
        if connection.request():
            connection.send(answer())

    peer = meet(act)

    async def two(call: Call) -> list[str]:
        return [(await call(url=URL)).result.words_block_list[0].words for _ in range(2)]

    assert play(caller, two) == ["hello", "hello"]
    assert len(peer.requests) == 2


def test_connection_that_ended_meanwhile(caller: Caller, meet: OpenPeer) -> None:
    """A connection that the peer ended between two calls is not used again."""
    peer = meet(says(answer()))

    async def two(call: Call) -> list[int]:
        counts = [(await call(url=URL)).result.words_block_count]
        await asyncio.to_thread(peer.ended.wait, 10)
        return [*counts, (await call(url=URL)).result.words_block_count]

    assert play(caller, two) == [1, 1]
    assert peer.connections == 2


def test_next_call_after_each_fault(caller: Caller, meet: OpenPeer) -> None:
    """A failed call does not spoil the client for the next one."""
    meet(resets, says(HALF), says(answer(b"{", headers=[("Connection", "close")])), serves(answer()))

    async def four(call: Call) -> list[object]:
        outcomes: list[object] = []
        for _ in range(4):
            try:
                outcomes.append((await call(url=URL)).result.words_block_count)
            except OcrError as error:
                outcomes.append(type(error))
        return outcomes

    assert play(caller, four) == [BrokenResponseError, BrokenResponseError, InvalidResponseError, 1]
