"""The port of the service, taken before the models are loaded, so that one in use is known at once."""

from __future__ import annotations

import errno
import socket


class CannotListen(Exception):
    """An address cannot be listened on; the message says why and what to do."""


def listen(host: str, port: int) -> socket.socket:
    """Take a port, 0 for any free one.

    Raises:
        CannotListen: It is in use, or not this process's to take.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(address, family=family)
    except (socket.gaierror, UnicodeError):
        raise CannotListen(f"{host!r} is not an address of this machine: try --host 127.0.0.1") from None
    except OSError as error:
        raise CannotListen(_why_not(host, port, error)) from None


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} on {host} is in use: stop what listens there, or choose another with --port"
    if error.errno == errno.EACCES:
        return f"port {port} needs more rights than this user has: choose one above 1023 with --port"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is not an address of this machine: try --host 127.0.0.1"
    return f"cannot listen on port {port} of {host}: {error.strerror or error}"
