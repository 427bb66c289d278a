"""`python -m generator bundle`: a description as one file."""

from __future__ import annotations

import argparse
import os
from contextlib import suppress
from pathlib import Path

from generator.commands.boundary import FINE, FOUND
from generator.commands.output import complain, say, shown
from generator.commands.progress import Progress
from generator.errors import GeneratorError


def run(options: argparse.Namespace) -> int:
    """Bundle, or with `--check` see whether there is anything to do."""
    from generator.bundle import bundle, dump
    from generator.document import Document

    output: Path = options.output
    if output.suffix not in {".yaml", ".yml", ".json"}:
        raise GeneratorError(f"{output}: the name has to end in .yaml or .json, which tells the format")
    if output.is_dir():
        raise GeneratorError(f"{output} is a folder: name a file in it with --output")
    with Progress(f"bundling {shown(options.spec)}"):
        document = Document.open(options.spec, outside_references=options.allow_outside_references)
        text = dump(bundle(document).document, output.suffix)
    if output.resolve() in document.source_files():
        raise GeneratorError(f"{output} is a part of the description itself: name another file with --output")
    present = output.read_bytes() if output.is_file() else None
    fresh = text.encode()
    if options.check:
        if present != fresh:
            complain(f"{output} is not up to date; bring it there by the same command without --check")
            return FOUND
        say(f"{output}: up to date")
        return FINE
    if present != fresh:
        _replace(output.resolve(), fresh)
    say(f"{output}: {'unchanged' if present == fresh else 'written'}")
    return FINE


def _replace(path: Path, content: bytes) -> None:
    """Write a file at once, so that a reader, or an interruption, never meets half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError as problem:
        problem.filename = path  # nobody knows the name of the temporary one
        raise
    finally:
        with suppress(OSError):  # such as that nothing can be removed where nothing can be written
            fresh.unlink(missing_ok=True)
