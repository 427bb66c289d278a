"""`python -m generator check`: what is wrong with a description."""

from __future__ import annotations

import argparse

from generator.commands.boundary import FINE, FOUND
from generator.commands.output import report, say, shown
from generator.commands.progress import Progress


def run(options: argparse.Namespace) -> int:
    """Check once."""
    from generator.check import examine

    name = shown(options.spec)
    with Progress(f"checking {name}"):
        found = examine(options.spec, outside_references=options.allow_outside_references)
    stops = report(found.findings, options.format, rules_left=found.rules_left)
    if not found.findings:
        say(f"{name}: no findings", options.format)
    return FOUND if stops else FINE
