"""The pages that compare versions: one for each two of them, and one to choose them on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

import attrs

from generator import deprecation
from generator.comparison import Change, Step, Verdict, compare, step
from generator.plain import is_mapping
from generator.site.pages import Pages
from generator.structure import resolve, value_at

_GROUPS: Final = {
    Verdict.BREAKING: ("Breaking", "What worked with the older version does not work with the newer one."),
    Verdict.MAY_BREAK: ("May break", "Whether it breaks yours depends on what you rely on."),
    Verdict.COMPATIBLE: ("Compatible", "What worked goes on to work."),
    Verdict.DOCUMENTATION: ("Words only", "Nothing but the texts is different."),
}


@attrs.frozen
class Pair:
    """Two versions, and what is different between them.

    Attributes:
        old: The older one.
        new: The newer one.
        changes: From the one to the other.
    """

    old: str
    new: str
    changes: tuple[Change, ...]

    @property
    def name(self) -> str:
        """Name of its files, without ending."""
        return f"{self.old}...{self.new}"

    @property
    def address(self) -> str:
        """Its page, from the folder of the site."""
        return f"compare/{quote(self.name)}.html"

    @property
    def json_name(self) -> str:
        """The file for programs, beside its page."""
        return f"{self.name}.json"

    @property
    def numbers(self) -> list[int]:
        """How many changes there are of each verdict, the worst first."""
        return [len(self.of(verdict)) for verdict in _GROUPS]

    @property
    def step(self) -> Step:
        """Which part of the version the changes demand to be raised together."""
        return step(self.changes)

    @property
    def summary(self) -> str:
        """How many changes there are, in words."""
        words = ("breaking", "that may break", "compatible", "of words only")
        told = [f"{number} {word}" for number, word in zip(self.numbers, words, strict=True) if number]
        count = len(self.changes)
        return f"{count} change{'' if count == 1 else 's'}: {', '.join(told)}" if count else "No changes"

    def of(self, verdict: Verdict) -> list[Change]:
        """Return the changes with a verdict."""
        return [one for one in self.changes if one.verdict == verdict]

    def to_json(self) -> dict[str, Any]:
        """Return the same as plain data."""
        return {
            "old": self.old,
            "new": self.new,
            "step": str(self.step),
            "changes": [one.to_json() for one in self.changes],
        }


def pairs(documents: Mapping[str, dict[str, Any]]) -> list[Pair]:
    """Compare every version with each that is older; documents are to be in the order of their versions."""
    names = list(documents)
    return [
        Pair(old, new, tuple(compare(documents[old], documents[new])))
        for later, new in enumerate(names)
        for old in names[:later]
    ]


def compare_pages(
    pages: Pages, documents: Mapping[str, dict[str, Any]], found: Sequence[Pair]
) -> dict[str, bytes]:
    """Return the page to choose two versions on, and the files of each pair, by their path in the site."""
    versions = list(documents)
    newest = documents[versions[-1]]
    files = {
        "compare.html": pages.of_site(
            "compare.html.jinja", newest, "Compare", versions=versions, pairs=list(reversed(found))
        )
    }
    for pair in found:
        groups = [
            {
                "verdict": verdict,
                "title": title,
                "about": about,
                "changes": [(one, _notice(documents[pair.new], one)) for one in pair.of(verdict)],
            }
            for verdict, (title, about) in _GROUPS.items()
            if pair.of(verdict)
        ]
        files[f"compare/{pair.name}.html"] = pages.of_site(
            "pair.html.jinja", newest, "Compare", "../", versions=versions, pair=pair, groups=groups
        )
        files[f"compare/{pair.json_name}"] = (
            json.dumps(pair.to_json(), indent=2, ensure_ascii=False) + "\n"
        ).encode()
    return files


def _notice(document: dict[str, Any], change: Change) -> str:
    """Return the sentence on what a change deprecates, unless the change says it itself; empty for others."""
    if change.rule != "deprecated":
        return ""
    pointer = change.pointer.removesuffix("/deprecated")
    _, value = resolve(document, pointer, value_at(document, pointer))
    notice = deprecation.notice(value) if is_mapping(value) else None
    said = value.get(deprecation.KEY) if notice else None
    if not is_mapping(said) or " ".join(str(said.get("reason")).split()).rstrip(".") in change.message:
        return ""
    return deprecation.sentence(notice)
