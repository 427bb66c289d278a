"""The extensions of schemas that this repository documents, and those that nobody here knows."""

from __future__ import annotations

from typing import Any, Final

from generator import deprecation
from generator.comparison import catalogue
from generator.comparison.changes import Step, Verdict
from generator.comparison.ledger import Scope
from generator.comparison.places import Label, Spot, code, listed, value
from generator.comparison.views import View, are_same, as_text, standing
from generator.findings import printable
from generator.plain import is_list

_LIMITS: Final = {
    "min_side": (False, "at least {} pixels on the shorter side"),
    "max_side": (True, "at most {} pixels on the longer side"),
    "max_base64_length": (True, "at most {} characters of Base64 text"),
}
_JUDGED: Final = frozenset(
    {
        "x-extensible-enum",
        "x-image-limits",
        "x-error-codes",
        "x-error-kinds",
        "x-error-fields",
        "x-text-blocks",
        deprecation.VALUES,
    }
)
_NOTHING: Final = Spot("", None)
_LONGEST: Final = 200


def note_schema(scope: Scope, old: View, new: View) -> None:
    """Tell of extensions of a schema that changed."""
    _note_images(scope, old, new)
    _note_deprecated_values(scope, old, new)
    for name, note in (("x-error-codes", catalogue.note_codes), ("x-error-kinds", catalogue.note_kinds)):
        before, after = old.first(name), new.first(name)
        if before or after:
            where, _, _ = standing(scope, new, before, after)
            note(scope, before or _NOTHING, after or Spot(where, None))
    _note_mapped(scope, old, new, "x-error-fields", "the {} of an error", Verdict.BREAKING)
    _note_mapped(scope, old, new, "x-text-blocks", "the {} of text blocks", Verdict.MAY_BREAK)
    names = dict.fromkeys(name for view in (old, new) for layer in view.layers for name in layer.schema)
    for name in names:
        if not name.startswith("x-") or name in _JUDGED:
            continue
        if name == deprecation.KEY and old.is_set("deprecated") != new.is_set("deprecated"):
            continue  # It is told with what is deprecated.
        before, after = old.first(name), new.first(name)
        if not are_same(before and before.value, after and after.value):
            where, whence, label = standing(scope, new, before, after)
            scope.documented(label, code(name), new=where, old=whence)


def _note_deprecated_values(scope: Scope, old: View, new: View) -> None:
    """Tell of values that are deprecated now, or not any more; of values that are gone it is told that they are."""
    found = was, now = old.first(deprecation.VALUES), new.first(deprecation.VALUES)
    holder, _, label = standing(scope, new, was, now)
    before, after = [spot.members() if spot else {} for spot in found]
    notices = deprecation.value_notices({deprecation.VALUES: now.value}) if now else {}
    listed_now = [
        item for key in ("enum", "x-extensible-enum") for spot in new.every(key) for item in spot.items()
    ]
    left = {str(spot.value) for spot in listed_now}
    for name, spot in after.items():
        if name not in before:
            scope.tell(
                "deprecated",
                Verdict.COMPATIBLE,
                f"{code(name)} of {label.text} is deprecated now{_why(notices[name])}: "
                "it works as before, but may go with the next major version",
                new=spot.pointer,
                subject=name,
                detail=name,
            )
        elif not are_same(before[name].value, spot.value):
            what = f"what is said of the deprecated value {code(name)}"
            scope.documented(label, what, new=spot.pointer, old=before[name].pointer)
    for name in [name for name in before if name not in after and name in left]:
        scope.tell(
            "no-longer-deprecated",
            Verdict.COMPATIBLE,
            f"{code(name)} of {label.text} is not deprecated any more: it stays",
            new=holder,
            old=before[name].pointer,
            subject=name,
            detail=name,
        )


def _why(notice: str) -> str:
    """Return what is said of something deprecated, in parentheses and never long."""
    if not notice:
        return ""
    shown = printable(notice)
    shown = f"{shown[:_LONGEST]}…" if len(shown) > _LONGEST else shown
    shown = shown.replace("`", "'") if shown.count("`") % 2 else shown
    return f" ({shown})"


