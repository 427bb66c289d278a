"""The command `huaweicloud-ocr-emulator`."""

from __future__ import annotations

import logging
import os
import socket
import sys
import warnings
from collections.abc import Sequence
from ipaddress import ip_address

from huaweicloud_ocr_emulator.listening import CannotListen, listen
from huaweicloud_ocr_emulator.log_lines import start_log
from huaweicloud_ocr_emulator.options import read_settings
from huaweicloud_ocr_emulator.readiness import why_not_ready
from huaweicloud_ocr_emulator.settings import Settings

_log = logging.getLogger(__name__)


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
        with listen(settings.host, settings.port) as bound:
            _serve(bound, settings)
    except (CannotListen, _CannotServe) as error:
        print(f"huaweicloud-ocr-emulator: {error}", file=sys.stderr)
        return 1
    return 0


def _check(settings: Settings) -> int:
    problem = why_not_ready(settings.host, settings.port)
    if problem is not None:
        print(f"huaweicloud-ocr-emulator: {problem}", file=sys.stderr)
    return 0 if problem is None else 1


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
    if server.is_left:
        # Python would wait until the last picture is read, although nobody waits for it any more.
        logging.shutdown()
        sys.stdout.flush()
        os._exit(0)
