"""Answers on a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from . import streams
from .blocks import blocks, rest
from .table import TextBlocks
from .text import visible


def console() -> Console:
    """Return standard output as a terminal that takes no text for marks of its own."""
    is_plain = streams.has_colour() is False
    return Console(markup=False, emoji=False, highlight=False, color_system=None if is_plain else "auto")


class TerminalText:
    """A table with number, confidence and text of each block."""

    def __init__(self, where: TextBlocks, *, several: bool) -> None:
        self._where = where
        self._several = several
        self._console = console()

    def begin(self) -> None:
        """Write nothing."""

    def succeeded(self, source: str, answer: Any) -> None:
        """Write a table with an answer, and below what else the answer tells."""
        if self._several:
            self._console.print(Text(visible(source), style="bold"))
        found = blocks(answer, self._where)
        if found:
            table = Table(box=SIMPLE_HEAD, pad_edge=False)
            table.add_column("", justify="right", style="dim")
            if self._where.confidence:
                table.add_column("confidence", justify="right", style="cyan")
            table.add_column("text", overflow="fold")
            for number, block in enumerate(found, 1):
                sure = "" if block.confidence is None else f"{block.confidence:.3f}"
                confidence = [sure] if self._where.confidence else []
                table.add_row(str(number), *confidence, Text(visible(block.text)))
            self._console.print(table)
        else:
            self._console.print(Text("no text", style="dim"))
        for way, value in rest(answer, self._where):
            self._console.print(Text(f"{visible(way)}: {visible(value)}"))

    def failed(self, source: str, error: Mapping[str, Any]) -> None:
        """Write nothing: standard error has it."""

    def end(self) -> None:
        """Write nothing."""
