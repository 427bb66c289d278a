"""The command `huaweicloud-ocr-emulator`."""

from __future__ import annotations

import errno
import http.client
import logging
import socket
import sys
import urllib.request
import warnings
from collections.abc import Sequence
from ipaddress import ip_address
from typing import Final

from huaweicloud_ocr_emulator.log_lines import start_log
from huaweicloud_ocr_emulator.options import read_settings
from huaweicloud_ocr_emulator.settings import Settings

_log = logging.getLogger(__name__)

_SECONDS_TO_CHECK: Final = 2.0


class _CannotServe(Exception):
    """The service cannot be started; the message says why and what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted.

    Prints `listening on http://HOST:PORT` to standard output when pictures can be read; the log goes to standard
    error.

    Returns:
        The exit status: 0, or 1 when the service cannot be started, with one sentence on standard error.
    """
    settings, is_check = read_settings(arguments)
    if is_check:
        return _check(settings)
    start_log(settings)
    try:
        with _bind(settings.host, settings.port) as bound:
            _serve(bound, settings)
    except _CannotServe as error:
        print(f"huaweicloud-ocr-emulator: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        pass
    return 0


def _check(settings: Settings) -> int:
    """Look whether a service is ready; one that listens everywhere is asked on the loopback interface."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    url = (
        f"http://[{host}]:{settings.port}/readyz" if ":" in host else f"http://{host}:{settings.port}/readyz"
    )
    # No proxy of the environment is asked, which may not know this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=_SECONDS_TO_CHECK):
            return 0
    except (OSError, http.client.HTTPException) as error:
        print(f"huaweicloud-ocr-emulator: {url} is not ready: {error}", file=sys.stderr)
        return 1


def _bind(host: str, port: int) -> socket.socket:
    """Take the port before the models are loaded, so that a port in use is known at once."""
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(address, family=family)
    except socket.gaierror:
        raise _CannotServe(f"{host!r} is not an address of this machine: try --host 127.0.0.1") from None
    except OSError as error:
        raise _CannotServe(_bind_message(host, port, error)) from None


def _bind_message(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} on {host} is in use: stop what listens there, or choose another with --port"
    if error.errno == errno.EACCES:
        return f"port {port} needs more rights than this user has: choose one above 1023 with --port"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is not an address of this machine: try --host 127.0.0.1"
    return f"cannot listen on port {port} of {host}: {error.strerror or error}"


def _serve(bound: socket.socket, settings: Settings) -> None:
    # Only now, so that --help and a wrong option are answered at once.
    from huaweicloud_ocr_emulator.app import create_app
    from huaweicloud_ocr_emulator.contract import ContractError
    from huaweicloud_ocr_emulator.server import Server, base_url

    # One hostile picture can make it warn thousands of times.
    warnings.filterwarnings("ignore", module=r"PIL\.")
    problems: list[Exception] = []

    def tell(problem: Exception | None) -> None:
        if problem is None:
            print(f"listening on {base_url(bound)}", flush=True)
        else:
            problems.append(problem)
            server.should_exit = True

    try:
        server = Server(create_app(settings, on_ready=tell))
    except ContractError as error:
        raise _CannotServe(str(error)) from error
    if not settings.asks_for_credentials and not ip_address(bound.getsockname()[0]).is_loopback:
        _log.warning("other machines can reach this service, and any token will do: --token sets one")
    server.run_on(bound)
    if problems:
        raise _CannotServe(str(problems[0]))
