"""Answers of an operation, by status."""

from __future__ import annotations

from typing import Final

from generator.comparison.changes import Step, Verdict
from generator.comparison.contents import note_contents, note_headers
from generator.comparison.ledger import Scope
from generator.comparison.places import Label, Spot, code
from generator.comparison.renames import renamed
from generator.comparison.schemas import Schemas
from generator.comparison.views import as_text
from generator.comparison.words import note_others, note_words, without_words

_KNOWN: Final = frozenset({"headers", "content", "links", "$ref"})
_DEFAULT: Final = "default"


def note_answers(schemas: Schemas, scope: Scope, old: Spot, new: Spot) -> None:
    """Tell of statuses that came or went, and compare the answers of those that stayed."""
    before, after = [
        {
            status.upper() if status != _DEFAULT else status: spot
            for status, spot in answers.members().items()
            if not status.startswith("x-")
        }
        for answers in (old, new)
    ]
    gone = [status for status in before if status not in after]
    come = [status for status in after if status not in before]
    called = _called(scope, before, after, gone, come)
    for status, spot in before.items():
        if status in after:
            _note_answer(schemas, scope, spot, after[status], status)
        elif status in called:
            _note_renamed(scope, spot, after[called[status]], status, called[status])
            _note_answer(schemas, scope, spot, after[called[status]], called[status])
        elif (general := _covering(status, after)) is not None:
            _note_covered(scope, new, spot, status, general)
            _note_answer(schemas, scope, spot, after[general], status)
        elif any(_covering(other, before) == status for other in come):
            _note_narrowed(scope, new, spot, status)
        else:
            _note_removed(scope, new, spot, status)
    for status in come:
        if status in called.values():
            continue
        general = _covering(status, before)
        _note_added(scope, after[status], status, general)
        if general is not None:
            _note_answer(schemas, scope, before[general], after[status], status, with_words=False)


def _covering(status: str, answers: dict[str, Spot]) -> str | None:
    """Return under which more general entry a status falls; None if there is none."""
    if status == _DEFAULT:
        return None
    general = f"{status[:1]}XX"
    if general != status and general in answers:
        return general
    return _DEFAULT if _DEFAULT in answers else None


def _called(
    scope: Scope, before: dict[str, Spot], after: dict[str, Spot], gone: list[str], come: list[str]
) -> dict[str, str]:
    """Return which status took the place of which: one of the same class, with the same answer."""
    found: dict[str, str] = {}
    for status in [status for status in gone if status.isdecimal()]:
        mine = _content(scope.old.follow(before[status]))
        same = [
            other
            for other in come
            if other.isdecimal()
            and other not in found.values()
            and status[:1] == other[:1]
            and _content(scope.new.follow(after[other])) == mine
        ]
        if len(same) == 1:
            found[status] = same[0]
    return found


def _content(spot: Spot) -> str:
    return as_text(without_words({name: spot.member(name).value for name in ("content", "headers")}))


def _is_success(status: str) -> bool:
    return status[:1] in ("1", "2", "3")


def _note_renamed(scope: Scope, old: Spot, new: Spot, was: str, now: str) -> None:
    scope.tell(
        "status-renamed",
        Verdict.BREAKING,
        f"the status is {now} now instead of {was}: consumers that wait for {was} take it for something else",
        new=new.pointer,
        old=old.pointer,
        subject=was,
    )


def _note_removed(scope: Scope, new: Spot, spot: Spot, status: str) -> None:
    if status == _DEFAULT:
        verdict, message = (
            Verdict.MAY_BREAK,
            "nothing is said any more of answers with other statuses: consumers cannot rely on how they look",
        )
    elif _is_success(status):
        verdict, message = (
            Verdict.BREAKING,
            f"the answer {status} is gone: consumers that wait for it wait in vain",
        )
    else:
        verdict, message = (
            Verdict.MAY_BREAK,
            f"the answer {status} is gone: consumers that know this failure by its status no longer meet it",
        )
    scope.tell("status-removed", verdict, message, new=new.pointer, old=spot.pointer, subject=status)


def _note_narrowed(scope: Scope, new: Spot, spot: Spot, status: str) -> None:
    scope.tell(
        "status-removed",
        Verdict.MAY_BREAK if status == _DEFAULT else Verdict.COMPATIBLE,
        f"of the answers that fell under {code(status)} only those that are listed are told now",
        new=new.pointer,
        old=spot.pointer,
        subject=status,
    )


def _note_covered(scope: Scope, new: Spot, spot: Spot, status: str, general: str) -> None:
    success = _is_success(status) and general == _DEFAULT
    scope.tell(
        "status-removed",
        Verdict.BREAKING if success else Verdict.COMPATIBLE,
        f"the answer {status} is not told of its own any more, and falls under {code(general)}"
        + (": consumers that wait for it wait in vain" if success else ": it may still come"),
        new=new.pointer,
        old=spot.pointer,
        subject=status,
        step=None if success else Step.MINOR,
    )


def _note_added(scope: Scope, spot: Spot, status: str, general: str | None) -> None:
    if status == _DEFAULT:
        verdict, message = Verdict.COMPATIBLE, "answers with other statuses are described now"
    elif _is_success(status) and general in (None, _DEFAULT):
        verdict, message = (
            Verdict.MAY_BREAK,
            f"the answer {status} is new: consumers that know only the others take it for a failure",
        )
    elif general is not None:
        verdict, message = (
            Verdict.COMPATIBLE,
            f"the answer {status}, which fell under {code(general)}, is described now",
        )
    else:
        verdict, message = (
            Verdict.COMPATIBLE,
            f"the answer {status} is new: consumers take a status that they do not know for a failure, as before",
        )
    scope.tell("status-added", verdict, message, new=spot.pointer, subject=status)


def _note_answer(
    schemas: Schemas,
    scope: Scope,
    listed_old: Spot,
    listed_new: Spot,
    status: str,
    *,
    with_words: bool = True,
) -> None:
    old, new = scope.old.follow(listed_old), scope.new.follow(listed_new)
    label = Label("the answer" if status == _DEFAULT else f"the answer {status}", status)
    if with_words:
        note_words(scope, old, new, label)
        note_others(scope, old, new, label, _KNOWN)
    note_headers(schemas, scope, old.member("headers"), new.member("headers"), label)
    note_contents(schemas, scope, old.member("content"), new.member("content"), label)
    _note_links(scope, old.member("links"), new.member("links"), label)


def _note_links(scope: Scope, old: Spot, new: Spot, label: Label) -> None:
    before, after = old.members(), new.members()
    called = renamed(
        {name: spot.value for name, spot in before.items() if name not in after},
        {name: spot.value for name, spot in after.items() if name not in before},
    )
    for name, spot in before.items():
        now = after.get(called.get(name, name))
        if (
            now is None
            or name in called
            or as_text(without_words(scope.old.follow(spot).value))
            != as_text(without_words(scope.new.follow(now).value))
        ):
            what = "gone" if now is None else "called otherwise" if name in called else "another"
            scope.tell(
                "link-changed",
                Verdict.MAY_BREAK,
                f"the link {code(name)} of {label.text} is {what}: consumers that follow it find something else",
                new=now.pointer if now else new.pointer,
                old=spot.pointer,
                subject=name,
            )
    for name, spot in after.items():
        if name not in before and name not in called.values():
            scope.tell(
                "link-added",
                Verdict.COMPATIBLE,
                f"the link {code(name)} of {label.text} is new",
                new=spot.pointer,
                subject=name,
            )
