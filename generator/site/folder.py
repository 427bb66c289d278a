"""A site as it lies in a folder: what is in it, and that nobody else's files are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import attrs

from generator import record
from generator.errors import GeneratorError
from generator.findings import shown_path
from generator.plain import is_mapping

LIST: Final = "site.json"
SUMS: Final = "SHA256SUMS"

_KIND: Final = "published-contract"
_FORMAT: Final = 1
_NAMED: Final = 5
"""How many files that stand in the way are named."""


@attrs.frozen
class Site:
    """A site.

    Attributes:
        base: The address that it stands at, or that its schemas are named after, with a slash at its end.
        versions: Oldest first.
        files: The content of each file by its path, `SHA256SUMS` and `site.json` left out.
        is_preview: Whether it is there to be looked at before its newest version is published.
    """

    base: str
    versions: tuple[str, ...]
    files: Mapping[str, bytes]
    is_preview: bool = False

    def of_version(self, version: str) -> dict[str, bytes]:
        """Return the files in the folder of a version, by their path in the site."""
        return {path: content for path, content in self.files.items() if path.startswith(f"{version}/")}

    def all_files(self) -> dict[str, bytes]:
        """Return everything that lies in the folder, sorted by path."""
        listed = {
            "kind": _KIND,
            "format": _FORMAT,
            "base": self.base,
            "latest": record.newest(self.versions),
            "versions": list(self.versions),
            **({"preview": True} if self.is_preview else {}),
        }
        found = {**self.files, LIST: (json.dumps(listed, indent=2) + "\n").encode()}
        found = dict(sorted(found.items()))
        sums = "".join(f"{digest(content)}  {path}\n" for path, content in found.items())
        return {SUMS: sums.encode(), **found}


def digest(content: bytes) -> str:
    """Return the SHA-256 sum as it stands in `SHA256SUMS`."""
    return hashlib.sha256(content).hexdigest()


def read(folder: Path) -> Site | None:
    """Read the site in a folder; None where there is no folder, or an empty one.

    Raises:
        GeneratorError: The folder holds something else, or the site is not as it was published.
    """
    if folder.exists() and not folder.is_dir():
        raise GeneratorError(f"{shown_path(folder)} is no folder: name one with --output")
    if not folder.exists() or not any(folder.iterdir()):
        return None
    listed = _listed(folder)
    files = _files(folder)
    sums = _sums(files.pop(SUMS, b""))
    files.pop(LIST)
    _refuse_others(folder, sorted({*files, LIST} - set(sums)), "is not of the site", "are not of the site")
    _refuse_changed(folder, sorted(set(sums) - {*files, LIST}), "is gone")
    changed = [path for path, content in files.items() if digest(content) != sums[path]]
    _refuse_changed(folder, sorted(changed), f"is not as {SUMS} says")
    return Site(listed["base"], tuple(listed["versions"]), files, listed.get("preview") is True)


def _listed(folder: Path) -> dict[str, Any]:
    """Return what the site says about itself."""
    try:
        listed = json.loads((folder / LIST).read_bytes())
    except (FileNotFoundError, IsADirectoryError, ValueError):
        listed = None
    if not is_mapping(listed) or listed.get("kind") != _KIND:
        raise GeneratorError(
            f"{shown_path(folder)} holds other files than a site that was published before: "
            "name that, or a new folder, with --output"
        )
    versions = listed.get("versions")
    is_known = (
        listed.get("format") == _FORMAT
        and isinstance(listed.get("base"), str)
        and isinstance(versions, list)
        and bool(versions)
        and all(isinstance(version, str) for version in versions)
    )
    if not is_known:
        raise GeneratorError(
            f"{shown_path(folder / LIST)} is of another format than this generator writes: "
            "publish with the one that wrote it, or into a new folder"
        )
    return listed


def _files(folder: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    strange: list[str] = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            strange.append(name)
        elif path.is_file():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            strange.append(name)
    _refuse_others(folder, strange, "is not of the site", "are not of the site")
    return found


def _sums(content: bytes) -> dict[str, str]:
    lines = content.decode(errors="replace").splitlines()
    return {path: found for found, separator, path in (line.partition("  ") for line in lines) if separator}


def _refuse_others(folder: Path, names: list[str], one: str, several: str) -> None:
    if names:
        verb = one if len(names) == 1 else several
        raise GeneratorError(
            f"{_named(names)} in {shown_path(folder)} {verb}, and would be lost: move that elsewhere first"
        )


def _refuse_changed(folder: Path, names: list[str], what: str) -> None:
    if names:
        raise GeneratorError(
            f"{_named(names)} in {shown_path(folder)} {what}: what was published stays as it is, so take the folder "
            "from where it was published"
        )


def _named(names: list[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
