"""A command that makes the calls of an operation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from . import connection, deprecations, help as helps, sources
from .help import OUTPUT, SectionOption
from .options import to_click
from .table import Command, Program

if TYPE_CHECKING:
    from .annotations import Annotations

_NAMES: Final = {"json": "JSON", "text": "text"}


class OperationCommand(click.Command):
    """An operation of the description as a command."""

    context_class = helps.Context

    def __init__(self, program: Program, command: Command) -> None:
        """Take the operation from the table."""
        super().__init__(
            command.name,
            params=params(program, command),
            callback=self._carry_out,
            help="\n\n".join(filter(None, (_headline(command), command.about))),
            short_help=command.summary,
            deprecated=deprecations.shown(command.deprecated),
            no_args_is_help=command.source is not None and command.source.required,
        )
        self.program = program
        self.command = command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the arguments are, then the options by sections."""
        source = self.command.source
        if source is not None:
            helps.table(formatter, "Arguments", [(source.word, sources.about(source))])
        helps.options(formatter, ctx, self.get_params(ctx))

    def _carry_out(self, **values: Any) -> int:
        source, names = self.command.source, values.pop("sources", ())
        if source is not None:
            sources.check(source, names)
        self._check_body(values)
        deprecations.tell(self.command, values)
        annotations = self._annotations(names, values)
        from .calls import Calls

        calls = Calls(self.program, self.command, values)
        with connection.open_client(self.program, self.command, values) as client:
            if source is None or not names:
                from .single import make_call

                return make_call(self.command, calls, client, values["format"])
            from .several import make_calls

            return make_calls(self.command, calls, client, names, values["format"], annotations)

    def _check_body(self, values: dict[str, Any]) -> None:
        if values.get("body") == sources.STANDARD_INPUT:
            sources.check_standard_input()

    def _annotations(self, names: Sequence[str], values: dict[str, Any]) -> Annotations | None:
        folder = values.get("annotate")
        if folder is None:
            return None
        addresses = [name for name in names if sources.is_address(name)]
        if addresses:
            raise click.UsageError(
                f"--annotate draws on files: download {addresses[0]}, or leave the option out"
            )
        from .annotations import Annotations

        where = self.command.text_blocks
        assert where is not None  # else there is no such option
        return Annotations(Path(folder), names, where)


def params(program: Program, command: Command) -> list[click.Parameter]:
    """Return everything that can be given to an operation's command: its file, its options, output and connection."""
    found: list[click.Parameter] = [] if command.source is None else [sources.argument(command.source)]
    found += request_params(command)
    found += _output(command)
    return [*found, *connection.options(program, command)]


def request_params(command: Command) -> list[click.Parameter]:
    """Return the options that a call is made of."""
    found: list[click.Parameter] = [to_click(option) for option in command.options]
    if command.body in _NAMES:
        found.append(
            click.Option(
                ["--body"],
                required=command.body_required,
                metavar="FILE",
                type=click.Path(allow_dash=True),
                help=f"A file with the {_NAMES[command.body]} to send, or - for standard input.",
            )
        )
    return found


def _output(command: Command) -> list[click.Parameter]:
    has_text = command.text_blocks is not None and command.source is not None
    found: list[click.Parameter] = [
        SectionOption(
            ["--format"],
            section=OUTPUT,
            type=click.Choice(["text", "json", "jsonl", "csv"] if has_text else ["json", "jsonl"]),
            default="text" if has_text else "json",
            help=_TEXT_FORMATS if has_text else _RECORDS if command.source else _JSON_FORMATS,
        )
    ]
    if has_text and command.text_blocks and command.text_blocks.box:
        found.append(
            SectionOption(
                ["--annotate"],
                section=OUTPUT,
                metavar="DIR",
                type=click.Path(file_okay=False),
                help="Write a copy of each file with the boxes, numbers and confidences of its blocks to this folder.",
            )
        )
    return found


_RECORDS = (
    "json: an array with a record for each file, {source, status, result or error}, however many there are. "
    "jsonl: the same, a record a line."
)
_TEXT_FORMATS = (
    "text (default): the lines of text, as a table on a terminal, alone in a file or pipe. "
    f"{_RECORDS} csv: a row for each block."
)
_JSON_FORMATS = "json (default): the answer, over several lines. jsonl: the answer on one line."


def _headline(command: Command) -> str:
    text = command.summary
    return text if text.endswith((".", "!", "?")) else f"{text}."
