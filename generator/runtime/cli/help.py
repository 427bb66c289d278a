"""Help in sections."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeAlias

import click

OPTIONS: Final = "Options"
OUTPUT: Final = "Output"
CONNECTION: Final = "Connection"

Complete: TypeAlias = Callable[[click.Context, click.Parameter, str], list[str]]
"""Returns what an argument that is begun can become."""


class Formatter(click.HelpFormatter):
    """Help in which names such as `cn-north-4` are not torn apart."""

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write names with what they mean beside them, or below where a name is long."""
        rows = list(rows)
        longest = max((len(name) for name, _ in rows), default=0)
        column = min(longest, col_max) + col_spacing
        width = max(self.width - self.current_indent - column, 20)
        for name, about in rows:
            lines = textwrap.wrap(about, width, break_on_hyphens=False, break_long_words=False) or [""]
            own_line = len(name) > column - col_spacing
            first = name if own_line else f"{name:<{column}}{lines.pop(0)}"
            for line in (first, *(f"{'':<{column}}{line}" for line in lines)):
                self.write(f"{'':<{self.current_indent}}{line}".rstrip() + "\n")


class Context(click.Context):
    """A context whose help is written so."""

    formatter_class = Formatter


class SectionOption(click.Option):
    """An option that stands in a section of its own kind."""

    def __init__(self, *arguments: Any, section: str, **settings: Any) -> None:
        """Take the section, and what any option takes."""
        super().__init__(*arguments, **settings)
        self.section = section


def table(formatter: click.HelpFormatter, title: str, rows: Sequence[tuple[str, str]]) -> None:
    """Write a section with two columns, if there is anything in it."""
    if rows:
        with formatter.section(title):
            formatter.write_dl(rows)


def options(formatter: click.HelpFormatter, ctx: click.Context, params: Iterable[click.Parameter]) -> None:
    """Write options, each in its section."""
    rows: dict[str, list[tuple[str, str]]] = {OPTIONS: [], OUTPUT: [], CONNECTION: []}
    for param in params:
        record = param.get_help_record(ctx)
        if record is not None and not isinstance(param, click.Argument):
            rows[getattr(param, "section", OPTIONS)].append(record)
    for title, found in rows.items():
        table(formatter, title, found)
