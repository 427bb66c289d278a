"""The command `batch`, with a command below it for each operation that is about a file."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any, Final

import click

from . import connection, deprecations, help as helps, sources
from .credentials import variables
from .help import OUTPUT, SectionOption
from .operation import request_params
from .options import destination, value
from .table import Command, Program

_SOURCES: Final = (
    "Folders, patterns such as 'scans/**/*.jpg', files, addresses, lists with a file or an address a line (a file with "
    "another ending, such as .txt), or - for a list on standard input."
)
_ABOUT: Final = """\
Send many files, and keep what comes back.

Each file has one line of JSON in the results file, with its result or why it failed. A run that was stopped, or
killed, goes on with the same command: nothing is lost, and what has its line is not sent again. Ctrl-C finishes what is
under way; a second one stops at once."""


class BatchCommand(click.Command):
    """A run of one operation over many sources."""

    context_class = helps.Context

    def __init__(self, program: Program, command: Command) -> None:
        """Take the operation from the table."""
        super().__init__(
            command.name,
            params=[
                click.Argument(["sources"], nargs=-1, required=True, metavar="SOURCE..."),
                *request_params(command),
                *_options(),
                *connection.options(program, command),
            ],
            callback=self._carry_out,
            help=f"{command.summary.rstrip('.')}, for many files.",
            short_help=command.summary,
            deprecated=deprecations.shown(command.deprecated),
            no_args_is_help=True,
        )
        self.program = program
        self.command = command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the sources are, then the options by sections."""
        helps.table(formatter, "Arguments", [("SOURCE...", _SOURCES)])
        helps.options(formatter, ctx, self.get_params(ctx))

    def _carry_out(self, **values: Any) -> int:
        if values["results"] == sources.STANDARD_INPUT:
            raise click.UsageError("--results is -: a run goes on from a file, so name one")
        from .batch import run_batch

        deprecations.tell(self.command, values)
        retries = values.pop("retries")
        arguments = {
            option.name: given
            for option in self.command.options
            if (given := value(option, values.get(destination(option)))) is not None
        }
        client = connection.open_client(self.program, self.command, values, kind="AsyncClient")
        again = values["retry_failed"]
        return run_batch(
            _method(self.command),
            values["sources"],
            open_client=lambda: client,
            results=Path(values["results"]),
            concurrency=values["concurrency"],
            retry_failed="retryable" if again is None else "all" if again else "none",
            retries=4 if retries is None else retries,
            unanswered=values["unanswered"],
            credentials=variables(self.program, self.command),
            arguments=arguments,
        )


class BatchGroup(click.Group):
    """A command for each operation that is about a file."""

    context_class = helps.Context

    def __init__(self, program: Program) -> None:
        """Take the table of the program."""
        super().__init__(
            "batch",
            help=_ABOUT,
            short_help="Send many files, and go on after any stop.",
            no_args_is_help=True,
        )
        self.program = program

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        targets = import_module(f"{self.program.package}.batch").TARGETS
        return [command.name for command in self.program.commands if _method(command) in targets]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name."""
        for command in self.program.commands:
            if command.name == cmd_name and cmd_name in self.list_commands(ctx):
                return BatchCommand(self.program, command)
        return None


def make(program: Program) -> click.Command:
    """Return the command."""
    return BatchGroup(program)


def _method(command: Command) -> str:
    return command.module.rpartition(".")[2]


def _options() -> list[click.Parameter]:
    return [
        SectionOption(
            ["--results"],
            section=OUTPUT,
            required=True,
            metavar="FILE",
            type=click.Path(dir_okay=False),
            help="Where the results go, one line of JSON for each file. If it is there already, the run goes on.",
        ),
        SectionOption(
            ["--concurrency"],
            section=OUTPUT,
            metavar="NUMBER",
            default=8,
            type=click.IntRange(min=1, max=256),
            help="How many calls are under way at most. Fewer are while the service throttles. Default: 8.",
        ),
        SectionOption(
            ["--retry-failed/--no-retry-failed"],
            section=OUTPUT,
            default=None,
            help="Try what failed in an earlier run again: all of it, or none. Default: what may succeed later.",
        ),
        SectionOption(
            ["--unanswered"],
            section=OUTPUT,
            is_flag=True,
            help="Send again what was sent but not answered, though it may be billed twice.",
        ),
    ]
