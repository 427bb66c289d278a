"""What calls are about: files, addresses, standard input."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from . import streams
from .table import Source

STANDARD_INPUT = "-"


def argument(source: Source) -> click.Argument:
    """Return the argument for the files that calls are about."""
    return click.Argument(
        ["sources"],
        nargs=-1,
        required=source.required,
        metavar=f"{source.word}..." if source.required else f"[{source.word}]...",
        type=click.Path(allow_dash=True),
    )


def about(source: Source) -> str:
    """Return what can be named, for the help."""
    address = ", an http or https address" if source.url_name else ""
    return f"A file{address}, or - for standard input; a call is made for each. {source.about}".strip()


def is_address(name: str) -> bool:
    """Return whether a source is an address."""
    return name.lower().startswith(("http://", "https://"))


def check(source: Source, names: Sequence[str]) -> None:
    """Refuse what cannot be before anything is sent.

    Raises:
        click.UsageError: An address where only files can be, or standard input that is not there.
    """
    for name in names:
        if is_address(name) and not source.url_name:
            raise click.UsageError(f"{name} is an address: this command takes files only")
    if names.count(STANDARD_INPUT) > 1:
        raise click.UsageError("- is named twice: standard input can be read once")
    if STANDARD_INPUT in names:
        check_standard_input()


def check_standard_input() -> None:
    """Refuse to wait for somebody to type a file.

    Raises:
        click.UsageError: Standard input is a terminal.
    """
    if streams.is_typed():
        raise click.UsageError("- is standard input, which is a terminal: pipe a file into it")


def read(name: str, base64_length: int) -> Any:
    """Read a file as what the call sends: Base64 text or a file.

    Raises:
        UnreadableSourceError: It cannot be read.
        InvalidRequestError: It is too large.
    """
    # Not before a call is made: help would wait for these.
    from ..errors import InvalidRequestError
    from ..failures import UnreadableSourceError

    try:
        return _read(name, base64_length)
    except InvalidRequestError as error:
        if isinstance(error.__cause__, OSError):
            raise UnreadableSourceError.because(error.__cause__) from error.__cause__
        raise


def _read(name: str, base64_length: int) -> Any:
    from ..encoded import Base64
    from ..files import File, to_file

    is_input = name == STANDARD_INPUT
    file = streams.standard_input() if is_input else Path(name)
    if base64_length:
        return Base64.from_file(file, max_length=base64_length if base64_length > 0 else None)
    return (
        File(streams.standard_input().read(), file_name="stdin") if is_input else to_file("file", Path(name))
    )
