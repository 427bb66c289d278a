"""What a single value may be: its type, its values, its format, what it is when it is left out."""

from __future__ import annotations

from typing import Final

from generator import pointer as pointers
from generator.comparison.changes import Verdict
from generator.comparison.ledger import Scope
from generator.comparison.places import Spot, code, listed, value
from generator.comparison.views import View, as_text, standing

OPEN_ENUM: Final = "x-extensible-enum"
_NULL: Final = "null"
_TYPES: Final = {
    "string": "a text",
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "object": "an object",
    "array": "a list",
    "null": "null",
}
_WIDER: Final = {("int32", "int64"), ("float", "double"), ("int32", "double"), ("int32", "float")}
"""Formats of numbers of which the second holds all that the first does."""

_WITH_TYPES: Final = frozenset({"date", "date-time", "time", "duration", "uuid", "byte", "binary"})
"""Formats for which generated clients have types of their own."""

_ENCODINGS: Final = {"contentEncoding": "how it is encoded", "contentMediaType": "what is encoded in it"}


def note_type(scope: Scope, old: View, new: View) -> bool:
    """Tell of another type; return whether the rest can be compared."""
    if old.is_never != new.is_never:
        label = scope.called(new.home(old.pointer))
        if new.is_never and not scope.is_request:
            scope.tell(
                "type-changed",
                Verdict.MAY_BREAK,
                f"{label.text} may not be there any more: consumers that read it find nothing",
                new=new.pointer,
                old=old.pointer,
                subject=label.subject,
            )
        elif new.is_never:
            scope.tightened(
                "type-changed", label, "may not be there any more", new=new.pointer, old=old.pointer
            )
        else:
            scope.loosened("type-changed", label, "may be there now", new=new.pointer, old=old.pointer)
        return False
    before, after = [view.types - {_NULL} if view.types is not None else None for view in (old, new)]
    if before == after or old.is_never:
        return True
    where, whence, label = standing(scope, new, old.first("type"), new.first("type"))
    fact = f"is {type_name(after)} now instead of {type_name(before)}"
    if before is None or (after is not None and after < before):
        scope.tightened(
            "type-changed", label, fact, new=where, old=whence, refused="requests with another type"
        )
    elif after is None or after > before:
        scope.loosened("type-changed", label, fact, new=where, old=whence, unexpected="another type")
    else:
        consequence = (
            "requests as before will be refused"
            if scope.is_request
            else "consumers cannot read it as they did before"
        )
        scope.tell(
            "type-changed",
            Verdict.BREAKING,
            f"{label.text} {fact}: {consequence}",
            new=where,
            old=whence,
            subject=label.subject,
        )
        return bool(before and after and before & after)
    return True


def type_name(types: frozenset[str] | None) -> str:
    """Return how a sentence calls values of these types."""
    if types is None:
        return "anything"
    shown = types - {"integer"} if "number" in types else types
    return " or ".join(_TYPES.get(name, code(name)) for name in sorted(shown)) or "nothing but null"


def note_null(scope: Scope, old: View, new: View) -> None:
    """Tell of null that is allowed now, or not any more."""
    _note_nullable(scope, old, new)
    if old.may_be_null == new.may_be_null:
        _note_nullable_aside(scope, old, new)
        return
    if (old.types is None) != (new.types is None) and not (old.unions or new.unions):
        return  # from or to anything, which is told already
    if old.has_null_type == new.has_null_type and (old.enum is None) != (new.enum is None):
        return  # of the values that are listed, or not any more, which is told
    was, now = old.first("type"), new.first("type")
    why = ""
    if (was and was.value) == (now and now.value):
        # It is told beside the type, as OpenAPI 3.0 does, or around it, or among the values.
        was, now = old.first("nullable"), new.first("nullable")
        if was and now and scope.old.reads_nullable and not scope.new.reads_nullable:
            why = ", for `nullable` means nothing from OpenAPI 3.1 on"
    where, whence, label = standing(scope, new, was, now)
    listed_was, listed_now = old.listed_null, new.listed_null
    if bool(listed_was) != bool(listed_now):
        where, _, label = standing(scope, new, old.listing, new.listing)
        where = listed_now.pointer if listed_now else where
        whence = listed_was.pointer if listed_was else ""
    if new.may_be_null:
        scope.loosened("null-added", label, "may be null now", new=where, old=whence, unexpected="null")
    else:
        scope.tightened(
            "null-removed",
            label,
            f"may not be null any more{why}",
            new=where,
            old=whence,
            refused="requests with null",
        )


def _note_nullable(scope: Scope, old: View, new: View) -> None:
    """Tell of `nullable` where it means nothing, and so changes nothing."""
    before, after = old.first("nullable"), new.first("nullable")
    if (
        scope.old.reads_nullable
        or scope.new.reads_nullable
        or old.is_set("nullable") == new.is_set("nullable")
    ):
        return
    where, whence, label = standing(scope, new, before, after)
    scope.documented(label, "`nullable`, which means nothing from OpenAPI 3.1 on,", new=where, old=whence)


