"""Certificates, and handshakes that do not end."""

from __future__ import annotations

import datetime
import ssl
from pathlib import Path
from typing import Any

import pytest
import trustme

from huaweicloud_ocr import (
    BrokenResponseError,
    ConnectionFailedError,
    InvalidResponseError,
    PasswordAuth,
    TimeLimitError,
)
from huaweicloud_ocr._runtime import certificates

from ..calling import Caller
from .attempts import URL, Call, play
from .conftest import Fail, OpenPeer
from .peers import BODY, answer, reads_nothing, resets_at_once, says, serves


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """An authority that these tests make for themselves."""
    return trustme.CA()


def _server(authority: trustme.CA, name: str, **validity: Any) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, **validity).configure_cert(context)
    return context


def _trusting(authority: trustme.CA) -> dict[str, Any]:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return {"verify": context}


def test_right_certificate(caller: Caller, meet: OpenPeer, authority: trustme.CA) -> None:
    """With an HTTP client that trusts the authority, the call goes through."""
    meet(serves(answer()), tls=_server(authority, "127.0.0.1"))

    async def once(call: Call) -> int:
        return int((await call(url=URL)).result.words_block_count)

    assert play(caller, once, http=_trusting(authority)) == 1


@pytest.mark.parametrize("is_trusted", [True, False])
def test_tokens_over_tls_for_a_service_without(
    caller: Caller,
    peers: OpenPeer,
    authority: trustme.CA,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    is_trusted: bool,
) -> None:
    """Where only the identity service has TLS, its certificate is held to those that the environment names."""
    if is_trusted:
        authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    certificates.certificates.cache_clear()
    body = b'{"token": {"expires_at": "2999-01-01T00:00:00.000000Z"}}'
    token = answer(body, status="201 Created", headers=[("X-Subject-Token", "token-1")])
    identity = peers(serves(token), tls=_server(authority, "127.0.0.1"))
    auth = PasswordAuth("user", "password", domain="account", project="p", endpoint=identity.endpoint)
    caller.settings |= {"endpoint": peers(serves(answer())).endpoint, "auth": auth}
    try:
        if is_trusted:
            assert caller.handwriting(url=URL).result.words_block_count == 1
        else:
            with pytest.raises(ConnectionFailedError, match="certificate"):
                caller.handwriting(url=URL)
            assert identity.requests == []
    finally:
        certificates.certificates.cache_clear()


def test_wrong_name(fail: Fail, meet: OpenPeer, authority: trustme.CA) -> None:
    """A certificate for another name ends the connection before anything is sent, and the message says which name."""
    peer = meet(serves(answer()), tls=_server(authority, "other.example"))
    failed = fail(ConnectionFailedError, http=_trusting(authority))
    assert "certificate" in failed.message
    assert "'127.0.0.1'" in failed.message
    assert failed.error.sent is False
    assert peer.requests == []


def test_unknown_authority(fail: Fail, meet: OpenPeer, authority: trustme.CA) -> None:
    """So does a certificate by an authority that nobody knows."""
    peer = meet(serves(answer()), tls=_server(authority, "127.0.0.1"))
    failed = fail(ConnectionFailedError)
    assert "certificate" in failed.message
    assert peer.requests == []


def test_expired_certificate(fail: Fail, meet: OpenPeer, authority: trustme.CA) -> None:
    """So does one that has expired."""
    past = datetime.datetime(2001, 1, 1, tzinfo=datetime.UTC)
    old = _server(authority, "127.0.0.1", not_before=past - datetime.timedelta(days=1), not_after=past)
    peer = meet(serves(answer()), tls=old)
    assert "expired" in fail(ConnectionFailedError, http=_trusting(authority)).message
    assert peer.requests == []


def test_endless_handshake(caller: Caller, fail: Fail, meet: OpenPeer) -> None:
    """A peer that does not take part in the handshake is given up after the time limit."""
    peer = meet(reads_nothing)
    caller.settings["endpoint"] = peer.endpoint.replace("http:", "https:")
    failed = fail(TimeLimitError, time_limit=0.1)
    assert "0.1 s" in failed.message


def test_reset_in_the_handshake(caller: Caller, fail: Fail, meet: OpenPeer) -> None:
    """A connection that is reset in the handshake is no connection."""
    peer = meet(resets_at_once)
    caller.settings["endpoint"] = peer.endpoint.replace("http:", "https:")
    assert fail(ConnectionFailedError).error.sent is False


def test_cut_in_the_middle(fail: Fail, meet: OpenPeer, authority: trustme.CA) -> None:
    """An encrypted answer that breaks off is a broken answer."""
    meet(says(answer()[:-10]), tls=_server(authority, "127.0.0.1"))
    fail(BrokenResponseError, http=_trusting(authority))


def test_cut_where_the_length_is_not_known(caller: Caller, meet: OpenPeer, authority: trustme.CA) -> None:
    """An encrypted answer without a length, cut off by someone in between, is not taken for a whole one."""
    meet(says(b"HTTP/1.1 200 OK\r\n\r\n" + BODY[:-10]), tls=_server(authority, "127.0.0.1"))

    async def once(call: Call) -> None:
        await call(url=URL)

    with pytest.raises((BrokenResponseError, InvalidResponseError)):
        play(caller, once, http=_trusting(authority))
