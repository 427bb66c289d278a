"""Calls about several sources, one after the other."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import click

from ..errors import ClientError
from ..failures import failure
from . import sources
from .annotations import Annotations
from .calls import Calls
from .complaints import complain, is_final
from .exits import Exit
from .formats import Format, new_format
from .table import Command
from .text import visible


def make_calls(
    command: Command,
    calls: Calls,
    client: Any,
    names: Sequence[str],
    format_name: str,
    annotations: Annotations | None,
) -> int:
    """Make a call about each source, write what came of it, and return the exit code.

    One that fails does not stop the others, unless each of them would fail as well.

    Args:
        command: The command.
        calls: What makes the calls.
        client: What sends them.
        names: The sources.
        format_name: `text`, `json`, `jsonl` or `csv`.
        annotations: What writes annotated copies, if they are asked for.
    """
    output = new_format(format_name, command.text_blocks, several=len(names) > 1)
    code = Exit.FINE
    output.begin()
    try:
        for index, name in enumerate(names):
            try:
                _make_call(command, calls, client, index, name, output, annotations)
            except ClientError as error:
                code = Exit.FAILED
                complain(name, error)
                output.failed(name, failure(error))
                if is_final(error):
                    _tell_rest(len(names) - index - 1)
                    return Exit.SETUP
            except _NotAnnotatedError as error:
                code = Exit.FAILED
                click.echo(f"{visible(name)}: {visible(str(error))}", err=True)
    finally:
        output.end()
    return code


class _NotAnnotatedError(Exception):
    """The text is there, the annotated copy is not."""


def _make_call(
    command: Command,
    calls: Calls,
    client: Any,
    index: int,
    name: str,
    output: Format,
    annotations: Annotations | None,
) -> None:
    is_address = sources.is_address(name)
    about: Any = name
    if not is_address:
        assert command.source is not None  # else there would be no names
        about = sources.read(name, command.source.base64_length)
    response = calls.send(client, about, is_address=is_address)
    answer = json.loads(response.content) if response.content else None
    output.succeeded(name, answer)
    if annotations is not None:
        from .annotate import AnnotationError

        try:
            annotations.write(index, about, answer)
        except AnnotationError as error:
            raise _NotAnnotatedError(str(error)) from None


def _tell_rest(count: int) -> None:
    if count:
        others = "other was" if count == 1 else "others were"
        click.echo(f"{count} {others} not tried: the service would refuse them too", err=True)
