"""JSON for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final, cast

import click

from . import streams
from .text import escaped

_WIDTH: Final = 88


def compact(value: Any) -> str:
    """Return a value as JSON on one line."""
    return escaped(json.dumps(value, ensure_ascii=False))


def indented(value: Any, indent: str = "") -> str:
    """Return a value as JSON in which whatever fits on a line is on one.

    Args:
        value: What JSON decodes to.
        indent: White space before each line after the first.
    """
    line = compact(value)
    items = [*_items(value, f"{indent}  ")] if len(indent) + len(line) > _WIDTH else []
    if not items:
        return line
    inner = ",\n".join(f"{indent}  {item}" for item in items)
    return f"{line[0]}\n{inner}\n{indent}{line[-1]}"


def show(text: str, *, end: str = "\n") -> None:
    """Write JSON to standard output, in colours if that is a terminal which has them."""
    if streams.is_terminal() and streams.has_colour() is None:
        from rich.highlighter import JSONHighlighter

        from .tables import console

        console().print(JSONHighlighter()(text), soft_wrap=True, end=end)
    else:
        click.echo(text + end, nl=False)


def _items(value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, member in cast("dict[str, Any]", value).items():
            yield f"{compact(name)}: {indented(member, indent)}"
    elif isinstance(value, list):
        yield from (indented(item, indent) for item in cast("Sequence[Any]", value))
