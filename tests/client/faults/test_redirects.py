"""Redirects: credentials are not sent along."""

from __future__ import annotations

import pytest

from huaweicloud_ocr import ApiError

from ..calling import Caller
from .attempts import TOKEN, URL, Call, play
from .conftest import OpenPeer
from .peers import answer, serves

STATUSES = [
    "301 Moved Permanently",
    "302 Found",
    "303 See Other",
    "307 Temporary Redirect",
    "308 Permanent Redirect",
]


@pytest.mark.parametrize("status", STATUSES)
def test_to_another_host(caller: Caller, meet: OpenPeer, status: str) -> None:
    """A redirect to another host is an error with its status; that host hears nothing."""
    other = meet(serves(answer()))
    target = other.endpoint.replace("127.0.0.1", "localhost")
    first = meet(serves(answer(b"", status=status, headers=[("Location", f"{target}/v2/steal")])))
    with pytest.raises(ApiError) as caught:
        caller.handwriting(url=URL)
    assert caught.value.status == int(status[:3])
    assert TOKEN.encode() in first.requests[0]
    assert other.connections == 0
    assert len(first.requests) == 1


def test_with_a_client_that_follows(caller: Caller, meet: OpenPeer) -> None:
    """Not even an HTTP client that follows redirects by itself carries the token there."""
    other = meet(serves(answer()))
    meet(
        serves(
            answer(b"", status="307 Temporary Redirect", headers=[("Location", f"{other.endpoint}/steal")])
        )
    )

    async def once(call: Call) -> None:
        await call(url=URL)

    with pytest.raises(ApiError, match="307"):
        play(caller, once, http={"follow_redirects": True})
    assert other.connections == 0


def test_to_itself(caller: Caller, meet: OpenPeer) -> None:
    """A redirect that leads back to where it came from does not go round in circles."""
    peer = meet(serves(answer(b"", status="302 Found", headers=[("Location", "/")])))
    with pytest.raises(ApiError, match="302"):
        caller.handwriting(url=URL)
    assert len(peer.requests) == 1
