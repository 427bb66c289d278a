"""Changes as text: for people at a terminal, for pages and pull requests, for programs."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

from generator.comparison.changes import Change, Direction, Verdict, step, worst
from generator.findings import Location, printable, shown_path

Place: TypeAlias = Callable[[str], Location]
"""Where a pointer of the new document is written."""

VERSION: Final = 1
_WIDTH: Final = 120
_BOLD: Final = "\x1b[1m"
_DIM: Final = "\x1b[2m"
_PLAIN: Final = "\x1b[0m"
_COLOURS: Final = {
    Verdict.BREAKING: "\x1b[31m",
    Verdict.MAY_BREAK: "\x1b[33m",
    Verdict.COMPATIBLE: "\x1b[32m",
    Verdict.DOCUMENTATION: _DIM,
}
TITLES: Final = {
    Verdict.BREAKING: "Breaking",
    Verdict.MAY_BREAK: "May break",
    Verdict.COMPATIBLE: "Compatible",
    Verdict.DOCUMENTATION: "Documentation only",
}
"""What verdicts are called in headings."""

_WAYS: Final = {
    Direction.REQUEST: "request",
    Direction.RESPONSE: "response",
    Direction.BOTH: "request and response",
    Direction.NONE: "",
}


def text(changes: Sequence[Change], place: Place | None = None, *, coloured: bool = False) -> str:
    """Return each change on its line: `path:line:column: verdict direction step rule message [pointer]`.

    Args:
        changes: What to write.
        place: Where a pointer of the new document is written; without it lines begin with the verdict.
        coloured: Whether it is for a terminal that shows colours.
    """
    return "".join(f"{_line(change, place, coloured)}\n" for change in changes)


def _line(change: Change, place: Place | None, coloured: bool) -> str:
    bold, dim, plain = (_BOLD, _DIM, _PLAIN) if coloured else ("", "", "")
    colour = _COLOURS[change.verdict] if coloured else ""
    where = f"{bold}{place(change.pointer)}{plain}: " if place else ""
    way = "" if change.direction is Direction.NONE else f"{change.direction} "
    whom = f" ({', '.join(map(printable, change.operations))})" if change.operations else ""
    return (
        f"{where}{colour}{change.verdict} {way}{change.step} {change.rule}{plain} "
        f"{printable(change.message)}{whom} {dim}[{printable(_pointers(change))}]{plain}"
    )


def _pointers(change: Change) -> str:
    if not change.old_pointer or change.old_pointer == change.pointer:
        return change.pointer
    return f"{change.pointer}, was {change.old_pointer}"


def markdown(changes: Sequence[Change]) -> str:
    """Return changes as Markdown: a heading for each verdict, and a list below it."""
    if not changes:
        return "Nothing changed.\n"
    parts: list[str] = []
    for verdict, title in TITLES.items():
        found = [change for change in changes if change.verdict is verdict]
        if found:
            parts += [f"## {title}", "".join(map(_item, found)).rstrip("\n")]
    return "\n\n".join(parts) + "\n"


def _item(change: Change) -> str:
    about = [_WAYS[change.direction], f"{change.step}"]
    about += [", ".join(f"`{_code(name)}`" for name in change.operations)]
    about += [f"`{_code(_pointers(change))}`"] if change.pointer or change.old_pointer else []
    return f"- {_escaped(change.message)}.  \n  {' · '.join(filter(None, about))}\n"


def _code(name: str) -> str:
    return printable(name).replace("`", "'")


def _escaped(message: str) -> str:
    """Return a message in which only what stands between backticks is anything to Markdown."""
    parts = printable(message).split("`")
    plain = [
        "".join(f"\\{c}" if c in "\\*_<>[]#|~&!$" else c for c in part) if index % 2 == 0 else part
        for index, part in enumerate(parts)
    ]
    return "`".join(plain)


def to_json(changes: Sequence[Change], place: Place | None = None) -> dict[str, Any]:
    """Return changes as plain values.

    Members keep their names and meaning; new ones may be added.

        version   1
        step      which part of the version has to be raised: "major", "minor", "patch" or "none"
        verdict   the worst of all; null where nothing changed
        changes   list of
            verdict      "breaking", "may-break", "compatible" or "documentation"
            direction    "request", "response", "both" or "none"
            step         as above, for this one
            rule         what kind of change it is
            message      that in words
            pointer      JSON pointer in the new document, of what is gone to the nearest that is there
            old_pointer  JSON pointer in the old document; "" for what is new
            subject      the name of what it is about; "" where there is none
            operations   names of the operations that it concerns
            path, line, column  where it is written, if that is known
    """
    found = worst(changes)
    return {
        "version": VERSION,
        "step": step(changes).value,
        "verdict": found.value if found else None,
        "changes": [
            change.to_json() | (_location(place(change.pointer)) if place else {}) for change in changes
        ],
    }


def _location(place: Location) -> dict[str, Any]:
    return {"path": shown_path(place.path), "line": place.line, "column": place.column}


def changelog(version: str, changes: Sequence[Change]) -> str:
    """Return an entry of a changelog to begin with: what consumers have to know, the worst first."""
    lines: list[str] = []
    for change in changes:
        if change.verdict is Verdict.DOCUMENTATION:
            continue
        mark = "**Breaking**: " if change.verdict is Verdict.BREAKING else ""
        whom = "".join(f"`{_code(name)}`, " for name in change.operations[:2])
        whom = f"{whom.removesuffix(', ')}: " if whom and len(change.operations) <= 2 else ""
        whom = "" if f"`{change.operation}`" in change.message else whom
        name = change.subject if change.subject and change.subject not in change.message else ""
        named = f"`{_code(name)}`: " if name else ""
        lines.append(f"{mark}{whom}{named}{printable(change.message)}.")
    if not lines:
        lines.append("Documentation only: what is sent and answered is as before.")
    return f"## {version}\n\n" + "\n".join(_wrapped(line) for line in dict.fromkeys(lines)) + "\n"


def _wrapped(line: str) -> str:
    return textwrap.fill(
        line,
        _WIDTH,
        initial_indent="- ",
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
