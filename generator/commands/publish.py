"""`python -m generator publish`: a description as a version on a site."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from functools import partial

from generator.commands.boundary import FINE
from generator.commands.output import count, report, say, shown
from generator.commands.progress import Progress


def run(options: argparse.Namespace) -> int:
    """Publish, and say what is new."""
    from generator.site.publishing import publish
    from generator.site.tools import NodeTools

    with Progress(f"publishing {shown(options.spec)}") as progress:
        outcome = publish(
            options.spec,
            options.output,
            NodeTools(),
            base=options.base_url,
            recording=options.record,
            more=partial(_client, options) if options.package else dict,
            outside_references=options.allow_outside_references,
            tell=progress.tell,
        )
    report(outcome.warnings, options.format)
    site = shown(options.output / "index.html")
    if not outcome.changed:
        say(f"{site}: unchanged; {outcome.version} is published")
        return FINE
    what = ", ".join(outcome.added) if outcome.added else "the pages"
    say(f"{site}: {what} published, {count(len(outcome.versions), 'version')} in all")
    return FINE


def _client(options: argparse.Namespace) -> Mapping[str, bytes]:
    """Return what the record keeps of the client."""
    from generator.python_api.publishing import files

    return files(options.spec, options.package, outside_references=options.allow_outside_references)
