"""The two documents that are compared: a file, a published version, or a revision in git."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import attrs

from generator import record
from generator.bundle import bundle
from generator.document import Document
from generator.errors import FindingsError, GeneratorError
from generator.findings import Finding, Location, printable, shown_path
from generator.spelling import nearest

_NAMES: Final = ("openapi.yaml", "openapi.yml", "openapi.json")
_PATIENCE: Final = 60
"""Seconds after which git is given up."""


@attrs.frozen(eq=False)
class Source:
    """A document, and where things in it are written.

    Attributes:
        name: How it was named.
        document: It in one piece.
    """

    name: str
    document: dict[str, Any]
    _places: Any
    _folder: Path | None = None
    _shown: str = ""

    def place(self, pointer: str) -> Location:
        """Return where a pointer is written."""
        return _shown(self._places.origin(pointer), self._folder, self._shown)


def _shown(place: Location, folder: Path | None, shown: str) -> Location:
    """Return a place in a temporary folder as one that people know."""
    if folder is None or not place.path.is_relative_to(folder):
        return place
    return attrs.evolve(place, path=Path(f"{shown}{place.path.relative_to(folder).as_posix()}"))


def read(path: Path, *, name: str = "", outside_references: bool = False) -> Source:
    """Read a description, or a document in one piece, from a file.

    Raises:
        FindingsError: It cannot be read, or references lead nowhere.
    """
    found = bundle(Document.load(path, outside_references=outside_references))
    return Source(name or str(path), found.document, found)


@contextmanager
def named(name: str, spec: Path, *, outside_references: bool = False) -> Iterator[Source]:
    """Read what a name means: a file, a folder with one, a published version, or a revision in git.

    Args:
        name: What was typed.
        spec: The root file of the description, whose versions and revisions are meant.
        outside_references: Whether references may lead to files outside the folder of a description.

    Raises:
        FindingsError: It cannot be read, or references lead nowhere.
        GeneratorError: It is none of these.
    """
    path = Path(name)
    if _exists(path):
        yield read(_in_folder(path), name=name, outside_references=outside_references)
        return
    published = record.find(spec, name)
    if published is not None:
        yield read(published.document_path, name=name)
        return
    with tempfile.TemporaryDirectory(prefix="description-") as folder:
        root = Path(folder).resolve()
        shown = _extract(name, spec, root)
        try:
            found = read(root / spec.name, name=name, outside_references=outside_references)
        except FindingsError as problem:
            raise FindingsError(_findings(problem.findings, root, shown)) from None
        yield attrs.evolve(found, folder=root, shown=shown)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _in_folder(path: Path) -> Path:
    """Return the document in a folder, such as that of a version on a published site."""
    return next((path / name for name in _NAMES if (path / name).is_file()), path)


def _findings(findings: list[Finding], folder: Path, shown: str) -> list[Finding]:
    return [attrs.evolve(one, location=_shown(one.location, folder, shown)) for one in findings]


def _extract(name: str, spec: Path, folder: Path) -> str:
    """Write the description as it was at a revision into a folder; return how its paths are shown."""
    home = spec.resolve().parent
    try:
        prefix = _git(home, "rev-parse", "--show-prefix").decode().strip()
        commit = _git(home, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    except _GitError as problem:
        raise GeneratorError(_unknown(name, spec, problem)) from None
    try:
        archive = _git(home, "archive", "--format=tar", commit.decode().strip(), "--", ".")
    except _GitError as problem:
        raise GeneratorError(
            f"{printable(name)} has no folder {shown_path(home)} ({problem}): name a later revision"
        ) from None
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")
    if not (folder / spec.name).is_file():
        raise GeneratorError(
            f"{printable(name)} has no file {shown_path(spec)}: name the root file that it had with --spec"
        )
    return f"{name}:{prefix}"


class _GitError(Exception):
    """What git says, or that there is none."""


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, check=False, timeout=_PATIENCE
        )
    except FileNotFoundError:
        raise _GitError("git is not installed") from None
    except subprocess.TimeoutExpired:
        raise _GitError(f"git did not answer within {_PATIENCE} seconds") from None
    except ValueError:
        raise _GitError("no revision has such a name") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise _GitError(printable(said[-1].removeprefix("fatal: ")) if said else "git knows no such revision")
    return done.stdout


def _unknown(name: str, spec: Path, problem: _GitError) -> str:
    known = [one.version for one in record.versions(spec)]
    meant = nearest(name, known)
    versions = f"the published versions are {', '.join(known)}" if known else "nothing was published"
    return (
        f"{printable(name)} is neither a file, nor a published version ({versions}), "
        f"nor a revision in git ({problem}): " + (f"did you mean {meant}?" if meant else "name one of these")
    )
