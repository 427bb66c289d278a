"""The command line: `python -m generator check | bundle | generate | diff | publish | explain`."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from generator.commands.arguments import parse
from generator.commands.boundary import FAILED, carry_out
from generator.commands.output import complain, drop

INTERRUPTED: Final = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command and return its exit code."""
    _prepare_streams()
    options = parse(None if arguments is None else list(arguments))
    try:
        return carry_out(lambda: _run(options), options.format)
    except KeyboardInterrupt:
        complain("interrupted; nothing was changed")
        return INTERRUPTED
    except BrokenPipeError:
        drop(sys.stdout)  # whoever read our output has seen enough
        return FAILED
    finally:
        _flush()


def _flush() -> None:
    """Write what is left; what cannot be written has been told of, and must not change the exit code."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            drop(stream)


def _run(options: argparse.Namespace) -> int:
    run = _command(options.command)
    if getattr(options, "watch", False):
        from generator.commands.watch import watch

        return watch(run, options)
    return run(options)


def _command(name: str) -> Callable[[argparse.Namespace], int]:
    """Return what carries out a command, importing no more than that needs."""
    match name:
        case "check":
            from generator.commands.check import run
        case "bundle":
            from generator.commands.bundle import run
        case "generate":
            from generator.commands.generate import run
        case "diff":
            from generator.commands.diff import run
        case "publish":
            from generator.commands.publish import run
        case _:
            from generator.commands.explain import run
    return run


def _prepare_streams() -> None:
    """Let any text pass: escape what a terminal of another encoding cannot show, and drop what nobody listens to.

    Python has no stream where the caller closed it, and `print` would write to standard output what standard error
    was to have.
    """
    nobody = Path(os.devnull)
    # These stay open until the process ends, as the streams do that they stand for.
    sys.stdout = sys.stdout or nobody.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nobody.open("w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
