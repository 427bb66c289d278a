"""Limits of numbers, texts, lists and objects, tightened or loosened."""

from __future__ import annotations

from typing import Final

from generator.comparison.ledger import Scope
from generator.comparison.places import value
from generator.comparison.views import Bound, View, standing

_UPPER: Final = (
    ("maximum", "exclusiveMaximum", "is", ""),
    ("maxLength", "", "has", " characters"),
    ("maxItems", "", "has", " items"),
    ("maxProperties", "", "has", " members"),
)
_LOWER: Final = (
    ("minimum", "exclusiveMinimum", "is", ""),
    ("minLength", "", "has", " characters"),
    ("minItems", "", "has", " items"),
    ("minProperties", "", "has", " members"),
)


def note_limits(scope: Scope, old: View, new: View) -> None:
    """Tell of limits that changed."""
    for name, exclusive, verb, unit in _UPPER:
        before, after = old.upper(name, exclusive), new.upper(name, exclusive)
        _note(scope, new, name, before, after, (verb, unit, "at most", "less than"), is_upper=True)
    for name, exclusive, verb, unit in _LOWER:
        before, after = old.lower(name, exclusive), new.lower(name, exclusive)
        _note(scope, new, name, before, after, (verb, unit, "at least", "more than"), is_upper=False)
    _note_multiples(scope, old, new)
    _note_unique(scope, old, new)


def _note(
    scope: Scope,
    new: View,
    name: str,
    before: Bound | None,
    after: Bound | None,
    words: tuple[str, str, str, str],
    *,
    is_upper: bool,
) -> None:
    if (before and before.rank) == (after and after.rank):
        return
    verb, unit, inclusive, exclusive = words

    def told(bound: Bound) -> str:
        return f"{exclusive if bound.is_exclusive else inclusive} {value(bound.rank[0])}{unit}"

    if after is None:
        assert before is not None
        has_none = "may be as large as it likes" if is_upper else "may be as small as it likes"
        fact = f"{has_none if not unit else f'has no limit of{unit} any more'}, which was {told(before)}"
    elif before is None:
        fact = f"{verb} {told(after)} now"
    else:
        fact = f"{verb} {told(after)} now instead of {told(before)}"
    is_tighter = before is None or (
        after is not None and (after.rank < before.rank if is_upper else after.rank > before.rank)
    )
    where, whence, label = standing(scope, new, before, after)
    if is_tighter:
        scope.tightened("limit-tightened", label, fact, new=where, old=whence, detail=name)
    else:
        scope.loosened("limit-loosened", label, fact, new=where, old=whence, detail=name)


def _note_multiples(scope: Scope, old: View, new: View) -> None:
    before, after = old.first("multipleOf"), new.first("multipleOf")
    was, now = [spot.value if spot else None for spot in (before, after)]
    if was == now:
        return
    where, whence, label = standing(scope, new, before, after)
    instead = f" instead of {value(was)}" if before else ""
    fact = (
        f"is a multiple of {value(now)} now{instead}"
        if after
        else f"need not be a multiple of {value(was)} any more"
    )
    if was is None or _divides(was, now):
        scope.tightened("limit-tightened", label, fact, new=where, old=whence, detail="multipleOf")
    elif now is None or _divides(now, was):
        scope.loosened("limit-loosened", label, fact, new=where, old=whence, detail="multipleOf")
    elif scope.is_request:
        scope.tightened("limit-tightened", label, fact, new=where, old=whence, detail="multipleOf")
    else:
        scope.loosened("limit-loosened", label, fact, new=where, old=whence, detail="multipleOf")


def _divides(part: object, whole: object) -> bool:
    """Return whether all multiples of the one number are multiples of the other."""
    if isinstance(part, bool) or isinstance(whole, bool):
        return False
    if not (isinstance(part, int | float) and isinstance(whole, int | float) and part and whole):
        return False
    ratio = float(whole) / float(part)
    return abs(ratio - round(ratio)) < 1e-9


def _note_unique(scope: Scope, old: View, new: View) -> None:
    before, after = old.is_set("uniqueItems"), new.is_set("uniqueItems")
    if before == after:
        return
    where, whence, label = standing(scope, new, old.first("uniqueItems"), new.first("uniqueItems"))
    if after:
        scope.tightened(
            "limit-tightened",
            label,
            "has each item once only now",
            new=where,
            old=whence,
            detail="uniqueItems",
            refused="requests with an item twice",
        )
    else:
        scope.loosened(
            "limit-loosened",
            label,
            "may have an item twice now",
            new=where,
            old=whence,
            detail="uniqueItems",
            unexpected="an item twice",
        )
