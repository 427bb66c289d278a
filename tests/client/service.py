"""A scripted HTTP server on loopback: it records what arrives and does what a test says."""

from __future__ import annotations

import json
import socketserver
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import Any, TypeAlias, cast

HANDWRITING: dict[str, Any] = {
    "result": {
        "words_block_count": 1,
        "words_block_list": [
            {
                "words": "hello",
                "type": "text",
                "confidence": 0.5,
                "location": [[1, 2], [3, 4], [5, 6], [7, 8]],
            }
        ],
    }
}
WEB_IMAGE: dict[str, Any] = {
    "result": {
        "words_block_count": 1,
        "words_block_list": [
            {"words": "网", "confidence": 1.0, "location": [[1, 2], [3, 4], [5, 6], [7, 8]]}
        ],
        "extracted_data": {"image_size": {"width": 640, "height": 480}},
    }
}


@dataclass(frozen=True)
class Received:
    """A request as it arrived; names of headers are in lower case."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def json(self) -> Any:
        """What the body decodes to."""
        return json.loads(self.body)

    def header(self, name: str) -> str | None:
        """The value of a header that is there at most once."""
        values = [value for found, value in self.headers if found == name.lower()]
        assert len(values) <= 1, f"{name} came {len(values)} times"
        return values[0] if values else None


class Exchange(BaseHTTPRequestHandler):
    """One connection of the server."""

    protocol_version = "HTTP/1.1"
    last: Received

    @property
    def service(self) -> Service:
        """The server of this connection."""
        return cast(Service, self.server)

    def do_POST(self) -> None:
        """Record the request and follow the script."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = [(name.lower(), value) for name, value in self.headers.items()]
        self.last = Received(self.command, self.path, headers, body)
        self.service.received.append(self.last)
        script = self.service.script
        (script.popleft() if len(script) > 1 else script[0])(self)

    do_GET = do_PUT = do_DELETE = do_POST

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test output clean."""


Behaviour: TypeAlias = Callable[[Exchange], None]


def answer(
    body: object = HANDWRITING,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    reason: str = "",
) -> Behaviour:
    """Answer with a body: bytes as they are, anything else as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    def act(exchange: Exchange) -> None:
        exchange.send_response_only(status, reason)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            exchange.send_header(name, value)
        if status != 204:
            exchange.send_header("Content-Length", str(len(content)))
        exchange.end_headers()
        if status != 204:
            exchange.wfile.write(content)

    return act


def raw(data: bytes) -> Behaviour:
    """Send just these bytes, then end the connection."""

    def act(exchange: Exchange) -> None:
        exchange.wfile.write(data)
        exchange.close_connection = True

    return act


def drip(data: bytes, *, pause: float, pieces: int) -> Behaviour:
    """Answer with a body that comes in pieces with a pause before each."""

    def act(exchange: Exchange) -> None:
        exchange.send_response_only(200)
        exchange.send_header("Content-Length", str(len(data)))
        exchange.end_headers()
        size = -(-len(data) // pieces)
        for start in range(0, len(data), size):
            exchange.service.over.wait(pause)
            exchange.wfile.write(data[start : start + size])

    return act


def silence(exchange: Exchange) -> None:
    """Say nothing until the test is over."""
    exchange.service.over.wait()
    exchange.close_connection = True


class Service(socketserver.ThreadingTCPServer):
    """The server. Its script is a queue of behaviours, the last of which is repeated."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Exchange)
        self.received: list[Received] = []
        self.script: deque[Behaviour] = deque([answer()])
        self.failures: list[BaseException] = []
        self.over = threading.Event()

    @property
    def endpoint(self) -> str:
        """The address to give to a client."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def only(self) -> Received:
        """The one request that arrived."""
        assert len(self.received) == 1
        return self.received[0]

    def plays(self, *behaviours: Behaviour) -> None:
        """Set the script."""
        self.script = deque(behaviours)

    def handle_error(self, request: object, client_address: object) -> None:
        """Note what went wrong here; a client that hangs up is no failure."""
        error = sys.exception()
        if error is not None and not isinstance(error, ConnectionError):
            self.failures.append(error)
