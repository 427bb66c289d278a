"""Where errors become exit codes and sentences."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from generator.commands.output import complain, report
from generator.errors import FindingsError, GeneratorError
from generator.formats import Format

FINE: Final = 0
FOUND: Final = 1
FAILED: Final = 2


def carry_out(run: Callable[[], int], form: Format = Format.TEXT) -> int:
    """Run a command and return its exit code, also when it fails.

    An interruption, and a reader of the output who goes away, are left to the caller.
    """
    try:
        return _run(run, form)
    except GeneratorError as error:
        complain(f"error: {error}")
    except BrokenPipeError:
        raise
    except ImportError as error:
        complain(f"error: {_not_installed(error)}")
    except OSError as error:
        complain(f"error: cannot read or write{_where(error)}: {error.strerror or error}")
    return FAILED


def _run(run: Callable[[], int], form: Format) -> int:
    try:
        return run()
    except FindingsError as error:
        report(error.findings, form, rules_left=error.rules_left)
        if error.partial_helps:
            complain(
                "`--allow-partial` makes a client without what these are about, and lists that in its README"
            )
        return FOUND


def _where(error: OSError) -> str:
    from generator.findings import printable, shown_path

    return f" {printable(shown_path(Path(os.fsdecode(error.filename))))}" if error.filename else ""


def _not_installed(error: ImportError) -> str:
    name = (error.name or "a package").partition(".")[0]
    return (
        f"{name} is not installed, or in a version that does not fit ({error.msg}): "
        "run `pip install --group generator` (pip 25.1 or later) in the repository"
    )
