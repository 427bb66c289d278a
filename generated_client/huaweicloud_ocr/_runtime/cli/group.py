"""The command line as a whole: a command for each operation, and a few more."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

import click

from . import help as helps, streams
from .exits import meanings
from .operation import OperationCommand
from .table import Program

FURTHER: Final = {"batch": ".batch_command", "errors": ".errors", "completion": ".completion"}
"""Commands beside the operations: modules of this folder, each with `make(program)` that returns a command or None.

One that is not there, in a package without the operations that it is for, is no command.
"""


class Group(click.Group):
    """All commands of a program. Those that are not asked for are not made."""

    context_class = helps.Context

    def __init__(self, program: Program) -> None:
        """Take the table of the program."""
        super().__init__(
            program.name,
            help=program.summary,
            context_settings={"help_option_names": ["-h", "--help"], "color": streams.has_colour()},
            no_args_is_help=True,
        )
        self.program = program
        self._operations = {command.name: command for command in program.commands}
        self.params.append(_version(program))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands: first the operations, in the order of the description."""
        return [*self._operations, *(name for name in FURTHER if self.get_command(ctx, name))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name."""
        if cmd_name in self._operations:
            return OperationCommand(self.program, self._operations[cmd_name])
        if cmd_name not in FURTHER or find_spec(FURTHER[cmd_name], __package__) is None:
            return None
        command: click.Command | None = import_module(FURTHER[cmd_name], __package__).make(self.program)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is asked for; say which one may be meant when there is none."""
        close = get_close_matches(args[0], self.list_commands(ctx), n=1)
        if self.get_command(ctx, args[0]) is None and close and not args[0].startswith("-"):
            ctx.fail(f"No such command {args[0]!r}. Did you mean {close[0]!r}?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, then what holds for all of them."""
        names = self.list_commands(ctx)
        commands = [(name, self.get_command(ctx, name)) for name in names]
        rows = [(name, command.get_short_help_str(60)) for name, command in commands if command]
        helps.table(formatter, "Commands", rows)
        helps.table(formatter, "Environment", _environment(self.program))
        helps.table(
            formatter, "Exit codes", [(str(int(code)), meaning) for code, meaning in meanings(self.program)]
        )


def _environment(program: Program) -> list[tuple[str, str]]:
    rows = [
        (secret.variable, f"credentials ({scheme.name}{'' if secret.required else ', if they need it'})")
        for scheme in program.schemes
        for secret in scheme.secrets
    ]
    rows += [
        (setting.variable, f"what --{setting.flag} says otherwise")
        for setting in program.settings
        if setting.variable
    ]
    return [*rows, ("NO_COLOR", "no colours, if it is set")]


def _version(program: Program) -> click.Option:
    def show(ctx: click.Context, param: click.Parameter, value: Any) -> None:
        if value and not ctx.resilient_parsing:
            click.echo(f"{program.name} {program.version}")
            ctx.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help="Show the version and exit.",
    )
