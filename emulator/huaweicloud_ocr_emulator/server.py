"""The web server around the application."""

from __future__ import annotations

import logging
import signal
import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

import uvicorn
from starlette.applications import Starlette

from huaweicloud_ocr_emulator.connections import connection_class
from huaweicloud_ocr_emulator.service import Service

# Tokens of the real service are several kilobytes long; h11 itself gives up at 16.
_MAX_HEADERS: Final = 128 * 1024
_SECONDS_TO_FINISH: Final = 30


class Server(uvicorn.Server):
    """uvicorn, which finishes what is in flight when it is told to end, and then ends without an error."""

    def __init__(self, app: Starlette) -> None:
        """Take an application of `create_app`."""
        service: Service = app.state.service
        # It would log paths and queries, which can carry what must not be logged; each call is logged by the
        # application.
        logging.getLogger("uvicorn").setLevel(logging.WARNING)
        super().__init__(
            uvicorn.Config(
                app,
                http=connection_class(service.contract, service.settings.body_seconds),
                ws="none",  # an upgrade would be refused by an answer that is not documented
                lifespan="on",
                log_config=None,
                access_log=False,
                server_header=False,
                h11_max_incomplete_event_size=_MAX_HEADERS,
                timeout_graceful_shutdown=_SECONDS_TO_FINISH,
            )
        )

    def run_on(self, bound: socket.socket) -> None:
        """Serve on a socket that is bound, until a signal comes or `should_exit` is set."""
        self.run(sockets=[bound])

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """End by SIGINT and SIGTERM, and take that for a regular end; a second SIGINT ends at once."""
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


def base_url(bound: socket.socket) -> str:
    """Return the URL of a socket that is bound."""
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if bound.family == socket.AF_INET6 else f"http://{host}:{port}"
