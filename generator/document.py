"""A description as its author wrote it: a root file, and the files that it refers to."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import Any, Self

from generator.errors import FindingsError
from generator.findings import Finding, Location, Severity, error, quoted, shown_path
from generator.plain import is_mapping
from generator.source import SourceFile, read_source

_VERSION = re.compile(r"3\.([01])\.\d+(-.+)?")
_ADDRESS = re.compile("https?:/", re.IGNORECASE)  # a path has one of its two slashes


class Document:
    """An OpenAPI description: its root file, and every file that it refers to, read when first asked for.

    Attributes:
        root: The root file, absolute.
        data: What the root file holds; not to be changed.
        folder: The folder of the root file.
        outside_references: Whether references may lead to files outside that folder.
        findings: What is wrong with files although they could be read, such as duplicate keys.
        wanted: Every file that was asked for so far, also those that are missing or cannot be read.
    """

    def __init__(self, source: SourceFile, *, outside_references: bool = False) -> None:
        """Begin with the root file."""
        self.root: Path = source.path
        self.folder: Path = source.path.parent
        self.data: dict[str, Any] = source.data
        self.outside_references: bool = outside_references
        self.findings: list[Finding] = list(source.findings)
        self.wanted: set[Path] = {source.path}
        self._files: dict[Path, SourceFile] = {source.path: source}

    @classmethod
    def load(cls, path: Path, *, outside_references: bool = False) -> Self:
        """Read a description.

        Args:
            path: The root file.
            outside_references: Whether references may lead to files outside its folder. Only a description that
                one trusts should: what it refers to ends up in what is made of it.

        Raises:
            FindingsError: The root file is missing, holds errors, or is no OpenAPI 3.0 or 3.1 document.
        """
        document = cls.open(path, outside_references=outside_references)
        if any(finding.severity is Severity.ERROR for finding in document.findings):
            raise FindingsError(document.findings)
        return document

    @classmethod
    def open(cls, path: Path, *, outside_references: bool = False) -> Self:
        """Read a description, and go on after what need not end it: that is left in `findings`.

        Raises:
            FindingsError: The root file cannot be read at all, or is no OpenAPI 3.0 or 3.1 document.
        """
        _require_existing(path)
        source = read_source(path.resolve())
        problem = _version_problem(source)
        if problem is not None:
            raise FindingsError([problem, *source.findings])
        return cls(source, outside_references=outside_references)

    @property
    def version(self) -> tuple[int, int]:
        """Major and minor version of OpenAPI that the description follows: (3, 0) or (3, 1)."""
        match = _VERSION.fullmatch(self.data["openapi"])
        assert match is not None
        return 3, int(match[1])

    def file(self, path: Path) -> SourceFile:
        """Return a file of the description, which is read when it is asked for the first time.

        Args:
            path: An absolute path without `..` and links; below `folder` unless `outside_references`.

        Raises:
            FindingsError: The file cannot be read at all.
        """
        if path not in self._files:
            source = read_source(path)
            self._files[path] = source
            self.findings += source.findings
        return self._files[path]

    def locate(self, path: Path, pointer: str) -> Location:
        """Return the place of a JSON pointer in a file: of the key for a member, of an item itself.

        A pointer to something that does not exist gives the place of the nearest parent that does; a file
        that was never read gives its first character.
        """
        source = self._files.get(path)
        return source.locate(pointer) if source else Location(path, 1, 1)

    def source_files(self) -> list[Path]:
        """Return all files read so far, sorted; after `bundle`, all that the description consists of."""
        return sorted(self._files)


def _require_existing(path: Path) -> None:
    """Say what the user may have meant by a path that does not exist."""
    try:
        missing = not path.exists()
        names = [entry.name for entry in path.parent.iterdir()] if missing and path.parent.is_dir() else []
        folder = [entry.name for entry in path.iterdir()] if path.is_dir() else []
    except (OSError, ValueError):
        return
    if missing:
        raise FindingsError([error(Location(path, 1, 1), "file", _missing(path, names))])
    for name in ("openapi.yaml", "openapi.yml", "openapi.json"):
        if name in folder:
            message = f"this is a folder: name the file in it, {shown_path(path / name)}"
            raise FindingsError([error(Location(path, 1, 1), "file", message)])


def _missing(path: Path, beside: list[str]) -> str:
    if path.is_symlink():
        return "this is a link that leads nowhere"
    if _ADDRESS.match(path.as_posix()):
        return "nothing is fetched from a network: download the description and name the file"
    if path == Path("-"):
        return "a description is read from a file, beside which its other files lie: name that, not -"
    similar = difflib.get_close_matches(path.name, beside, n=1, cutoff=0.8)
    hint = f"; perhaps {shown_path(path.parent / similar[0])} is meant" if similar else ""
    return f"there is no such file{hint}"


def _version_problem(source: SourceFile) -> Finding | None:
    """Return why a file is not an OpenAPI 3.0 or 3.1 document, or None if it is one."""
    data = source.data
    if not is_mapping(data):
        message = (
            "an OpenAPI document is a mapping that begins with `openapi: 3.1.0`; this file is something else"
        )
        return error(source.locate(""), "openapi-version", message)
    version = data.get("openapi")
    if isinstance(version, str) and _VERSION.fullmatch(version):
        return None
    if "swagger" in data:
        place = source.locate("/swagger")
        message = f"this is a Swagger {data['swagger']} document: convert it to OpenAPI 3.1 first"
    elif version is None:
        place = source.locate("")
        message = "this is not an OpenAPI document: it has no member `openapi`, such as `openapi: 3.1.0`"
        if "asyncapi" in data:
            message = "this is an AsyncAPI document: only OpenAPI 3.0 and 3.1 are read"
    else:
        place = source.locate("/openapi")
        message = (
            f"OpenAPI {quoted(version)} is not read: write a version of 3.0 or 3.1 in full, such as 3.1.0"
        )
    return error(place, "openapi-version", message)
