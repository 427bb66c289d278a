"""What a fresh client means for those who use the last one that was published: its changelog, and what it breaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Final

import attrs

from generator import pointer as pointers, record
from generator.bundle import Bundle
from generator.errors import FindingsError
from generator.findings import Finding, Location, Severity, error
from generator.plain import is_mapping
from generator.python_api import changelog
from generator.python_api.differences import Change, differences
from generator.python_api.snapshot import Api, load, read
from generator.source import SourceFile, read_source

API: Final = "python-api.json"
"""The public API of its client in the record of a version."""

BREAKS: Final = "accepted_breaks.yaml"
"""The file beside the root file in which maintainers accept that a client breaks without a major version."""

_RULE: Final = "client-compatible"
_VERSION: Final = "/info/version"


@attrs.frozen
class Recorded:
    """A version whose client's API is in the record."""

    version: str
    path: Path

    def api(self) -> Api:
        """Read the API."""
        return load(self.path.read_text(encoding="utf-8"))


def recorded(spec: Path) -> list[Recorded]:
    """Return the versions of a description whose client's API is in the record, oldest first.

    One that is no release yet, such as 1.1.0-rc.1, promises nothing; it counts where there is no release.
    """
    found = [
        Recorded(one.version, one.folder / API)
        for one in record.versions(spec)
        if (one.folder / API).is_file()
    ]
    return [one for one in found if not record.order(one.version).is_prerelease] or found[-1:]


def follow(
    spec: Path, bundle: Bundle, package: Path, modules: Mapping[str, str], text: str | None
) -> tuple[str, list[Finding]]:
    """Return the changelog of a fresh client, and what is to be told of it.

    Args:
        spec: Root file of the description, beside which there is a record.
        bundle: The description.
        package: Folder of the fresh package.
        modules: The text of each of its modules by its path below that folder.
        text: Changelog of the description, if it has one.

    Raises:
        FindingsError: The client breaks code that uses the last published one, and its version does not say so.
    """
    version = str(bundle.document["info"]["version"])
    versions = recorded(spec)
    accepted, findings, source = _accepted(spec.parent / BREAKS)
    if not versions:
        return text or "", findings
    before = versions[-1]
    changes = differences(before.api(), read(package, modules))
    allowed = accepted.get(before.version, {})
    if not _announces(before.version, version):
        findings += [
            error(bundle.origin(_VERSION), _RULE, _message(change, before.version), _VERSION)
            for change in changes
            if change.breaking and change.name not in allowed
        ]
    breaking = {change.name for change in changes if change.breaking}
    findings += [
        Finding(
            source.locate(pointers.join("", before.version, name)),
            Severity.WARNING,
            _RULE,
            f"{name} does not break since {before.version}: remove the line",
        )
        for name in allowed
        if source is not None and name not in breaking
    ]
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise FindingsError(findings)
    sections: dict[str, tuple[str, list[Change]]] = {}
    if changes:
        is_published = version == before.version
        title = f"In Python, since {version} was published" if is_published else "In Python"
        sections[version] = (title, changes)
    for older, newer in _pairs(versions):
        if found := differences(older.api(), newer.api()):
            title, more = sections.get(newer.version, ("In Python", []))
            sections[newer.version] = (title, [*found, *more])
    reasons = {name: reason for names in accepted.values() for name, reason in names.items()}
    return changelog.changelog(text, sections, reasons), findings


def _pairs(versions: list[Recorded]) -> Iterator[tuple[Recorded, Recorded]]:
    yield from reversed(list(pairwise(versions)))


def _announces(before: str, now: str) -> bool:
    """Return whether a version tells users of another one that their code may fail: by a step of its first part.

    Before 1.0 it is the second part that tells.
    """
    old, new = record.order(before), record.order(now)
    return new.major > old.major or (old.major == 0 == new.major and new.minor > old.minor)


def _message(change: Change, before: str) -> str:
    old = record.order(before)
    following = f"{old.major + 1}.0.0" if old.major else f"0.{old.minor + 1}.0"
    verb = "is removed" if change.group == "removed" else ""
    is_new = "is new" if change.group == "added" else ""
    return (
        f"{' '.join(filter(None, (changelog.describe(change), verb, is_new)))}: code that uses the client of {before} "
        f"fails of it, so restore it, or set `info.version` to {following}, or accept it in {BREAKS} with the reason"
    )


def _accepted(path: Path) -> tuple[Mapping[str, Mapping[str, str]], list[Finding], SourceFile | None]:
    """Return the breaks that maintainers accept, by the version whose users meet them, each with the reason."""
    if not path.is_file():
        return {}, [], None
    source = read_source(path.resolve())
    data = source.data
    is_right = is_mapping(data) and all(
        is_mapping(names) and all(isinstance(reason, str) and reason.strip() for reason in names.values())
        for names in data.values()
    )
    if not is_right:
        message = "this maps no published version to names with reasons: write `1.0.0: {Client.send: why}`"
        return {}, [error(Location(path, 1, 1), _RULE, message)], source
    return data, [*source.findings], source
