"""Bodies, by media type; headers."""

from __future__ import annotations

from typing import Final

import attrs

from generator import deprecation
from generator.comparison.changes import Step, Verdict
from generator.comparison.ledger import Scope
from generator.comparison.places import Label, Spot, code, value
from generator.comparison.renames import renamed
from generator.comparison.schemas import Schemas
from generator.comparison.views import as_text
from generator.comparison.words import note_deprecated, note_others, note_words

_MEDIA_TYPE: Final = frozenset({"schema", "encoding"})
_HEADER: Final = frozenset({"schema", "content", "required", "deprecated", "style", "explode", "$ref"})


def note_contents(schemas: Schemas, scope: Scope, old: Spot, new: Spot, label: Label) -> None:
    """Tell of media types that came or went, and compare those that stayed.

    Args:
        schemas: Where to have schemas compared.
        scope: On which way, and for whom.
        old: The map of media types before.
        new: The same after.
        label: What has the content.
    """
    before, after = [
        {_essence(name): (name, member) for name, member in spot.members().items()} for spot in (old, new)
    ]
    gone = {key: found for key, found in before.items() if key not in after}
    come = {key: found for key, found in after.items() if key not in before}
    called = _renamed(gone, come)
    for key, (name, spot) in before.items():
        other = after.get(key) or after.get(called.get(key, ""))
        if key in called and other:
            scope.tell(
                "media-type-renamed",
                Verdict.BREAKING,
                f"{label.text} is {code(other[0])} now instead of {code(name)}: "
                + (
                    "requests as before will be refused"
                    if scope.is_request
                    else "consumers that read the old one fail"
                ),
                new=other[1].pointer,
                old=spot.pointer,
                subject=name,
            )
        if other:
            is_xml = other[0].partition(";")[0].strip().lower().endswith(("/xml", "+xml"))
            _note_media_type(schemas, attrs.evolve(scope, is_xml=is_xml), spot, other[1], label)
        else:
            scope.tell(
                "media-type-removed",
                Verdict.BREAKING,
                f"{label.text} is no longer {code(name)}: "
                + ("requests with it will be refused" if scope.is_request else "consumers that read it fail"),
                new=new.pointer,
                old=spot.pointer,
                subject=name,
            )
    for key, (name, spot) in come.items():
        if key in called.values():
            continue
        if scope.is_request:
            verdict, message = (
                Verdict.COMPATIBLE,
                f"{label.text} may be {code(name)} too: requests as before stay right",
            )
        elif not before:
            verdict, message = (
                Verdict.COMPATIBLE,
                f"{label.text} has content now, {code(name)}: it had none before",
            )
        else:
            verdict = Verdict.MAY_BREAK
            message = f"{label.text} may be {code(name)} too: those who do not say in `Accept` what they read get it"
        scope.tell(
            "media-type-added", verdict, message, new=spot.pointer, subject=name, detail=key, step=Step.MINOR
        )


def _renamed(gone: dict[str, tuple[str, Spot]], come: dict[str, tuple[str, Spot]]) -> dict[str, str]:
    """Return which media type took the place of which: the only one that of the only one, with the same content."""
    if len(gone) != 1 or len(come) != 1:
        return renamed(
            {key: found[1].value for key, found in gone.items()},
            {key: found[1].value for key, found in come.items()},
        )
    (was, before), (now, after) = next(iter(gone.items())), next(iter(come.items()))
    same = as_text(before[1].member("schema").value) == as_text(after[1].member("schema").value)
    return {was: now} if same else {}


def _essence(name: str) -> str:
    return name.lower().replace(" ", "")


def _note_media_type(schemas: Schemas, scope: Scope, old: Spot, new: Spot, label: Label) -> None:
    note_words(scope, old, new, label)
    note_schema(schemas, scope, old, new, label)
    note_others(scope, old, new, label, _MEDIA_TYPE)
    before, after = old.member("encoding").members(), new.member("encoding").members()
    for name in dict.fromkeys([*before, *after]):
        one, other = before.get(name), after.get(name)
        if one and other and as_text(one.value) == as_text(other.value):
            continue
        scope.tell(
            "part-encoding-changed",
            Verdict.MAY_BREAK,
            f"{code(name)} in {label.text} is encoded otherwise: see whether what you send and read is encoded so",
            new=other.pointer if other else new.pointer,
            old=one.pointer if one else "",
            subject=name,
            detail=name,
        )


