"""Faults before there is a connection."""

from __future__ import annotations

import re
import socket

import pytest

from huaweicloud_ocr import BrokenResponseError, ConfigurationError, ConnectionFailedError, TimeLimitError

from ..calling import Caller
from .attempts import URL
from .conftest import Fail, OpenPeer
from .peers import answer, reads_nothing, resets_at_once, serves


def _unused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_refused(caller: Caller, fail: Fail) -> None:
    """Where nobody listens, the message says so and asks the likely question."""
    caller.settings["endpoint"] = f"http://127.0.0.1:{_unused_port()}"
    failed = fail(ConnectionFailedError)
    assert failed.message.startswith("No connection: ")
    assert "refused; does the service run there?" in failed.message
    assert failed.error.sent is False


def test_refused_on_ipv6(caller: Caller, fail: Fail) -> None:
    """So it does for an address of IPv6."""
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as server:
        port = server.getsockname()[1]
    caller.settings["endpoint"] = f"http://[::1]:{port}"
    assert f"http://[::1]:{port}/" in fail(ConnectionFailedError).message


def test_ipv6(caller: Caller, meet: OpenPeer) -> None:
    """An address of IPv6 in brackets is called, and named as `Host`."""
    peer = meet(serves(answer()), family=socket.AF_INET6)
    assert caller.handwriting(url=URL).result.words_block_count == 1
    assert f"\r\nhost: [::1]:{peer.port}\r\n".encode() in peer.requests[0].lower()


def test_unknown_host(caller: Caller, fail: Fail) -> None:
    """A name that nobody knows is a failed connection, and nothing was sent."""
    caller.settings["endpoint"] = "http://no-such-host.invalid"
    failed = fail(ConnectionFailedError, within=10)
    assert failed.message.startswith("No connection: ")
    assert failed.message.endswith("(POST http://no-such-host.invalid/v2/project-1/ocr/handwriting)")
    assert failed.error.sent is False


@pytest.mark.parametrize("host", [f"{'a' * 64}.example", "a..example", ".example", "xn--a.example"])
def test_impossible_host(caller: Caller, host: str) -> None:
    """A name that cannot even be asked for is a mistake in the settings, or a failed connection."""
    caller.settings["endpoint"] = f"http://{host}"
    with pytest.raises((ConfigurationError, ConnectionFailedError), match=re.escape(host[:20])):
        caller.handwriting(url=URL)


def test_nobody_accepts(caller: Caller, fail: Fail) -> None:
    """A host that does not answer the attempt to connect is given up after the time limit."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        try:
            for sock in waiting:  # the queue of connections is full after these
                sock.setblocking(False)
                sock.connect_ex(address)
            caller.settings["endpoint"] = f"http://127.0.0.1:{address[1]}"
            failed = fail(TimeLimitError, time_limit=0.2)
        finally:
            for sock in waiting:
                sock.close()
    assert "0.2 s" in failed.message


def test_reset_at_once(fail: Fail, meet: OpenPeer) -> None:
    """A connection that is reset at the first byte may have brought the request, as far as anyone here knows."""
    meet(resets_at_once)
    assert fail(BrokenResponseError).error.sent is True


def test_nobody_reads(fail: Fail, meet: OpenPeer) -> None:
    """A peer that takes nothing of a large request is given up after the time limit."""
    meet(reads_nothing)
    image = b"\xff\xd8\xff\xe0" + bytes(7_000_000)
    failed = fail(TimeLimitError, image=_bmp(image), time_limit=0.3)
    assert "0.3 s" in failed.message


def _bmp(filler: bytes) -> bytes:
    """Return a picture of 100 by 100 pixels with any number of bytes behind it."""
    size = (100).to_bytes(4, "little")
    head = b"BM" + bytes(8) + (54).to_bytes(4, "little") + (40).to_bytes(4, "little") + size + size
    return head + b"\x01\x00\x18\x00" + bytes(24) + filler
