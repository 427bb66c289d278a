"""Answers on standard output, in the format that is asked for."""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping
from typing import Any, Final, Protocol

import click

from . import streams
from .blocks import blocks
from .json_text import compact, indented, show
from .table import TextBlocks
from .text import visible

TEXT: Final = "text"
JSON: Final = "json"
JSON_LINES: Final = "jsonl"
CSV: Final = "csv"


class Format(Protocol):
    """Writes what came of each source."""

    def begin(self) -> None:
        """Write what stands before everything."""
        ...

    def succeeded(self, source: str, answer: Any) -> None:
        """Write an answer."""
        ...

    def failed(self, source: str, error: Mapping[str, Any]) -> None:
        """Write that there is none."""
        ...

    def end(self) -> None:
        """Write what stands behind everything."""
        ...


def new_format(name: str, where: TextBlocks | None, *, several: bool) -> Format:
    """Return a format.

    Args:
        name: `text`, `json`, `jsonl` or `csv`.
        where: Where the text stands in an answer; needed for `text` and `csv`.
        several: Whether there is more than one source.
    """
    if name == JSON or where is None:
        return JsonLines() if name == JSON_LINES else JsonArray()
    if name == JSON_LINES:
        return JsonLines()
    if name == CSV:
        return Csv(where)
    if streams.is_terminal():
        from .tables import TerminalText

        return TerminalText(where, several=several)
    return PlainText(where, several=several)


class PlainText:
    """The text alone, a line a block; before that of each of several sources a line with its name."""

    def __init__(self, where: TextBlocks, *, several: bool) -> None:
        self._where = where
        self._several = several
        self._is_first = True

    def begin(self) -> None:
        """Write nothing."""

    def succeeded(self, source: str, answer: Any) -> None:
        """Write the lines of an answer."""
        if self._several:
            click.echo(f"{'' if self._is_first else chr(10)}==> {visible(source)} <==")
        self._is_first = False
        for block in blocks(answer, self._where):
            click.echo(visible(block.text))

    def failed(self, source: str, error: Mapping[str, Any]) -> None:
        """Write nothing: standard error has it."""

    def end(self) -> None:
        """Write nothing."""


class JsonLines:
    """A record of each source on a line of its own."""

    def begin(self) -> None:
        """Write nothing."""

    def succeeded(self, source: str, answer: Any) -> None:
        """Write a record with an answer."""
        show(compact(_success(source, answer)))

    def failed(self, source: str, error: Mapping[str, Any]) -> None:
        """Write a record with an error."""
        show(compact(_failure(source, error)))

    def end(self) -> None:
        """Write nothing."""


class JsonArray:
    """An array with a record of each source, however many there are."""

    def __init__(self) -> None:
        self._between = ""

    def begin(self) -> None:
        """Write the beginning of the array."""
        show("[", end="")

    def succeeded(self, source: str, answer: Any) -> None:
        """Write a record with an answer."""
        self._write(_success(source, answer))

    def failed(self, source: str, error: Mapping[str, Any]) -> None:
        """Write a record with an error."""
        self._write(_failure(source, error))

    def end(self) -> None:
        """Write the end of the array, also of one that was stopped."""
        show("\n]" if self._between else "]")

    def _write(self, record: Any) -> None:
        show(f"{self._between}\n  {indented(record, '  ')}", end="")
        self._between = ","


class Csv:
    """A row for each block. It is written as it was read; on a terminal without what would be a command there."""

    def __init__(self, where: TextBlocks) -> None:
        self._where = where
        self._writer = csv.writer(sys.stdout, lineterminator="\n")
        self._shown = visible if streams.is_terminal() else str

    def begin(self) -> None:
        """Write the names of the columns."""
        corners = [f"{axis}{number}" for number in range(1, self._where.corners + 1) for axis in "xy"]
        box = corners or ["box"] if self._where.box else []
        confidence = ["confidence"] if self._where.confidence else []
        self._writer.writerow(["source", "block", "text", *confidence, *box])

    def succeeded(self, source: str, answer: Any) -> None:
        """Write the rows of an answer."""
        for number, block in enumerate(blocks(answer, self._where), 1):
            box: list[Any] = [compact(block.box)] if self._where.box else []
            if self._where.corners:
                box = [coordinate for point in block.box for coordinate in point]
            confidence = [block.confidence] if self._where.confidence else []
            self._writer.writerow([self._shown(source), number, self._shown(block.text), *confidence, *box])

    def failed(self, source: str, error: Mapping[str, Any]) -> None:
        """Write nothing: standard error has it."""

    def end(self) -> None:
        """Write nothing."""


def _success(source: str, answer: Any) -> dict[str, Any]:
    return {"source": source, "status": "ok", "result": answer}


def _failure(source: str, error: Mapping[str, Any]) -> dict[str, Any]:
    return {"source": source, "status": "failed", "error": dict(error)}
