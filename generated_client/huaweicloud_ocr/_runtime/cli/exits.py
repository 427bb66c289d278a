"""How the command line ends."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import click


class Exit(IntEnum):
    """Exit codes; scripts rely on them."""

    FINE = 0
    FAILED = 1
    USAGE = 2
    SETUP = 3
    INTERRUPTED = 130
    NO_READER = 141
    TERMINATED = 143


MEANINGS: Final = (
    (Exit.FINE, "everything succeeded"),
    (Exit.FAILED, "something failed: a picture, a file, the call; the others are done"),
    (Exit.USAGE, "the command is not used rightly"),
    (Exit.SETUP, "settings or credentials are missing, or the service refuses them"),
    (Exit.INTERRUPTED, "stopped by Ctrl-C"),
    (Exit.NO_READER, "whoever read the output has gone"),
    (Exit.TERMINATED, "stopped by SIGTERM"),
)
"""Exit codes in words, for the help."""


class SetupError(click.ClickException):
    """A setting or the credentials do not serve; the message says what to do."""

    exit_code = Exit.SETUP