def _note_nullable_aside(scope: Scope, old: View, new: View) -> None:
    """Tell of `nullable` where the values that are listed are without null: OpenAPI 3.0 is not read alike there."""
    was, now = [view.has_null_type and view.is_set("nullable") for view in (old, new)]
    if was == now or not (scope.old.reads_nullable and scope.new.reads_nullable) or new.enum is None:
        return
    where, whence, label = standing(scope, new, old.first("nullable"), new.first("nullable"))
    scope.tell(
        "null-added" if now else "null-removed",
        Verdict.MAY_BREAK if now is not scope.is_request else Verdict.COMPATIBLE,
        f"{label.text} is {'`nullable` now' if now else 'no longer `nullable`'}, while its values do not list null: "
        "some tools take null there, and others do not",
        new=where,
        old=whence,
        subject=label.subject,
    )


def note_enum(scope: Scope, old: View, new: View) -> None:
    """Tell of values that came or went, of a list that is closed and of one that is open."""
    before, after = old.enum, new.enum
    was_open, is_open = _open(old), _open(new)
    was, now = [view.listing or view.first(OPEN_ENUM) for view in (old, new)]
    where, whence, label = standing(scope, new, was, now)
    if before is not None and after is not None:
        _note_values(scope, old, new, before, after)
    elif after is not None:
        fact = f"takes only {_shown(new)} now" if scope.is_request else f"is one of {_shown(new)} now"
        scope.tightened(
            "enum-closed",
            label,
            fact,
            new=where,
            old=whence,
            refused="requests with another value",
        )
    elif before is not None:
        fact = "is no longer limited to the values that are listed"
        scope.loosened(
            "enum-opened",
            label,
            fact,
            new=where,
            old=whence,
            unexpected="values that nobody listed",
        )
    elif was_open is not None or is_open is not None:
        _note_open(scope, old, new, was_open or {}, is_open or {})


def _open(view: View) -> dict[str, Spot] | None:
    found = view.first(OPEN_ENUM)
    return {as_text(item.value): item for item in found.items()} if found else None


def _shown(view: View) -> str:
    """Return the values that a view lists; they are there."""
    values = [value(spot.value) for spot in (view.enum or {}).values()]
    return listed([*values, value(None)] if view.may_be_null else values) or "nothing"


def _note_values(scope: Scope, old: View, new: View, before: dict[str, Spot], after: dict[str, Spot]) -> None:
    where, _, holder = standing(scope, new, old.listing, new.listing)
    for key in (
        before.keys() - after.keys() if len(before) < 2 else [key for key in before if key not in after]
    ):
        shown = value(before[key].value)
        scope.tell(
            "enum-value-removed",
            Verdict.BREAKING if scope.is_request else Verdict.COMPATIBLE,
            f"{holder.text} no longer takes {shown}: requests with it will be refused"
            if scope.is_request
            else f"{holder.text} is no longer {shown}: answers do not have it any more",
            new=where,
            old=before[key].pointer,
            subject=_word(before[key]) or holder.subject,
            detail=key,
        )
    for key in [key for key in after if key not in before]:
        shown = value(after[key].value)
        scope.tell(
            "enum-value-added",
            Verdict.COMPATIBLE if scope.is_request else Verdict.BREAKING,
            f"{holder.text} may be {shown} too: requests that were right stay right"
            if scope.is_request
            else f"{holder.text} may be {shown} now: consumers that know only the values listed before cannot read it",
            new=after[key].pointer,
            subject=_word(after[key]) or holder.subject,
            detail=key,
        )


def _word(spot: Spot) -> str:
    return spot.value if isinstance(spot.value, str) else as_text(spot.value)


def _note_open(scope: Scope, old: View, new: View, before: dict[str, Spot], after: dict[str, Spot]) -> None:
    """Tell of values of a list that is open: others than those may come at any time, as consumers were told."""
    found, was = new.first(OPEN_ENUM), old.first(OPEN_ENUM)
    where, _, holder = standing(scope, new, was, found)
    for key in [key for key in before if key not in after]:
        scope.tell(
            "open-enum-value-removed",
            Verdict.MAY_BREAK if scope.is_request else Verdict.COMPATIBLE,
            f"{holder.text} is not known to be {value(before[key].value)} any more: "
            + ("requests with it may be refused" if scope.is_request else "answers may not have it any more"),
            new=where,
            old=before[key].pointer if was else "",
            subject=_word(before[key]),
            detail=key,
        )
    for key in [key for key in after if key not in before]:
        scope.tell(
            "open-enum-value-added",
            Verdict.COMPATIBLE,
            f"{holder.text} may be {value(after[key].value)}, a value that was not listed before: "
            "the list is open, so consumers have a way out for it",
            new=after[key].pointer,
            subject=_word(after[key]),
            detail=key,
        )


