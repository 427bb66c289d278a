"""Sources: where the files of a run lie, found one after the other while it runs."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from ..text import one_line
from .errors import BatchError
from .folders import Finds, select, walk
from .lists import read_list
from .names import is_address, name_of_address, name_of_path, path_of

STANDARD_INPUT: Final = "-"


class Source(NamedTuple):
    """A file or an address.

    Attributes:
        name: What it is called in the results: the same source always has the same name.
        path: Where the file is, or None for an address.
        problem: Why it cannot be read, if that is known already.
    """

    name: str
    path: str | None
    problem: str = ""


def to_source(item: Any) -> Source:
    """Return the source that an item of a list, or of an iterable, names.

    Raises:
        BatchError: It is neither a path nor an address.
    """
    if isinstance(item, Source):
        return item
    if isinstance(item, os.PathLike):
        return _at_path(os.fsdecode(os.fspath(item)))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if not isinstance(item, str):
        raise BatchError(
            f"a source is {one_line(type(item).__name__, 80)}: a path or the text of an address is needed"
        )
    path = path_of(item)
    return Source(name_of_address(item), None) if path is None else _at_path(path)


def _at_path(path: str, problem: str = "") -> Source:
    whole = os.path.abspath(path) if path else ""  # noqa: PTH100 - links stay as they are
    return Source(name_of_path(whole), whole, problem or ("" if path else "the name is empty"))


class Sources(Iterable[Source]):
    """Sources as a command line names them. Each iteration looks anew; nothing is kept in memory.

    - A folder: the files in it and below whose names end as the operation's formats do. Hidden files and folders are
      left out; links to files are followed, links to folders are not, so that nothing comes twice and no loop ends it.
    - A pattern, such as `scans/**/page-*.png`: the files whose names fit, whatever they end in. `**` stands for any
      folders; hidden ones need a pattern with a dot. The way there follows no links to folders that `**` would.
    - A file that ends as the operation's formats do, or an address: itself.
    - Any other file: a list, with a path or an address a line, in UTF-8 (paths as the file system has them). Paths are
      those of the current folder, not of the list's. Empty lines are left out.
    - `-`: such a list from standard input, which can be read only once.

    Args:
        arguments: What to look for.
        suffixes: Ends of names, in lower case; all names fit if there are none.

    Raises:
        BatchError: There is no such folder, file or pattern.
    """

    def __init__(self, arguments: Iterable[str | os.PathLike[str]], suffixes: frozenset[str]) -> None:
        self._arguments = [os.fsdecode(os.fspath(argument)) for argument in arguments]
        self._suffixes = suffixes
        self._ways = [self._way(argument) for argument in self._arguments]

    @property
    def is_repeatable(self) -> bool:
        """Whether they can be iterated more than once."""
        return STANDARD_INPUT not in self._arguments

    def __iter__(self) -> Iterator[Source]:
        for argument, way in zip(self._arguments, self._ways, strict=True):
            match way:
                case "item":
                    yield to_source(argument)
                case "folder":
                    yield from _found(walk(argument, self._suffixes))
                case "pattern":
                    yield from _found(select(argument))
                case "list":
                    with Path(argument).open("rb") as file:
                        yield from map(to_source, read_list(file, argument))
                case _:
                    yield from map(to_source, read_list(sys.stdin.buffer, "standard input"))

    def _way(self, argument: str) -> str:
        if argument == STANDARD_INPUT:
            return "input"
        path = path_of(argument)
        if path is None or (is_address(argument) and not Path(path).is_dir()):
            return "item"
        if Path(path).is_dir():
            return "folder"
        if Path(path).exists():
            return "item" if Path(path).suffix.lower() in self._suffixes else "list"
        if glob.has_magic(path):
            return "pattern"
        raise BatchError(f"there is no file, folder or list {one_line(repr(argument), 200)}")


def _found(finds: Finds) -> Iterator[Source]:
    for path, problem in finds:
        yield _at_path(path, problem)


AnySources: TypeAlias = str | os.PathLike[str] | Iterable[str | os.PathLike[str] | Source]
"""A folder, a pattern, a list or a file, as `Sources` takes it; or an iterable of paths and addresses."""


def to_sources(given: AnySources, suffixes: frozenset[str]) -> Iterable[Any]:
    """Return what to iterate over; its items go through `to_source`.

    Raises:
        BatchError: There is no such folder, file or pattern.
    """
    if isinstance(given, (str, os.PathLike)):
        return Sources([given], suffixes)
    if not isinstance(given, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BatchError(f"sources are {type(given).__name__}: a path, a pattern or an iterable is needed")
    return given
