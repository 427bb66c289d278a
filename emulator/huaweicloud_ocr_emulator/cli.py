"""The command `huaweicloud-ocr-emulator`."""

from __future__ import annotations

import argparse
import errno
import logging
import socket
import sys
from collections.abc import Sequence
from ipaddress import ip_address
from typing import Final

from huaweicloud_ocr_emulator import __version__
from huaweicloud_ocr_emulator.settings import Settings

_EXAMPLE: Final = """\
example:
  huaweicloud-ocr-emulator --port 8765 --token secret

  from huaweicloud_ocr import Client, TokenAuth
  client = Client(endpoint="http://127.0.0.1:8765", project_id="local", auth=TokenAuth("secret"))
"""
_log = logging.getLogger(__name__)
_LOG_LEVELS: Final = ("debug", "info", "warning", "error")


class _CannotServe(Exception):
    """The service cannot be started; the message says why and what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted.

    Prints `listening on http://HOST:PORT` to standard output when calls are answered; the log goes to
    standard error.

    Returns:
        The exit status: 0, or 1 when the service cannot be started, with one sentence on standard error.
    """
    options = _parser().parse_args(arguments)
    _start_log(options.log_level)
    settings = Settings(token=options.token, allow_private_urls=options.allow_private_urls)
    try:
        with _bind(options.host, options.port) as bound:
            _serve(bound, settings)
    except _CannotServe as error:
        print(f"huaweicloud-ocr-emulator: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        pass
    return 0


def _start_log(level: str) -> None:
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr)
    # Of the libraries only warnings: what they say otherwise includes URLs and what stands in pictures.
    logging.getLogger().setLevel(max(logging.WARNING, getattr(logging, level.upper())))
    logging.getLogger("huaweicloud_ocr_emulator").setLevel(level.upper())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="huaweicloud-ocr-emulator",
        description="Serve Handwritten Text OCR and Web Image OCR on this machine.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument(
        "--port",
        type=_port,
        default=8765,
        help="port to listen on, 0 for any free one (default: %(default)s)",
    )
    parser.add_argument(
        "--token", type=_token, help="the token that callers must send (default: any that is not empty)"
    )
    parser.add_argument(
        "--allow-private-urls",
        action="store_true",
        help="fetch pictures from private addresses too, such as a server on this machine; for tests only",
    )
    parser.add_argument(
        "--log-level", choices=_LOG_LEVELS, default="info", help="how much to log (default: %(default)s)"
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: choose a number from 0 to 65535")
    return int(text)


def _token(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError(
            "an empty token cannot be sent: choose another, or leave --token out"
        )
    return text.strip()


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
    from huaweicloud_ocr_emulator.recognition import EngineError
    from huaweicloud_ocr_emulator.server import Server

    try:
        app = create_app(settings)
    except (ContractError, EngineError) as error:
        raise _CannotServe(str(error)) from error
    if settings.token is None and not ip_address(bound.getsockname()[0]).is_loopback:
        _log.warning("other machines can reach this service, and any token will do: --token sets one")
    Server(app).run_on(bound)
