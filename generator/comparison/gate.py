"""Whether the version of a description, and its changelog, say what changed since it was published last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import attrs

from generator import record
from generator.comparison.changes import Change, Step, Verdict, step
from generator.comparison.document import compare
from generator.comparison.render import changelog
from generator.comparison.sources import Source, read
from generator.findings import Finding, Location, error, printable, quoted

CHANGELOG: Final = "CHANGELOG.md"
"""The changelog of a description, beside its root file."""

_HEADING: Final = re.compile(r"^(#{1,2})[ \t]+\[?v?([^\s\]]+)", re.MULTILINE)
_POINTER: Final = "/info/version"
_LISTED: Final = 8


@attrs.frozen
class Judgement:
    """What the gate says.

    Attributes:
        base: The published version that the description is compared with; None if there is none.
        version: What its `info.version` says.
        demanded: The lowest version that the changes allow.
        source: The working description.
        changes: What changed.
        findings: What does not match that.
        entry: An entry for the changelog to begin with; empty if there is nothing to write.
    """

    base: record.Published | None
    version: str
    demanded: str
    source: Source
    changes: list[Change]
    findings: list[Finding]
    entry: str = ""


def judge(spec: Path, *, outside_references: bool = False) -> Judgement:
    """Compare a description with what was published of it last.

    A version may be raised by more than the changes demand, for a comparison does not see all that changes for a
    consumer. Of a version 0.y.z, what breaks raises y, as usual; of a version that is no release yet, such as
    1.1.0-rc.1, what counts is how it differs from the last release.

    Raises:
        FindingsError: The description cannot be read, or references lead nowhere.
    """
    source = read(spec, outside_references=outside_references)
    version = record.version_of(source.document)
    published = record.versions(spec)
    if not published:
        return Judgement(None, version, version, source, [], [])
    releases = [one for one in published if not record.order(one.version).is_prerelease]
    base = (releases or published)[-1]
    changes = compare(base.document(), source.document)
    same = record.find(spec, version)
    demanded = demand(base.version, step(changes))
    findings = [*_version_findings(source, published, same, changes, version, demanded)]
    wanted = version if not findings else demanded
    entry = ""
    if changes and (same is None or findings):
        problems = list(_changelog_findings(spec, wanted, changes))
        findings += problems
        entry = changelog(wanted, changes) if problems else ""
    return Judgement(base, version, demanded, source, changes, findings, entry)


def demand(version: str, needed: Step) -> str:
    """Return the lowest version after one that a step allows."""
    major, minor, patch, *_ = (*record.order(version).release, 0, 0)
    if needed is Step.MAJOR and major == 0:
        needed = Step.MINOR
    elif needed is Step.MINOR and major == 0:
        needed = Step.PATCH
    match needed:
        case Step.MAJOR:
            return f"{major + 1}.0.0"
        case Step.MINOR:
            return f"{major}.{minor + 1}.0"
        case Step.PATCH:
            return f"{major}.{minor}.{patch + 1}"
        case Step.NONE:
            return version


def _version_findings(
    source: Source,
    published: Sequence[record.Published],
    same: record.Published | None,
    changes: Sequence[Change],
    version: str,
    demanded: str,
) -> Iterator[Finding]:
    place = source.place(_POINTER)
    latest = published[-1].version
    ours = record.order(version)
    write = f"write `version: {demanded}`"
    if version == latest and record.is_same(published[-1].document(), source.document):
        return
    if same is not None:
        what = (
            f"the changes since then demand {_a(step(changes))} step"
            if changes
            else "what is here now differs"
        )
        message = f"{version} is published, and what is published stays as it is; {what}: {write}"
        yield error(place, "version-step", message, _POINTER)
    elif ours <= record.order(latest):
        message = f"{quoted(version)} does not come after {latest}, which is published: {write}"
        yield error(place, "version-step", message, _POINTER)
    elif changes and ours.release < record.order(demanded).release:
        message = (
            f"the changes since {published[-1].version} demand {_a(step(changes))} step, "
            f"which {version} is not: {write}"
        )
        yield error(place, "version-step", message, _POINTER)


def _a(needed: Step) -> str:
    return f"a {needed}"


def _changelog_findings(spec: Path, version: str, changes: Sequence[Change]) -> Iterator[Finding]:
    path = spec.resolve().parent / CHANGELOG
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        text = ""
    line, entry = entry_of(text, version)
    if not entry.strip():
        what = "has nothing to say" if line else "has no entry"
        message = (
            f"the changelog {what} about {version}: write what changes for those who build on the description"
        )
        yield error(Location(path, line or 1, 1), "changelog-entry", message)
        return
    missing = {
        name: change.message
        for change in changes
        if change.verdict is Verdict.BREAKING and not _mentions(entry, names := _names(change))
        for name in names[:1]
    }
    for name, message in list(missing.items())[:_LISTED]:
        told = f"the entry of {version} does not mention {printable(name)}, which breaks ({message}): say so there"
        yield error(Location(path, line, 1), "changelog-entry", told)


def _names(change: Change) -> list[str]:
    """Return by which names a reader can find a change; the first is the one to write."""
    return [change.subject] if change.subject else list(change.operations)


def _mentions(entry: str, names: Sequence[str]) -> bool:
    return not names or any(
        re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", entry) is not None for name in names
    )


def entry_of(text: str, version: str) -> tuple[int, str]:
    """Return the line of the heading of a version in a changelog, and what stands below it; 0 if there is none."""
    headings = list(_HEADING.finditer(text))
    for index, heading in enumerate(headings):
        if heading[2] == version:
            end = headings[index + 1].start() if index + 1 < len(headings) else len(text)
            return text.count("\n", 0, heading.start()) + 1, text[text.find("\n", heading.start()) : end]
    return 0, ""
