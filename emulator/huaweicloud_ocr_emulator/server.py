"""The web server around the application."""

from __future__ import annotations

import asyncio
import logging
import math
import signal
import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType
from typing import Final

import uvicorn
from starlette.applications import Starlette

from huaweicloud_ocr_emulator.connections import connection_class
from huaweicloud_ocr_emulator.service import Service

# Tokens of the real service are several kilobytes long; h11 itself gives up at 16.
_MAX_HEADERS: Final = 128 * 1024
_SECONDS_TO_NOTICE: Final = 0.1
_log = logging.getLogger(__name__)


class Server(uvicorn.Server):
    """uvicorn, which finishes what is in flight when it is told to end, and then ends without an error."""

    def __init__(self, app: Starlette) -> None:
        """Take an application of `create_app`."""
        service: Service = app.state.service
        self._service = service
        self._is_hurried = False
        # It would log paths and queries, which can carry what must not be logged; each call is logged by the
        # application.
        # What is no HTTP is logged by the connection.
        logging.getLogger("uvicorn").setLevel(logging.ERROR)
        super().__init__(
            uvicorn.Config(
                app,
                http=connection_class(
                    service.contract, service.settings.body_seconds, app.state.metrics.count
                ),
                ws="none",  # an upgrade would be refused by an answer that is not documented
                lifespan="on",
                log_config=None,
                access_log=False,
                server_header=False,
                h11_max_incomplete_event_size=_MAX_HEADERS,
                timeout_graceful_shutdown=math.ceil(service.settings.finish_seconds),
            )
        )

    @property
    def is_left(self) -> bool:
        """Whether it ended with threads at work that nobody waits for."""
        return self._service.is_busy

    def run_on(self, bound: socket.socket) -> None:
        """Serve on a socket that is bound, until a signal comes or `should_exit` is set."""
        self.run(sockets=[bound])

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """End by SIGINT and SIGTERM, and take that for a regular end; a second one does not wait for calls."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {
            number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Note a signal; what follows from it is done in the event loop, not in the midst of anything."""
        # The library would drop the calls in flight without an answer, and skip the end of the application.
        self._is_hurried = self.should_exit
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more calls, wait for those in flight, and end them when a second signal comes."""
        watch = asyncio.ensure_future(self._hurry())
        try:
            await super().shutdown(sockets)
        finally:
            watch.cancel()

    async def _hurry(self) -> None:
        tasks = self.server_state.tasks
        if tasks:
            _log.warning("waiting for %s; Ctrl-C again ends what is left", _calls(len(tasks)))
        while not self._is_hurried:
            await asyncio.sleep(_SECONDS_TO_NOTICE)
        if tasks:
            _log.warning("ending %s", _calls(len(tasks)))
        # Each of them answers that the service is stopped.
        for task in tasks:
            task.cancel()
        # Idle connections are closed already; on the others something arrives that nobody waits for.
        await asyncio.sleep(_SECONDS_TO_NOTICE)
        for connection in list(self.server_state.connections):
            connection.transport.close()


def _calls(count: int) -> str:
    return "1 call" if count == 1 else f"{count} calls"


def base_url(bound: socket.socket) -> str:
    """Return the URL of a socket that is bound."""
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if bound.family == socket.AF_INET6 else f"http://{host}:{port}"
