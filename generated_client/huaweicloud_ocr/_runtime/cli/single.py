"""A call that is about no file."""

from __future__ import annotations

import json
from typing import Any

import click

from ..errors import OcrError, InvalidRequestError
from . import streams
from .calls import Calls
from .complaints import complain, is_final
from .exits import Exit
from .formats import JSON
from .json_text import compact, indented, show
from .table import Command
from .text import visible


def make_call(command: Command, calls: Calls, client: Any, format_name: str) -> int:
    """Make a call, write its answer, and return the exit code.

    Args:
        command: The command.
        calls: What makes the call.
        client: What sends it.
        format_name: `json` or `jsonl`.
    """
    try:
        response = calls.send(client)
    except OcrError as error:
        complain(command.name, error)
        if is_final(error):
            return Exit.SETUP
        return Exit.USAGE if isinstance(error, InvalidRequestError) else Exit.FAILED
    parsed: Any = response.parsed
    if isinstance(parsed, bytes):
        return _write_bytes(parsed)
    if isinstance(parsed, str) and calls.answers_text:
        click.echo("\n".join(map(visible, parsed.splitlines())) if streams.is_terminal() else parsed)
    elif parsed is not None or response.content.strip():
        answer = json.loads(response.content)
        show(indented(answer) if format_name == JSON else compact(answer))
    return Exit.FINE


def _write_bytes(content: bytes) -> int:
    if streams.is_terminal():
        click.echo(f"the answer is a file of {len(content)} bytes: send it to one with > FILE", err=True)
        return Exit.USAGE
    output = streams.standard_output()
    output.write(content)
    output.flush()
    return Exit.FINE
