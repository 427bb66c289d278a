"""What a command is given although it is deprecated, on the stream of errors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from .options import destination, value
from .table import Command
from .text import visible


def tell(command: Command, values: Mapping[str, Any]) -> None:
    """Say which options, and which of their values, are deprecated.

    Args:
        command: The command.
        values: The values of its options, as click read them.
    """
    for option in command.options:
        given = value(option, values.get(destination(option)))
        if given is None:
            continue
        if option.deprecated is not None and not option.required:
            _say(command, f"--{option.flag}", option.deprecated)
        known = dict(option.deprecated_values)
        several: list[Any] = given if option.many else [given]
        for one in map(str, several):
            if one in known:
                _say(command, f"--{option.flag} {one}", known[one])


def shown(notice: str | None) -> bool | str:
    """Return what click takes: why something is deprecated, or only whether it is."""
    return notice or notice is not None


def _say(command: Command, what: str, notice: str) -> None:
    text = f" {notice}" if notice.startswith("since ") else f": {notice}" if notice else ""
    click.echo(f"{command.name}: {what} is deprecated{visible(text)}", err=True)
