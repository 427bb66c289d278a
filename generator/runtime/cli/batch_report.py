"""What a run says at its end, on standard output."""

from __future__ import annotations

import sys

from ..batch.tally import Tally
from ..text import one_line
from .batch_progress import duration

_RECOGNISED = "ok"


def rows(tally: Tally) -> list[tuple[str, str, str]]:
    """Return the outcomes by code: how many there are in this run, and in the results file as a whole."""
    on_disk = tally.on_disk
    codes = sorted(
        {code for code in (*tally.failures, *on_disk) if code and (tally.failures[code] or on_disk[code])},
        key=lambda code: (-on_disk[code], code),
    )
    first = (_RECOGNISED, f"{tally.recognised:,}", f"{on_disk['']:,}")
    return [
        first,
        *((one_line(code, 60), f"{tally.failures[code]:,}", f"{on_disk[code]:,}") for code in codes),
    ]


def report(tally: Tally, seconds: float) -> None:
    """Write the table of outcomes, and how long it took."""
    head = ("outcome", "this run", "results file")
    if sys.stdout.isatty():
        _draw(head, rows(tally))
    else:
        for row in (head, *rows(tally)):
            print("\t".join(row))
    rest = [f"{tally.skipped:,} were done before"] if tally.skipped else []
    rest += [f"{tally.repeated:,} came more than once"] if tally.repeated else []
    rate = f", {tally.tried / seconds:.1f} a second" if tally.tried and seconds > 0 else ""
    parts = [f"{tally.tried:,} tried in {duration(seconds)}{rate}", *rest]
    print("; ".join(parts), file=sys.stderr)


def _draw(head: tuple[str, str, str], found: list[tuple[str, str, str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table()
    table.add_column(head[0])
    for name in head[1:]:
        table.add_column(name, justify="right")
    for code, *counts in found:
        # Codes come from the service: as text, nothing in them is a command.
        table.add_row(Text(code, style="green" if code == _RECOGNISED else "red"), *counts)
    Console().print(table)