def note_schema(schemas: Schemas, scope: Scope, old: Spot, new: Spot, label: Label) -> None:
    """Have the schemas of two objects compared; where one has none, anything may stand there."""
    before, after = old.member("schema"), new.member("schema")
    if old.has("schema") and new.has("schema"):
        schemas.add(scope, (before,), (after,))
    elif new.has("schema"):
        scope.tightened("schema-added", label, "has a schema now", new=after.pointer)
    elif old.has("schema"):
        scope.loosened("schema-removed", label, "has no schema any more", new=new.pointer, old=before.pointer)


def note_headers(schemas: Schemas, scope: Scope, old: Spot, new: Spot, label: Label) -> None:
    """Tell of headers of an answer that came or went, and compare those that stayed."""
    before, after = [
        {name.lower(): (name, member) for name, member in spot.members().items()} for spot in (old, new)
    ]
    gone = {key: scope.old.follow(found[1]).value for key, found in before.items() if key not in after}
    come = {key: scope.new.follow(found[1]).value for key, found in after.items() if key not in before}
    called = renamed(gone, come)
    for key, (name, listed) in before.items():
        was = scope.old.follow(listed)
        if key in after or key in called:
            other_name, other = after[called.get(key, key)]
            now = scope.new.follow(other)
            if key in called:
                scope.tell(
                    "header-renamed",
                    Verdict.BREAKING,
                    f"the header {code(name)} of {label.text} is {code(other_name)} now: "
                    "consumers that read the old one find nothing",
                    new=other.pointer,
                    old=listed.pointer,
                    subject=name,
                )
            _note_header(schemas, scope, was, now, name)
            continue
        is_sure = was.member("required").value is True
        scope.tell(
            "header-removed",
            Verdict.BREAKING if is_sure else Verdict.MAY_BREAK,
            f"the header {code(name)} of {label.text} is gone: "
            + (
                "consumers rely on it, for it was always there"
                if is_sure
                else "consumers that read it find nothing"
            ),
            new=new.pointer,
            old=listed.pointer,
            subject=name,
        )
    for key, (name, listed) in after.items():
        if key not in before and key not in called.values():
            scope.tell(
                "header-added",
                Verdict.COMPATIBLE,
                f"the header {code(name)} of {label.text} is new: consumers ignore what they do not know",
                new=listed.pointer,
                subject=name,
            )


def _note_header(schemas: Schemas, scope: Scope, old: Spot, new: Spot, name: str) -> None:
    label = Label(f"the header {code(name)}", name)
    note_words(scope, old, new, label)
    note_schema(schemas, scope, old, new, label)
    note_contents(schemas, scope, old.member("content"), new.member("content"), label)
    note_deprecated(
        scope, old.member("deprecated"), new.member("deprecated"), new.member(deprecation.KEY), label, new.pointer
    )  # fmt: skip
    note_others(scope, old, new, label, _HEADER)
    note_explode(scope, old, new, label)
    was, now = [spot.member("required").value is True for spot in (old, new)]
    if was and not now:
        scope.tell(
            "header-optional",
            Verdict.BREAKING,
            f"{label.text} may be missing now: consumers that rely on it fail",
            new=new.pointer,
            old=old.member("required").pointer,
            subject=name,
        )
    elif now and not was:
        scope.tell(
            "header-required",
            Verdict.COMPATIBLE,
            f"{label.text} is in every answer now",
            new=new.member("required").pointer,
            subject=name,
        )


def note_explode(scope: Scope, old: Spot, new: Spot, label: Label, place: str = "header") -> None:
    """Tell of another way to write a list or an object as text."""
    style = "form" if place in ("query", "cookie") else "simple"
    for name in ("style", "explode"):
        was, now = old.member(name), new.member(name)
        before, after = [
            spot.value
            if spot.value is not None
            else style
            if name == "style"
            else (holder.member("style").value or style) == "form"
            for spot, holder in ((was, old), (now, new))
        ]
        if before != after:
            scope.tell(
                "style-changed",
                Verdict.BREAKING,
                f"{label.text} is written otherwise: {code(name)} is {value(after)} now instead of {value(before)}, "
                "so that neither side reads lists and objects as before",
                new=now.pointer,
                old=was.pointer,
                subject=label.subject,
                detail=name,
            )
