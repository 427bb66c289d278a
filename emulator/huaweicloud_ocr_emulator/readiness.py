"""Whether a service at an address is ready."""

from __future__ import annotations

import http.client
import socket
import urllib.error
import urllib.request
from typing import Final

_SECONDS: Final = 2.0
_EVERYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""Where to ask a service that listens on all addresses."""


def why_not_ready(host: str, port: int) -> str | None:
    """Return a sentence that says why a service is not ready, or None if it is."""
    host = _EVERYWHERE.get(host, host)
    url = f"http://[{host}]:{port}/readyz" if ":" in host else f"http://{host}:{port}/readyz"
    # No proxy of the environment is asked, which may not know this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=_SECONDS):
            return None
    except (http.client.InvalidURL, UnicodeError):
        return f"{host!r} is no host: is --host right?"
    except (OSError, http.client.HTTPException) as error:
        return f"{url} is not ready: {_sentence(error)}"


def _sentence(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        if error.code == http.HTTPStatus.SERVICE_UNAVAILABLE:
            return "the models are being loaded: ask again in a moment"
        return f"something else listens there, for it answers {error.code}: is --port right?"
    # What went wrong before there was an answer is passed on as the reason of another exception.
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, ConnectionRefusedError):
        return "nothing listens there: start the service, or say where it is with --host and --port"
    if isinstance(cause, TimeoutError):
        return f"no answer within {_SECONDS:g} s"
    if isinstance(cause, socket.gaierror):
        return "the name of the host does not resolve: is --host right?"
    if isinstance(cause, http.client.HTTPException):
        return "what listens there does not speak HTTP: is --port right?"
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror.lower()
    return "the connection broke"
