"""The record of what was published: `published/<version>/` beside the root file, added to and never edited.

A description without that folder has no record. In the folder of a version lies the bundled document as YAML,
`openapi.yaml`, and beside it what else has to be known of that version later. The files there are no part of the
description: nothing in it refers to them.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import attrs
from packaging.version import Version

from generator import distribution
from generator.dump import dump
from generator.errors import GeneratorError
from generator.findings import quoted, shown_path
from generator.plain import is_mapping
from generator.source import read_source

FOLDER: Final = "published"
"""The folder of the record, beside the root file of a description."""

DOCUMENT: Final = "openapi.yaml"
"""The bundled document in the folder of a version."""

_NAME: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}")
"""What a version may be called, so that it can be the name of a folder and a part of an address."""


@attrs.frozen
class Published:
    """A version of a description that others may build on.

    Attributes:
        version: What its `info.version` says.
        folder: Where it is recorded.
    """

    version: str
    folder: Path

    @property
    def document_path(self) -> Path:
        """Where its bundled document lies."""
        return self.folder / DOCUMENT

    def document(self) -> dict[str, Any]:
        """Read its bundled document.

        Raises:
            FindingsError: The file cannot be read.
            GeneratorError: It holds something else than a document.
        """
        data = read_source(self.document_path).data
        if not is_mapping(data):
            raise GeneratorError(
                f"{shown_path(self.document_path)} holds no document: take it from the history"
            )
        return data


def newest(versions: Iterable[str]) -> str:
    """Return the newest of some versions: of those that are releases, if there is any."""
    found = sorted(versions, key=order)
    releases = [one for one in found if not order(one).is_prerelease]
    return (releases or found)[-1]


def order(version: str) -> Version:
    """Return by what versions are put in order, any text included; it is what installers order clients by."""
    return Version(distribution.version(version))


def versions(spec: Path) -> list[Published]:
    """Return what was published of the description with this root file, oldest version first."""
    folder = _folder(spec)
    try:
        names = [path.name for path in folder.iterdir() if (path / DOCUMENT).is_file()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    found = [Published(name, folder / name) for name in names if _NAME.fullmatch(name)]
    return sorted(found, key=lambda one: (order(one.version), one.version))


def last(spec: Path) -> Published | None:
    """Return the latest version that was published; None if none was."""
    found = versions(spec)
    return found[-1] if found else None


def find(spec: Path, version: str) -> Published | None:
    """Return a version by its name; None if it was not published."""
    return next((one for one in versions(spec) if one.version == version), None)


def record(spec: Path, document: dict[str, Any], more: Mapping[str, bytes] | None = None) -> Published:
    """Record a bundled document as published; that which is recorded already stays as it is.

    Args:
        spec: The root file of the description.
        document: What it is in one piece.
        more: Other files to keep of the version, by name. One that is there already is kept.

    Raises:
        GeneratorError: The version was published with other content, or cannot be the name of a folder.
    """
    version = version_of(document)
    published = Published(version, _folder(spec) / version)
    is_there = published.document_path.exists()
    if is_there and not is_same(published.document(), document):
        raise GeneratorError(
            f"{version} was published with other content, which {shown_path(published.document_path)} keeps: "
            "what changes needs a version of its own, so raise `info.version`"
        )
    published.folder.mkdir(parents=True, exist_ok=True)
    for name, content in (more or {}).items():
        if not (published.folder / name).exists():
            _write(published.folder / name, content)
    if not is_there:
        # With its document a version is there, so that comes last.
        _write(published.document_path, dump(document, ".yaml").encode())
    return published


def version_of(document: Mapping[str, Any]) -> str:
    """Return the version of a document.

    Raises:
        GeneratorError: It has none, or one that cannot be the name of a folder.
    """
    info = document.get("info")
    version = info.get("version") if is_mapping(info) else None
    if not isinstance(version, str) or not _NAME.fullmatch(version):
        raise GeneratorError(
            f"`info.version` is {quoted(version)}, which cannot name what is published: "
            "write a version such as 1.0.0 or 1.1.0-rc.1"
        )
    return version


def is_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two documents are the same, the order of their members included."""
    return json.dumps(one) == json.dumps(other)


def _folder(spec: Path) -> Path:
    return spec.resolve().parent / FOLDER


def _write(path: Path, content: bytes) -> None:
    """Write a file at once, so that there never is half of it."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
