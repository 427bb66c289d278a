"""How the command line ends."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import click

from .table import Program


class Exit(IntEnum):
    """Exit codes; scripts rely on them."""

    FINE = 0
    FAILED = 1
    USAGE = 2
    SETUP = 3
    INTERRUPTED = 130
    NO_READER = 141
    TERMINATED = 143


_OTHERS: Final = (
    (Exit.USAGE, "the command is not used rightly"),
    (Exit.SETUP, "settings or credentials are missing, or the service refuses them"),
    (Exit.INTERRUPTED, "stopped by Ctrl-C"),
    (Exit.NO_READER, "whoever read the output has gone"),
    (Exit.TERMINATED, "stopped by SIGTERM"),
)


def meanings(program: Program) -> list[tuple[Exit, str]]:
    """Return the exit codes in words, for the help."""
    words = {command.source.word for command in program.commands if command.source}
    takes_files = bool(words) or any(
        command.body in ("json", "text") or any(option.kind == "file" for option in command.options)
        for command in program.commands
    )
    parts = [what for what, is_one in (("a picture", "PICTURE" in words), ("a file", takes_files)) if is_one]
    failed = f"something failed: {', '.join([*parts, 'the call'])}" if parts else "the call failed"
    failed = f"{failed}; the others are done" if words else failed
    return [(Exit.FINE, "everything succeeded"), (Exit.FAILED, failed), *_OTHERS]


class SetupError(click.ClickException):
    """A setting or the credentials do not serve; the message says what to do."""

    exit_code = Exit.SETUP
