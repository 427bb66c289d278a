"""The web server around the application."""

from __future__ import annotations

import logging
import socket
from typing import Final

import uvicorn
from starlette.types import ASGIApp

# Tokens of the real service are several kilobytes long; h11 itself gives up at 16.
_MAX_HEADERS: Final = 128 * 1024
_SECONDS_TO_FINISH: Final = 10


class Server(uvicorn.Server):
    """uvicorn, saying when it answers calls."""

    def __init__(self, app: ASGIApp) -> None:
        # It would log paths and queries, which can carry what must not be logged; each call is logged by the
        # application.
        logging.getLogger("uvicorn").setLevel(logging.WARNING)
        super().__init__(
            uvicorn.Config(
                app,
                http="h11",
                lifespan="on",
                log_config=None,
                access_log=False,
                server_header=False,
                h11_max_incomplete_event_size=_MAX_HEADERS,
                timeout_graceful_shutdown=_SECONDS_TO_FINISH,
            )
        )

    def run_on(self, bound: socket.socket) -> None:
        """Serve on a socket that is bound, until a signal comes."""
        self.run(sockets=[bound])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and print the address."""
        await super().startup(sockets)
        for bound in sockets or []:
            print(f"listening on {base_url(bound)}", flush=True)


def base_url(bound: socket.socket) -> str:
    """Return the URL of a socket that is bound."""
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if bound.family == socket.AF_INET6 else f"http://{host}:{port}"
