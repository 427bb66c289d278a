"""What is wrong with a description, and where."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path

import attrs

_QUOTED_AT_MOST = 60


class Severity(StrEnum):
    """How bad a finding is: an error stops the run, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@attrs.frozen(order=True)
class Location:
    """A place in a source file.

    Attributes:
        path: The file.
        line: Counted from 1.
        column: In characters, counted from 1.
    """

    path: Path
    line: int
    column: int

    def __str__(self) -> str:
        """Return `path:line:column`, the path relative to the current folder when it lies below it."""
        return f"{printable(shown_path(self.path))}:{self.line}:{self.column}"


@attrs.frozen(order=True)
class Finding:
    """One thing that is wrong, at one place.

    Findings sort by path, line, column and rule.

    Attributes:
        location: Where to look.
        severity: Whether it stops the run.
        rule: Identifier of the rule that it breaks, such as `duplicate-key`.
        message: What is wrong and what to do, in a sentence.
        pointer: JSON pointer to it in the bundled description; empty where that says nothing, as for a file that
            cannot be read. A file that is bundled in two places is still wrong once: two findings that differ in
            nothing else are one.
    """

    location: Location
    severity: Severity = attrs.field(order=False)
    rule: str
    message: str
    pointer: str = attrs.field(default="", eq=False)

    def __str__(self) -> str:
        """Return `path:line:column: severity rule message [pointer]` on one line, safe to print on a terminal."""
        where = f" [{printable(self.pointer)}]" if self.pointer else ""
        return f"{self.location}: {self.severity} {self.rule} {printable(self.message)}{where}"


def error(location: Location, rule: str, message: str, pointer: str = "") -> Finding:
    """Make a finding that stops the run."""
    return Finding(location, Severity.ERROR, rule, message, pointer)


def shown_path(path: Path) -> str:
    """Return a path as messages show it: relative to the current folder when it lies below it."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def printable(text: str) -> str:
    """Escape what could move a terminal's cursor, break a line or reorder text."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def quoted(value: object) -> str:
    """Return a value of a document as messages show it: as JSON on one line, cut off when it is long."""
    if isinstance(value, str):
        return json.dumps(
            value if len(value) <= _QUOTED_AT_MOST else f"{value[:_QUOTED_AT_MOST]}…", ensure_ascii=False
        )
    text = ""
    for part in json.JSONEncoder(ensure_ascii=False, default=str).iterencode(value):
        text += part
        if len(text) > _QUOTED_AT_MOST:
            return f"{text[:_QUOTED_AT_MOST]}…"
    return text
