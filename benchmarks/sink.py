"""A service on loopback that reads what it is sent and gives one of two answers, both made beforehand.

It speaks just as much HTTP/1.1 as the clients that are measured against it: bodies with `Content-Length`, connections
that stay open. It prints its port and serves until it is ended. A path with `/web-image` has the long answer.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any, Final

WORDS: Final = "Text of block 0"
BLOCKS: Final = 2_000


def answer(blocks: int) -> bytes:
    """Return the body of an answer with so many blocks of text."""
    found = [
        {
            "words": f"Text of block {number}",
            "type": "text",
            "confidence": 0.9375,
            "location": [[10, 20 + number], [310, 20 + number], [310, 52 + number], [10, 52 + number]],
        }
        for number in range(blocks)
    ]
    whole = {"result": {"words_block_count": blocks, "words_block_list": found}}
    return json.dumps(whole, separators=(",", ":")).encode()


def _response(body: bytes) -> bytes:
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Request-Id: 1f0b\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class _Connection(asyncio.BufferedProtocol):
    def __init__(self, short: bytes, long: bytes) -> None:
        self._short, self._long = short, long
        self._buffer = bytearray(1024 * 1024)
        self._head = bytearray()
        self._left = 0
        self._answer = short

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def get_buffer(self, sizehint: int) -> bytearray:
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        if self._left == 0:
            nbytes = self._begin(self._buffer[:nbytes])
            if nbytes < 0:
                return
        self._left -= nbytes
        if self._left == 0:
            self._transport.write(self._answer)

    def _begin(self, part: bytearray) -> int:
        """Read the head of a request; return how much of its body came with it, or -1 when it is not yet complete."""
        self._head += part
        end = self._head.find(b"\r\n\r\n")
        if end < 0:
            return -1
        head, body = self._head[:end].lower(), len(self._head) - end - 4
        self._head = bytearray()
        self._left = int(head.partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0])
        self._answer = self._long if b"/web-image" in head.partition(b"\r\n")[0] else self._short
        return body


async def _serve() -> None:
    short, long = _response(answer(1)), _response(answer(BLOCKS))
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(short, long), "127.0.0.1", 0, backlog=256)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
