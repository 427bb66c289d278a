"""Error codes and their kinds: what a program does about an error hangs on them."""

from __future__ import annotations

from typing import Final

from generator.comparison.changes import Step, Verdict
from generator.comparison.ledger import Scope
from generator.comparison.places import Spot, code, listed, value
from generator.comparison.renames import renamed
from generator.comparison.views import as_text

_WORDS: Final = {
    "remedy": (Verdict.DOCUMENTATION, Step.PATCH, "there is other advice on what to do about it"),
    "message": (
        Verdict.COMPATIBLE,
        Step.MINOR,
        "its text is another, which is for people and was never promised",
    ),
    "meaning": (
        Verdict.MAY_BREAK,
        Step.MINOR,
        "it means something else now: see whether what you do about it is right",
    ),
}


def note_codes(scope: Scope, old: Spot, new: Spot) -> None:
    """Tell of codes that were added, removed or called otherwise, and of what is said of them otherwise."""
    before, after = old.members(), new.members()
    gone = {name: spot.value for name, spot in before.items() if name not in after}
    come = {name: spot.value for name, spot in after.items() if name not in before}
    called = renamed(gone, come)
    for name, spot in before.items():
        if name in called:
            scope.tell(
                "error-code-renamed",
                Verdict.BREAKING,
                f"the error code {code(name)} is {code(called[name])} now: consumers that act on the old one miss it",
                new=after[called[name]].pointer,
                old=spot.pointer,
                subject=name,
            )
        elif name in gone:
            scope.tell(
                "error-code-removed",
                Verdict.BREAKING,
                f"the error code {code(name)} is gone: consumers that act on it no longer meet it",
                new=new.pointer,
                old=spot.pointer,
                subject=name,
            )
        else:
            _note_code(scope, name, spot, after[name])
    for name in come:
        if name not in called.values():
            scope.tell(
                "error-code-added",
                Verdict.COMPATIBLE,
                f"the error code {code(name)} is new: consumers have a way out for codes that they do not know",
                new=after[name].pointer,
                subject=name,
            )


def _note_code(scope: Scope, name: str, old: Spot, new: Spot) -> None:
    for member in dict.fromkeys([*old.members(), *new.members()]):
        was, now = old.member(member), new.member(member)
        if was.value == now.value:
            continue
        if member in _WORDS:
            verdict, step, message = _WORDS[member]
        elif member == "kind":
            verdict, step = Verdict.BREAKING, Step.MAJOR
            message = (
                f"it is of the kind {value(now.value)} now instead of {value(was.value)}: "
                "generated clients raise another exception for it"
            )
        elif member == "retry":
            verdict, step = Verdict.MAY_BREAK, Step.MINOR
            message = (
                f"whether the same request can succeed later is {value(now.value)} now instead of {value(was.value)}: "
                "clients that try again by it do otherwise"
            )
        elif member == "status":
            message = f"its status is {value(now.value)} now instead of {value(was.value)}"
            if was.value is None:
                verdict, step, message = (
                    Verdict.COMPATIBLE,
                    Step.MINOR,
                    f"{message}: nothing was said of it before",
                )
            else:
                verdict, step = Verdict.BREAKING, Step.MAJOR
                message = f"{message}: consumers that go by the status take it for something else"
        else:
            verdict, step, message = Verdict.DOCUMENTATION, Step.PATCH, f"{code(member)} changed"
        scope.tell(
            f"error-code-{member if member in _WORDS or member in ('kind', 'retry', 'status') else 'documentation'}",
            verdict,
            f"the error code {code(name)}: {message}",
            new=now.pointer,
            old=was.pointer if old.has(member) else "",
            subject=name,
            step=step,
        )


def note_kinds(scope: Scope, old: Spot, new: Spot) -> None:
    """Tell of kinds of errors, of which clients have an exception each."""
    before, after = old.members(), new.members()
    for name in dict.fromkeys([*before, *after]):
        if name not in after:
            scope.tell(
                "error-kind-removed",
                Verdict.BREAKING,
                f"the kind of errors {code(name)} is gone: generated clients have no exception for it any more",
                new=new.pointer,
                old=before[name].pointer,
                subject=name,
            )
        elif name not in before:
            scope.tell(
                "error-kind-added",
                Verdict.COMPATIBLE,
                f"the kind of errors {code(name)} is new: generated clients have an exception for it",
                new=after[name].pointer,
                subject=name,
            )
        else:
            _note_kind(scope, name, before[name], after[name])


def _note_kind(scope: Scope, name: str, old: Spot, new: Spot) -> None:
    for member in dict.fromkeys([*old.members(), *new.members()]):
        was, now = old.member(member), new.member(member)
        if was.value == now.value:
            continue
        if member == "statuses":
            _note_statuses(scope, name, was, now)
            continue
        verdict, step = Verdict.DOCUMENTATION, Step.PATCH
        message = f"other words about it ({code(member)})"
        if member == "retry":
            verdict, step = Verdict.MAY_BREAK, Step.MINOR
            message = (
                f"whether the same request can succeed later is {value(now.value)} now instead of {value(was.value)}: "
                "clients that try again by it do otherwise"
            )
        scope.tell(
            "error-kind-retry" if member == "retry" else "error-kind-documentation",
            verdict,
            f"the kind of errors {code(name)}: {message}",
            new=now.pointer,
            old=was.pointer if old.has(member) else "",
            subject=name,
            step=step,
        )


def _note_statuses(scope: Scope, name: str, old: Spot, new: Spot) -> None:
    before, after = [{as_text(item.value): item for item in spot.items()} for spot in (old, new)]
    gone = [value(spot.value) for key, spot in before.items() if key not in after]
    come = [value(spot.value) for key, spot in after.items() if key not in before]
    if gone:
        scope.tell(
            "error-kind-statuses",
            Verdict.BREAKING,
            f"the status {listed(gone)} does not mean the kind of errors {code(name)} any more: "
            "generated clients raise another exception for it",
            new=new.pointer,
            old=old.pointer,
            subject=name,
            detail="gone",
        )
    if come:
        scope.tell(
            "error-kind-statuses",
            Verdict.COMPATIBLE,
            f"the status {listed(come)} means the kind of errors {code(name)} now: "
            "generated clients raise an exception that says more",
            new=new.pointer,
            old=old.pointer,
            subject=name,
            detail="come",
        )
