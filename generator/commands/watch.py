"""Doing a command again whenever a file of the description is saved."""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from generator.commands.boundary import FINE, carry_out
from generator.commands.output import count, say, shown
from generator.document import Document
from generator.errors import GeneratorError
from generator.generate import beside

_LOOK_AGAIN: Final = 250
"""Milliseconds after which files are compared although the system told of no change: network folders tell of none, and
a save may come just before the listening begins."""

_State: TypeAlias = tuple[int, int, int] | None


def watch(run: Callable[[argparse.Namespace], int], options: argparse.Namespace) -> int:
    """Run a command now, and again after every change of what it reads, until Ctrl-C.

    Raises:
        GeneratorError: The library that listens for changes is not installed.
    """
    _require_library()
    gc.enable()  # it is off in a process that carries out one command and ends
    files: frozenset[Path] = frozenset()
    try:
        while True:
            files = _inputs(options, files)
            # What is saved while the command runs differs from this, and makes it run again.
            known = {path: _state(path) for path in files}
            start = time.perf_counter()
            carry_out(lambda: run(options), options.format)
            seconds = time.perf_counter() - start
            say(
                f"done in {_shown_time(seconds)}; watching {count(len(files), 'file')}, Ctrl-C ends",
                options.format,
            )
            changed = _wait(known)
            say(f"\n{', '.join(str(shown(path)) for path in changed)} changed", options.format)
    except KeyboardInterrupt:
        say("", options.format)
        return FINE


def _require_library() -> None:
    try:
        import watchfiles as watchfiles
    except ImportError:
        raise GeneratorError(
            "--watch needs the package watchfiles: run `pip install --group generator` (pip 25.1 or later) in the "
            "repository, or `pip install watchfiles`"
        ) from None


def _inputs(options: argparse.Namespace, before: frozenset[Path]) -> frozenset[Path]:
    """Return every file that has a say in the outcome, whether or not it exists.

    As long as the root file cannot be read, these are the files that mattered before.
    """
    from generator.bundle import assemble

    root: Path = options.spec.resolve()
    wanted = {*before, root}
    try:
        document = Document.open(root, outside_references=options.allow_outside_references)
        wanted = document.wanted
        assemble(document)
    except GeneratorError:
        pass  # the command itself says so
    return frozenset({*wanted, *beside(root)})


def _wait(known: Mapping[Path, _State]) -> list[Path]:
    """Return when files differ from what was known of them, with their paths, sorted."""
    from watchfiles import watch as listen

    folders = {_existing_folder(path) for path in known}
    for _ in listen(
        *folders, watch_filter=None, recursive=False, rust_timeout=_LOOK_AGAIN, yield_on_timeout=True
    ):
        changed = sorted(path for path, state in known.items() if _state(path) != state)
        if changed:
            return changed
    raise KeyboardInterrupt


def _existing_folder(path: Path) -> Path:
    return next(folder for folder in path.parents if folder.is_dir())


def _shown_time(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


def _state(path: Path) -> _State:
    """Return what changes when a file is saved; None as long as there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
