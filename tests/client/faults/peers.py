"""A peer on loopback that speaks bytes, not HTTP: it does to a connection just what a test says."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterable
from typing import Any, Self, TypeAlias

from ..service import HANDWRITING

BODY = json.dumps(HANDWRITING).encode()
_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)


class Connection:
    """A connection that was accepted."""

    def __init__(self, peer: Peer, sock: socket.socket) -> None:
        self.peer = peer
        self.socket = sock

    def request(self) -> bytes:
        """Read a whole request; empty when the client hung up."""
        data = b""
        while b"\r\n\r\n" not in data:
            part = self.socket.recv(65536)
            if not part:
                return b""
            data += part
        head, _, body = data.partition(b"\r\n\r\n")
        found = _LENGTH.search(head)
        left = (int(found[1]) if found else 0) - len(body)
        while left > 0 and (part := self.socket.recv(65536)):
            body += part
            left -= len(part)
        self.peer.requests.append(head + b"\r\n\r\n" + body)
        return self.peer.requests[-1]

    def send(self, data: bytes) -> None:
        """Send bytes."""
        self.socket.sendall(data)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait, but no longer than the test takes; return whether that is over."""
        return self.peer.over.wait(seconds)

    def reset(self) -> None:
        """End the connection with a reset in place of an orderly end."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


Behaviour: TypeAlias = Callable[[Connection], None]
"""What a peer does with a connection, from its beginning to its end."""


def answer(body: bytes = BODY, *, status: str = "200 OK", headers: Iterable[tuple[str, str]] = ()) -> bytes:
    """Return an answer that is right as HTTP."""
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Length: {len(body)}",
        *(f"{name}: {text}" for name, text in headers),
    ]
    return "\r\n".join([*lines, "\r\n"]).encode() + body


def says(*parts: bytes, pause: float = 0.0) -> Behaviour:
    """Read a request, send these parts with a pause before each but the first, and end the connection."""

    def act(connection: Connection) -> None:
        if connection.request():
            for number, part in enumerate(parts):
                if number and pause and connection.wait(pause):
                    return
                connection.send(part)

    return act


def keeps_saying(start: bytes, part: bytes, pause: float = 0.0) -> Behaviour:
    """Read a request, and send without end."""

    def act(connection: Connection) -> None:
        connection.request()
        connection.send(start)
        while not connection.wait(pause):
            connection.send(part)

    return act


def serves(data: bytes) -> Behaviour:
    """Answer every request of a connection with the same bytes, as a good server does."""

    def act(connection: Connection) -> None:
        while connection.request():
            connection.send(data)

    return act


def says_nothing(connection: Connection) -> None:
    """Read a request and keep the connection open."""
    connection.request()
    connection.wait()


def reads_nothing(connection: Connection) -> None:
    """Keep the connection open without reading."""
    connection.wait()


def resets(connection: Connection) -> None:
    """Read a request and reset the connection."""
    connection.request()
    connection.reset()


def resets_at_once(connection: Connection) -> None:
    """Reset the connection at the first byte."""
    connection.socket.recv(1)
    connection.reset()


class Peer:
    """Accepts connections; what happens with each stands in a queue whose last entry is repeated.

    Attributes:
        behaviours: The queue.
        requests: What was read, whole requests only.
        connections: How many connections were accepted.
        over: The test is over.
        ended: A connection has come to its end.
    """

    def __init__(
        self,
        *behaviours: Behaviour,
        family: socket.AddressFamily = socket.AF_INET,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.behaviours = list(behaviours)
        self.requests: list[bytes] = []
        self.failures: list[BaseException] = []
        self.over = threading.Event()
        self.ended = threading.Event()
        self.connections = 0
        self._tls = tls
        self._family = family
        self._threads: list[threading.Thread] = []
        self._open: set[socket.socket] = set()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._listener.getsockname()[1])

    @property
    def endpoint(self) -> str:
        """The address to give to a client."""
        host = "[::1]" if self._family == socket.AF_INET6 else "127.0.0.1"
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}"

    def __enter__(self) -> Self:
        host = "::1" if self._family == socket.AF_INET6 else "127.0.0.1"
        self._listener = socket.create_server((host, 0), family=self._family, backlog=256)
        self._start(self._accept)
        return self

    def __exit__(self, *error: object) -> None:
        self.over.set()
        # This wakes the thread that accepts, which closing alone does not.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        for sock in list(self._open):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive()
        self._listener.close()
        assert self.failures == []

    def _start(self, target: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.over.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            behaviours = self.behaviours
            act = behaviours.pop(0) if len(behaviours) > 1 else behaviours[0]
            self.connections += 1
            self._start(self._serve, sock, act)

    def _serve(self, sock: socket.socket, act: Behaviour) -> None:
        with contextlib.closing(sock):
            sock.settimeout(10)
            self._open.add(sock)
            try:
                self._meet(sock, act)
            except OSError:
                pass  # a client that gives up is what is tested
            except BaseException as error:
                self.failures.append(error)
        self.ended.set()

    def _meet(self, sock: socket.socket, act: Behaviour) -> None:
        if self._tls is None:
            act(Connection(self, sock))
            return
        with self._tls.wrap_socket(sock, server_side=True, do_handshake_on_connect=False) as secure:
            self._open.add(secure)
            secure.do_handshake()
            act(Connection(self, secure))
