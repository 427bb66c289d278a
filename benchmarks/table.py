"""Tables for a terminal."""

from __future__ import annotations

from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows as columns of text: the first to the left, the others to the right."""
    widths = [max(len(row[index]) for row in (head, *rows)) for index in range(len(head))]
    lines = [_line(row, widths) for row in (head, ["-" * width for width in widths], *rows)]
    return "\n".join(lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        cell.rjust(width) if index else cell.ljust(width)
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join((first, *others)).rstrip()


def verdict(what: str, found: float, limit: float, *, at_least: bool = False) -> bool:
    """Print whether a figure is within its limit, and return it."""
    held = found >= limit if at_least else found <= limit
    side = "at least" if at_least else "at most"
    print(f"{'holds ' if held else 'MISSES'}  {what}: {found:.2f}, {side} {limit:.2f}")
    return held


def duration(seconds: float) -> str:
    """Return seconds with their unit, three digits or so."""
    if seconds >= 1:
        return f"{seconds:.2f} s"
    if seconds >= 0.1:
        return f"{seconds * 1e3:.0f} ms"
    return f"{seconds * 1e3:.1f} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.0f} µs"


def memory(size: float) -> str:
    """Return bytes with their unit."""
    return f"{size / 2**20:.0f} MiB"
