"""Files in folders, by the ends of their names or by a pattern; each with why it cannot be read, if so."""

from __future__ import annotations

import fnmatch
import glob
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from ..text import one_line

Finds: TypeAlias = Iterator[tuple[str, str]]


def walk(folder: str, suffixes: frozenset[str]) -> Finds:
    """Yield the files in a folder and below it, in the order in which the system has them.

    Sorting would need all names of a folder at once.
    """
    waiting = [folder]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir():
                        if not entry.is_symlink():
                            waiting.append(entry.path)
                    # A link to nowhere is found too: it is said to be unreadable rather than left out silently.
                    elif not suffixes or Path(entry.name).suffix.lower() in suffixes:
                        yield entry.path, ""
        except OSError as error:
            yield folder, _reason(error)


def select(pattern: str) -> Finds:
    """Yield the files whose paths fit a pattern.

    `glob.iglob` follows links in circles with `**`, and finds each file in them some forty times.
    """
    parts = Path(pattern).parts
    start = next(index for index, part in enumerate(parts) if glob.has_magic(part))
    yield from _select(str(Path(*parts[:start])), parts[start:])


def _select(folder: str, parts: tuple[str, ...]) -> Finds:
    part, further = parts[0], parts[1:]
    if part == "**":
        # At its end it stands for all files, here as in a shell.
        yield from _select(folder, further or ("*",))
    elif not glob.has_magic(part):
        path = str(Path(folder, part))
        if further:
            yield from _select(path, further)
        elif Path(path).is_file():
            yield path, ""
        return
    folders: list[str] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                is_folder = entry.is_dir()
                if part == "**":
                    if is_folder and not entry.is_symlink() and not entry.name.startswith("."):
                        folders.append(entry.path)
                elif not _fits(entry.name, part):
                    continue
                elif is_folder and further:
                    folders.append(entry.path)
                elif not is_folder and not further:
                    yield entry.path, ""
    except FileNotFoundError:
        return
    except NotADirectoryError:
        return
    except OSError as error:
        yield folder, _reason(error)
    for path in folders:
        yield from _select(path, parts if part == "**" else further)


def _fits(name: str, pattern: str) -> bool:
    return fnmatch.fnmatch(name, pattern) and (not name.startswith(".") or pattern.startswith("."))


def _reason(error: OSError) -> str:
    return f"cannot list the folder: {one_line(error.strerror or str(error), 120)}"
