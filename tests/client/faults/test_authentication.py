"""Refused credentials."""

from __future__ import annotations

import json
from typing import Any

import pytest

from huaweicloud_ocr import AkSkAuth, ApiError, Retry

from ..calling import Caller
from .attempts import URL, Call, play
from .conftest import OpenPeer
from .peers import Peer, answer, serves

EXPIRED = ("401 Unauthorized", "APIG.0307", "The token must be updated.")
SKEWED = ("401 Unauthorized", "APIG.0301", "Incorrect IAM authentication information: time out of range")


def _refuses(meet: OpenPeer, refusal: tuple[str, str, str]) -> Peer:
    status, code, message = refusal
    body = json.dumps({"error_code": code, "error_msg": message, "request_id": "r-1"}).encode()
    return meet(serves(answer(body, status=status)))


def _refused(caller: Caller, **settings: Any) -> ApiError:
    async def once(call: Call) -> None:
        await call(url=URL)

    with pytest.raises(ApiError) as caught:
        play(caller, once, **settings)
    return caught.value


def test_expired_token(caller: Caller, meet: OpenPeer) -> None:
    """A token that has expired is told with what to do, and is not sent again and again."""
    peer = _refuses(meet, EXPIRED)
    error = _refused(caller, retries=Retry(first_delay=0, unanswered=True))
    assert (error.status, error.error_code, error.request_id) == (401, "APIG.0307", "r-1")
    assert error.remedy is not None
    assert "Fetch a new token" in str(error)
    assert len(peer.requests) == 1


def test_clock_skew(caller: Caller, meet: OpenPeer) -> None:
    """A signature that is refused points to the clock, and is never tried again: five lock the key pair."""
    peer = _refuses(meet, SKEWED)
    auth = AkSkAuth("access", "secret-key-that-nobody-may-see")
    error = _refused(caller, auth=auth, retries=Retry(retries=9, first_delay=0, unanswered=True))
    assert "the clock" in str(error)
    assert error.retryable is False
    assert len(peer.requests) == 1
    assert b"secret-key-that-nobody-may-see" not in peer.requests[0]
