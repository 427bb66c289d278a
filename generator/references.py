"""From a `$ref` as it is written to the place in the source files that it means."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import attrs

from generator import pointer as pointers
from generator.document import Document
from generator.errors import FindingsError
from generator.findings import Finding, quoted, shown_path
from generator.plain import is_list, is_mapping
from generator.source import is_index
from generator.spelling import hint, nearest
from generator.structure import is_reference

_DETOURS_AT_MOST = 50
_ENDINGS = (".yaml", ".yml", ".json")
_FETCHED = ("http", "https", "ftp", "ftps")
REFUSED = "refused-reference"
"""The rule of references that are not followed for safety's sake."""

_CIRCLE = "this reference leads in a circle of references, and never to a value"


@attrs.frozen
class Target:
    """A place in the source files.

    Attributes:
        path: The file, absolute.
        pointer: JSON pointer in the file; no part of the way to it is a reference.
    """

    path: Path
    pointer: str


class UnresolvedError(Exception):
    """A reference leads nowhere; the text says why and what to do.

    Attributes:
        rule: Identifier for the finding that is made of it.
    """

    def __init__(self, message: str, rule: str = "unresolved-reference") -> None:
        """Keep the message and the rule."""
        super().__init__(message)
        self.rule = rule


class Resolver:
    """Finds what the references of one description mean.

    Attributes:
        findings: Why files could not be read that references lead to.
    """

    def __init__(self, document: Document) -> None:
        """Resolve references of this description."""
        self.findings: list[Finding] = []
        self._document = document
        self._unreadable: set[Path] = set()
        self._known: dict[tuple[Path, str], tuple[Target, Any]] = {}
        self._ending: set[Target] = set()
        self._circling: set[Target] = set()

    def resolve(self, origin: Path, reference: str) -> tuple[Target, Any]:
        """Return the place that a reference in the file `origin` means, and what stands there.

        References on the way are followed, so that a place has one name. The value may be a reference.

        Raises:
            UnresolvedError: There is no such place, or it must not be read.
        """
        key = (origin, reference)
        if key not in self._known:
            target, value = self._once(origin, reference, frozenset())
            self._require_end(target, value)
            self._known[key] = target, value
        return self._known[key]

    def _require_end(self, target: Target, value: Any) -> None:
        """Follow a chain of references to see that it ends; a dead end is reported where it is written."""
        chain = {target}
        while is_reference(value) and target not in self._ending:
            try:
                target, value = self._once(target.path, value["$ref"], frozenset())
            except UnresolvedError:
                break
            if target in chain or target in self._circling:
                self._circling |= chain
                raise UnresolvedError(_CIRCLE)
            chain.add(target)
        self._ending |= chain

    def _once(self, origin: Path, reference: str, passed: frozenset[Target]) -> tuple[Target, Any]:
        file, _, fragment = reference.partition("#")
        path = self._path(origin, file) if file else origin
        pointer = pointers.from_fragment(fragment)
        if pointer is None:
            raise UnresolvedError(
                f"the anchor {quoted('#' + fragment)} is not followed: write a JSON pointer, such as "
                "#/components/schemas/Name"
            )
        value = self._content(path)
        here = Target(path, "")
        for token in pointers.split(pointer):
            if is_reference(value) and token not in value:
                # The pointer leads through a reference: go on behind it.
                if here in passed or len(passed) > _DETOURS_AT_MOST:
                    raise UnresolvedError(_CIRCLE)
                here, value = self._once(here.path, value["$ref"], passed | {here})
            if is_mapping(value) and token in value:
                value = value[token]
            elif is_list(value) and is_index(token, len(value)):
                value = value[int(token)]
            else:
                where = f" in {shown_path(path)}" if file else ""
                raise UnresolvedError(
                    f"{quoted(reference)} leads nowhere: there is no {quoted(token)} at "
                    f"{quoted(here.pointer or '/')}{where}{hint(token, value if is_mapping(value) else ())}"
                )
            here = Target(here.path, pointers.join(here.pointer, token))
        return here, value

    def _path(self, origin: Path, file: str) -> Path:
        """Return the file that a reference names.

        Raises:
            UnresolvedError: It names no file, or one that must not be read.
        """
        try:
            parts = urlsplit(file)
            if parts.scheme in _FETCHED or parts.netloc:
                raise UnresolvedError(
                    f"{quoted(file)} is not followed, for nothing is fetched from a network: download the file, keep "
                    "it beside the description, and refer to it by its relative path",
                    REFUSED,
                )
            name = unquote(parts.path)
            if parts.scheme or parts.query or name.startswith("/") or "\\" in name:
                raise UnresolvedError(
                    f"{quoted(file)} is not followed, for a reference names a file by its relative path, with / "
                    "between folders: keep the file, or a copy of it, beside the description",
                    REFUSED,
                )
            path = (origin.parent / name).resolve()
            if not (self._document.outside_references or path.is_relative_to(self._document.folder)):
                raise UnresolvedError(
                    f"{quoted(file)} is not followed, for it lies outside {shown_path(self._document.folder)}, the "
                    "folder of the description: move it there or, if you trust who wrote the description, allow "
                    "it with --allow-outside-references",
                    REFUSED,
                )
            self._document.wanted.add(path)
            exists = path.is_file()
        except (OSError, ValueError, RuntimeError):
            raise UnresolvedError(f"{quoted(file)} is not a usable file name") from None
        if not exists:
            raise UnresolvedError(
                f"{quoted(file)} leads nowhere: there is no file {shown_path(path)}{_similar_file(name, path)}"
            )
        return path

    def _content(self, path: Path) -> Any:
        """Return what a file holds; None, and a finding, if it cannot be read."""
        if path in self._unreadable:
            raise UnreadableFileError
        try:
            return self._document.file(path).data
        except FindingsError as problem:
            self._unreadable.add(path)
            self.findings += problem.findings
            raise UnreadableFileError from None


def _similar_file(name: str, path: Path) -> str:
    """Return which file may be meant by the name of a missing one, to end a sentence with; nothing if none is alike."""
    try:
        is_in_folder = path.parent.is_dir()
        meant = _beside(path) if is_in_folder else _in_another_folder(path)
    except OSError:
        return ""
    if meant is None:
        return ""
    wrong = path.name if is_in_folder else f"{path.parent.name}/{path.name}"
    right = meant.name if is_in_folder else f"{meant.parent.name}/{meant.name}"
    if not name.endswith(wrong):
        return ""
    return f"; perhaps {quoted(name.removesuffix(wrong) + right)} is meant"


def _beside(path: Path) -> Path | None:
    """Return the file in the same folder that has almost the same name; its ending does not count."""
    present = {file.stem: file for file in sorted(path.parent.iterdir()) if file.suffix in _ENDINGS}
    return present.get(nearest(path.stem, present) or "")


def _in_another_folder(path: Path) -> Path | None:
    """Return the file of the same name in a folder that has almost the same name as one that is missing."""
    present = {folder.name: folder / path.name for folder in sorted(path.parent.parent.iterdir())}
    found = present.get(nearest(path.parent.name, present) or "")
    return found if found is not None and found.is_file() else None


class UnreadableFileError(UnresolvedError):
    """The file behind a reference cannot be read; the resolver's findings say so once for all."""

    def __init__(self) -> None:
        """Make the error; nobody shows its text."""
        super().__init__("the file cannot be read")
