"""What every command says, and where."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from generator.formats import Format, render

if TYPE_CHECKING:
    from generator.findings import Finding


def report(findings: Sequence[Finding], form: Format, *, rules_left: bool = False) -> bool:
    """Write findings, and for people how many there are; return whether any of them stops the run.

    Args:
        findings: What to write.
        form: How.
        rules_left: Whether there are rules that were not asked because of the errors.
    """
    sys.stdout.write(render(findings, form, coloured=shows_colours()))
    sys.stdout.flush()
    errors = sum(finding.severity == "error" for finding in findings)
    if findings:
        complain(_summary(findings, errors, rules_left=rules_left))
    return errors > 0


def _summary(findings: Sequence[Finding], errors: int, *, rules_left: bool) -> str:
    numbers = ((errors, "error"), (len(findings) - errors, "warning"))
    counts = " and ".join(count(number, word) for number, word in numbers if number)
    # Of the worst kind, the first: an example of how to ask.
    rule = next((finding.rule for finding in findings if finding.severity == "error"), findings[0].rule)
    left = (
        f"; further rules are asked when {'it is' if errors == 1 else 'these are'} mended"
        if rules_left
        else ""
    )
    return f"{counts}{left}; `python -m generator explain {rule}` says what a rule is about"


def shows_colours() -> bool:
    """Whether standard output is a terminal with colours, and nobody has asked for none (no-color.org)."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.platform != "win32" or "WT_SESSION" in os.environ  # the older console there shows the codes


def say(text: str, form: Format = Format.TEXT) -> None:
    """Write a line for people: to standard output unless that holds findings for a program."""
    print(text, file=sys.stdout if form is Format.TEXT else sys.stderr, flush=True)


def complain(text: str) -> None:
    """Write a line about what keeps a command from succeeding; where that cannot be written, the exit code tells."""
    try:
        print(text, file=sys.stderr, flush=True)
    except BrokenPipeError:
        raise
    except OSError:
        drop(sys.stderr)


def drop(stream: TextIO) -> None:
    """Let what a stream could not write, and all that comes, go nowhere: Python would fail with it again at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def shown(path: Path) -> Path:
    """Return a path as a person at this prompt would type it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def count(number: int, word: str) -> str:
    """Return a number with a noun: `1 file`, `2 files`."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"
