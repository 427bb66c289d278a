"""Members of objects that come, go, are called otherwise, or have to be there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator import pointer as pointers
from generator.comparison.changes import Verdict
from generator.comparison.ledger import Scope
from generator.comparison.places import Label, Side, Spot, code
from generator.comparison.renames import renamed
from generator.comparison.views import View, standing

if TYPE_CHECKING:
    from generator.comparison.schemas import Schemas

_HIDDEN: Final = {True: "readOnly", False: "writeOnly"}


class _Members:
    """The members of an object that are there on the way that is looked at."""

    def __init__(self, side: Side, view: View, *, is_request: bool) -> None:
        hides = _HIDDEN[is_request]
        self.hidden = {
            name: sources for name, sources in view.properties.items() if View(side, sources).is_set(hides)
        }
        self.described = {
            name: sources for name, sources in view.properties.items() if name not in self.hidden
        }
        self.required = {name: pointer for name, pointer in view.required.items() if name not in self.hidden}
        self.names = list(dict.fromkeys([*self.described, *self.required]))


def note_members(schemas: Schemas, scope: Scope, old: View, new: View) -> None:
    """Tell of all that is different about the members of an object."""
    before = _Members(scope.old, old, is_request=scope.is_request)
    after = _Members(scope.new, new, is_request=scope.is_request)
    gone = [name for name in before.described if name not in after.names]
    come = [name for name in after.described if name not in before.names]
    called = renamed(
        {name: _written(scope.old, before.described[name]) for name in gone},
        {name: _written(scope.new, after.described[name]) for name in come},
    )
    for name in gone:
        if name in called:
            _note_renamed(scope, before, after, name, called[name])
            schemas.add(scope, before.described[name], after.described[called[name]])
        else:
            _note_removed(scope, new, before, after, name)
    for name in come:
        if name not in called.values():
            _note_added(scope, old, after, name)
    for name, sources in before.described.items():
        if name in after.described:
            schemas.add(scope, sources, after.described[name])
    _note_only_required(schemas, scope, (old, before), (new, after))
    _note_required(scope, new, before, after)
    _note_openness(schemas, scope, old, new)
    _note_patterns(schemas, scope, old, new)


def _written(side: Side, sources: tuple[Spot, ...]) -> object:
    return [side.follow(source).value for source in sources]


def _label(scope: Scope, pointer: str, name: str) -> Label:
    """Return how a member is called that stands, or would stand, in an object of the new document."""
    return scope.new.label(pointers.join(pointer, "properties", name))


def _note_renamed(scope: Scope, before: _Members, after: _Members, name: str, called: str) -> None:
    spot, was = after.described[called][0], before.described[name][0]
    consequence = (
        "requests with the old name no longer do what they did"
        if scope.is_request
        else "consumers that read the old name find nothing"
    )
    scope.tell(
        "member-renamed",
        Verdict.BREAKING,
        f"{scope.old.label(was.pointer).text} is called {code(called)} now: {consequence}",
        new=spot.pointer,
        old=was.pointer,
        subject=name,
    )


def _note_removed(scope: Scope, new: View, before: _Members, after: _Members, name: str) -> None:
    spot = before.described[name][0]
    label = scope.old.label(spot.pointer)
    where = new.home(pointers.parent(pointers.parent(spot.pointer)))
    if name in after.hidden:
        where = after.hidden[name][0].pointer
        fact = "is only read now" if scope.is_request else "is only sent now"
        rule = "member-read-only" if scope.is_request else "member-write-only"
    else:
        fact, rule = "is gone", "member-removed"
    if scope.is_request:
        consequence = (
            "requests with it will be refused"
            if new.is_closed or name in after.hidden
            else "requests with it no longer get what they ask for"
        )
        verdict = Verdict.BREAKING
    elif name in before.required:
        consequence, verdict = "consumers rely on it, for it was always there", Verdict.BREAKING
    else:
        consequence, verdict = "consumers that read it find nothing", Verdict.MAY_BREAK
    scope.tell(
        rule,
        verdict,
        f"{label.text} {fact}: {consequence}",
        new=where,
        old=spot.pointer,
        subject=name,
        detail=name,
    )


def _note_added(scope: Scope, old: View, after: _Members, name: str) -> None:
    spot = after.described[name][0]
    label = scope.new.label(spot.pointer)
    is_required = name in after.required
    if scope.is_request and is_required:
        verdict, message = Verdict.BREAKING, "is new and required: requests without it will be refused"
    elif scope.is_request:
        verdict, message = Verdict.COMPATIBLE, "can be sent now: requests without it stay right"
    elif old.is_closed:
        verdict = Verdict.BREAKING
        message = "is in answers now: consumers were told that there is nothing else than what was described"
    else:
        verdict, message = Verdict.COMPATIBLE, "is in answers now: consumers ignore what they do not know"
    scope.tell(
        "member-added", verdict, f"{label.text} {message}", new=spot.pointer, subject=name, detail=name
    )


def _note_only_required(
    schemas: Schemas, scope: Scope, old: tuple[View, _Members], new: tuple[View, _Members]
) -> None:
    """Tell of members that have to be there as before, but are described on one side only: there they are any value."""
    (was, before), (now, after) = old, new
    for name in [name for name in before.names if name in after.names]:
        if name in before.described and name not in after.described:
            spot = before.described[name][0]
            bare = _undescribed(scope.new, now, after, name)
            if now.additional:
                schemas.add(scope, before.described[name], bare)
            else:
                _note_undescribed(scope, now, bare[0].pointer, spot, name)
        elif name in after.described and name not in before.described:
            bare = _undescribed(scope.old, was, before, name)
            _note_described(scope, after, name)
            if scope.is_request or was.additional:
                schemas.add(scope, bare, after.described[name])


def _undescribed(side: Side, view: View, members: _Members, name: str) -> tuple[Spot, ...]:
    """Return what holds for a member that is required and not described, as if it were written where members are."""
    required = members.required.get(name)
    where = pointers.join(pointers.parent(required) if required else view.pointer, "properties", name)
    if view.is_closed:
        return (Spot(where, False),)
    return tuple(Spot(where, side.follow(spot).value) for spot in view.additional) or (Spot(where, {}),)


def _note_undescribed(scope: Scope, new: View, where: str, spot: Spot, name: str) -> None:
    label = scope.old.label(spot.pointer)
    if not scope.is_request:
        verdict = Verdict.BREAKING
        consequence = (
            "no answer fits any more, with it or without it"
            if new.is_closed
            else "it may be anything, for which consumers are not prepared"
        )
    elif new.is_closed:
        verdict, consequence = (
            Verdict.BREAKING,
            "requests with it will be refused, and those without it as well",
        )
    else:
        verdict = Verdict.MAY_BREAK
        consequence = (
            "requests that were right stay right, but generated clients have no argument for it any more"
        )
    scope.tell(
        "member-undescribed",
        verdict,
        f"{label.text} is not described any more, but has to be there: {consequence}",
        new=where,
        old=spot.pointer,
        subject=name,
        detail=name,
    )


def _note_described(scope: Scope, after: _Members, name: str) -> None:
    spot = after.described[name][0]
    scope.tell(
        "member-described",
        Verdict.COMPATIBLE,
        f"{scope.new.label(spot.pointer).text} is described now: before, it only had to be there",
        new=spot.pointer,
        subject=name,
        detail=name,
    )


def _note_required(scope: Scope, new: View, before: _Members, after: _Members) -> None:
    for name in dict.fromkeys([*before.names, *after.names]):
        is_new = name in after.described and name not in before.names
        is_gone = name in before.described and name not in after.names
        was, is_now = name in before.required, name in after.required
        if was == is_now or is_new or is_gone:
            continue
        if name in before.described and name not in after.described and name in after.hidden:
            continue
        described = after.described.get(name)
        lists = after.required.get(name) or before.required[name]
        owner = (
            new.home(pointers.parent(lists))
            if described is None
            else pointers.parent(pointers.parent(described[0].pointer))
        )
        label = _label(scope, owner, name)
        if is_now:
            verdict = Verdict.BREAKING if scope.is_request else Verdict.COMPATIBLE
            message = (
                "is now required: requests without it will be refused"
                if scope.is_request
                else "is in every answer now"
            )
            rule, where, whence = "member-required", after.required[name], ""
        else:
            verdict = Verdict.COMPATIBLE if scope.is_request else Verdict.BREAKING
            message = (
                "is no longer required: requests may leave it out"
                if scope.is_request
                else "may be missing now: consumers that rely on it fail"
            )
            rule, where, whence = (
                "member-optional",
                described[0].pointer if described else owner,
                (before.required[name]),
            )
        scope.tell(rule, verdict, f"{label.text} {message}", new=where, old=whence, subject=name, detail=name)


def _note_openness(schemas: Schemas, scope: Scope, old: View, new: View) -> None:
    spot, was = [
        view.first("additionalProperties") or view.first("unevaluatedProperties") for view in (new, old)
    ]
    where, whence, label = standing(scope, new, was, spot)
    if old.is_closed != new.is_closed:
        if new.is_closed:
            scope.tightened(
                "closed",
                label,
                "takes no members but those that are described now"
                if scope.is_request
                else "has no members but those that are described now",
                new=where,
                old=whence,
                refused="requests with others",
            )
        else:
            scope.loosened(
                "opened",
                label,
                "may have members that are not described now",
                new=where,
                old=whence,
                unexpected="members that nobody described",
            )
    elif old.additional and new.additional:
        schemas.add(scope, old.additional, new.additional)
    elif new.additional:
        scope.tightened(
            "closed",
            label,
            "has a rule for members that are not described now",
            new=where,
            old=whence,
            refused="requests with others",
        )
    elif old.additional:
        scope.loosened(
            "opened",
            label,
            "has no rule for members that are not described any more",
            new=where,
            old=whence,
            unexpected="any members",
        )


def _note_patterns(schemas: Schemas, scope: Scope, old: View, new: View) -> None:
    before, after = [
        {name: spot for found in view.every("patternProperties") for name, spot in found.members().items()}
        for view in (old, new)
    ]
    was, now = [next(iter(found.values()), None) for found in (before, after)]
    _, _, label = standing(scope, new, was, now, 2)
    for name in dict.fromkeys([*before, *after]):
        if name in before and name in after:
            schemas.add(scope, (before[name],), (after[name],))
        elif name in after:
            scope.tightened(
                "schema-added",
                label,
                f"has a rule for members like {code(name)} now",
                new=after[name].pointer,
            )
        else:
            scope.loosened(
                "schema-removed",
                label,
                f"has no rule for members like {code(name)} any more",
                new=new.home(pointers.parent(pointers.parent(before[name].pointer))),
                old=before[name].pointer,
            )
