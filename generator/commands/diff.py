"""`python -m generator diff`: what a change of the description does to those who build on it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from generator.commands.boundary import FINE, FOUND
from generator.commands.output import complain, count, report, say, shown, shows_colours
from generator.commands.progress import Progress
from generator.errors import GeneratorError
from generator.formats import Format

if TYPE_CHECKING:
    from generator.comparison.changes import Change
    from generator.comparison.gate import Judgement
    from generator.comparison.sources import Source


def run(options: argparse.Namespace) -> int:
    """Compare two documents, or with `--gate` hold the version and the changelog to what changed."""
    return _gate(options) if options.gate else _compare(options)


def _compare(options: argparse.Namespace) -> int:
    from generator.comparison import compare
    from generator.comparison.sources import named, read

    with ExitStack() as stack:
        progress = stack.enter_context(Progress("comparing"))
        progress.tell("the old document")
        name, outside = options.old or _last_version(options), options.allow_outside_references
        old = stack.enter_context(named(name, options.spec, outside_references=outside))
        progress.tell("the new document")
        new = (
            stack.enter_context(named(options.new, options.spec, outside_references=outside))
            if options.new
            else read(options.spec, name=str(shown(options.spec)), outside_references=outside)
        )
        progress.tell("what differs")
        changes = compare(old.document, new.document)
    _write(changes, new, options.layout)
    form = Format.TEXT if options.layout == "text" else Format.JSON
    say(f"{old.name} → {new.name}: {_summary(changes)}", form)
    return FOUND if options.fail_on and _reaches(changes, options.fail_on) else FINE


def _last_version(options: argparse.Namespace) -> str:
    from generator import record

    found = record.last(options.spec)
    if found is None:
        raise GeneratorError(
            f"nothing was published of {shown(options.spec)}: name a file or a revision to compare with"
        )
    return found.version


def _write(changes: Sequence[Change], new: Source, layout: str) -> None:
    from generator.comparison.render import markdown, text, to_json

    if layout == "markdown":
        sys.stdout.write(markdown(changes))
    elif layout == "json":
        sys.stdout.write(json.dumps(to_json(changes, new.place), indent=2) + "\n")
    else:
        sys.stdout.write(text(changes, new.place, coloured=shows_colours()))
    sys.stdout.flush()


def _summary(changes: Sequence[Change]) -> str:
    from generator.comparison.changes import Verdict, step

    if not changes:
        return "nothing changed"
    numbers = [
        f"{sum(change.verdict is verdict for change in changes):,} {words}"
        for verdict, words in (
            (Verdict.BREAKING, "breaking"),
            (Verdict.MAY_BREAK, "that may break"),
            (Verdict.COMPATIBLE, "compatible"),
            (Verdict.DOCUMENTATION, "in words only"),
        )
        if any(change.verdict is verdict for change in changes)
    ]
    return f"{count(len(changes), 'change')}, {', '.join(numbers)}: a {step(changes)} step"


def _reaches(changes: Sequence[Change], threshold: str) -> bool:
    from generator.comparison.changes import Verdict

    return any(change.verdict.weight >= Verdict(threshold).weight for change in changes)


def _gate(options: argparse.Namespace) -> int:
    from generator.comparison.gate import judge

    with Progress(f"comparing {shown(options.spec)} with what was published"):
        judgement = judge(options.spec, outside_references=options.allow_outside_references)
    name = shown(options.spec)
    if judgement.base is None:
        say(f"{name}: nothing was published yet, so that no version is too low")
        return FINE
    _write(judgement.changes, judgement.source, "text")
    if judgement.findings:
        report(judgement.findings, Format.TEXT)
        _advise(judgement)
        return FOUND
    since = f"since {judgement.base.version}"
    if judgement.changes:
        say(f"{name}: {judgement.version} is right for what changed {since}: {_summary(judgement.changes)}")
    else:
        say(f"{name}: nothing changed {since}")
    return FINE


def _advise(judgement: Judgement) -> None:
    if judgement.entry:
        from generator.comparison.gate import CHANGELOG

        complain(f"an entry for {CHANGELOG} to begin with, in words that you may better:")
        sys.stdout.write(f"\n{judgement.entry}")
        sys.stdout.flush()
