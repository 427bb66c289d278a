"""`python -m generator generate`: the client of a description."""

from __future__ import annotations

import argparse
import sys
from typing import Final

from generator.commands.boundary import FINE, FOUND
from generator.commands.output import complain, count, report, say, shown
from generator.commands.progress import Progress
from generator.formats import Format

_LISTED: Final = 40
"""How many changed files are named; who wants to see them all asks the version control."""


def run(options: argparse.Namespace) -> int:
    """Generate once, or with `--check` see what that would change."""
    from generator.generate import compare, generate

    is_new = not options.output.exists()
    with Progress(f"generating {shown(options.output)}") as progress:
        outcome = (compare if options.check else generate)(
            options.spec,
            options.output,
            options.package,
            allow_partial=options.allow_partial,
            outside_references=options.allow_outside_references,
            tell=progress.tell,
        )
    report(outcome.warnings, options.format)
    changed = count(len(outcome.changed), "file") if outcome.changed else ""
    if options.check:
        (sys.stdout if options.format is Format.TEXT else sys.stderr).write(outcome.diff)
        if changed:
            complain(
                f"{shown(options.output)}: {changed} would change; do it by the same command without --check"
            )
            return FOUND
        say(f"{shown(options.output)}: up to date", options.format)
        return FINE
    if is_new:
        readme = shown(options.output / "README.md")
        say(
            f"{shown(options.output)}: {changed} written; {readme} says how to use the client", options.format
        )
        return FINE
    for name in outcome.changed[:_LISTED]:
        say(f"  {shown(options.output / name)}", options.format)
    if len(outcome.changed) > _LISTED:
        say(f"  and {len(outcome.changed) - _LISTED:,} more", options.format)
    say(f"{shown(options.output)}: {f'{changed} changed' if changed else 'unchanged'}", options.format)
    return FINE
