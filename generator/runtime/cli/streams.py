"""Standard input, output and error: what they are, and what can be shown there."""

from __future__ import annotations

import io
import os
import sys
from typing import BinaryIO


def set_up() -> None:
    """Have files and pipes written in UTF-8, and terminals never refuse a character that they do not have."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")


def has_colour() -> bool | None:
    """Return whether colours are shown: False if nobody wants them, None if that is a matter of the terminal."""
    return False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None


def is_terminal() -> bool:
    """Return whether standard output is a terminal."""
    return sys.stdout.isatty()


def is_typed() -> bool:
    """Return whether standard input is a terminal."""
    return sys.stdin.isatty()


def can_ask() -> bool:
    """Return whether somebody sits at a terminal who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def standard_input() -> BinaryIO:
    """Return standard input as a binary file."""
    return sys.stdin.buffer


def standard_output() -> BinaryIO:
    """Return standard output as a binary file, once what was written to it as text is through."""
    sys.stdout.flush()
    return sys.stdout.buffer


def give_up_output() -> None:
    """Let nothing more be written to standard output, whose reader has gone: Python would complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
