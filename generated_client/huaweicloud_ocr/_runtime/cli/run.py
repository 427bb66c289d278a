"""From arguments to an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from . import streams
from .exits import Exit
from .group import Group
from .table import Program
from .text import visible


def run(program: Program, arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code."""
    streams.set_up()
    try:
        code = _run(program, arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        streams.give_up_output()
        return Exit.NO_READER
    return code


def _is_file(argument: str) -> bool:
    # As a pattern of the shell finds it.
    return argument.startswith("-") and len(argument) > 1 and Path(argument).is_file()


def _run(program: Program, arguments: Sequence[str]) -> int:
    try:
        found = Group(program).main([*arguments], prog_name=program.name, standalone_mode=False)
    except click.UsageError as error:
        error.show()
        if isinstance(error, click.NoSuchOption) and any(map(_is_file, arguments)):
            click.echo("If a file is meant: write ./ before its name.", err=True)
        return Exit.USAGE
    except click.ClickException as error:
        click.echo(f"{program.name}: {visible(error.format_message())}", err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return Exit.INTERRUPTED
    except SystemExit as end:
        # click ends the process itself for completion in shells, and with 1 when nobody reads the output any more.
        return end.code if isinstance(end.code, int) and end.code != 1 else Exit.NO_READER
    return found if isinstance(found, int) else Exit.FINE