def note_default(scope: Scope, old: View, new: View) -> None:
    """Tell of another default: whoever leaves a value out relies on it."""
    before, after = old.first("default"), new.first("default")
    if before and after and as_text(before.value) == as_text(after.value):
        return
    where, _, label = standing(scope, new, before, after)
    left_out = "requests without it mean" if scope.is_request else "answers without it mean"
    if before and after:
        scope.tell(
            "default-changed",
            Verdict.BREAKING,
            f"{label.text} is {value(after.value)} by default now instead of {value(before.value)}: "
            f"{left_out} something else than before",
            new=after.pointer,
            old=before.pointer,
            subject=label.subject,
        )
    elif after:
        scope.tell(
            "default-added",
            Verdict.COMPATIBLE,
            f"{label.text} has a default now, {value(after.value)}: {left_out} that",
            new=after.pointer,
            subject=label.subject,
        )
    elif before:
        scope.tell(
            "default-removed",
            Verdict.MAY_BREAK,
            f"{label.text} has no default any more, which was {value(before.value)}: "
            f"{left_out} something that is not said",
            new=where,
            old=before.pointer,
            subject=label.subject,
        )


def note_texts(scope: Scope, old: View, new: View) -> None:
    """Tell of another format, pattern or encoding."""
    _note_format(scope, old, new)
    _note_pattern(scope, old, new)
    for name, what in _ENCODINGS.items():
        before, after = old.first(name), new.first(name)
        if (before and before.value) == (after and after.value):
            continue
        where, whence, label = standing(scope, new, before, after)
        was = value(before.value) if before else "nothing"
        scope.tell(
            "encoding-changed",
            Verdict.BREAKING,
            f"{label.text} says {value(after.value) if after else 'nothing'} about {what} instead of {was}: "
            + (
                "requests as before will be refused"
                if scope.is_request
                else "consumers cannot read it as before"
            ),
            new=where,
            old=whence,
            subject=label.subject,
            detail=name,
        )


def _note_format(scope: Scope, old: View, new: View) -> None:
    before, after = old.first("format"), new.first("format")
    was, now = [str(spot.value) if spot else "" for spot in (before, after)]
    if was == now:
        return
    where, whence, label = standing(scope, new, before, after)
    if before and after and (was, now) in _WIDER:
        scope.loosened(
            "format-changed",
            label,
            f"has the format {value(now)} now instead of {value(was)}",
            new=where,
            old=whence,
            unexpected="larger numbers",
        )
    elif before and after and (now, was) in _WIDER:
        scope.tightened(
            "format-changed",
            label,
            f"has the format {value(now)} now instead of {value(was)}",
            new=where,
            old=whence,
        )
    elif before and after:
        scope.tell(
            "format-changed",
            Verdict.BREAKING,
            f"{label.text} has the format {value(now)} now instead of {value(was)}: "
            + (
                "requests as before will be refused"
                if scope.is_request
                else "consumers cannot read it as before"
            ),
            new=where,
            old=whence,
            subject=label.subject,
        )
    elif (was if scope.is_request else now) in _WITH_TYPES:
        # The values fit, but the code does not.
        fact = (
            f"has the format {value(now)} now" if after else f"has no format any more, which was {value(was)}"
        )
        scope.tell(
            "format-added" if after else "format-removed",
            Verdict.MAY_BREAK,
            f"{label.text} {fact}: what is sent fits as before, but generated clients have another type for it",
            new=where,
            old=whence,
            subject=label.subject,
        )
    elif after:
        scope.tightened(
            "format-added",
            label,
            f"has the format {value(now)} now",
            new=where,
            refused="requests with other values",
        )
    else:
        scope.loosened(
            "format-removed",
            label,
            f"has no format any more, which was {value(was)}",
            new=where,
            old=whence,
            unexpected="other values",
        )


def _note_pattern(scope: Scope, old: View, new: View) -> None:
    before, after = old.texts("pattern"), new.texts("pattern")
    gone = [spot for key, spot in before.items() if key not in after]
    come = [spot for key, spot in after.items() if key not in before]
    _, _, label = standing(scope, new, next(iter(before.values()), None), next(iter(after.values()), None))
    for was, now in zip(gone, come, strict=False):
        scope.tell(
            "pattern-changed",
            Verdict.MAY_BREAK,
            f"{label.text} has to match {value(now.value)} now instead of {value(was.value)}: "
            + (
                "requests that match the old pattern only will be refused"
                if scope.is_request
                else "answers may match the new pattern only"
            ),
            new=now.pointer,
            old=was.pointer,
            subject=label.subject,
        )
    for now in come[len(gone) :]:
        scope.tightened(
            "pattern-added",
            label,
            f"has to match {value(now.value)} now",
            new=now.pointer,
            refused="requests that do not",
        )
    for was in gone[len(come) :]:
        scope.loosened(
            "pattern-removed",
            label,
            f"need not match {value(was.value)} any more",
            new=new.home(pointers.parent(was.pointer)),
            old=was.pointer,
            unexpected="texts that do not",
        )