def _note_images(scope: Scope, old: View, new: View) -> None:
    where, _, label = standing(scope, new, old.first("x-image-limits"), new.first("x-image-limits"))
    before, after = [view.first("x-image-limits") or _NOTHING for view in (old, new)]
    formats, were = [
        {as_text(item.value): item for item in spot.member("formats").items()} for spot in (after, before)
    ]
    has_none = not after.has("formats")
    gone = [value(spot.value) for key, spot in were.items() if key not in formats]
    come = [value(spot.value) for key, spot in formats.items() if key not in were]
    place = after.member("formats").pointer if after.has("formats") else where
    whence = before.member("formats").pointer if before.has("formats") else ""
    if gone and has_none:
        scope.loosened(
            "image-limit-loosened",
            label,
            "says no formats of pictures any more",
            new=place,
            old=whence,
            detail="formats",
        )
    elif come and not were:
        scope.tightened(
            "image-limit-tightened",
            label,
            f"takes pictures in {listed(come)} only",
            new=place,
            detail="formats",
            refused="pictures in other formats",
        )
    else:
        if gone:
            scope.tightened(
                "image-limit-tightened",
                label,
                f"no longer takes pictures in {listed(gone)}",
                new=place,
                old=whence,
                detail="formats",
                refused="these",
            )
        if come:
            scope.loosened(
                "image-limit-loosened",
                label,
                f"takes pictures in {listed(come)} too",
                new=place,
                old=whence,
                detail="formats",
            )
    for name, (is_upper, what) in _LIMITS.items():
        was, now = before.member(name), after.member(name)
        if was.value == now.value:
            continue
        numbers = [spot.value for spot in (was, now)]
        fresh, former = [what.format(value(spot.value)) for spot in (now, was)]
        if not after.has(name):
            told = f"says nothing any more of pictures with {former}"
        elif not before.has(name):
            told = f"takes pictures with {fresh} now"
        else:
            told = f"takes pictures with {fresh} now instead of {value(was.value)}"
        is_tighter = not before.has(name) or (
            after.has(name)
            and all(isinstance(number, int | float) for number in numbers)
            and (now.value < was.value) is is_upper
        )
        place, whence = now.pointer if after.has(name) else where, was.pointer if before.has(name) else ""
        if is_tighter:
            scope.tightened(
                "image-limit-tightened",
                label,
                told,
                new=place,
                old=whence,
                detail=name,
                refused="pictures beyond that",
            )
        else:
            scope.loosened("image-limit-loosened", label, told, new=place, old=whence, detail=name)


def _note_mapped(scope: Scope, old: View, new: View, key: str, called: str, verdict: Verdict) -> None:
    """Tell of an extension that says where tools find something in an answer."""
    holder, _, label = standing(scope, new, old.first(key), new.first(key))
    before, after = [view.first(key) or _NOTHING for view in (old, new)]
    olds, news = before.members(), after.members()
    for name in dict.fromkeys([*olds, *news]):
        was, now = olds.get(name), news.get(name)
        if was and now and was.value == now.value:
            continue
        what = called.format(name.replace("_", " "))
        where = now.pointer if now else holder
        if was is None and now is not None:
            scope.tell(
                f"{key[2:]}-changed",
                Verdict.COMPATIBLE,
                f"tools can find {what} in {label.text} now, at {value(now.value)}",
                new=where,
                subject=str(now.value),
                detail=name,
            )
        elif was is not None:
            found = f"at {value(now.value)} now instead of" if now else "no longer told; it was at"
            scope.tell(
                f"{key[2:]}-changed",
                verdict,
                f"{what} in {label.text} is {found} {value(was.value)}: tools go by {code(key)}",
                new=where,
                old=was.pointer,
                subject=str(was.value),
                detail=name,
                step=None if verdict is Verdict.BREAKING else Step.MINOR,
            )


def note_scalar(
    scope: Scope, old: Spot, new: Spot, name: str, label: Label, verdict: Verdict, consequence: str
) -> None:
    """Tell of an extension whose value has to be the same for clients to work."""
    before, after = old.member(name), new.member(name)
    if before.value == after.value:
        return
    added = not old.has(name)
    scope.tell(
        f"{name[2:]}-changed",
        verdict,
        f"{label.text} says {_any(after.value) if new.has(name) else 'nothing'} in {code(name)}"
        + ("" if added else f" instead of {_any(before.value)}")
        + f": {consequence}",
        new=after.pointer,
        old=before.pointer if old.has(name) else "",
        subject=label.subject,
        detail=name,
    )


def _any(found: Any) -> str:
    return listed([value(item) for item in found]) if is_list(found) else value(found)
