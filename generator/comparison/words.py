"""What is only said about things: titles, descriptions, examples; and that they will go."""

from __future__ import annotations

from typing import Any, Final

from generator import deprecation
from generator.comparison.changes import Verdict
from generator.comparison.ledger import Scope
from generator.comparison.places import Label, Spot, code
from generator.comparison.views import are_same, as_text
from generator.findings import printable
from generator.plain import is_list, is_mapping

WORDS: Final = {
    "title": "the title",
    "description": "the description",
    "examples": "the examples",
    "example": "the example",
    "externalDocs": "the link to more documentation",
    "$comment": "the comment",
    "summary": "the summary",
}
"""Members that are for people to read, and what they are called."""

_LONGEST_REASON: Final = 300
"""Characters that are shown of why something is deprecated."""


def note_words(scope: Scope, old: Spot, new: Spot, label: Label) -> None:
    """Tell of other words about an object."""
    for name, what in WORDS.items():
        before, after = old.member(name), new.member(name)
        if not are_same(before.value, after.value) or old.has(name) != new.has(name):
            scope.documented(label, what, new=after.pointer, old=before.pointer if old.has(name) else "")


def note_others(scope: Scope, old: Spot, new: Spot, label: Label, known: frozenset[str]) -> None:
    """Tell of members that no other rule looks at: extensions, and what OpenAPI does not know."""
    for name in dict.fromkeys([*old.members(), *new.members()]):
        before, after = old.member(name), new.member(name)
        is_same = are_same(before.value, after.value) and old.has(name) == new.has(name)
        if name in known or name in WORDS or is_same:
            continue
        if name == deprecation.KEY and _is_deprecated(old) != _is_deprecated(new):
            continue  # It is told with what is deprecated.
        scope.documented(label, code(name), new=after.pointer, old=before.pointer if old.has(name) else "")


def _is_deprecated(spot: Spot) -> bool:
    return spot.member("deprecated").value is True


def note_deprecated(
    scope: Scope, old: Spot | None, new: Spot | None, about: Spot | None, label: Label, pointer: str
) -> None:
    """Tell of what is deprecated now, or not any more.

    Args:
        scope: What is compared.
        old: Whether it was deprecated; None if that is not said.
        new: Whether it is now.
        about: What is said of that now, in `x-deprecated`: why, and what to use instead.
        label: What it is.
        pointer: Where it stands in the new document.
    """
    called, subject = label.text, label.subject
    was, is_now = bool(old and old.value is True), bool(new and new.value is True)
    where = new.pointer if new and new.value is not None else pointer
    before = old.pointer if old and old.value is not None else ""
    if is_now and not was:
        scope.tell(
            "deprecated",
            Verdict.COMPATIBLE,
            f"{called} is deprecated now{_why(about)}: it works as before, but may go with the next major version",
            new=where,
            old=before,
            subject=subject,
        )
    elif was and not is_now:
        scope.tell(
            "no-longer-deprecated",
            Verdict.COMPATIBLE,
            f"{called} is not deprecated any more: it stays",
            new=where,
            old=before,
            subject=subject,
        )


def _why(about: Spot | None) -> str:
    notice = deprecation.notice({"deprecated": True, deprecation.KEY: about.value}) if about else ""
    if not notice:
        return ""
    shown = printable(notice)
    if len(shown) > _LONGEST_REASON:
        shown = f"{shown[:_LONGEST_REASON]}…"
    return f" ({shown if shown.count('`') % 2 == 0 else shown.replace('`', chr(39))})"


def same_but_for_words(one: object, other: object) -> bool:
    """Return whether two parts of documents, as they are written, differ in their documentation at most."""
    return as_text(without_words(one)) == as_text(without_words(other))


def without_words(value: Any) -> Any:
    """Return a part of a document without its documentation."""
    if is_mapping(value):
        return {name: without_words(member) for name, member in value.items() if name not in WORDS}
    return [without_words(item) for item in value] if is_list(value) else value
