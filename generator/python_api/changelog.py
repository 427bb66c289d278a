"""The changelog of a client: that of its description, and beside it what a version changes for those who import it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final, TypeAlias

from generator.python_api.differences import Change, Group

_HEADING: Final = re.compile(r"##[ \t]+\[?v?(?P<version>[0-9][^\]\s:]*)")
_MOST_NAMED: Final = 4
"""How many names one line has; a method stands in both clients, and a function in four forms."""

_NAMED_TOGETHER: Final = frozenset({"class", "exception", "module", "command", "error code", "key", "name"})
"""What one line can name several of, for nothing else is to be said of them."""

_PLURALS: Final = {"class": "classes", "type alias": "type aliases", "property": "properties"}

Sections: TypeAlias = Mapping[str, tuple[str, Iterable[Change]]]
"""For a version the heading under which its changes stand, and the changes."""


def changelog(text: str | None, sections: Sections, accepted: Mapping[str, str]) -> str:
    """Return the changelog of a client.

    Args:
        text: That of the description, if it has one.
        sections: What each version changes, the newest first.
        accepted: Reasons of breaks that a maintainer accepts, by what breaks.
    """
    # Each part but the first begins with the heading of a version.
    head, *parts = re.split(r"^(?=## )", text or "# Changes\n", flags=re.MULTILINE)
    versions = {match["version"]: part for part in parts if (match := _HEADING.match(part))}
    missing = [f"## {version}\n" for version in sections if version not in versions]
    found = [head.rstrip("\n") + "\n"]
    for part in (*missing, *parts):
        match = _HEADING.match(part)
        title, changes = sections.get(match["version"] if match else "", ("", ()))
        found.append(part.rstrip("\n") + "\n")
        if title:
            found.append("\n".join((f"### {title}", "", *_lines(changes, accepted))) + "\n")
    return "\n".join(found)


def describe(change: Change) -> str:
    """Return what a change is, in a phrase: ``field `models.Point.x`: `int` → `float` ``."""
    return f"{change.kind} `{change.name}`{_what(change)}"


def _lines(changes: Iterable[Change], accepted: Mapping[str, str]) -> Iterator[str]:
    for group in Group:
        those = [change for change in changes if change.group is group]
        for _, same in groupby(sorted(those, key=_sort_key), key=_alike):
            yield _line(list(same), accepted)


def _line(same: list[Change], accepted: Mapping[str, str]) -> str:
    first = same[0]
    names = [_shown(change) for change in same]
    shown = names if _is_listed(first) else names[:_MOST_NAMED]
    more = f" and {len(names) - len(shown)} more" if len(shown) < len(names) else ""
    listed = ", ".join(f"`{name}`" for name in shown) + more
    kind = first.kind if len(same) == 1 else _PLURALS.get(first.kind, f"{first.kind}s")
    breaks = " **Breaking.**" if first.breaking and first.group is not Group.REMOVED else ""
    reasons = dict.fromkeys(accepted[change.name] for change in same if change.name in accepted)
    why = f" {' '.join(_sentence(reason) for reason in reasons)}" if reasons else ""
    return f"- {first.group.capitalize()}: {kind} {listed}{_sentence(_what(first))}{breaks}{why}"


def _is_listed(change: Change) -> bool:
    return change.kind in _NAMED_TOGETHER


def _what(change: Change) -> str:
    if not change.text:
        return ""
    if change.group is Group.ADDED and change.text.startswith("which"):
        return f", {change.text}"
    is_phrase = change.group is Group.CHANGED and not change.text.startswith(("`", "default"))
    is_phrase |= change.group is Group.DEPRECATED and change.text.startswith("since ")
    return f" {change.text}" if is_phrase else f": {change.text}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _shown(change: Change) -> str:
    if change.kind == "error code":
        return change.name.partition("['")[2].removesuffix("']")
    return change.name.removeprefix("$ ")


def _alike(change: Change) -> tuple[str, ...]:
    tail = "" if _is_listed(change) else re.split(r"(?=\()|(?= --)|\.", _shown(change))[-1]
    return (change.kind, tail, change.text, str(change.breaking))


def _sort_key(change: Change) -> tuple[int, tuple[str, ...], str]:
    order = _ORDER.index(change.kind) if change.kind in _ORDER else len(_ORDER)
    # What is awaited comes after what it is the other form of.
    name = re.sub(r"^Async(\w+)", r"\1~", change.name)
    return order, _alike(change), name


_ORDER: Final = (
    *("method", "argument", "class", "field", "value", "type alias", "exception", "error code"),
    *("function", "module", "attribute", "property", "command", "option"),
)
"""Kinds in the order in which a reader looks for them."""
