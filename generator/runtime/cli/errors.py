"""The command that explains error codes."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Final

import click

from . import help as helps, streams
from .exits import Exit
from .table import Program
from .text import visible

if TYPE_CHECKING:
    from ..error_codes import ErrorCode

_RETRY: Final = {
    "safe": "the same request may succeed later",
    "after_fix": "after something was changed",
    "never": "the same request fails again",
}


def make(program: Program) -> click.Command | None:
    """Return the command; None for a program without a catalogue of codes."""
    if not program.catalogue:
        return None

    def explain(words: tuple[str, ...]) -> int:
        codes: Mapping[str, ErrorCode] = import_module(f"{program.package}.{program.catalogue}").ERROR_CODES
        found = _find(codes, words)
        if not found:
            asked = " ".join(words)
            close = get_close_matches(asked.lower(), [code.lower() for code in codes], n=3)
            names = [code for code in codes if code.lower() in close]
            hint = f"; like it are {', '.join(names)}" if names else ""
            click.echo(f"no error code is, or tells of, {visible(asked)!r}{hint}", err=True)
            return Exit.FAILED
        if len(found) == 1 and words:
            _explain(found[0])
        elif streams.is_terminal():
            _table(found)
        else:
            for entry in found:
                click.echo(f"{entry.code}\t{visible(entry.meaning)}\t{visible(entry.remedy)}")
        return Exit.FINE

    return click.Command(
        "errors",
        callback=explain,
        params=[
            click.Argument(
                ["words"], nargs=-1, metavar="[CODE | WORD...]", shell_complete=_completed(program)
            )
        ],
        help="Explain an error code, list those that tell of all words, or list all.\n\nPiped, a list has a line for "
        "each code: the code, its meaning and its remedy, with tabs between them.",
        short_help="Explain error codes.",
    )


def _completed(program: Program) -> helps.Complete:
    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
        codes = import_module(f"{program.package}.{program.catalogue}").ERROR_CODES
        return [code for code in codes if code.lower().startswith(incomplete.lower())]

    return complete


def _find(codes: Mapping[str, ErrorCode], words: tuple[str, ...]) -> list[ErrorCode]:
    wanted = [word.casefold() for word in words]
    exact = [entry for entry in codes.values() if [entry.code.casefold()] == wanted]
    return exact or [
        entry
        for entry in codes.values()
        if all(
            word in " ".join((entry.code, entry.message or "", entry.meaning, entry.remedy)).casefold()
            for word in wanted
        )
    ]


def _explain(entry: ErrorCode) -> None:
    status = f"  status {entry.status}" if entry.status else ""
    click.secho(f"{entry.code}{status}", bold=True)
    rows = [
        ("Message", entry.message or "not documented"),
        ("Meaning", entry.meaning),
        ("Remedy", entry.remedy),
        ("Retry", _RETRY[entry.retry]),
    ]
    formatter = click.HelpFormatter()
    formatter.indent()
    formatter.write_dl([(name, visible(text)) for name, text in rows])
    click.echo(formatter.getvalue(), nl=False)


def _table(entries: list[ErrorCode]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from .tables import console

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("code", style="cyan", no_wrap=True)
    table.add_column("meaning")
    table.add_column("remedy")
    for entry in entries:
        table.add_row(entry.code, Text(visible(entry.meaning)), Text(visible(entry.remedy)))
    console().print(table)
