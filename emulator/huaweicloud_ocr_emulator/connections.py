"""Connections on which no request arrives, or none that HTTP knows: they end with a documented error, and in time."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable
from typing import Any, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from huaweicloud_ocr_emulator.call_record import CallRecord
from huaweicloud_ocr_emulator.contract import Contract
from huaweicloud_ocr_emulator.failures import CallFailed, ErrorCode
from huaweicloud_ocr_emulator.responses import REQUEST_ID_HEADER, error_response

_log = logging.getLogger(__name__)

_LINGER: Final = 2.0
"""Seconds in which the rest of a body that was refused is still taken: to close at once would lose the answer."""

_MOST: Final = 800
"""Connections at once. A process usually may have 1024 files open, and needs some to fetch pictures."""


def connection_class(
    contract: Contract, seconds: float, count: Callable[[CallRecord], None]
) -> type[H11Protocol]:
    """Return what uvicorn makes for each connection.

    Args:
        contract: What errors look like.
        seconds: In which the head of a request has to arrive.
        count: Told of each request that is refused here.
    """

    class Connection(H11Protocol):
        """A connection that does not wait for ever."""

        _head_timer: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            """Begin to wait for a request."""
            # asyncio does so for the sockets that it makes itself. Else the end of an answer waits until its beginning
            # is acknowledged, which takes some callers forty milliseconds.
            transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            super().connection_made(transport)
            if len(self.connections) > _MOST:
                self._refuse(f"{_MOST} connections are open already", ErrorCode.TOO_MANY_AT_ONCE)
            else:
                self._watch()

        def data_received(self, data: bytes) -> None:
            """Take what arrived, and go on waiting if it is not the whole head of a request."""
            super().data_received(data)
            self._watch()

        def connection_lost(self, exc: Exception | None) -> None:
            """End waiting."""
            self._unwatch()
            super().connection_lost(exc)

        def on_response_complete(self) -> None:
            """End the connection of a caller who has an answer, and goes on sending the body all the same."""
            super().on_response_complete()
            if self.conn.their_state is h11.SEND_BODY:
                self.loop.call_later(_LINGER, self.transport.close)

        def send_400_response(self, msg: str) -> None:
            """Answer what is no HTTP."""
            self._refuse("no HTTP request")

        def _watch(self) -> None:
            if self.conn.their_state is not h11.IDLE or self.transport.is_closing():
                self._unwatch()
            elif self._head_timer is None:
                self._head_timer = self.loop.call_later(seconds, self._give_up)

        def _unwatch(self) -> None:
            if self._head_timer is not None:
                self._head_timer.cancel()
                self._head_timer = None

        def _give_up(self) -> None:
            self._head_timer = None
            if self.transport.is_closing() or self.conn.their_state is not h11.IDLE:
                return
            if self.conn.trailing_data[0]:
                self._refuse(f"no whole head of a request after {seconds:g} s")
            else:
                self.transport.close()  # somebody who connects without a word is not worth one

        def _refuse(self, reason: str, code: ErrorCode = ErrorCode.MALFORMED_REQUEST) -> None:
            if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
                self.transport.close()
                return
            cycle = self.cycle if self.conn.our_state is h11.SEND_RESPONSE else None
            record = CallRecord()
            if cycle is not None:
                # The application has begun with this call, and is told that there is nobody any more.
                record = cycle.scope.setdefault("state", {}).setdefault("record", record)
                record.is_refused = True
                cycle.disconnected = True
                cycle.message_event.set()
            failure = CallFailed(code, reason)
            record.code, record.reason = str(failure.code), failure.reason
            answer = error_response(failure, contract, record.request_id)
            record.status = answer.status_code
            headers = [
                *answer.raw_headers,
                (REQUEST_ID_HEADER.lower().encode(), record.request_id.encode()),
                (b"connection", b"close"),
            ]
            count(record)
            _log.info("%s", record.line(), extra=record.members())
            events: list[h11.Event] = [h11.Response(status_code=answer.status_code, headers=headers)]
            if cycle is None or cycle.scope["method"] != "HEAD":
                events.append(h11.Data(data=bytes(answer.body)))
            for event in (*events, h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
            self.transport.close()

    return Connection
