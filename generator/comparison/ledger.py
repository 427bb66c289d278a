"""Where a comparison writes down what it finds, and for whom.

A schema is compared once for each way in which it is used, although many operations may lead to it. So a note belongs
to an operation, or to a pair of schemas; which pairs lead to which is kept, and at the end each note is told of all
operations from which it can be reached.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeAlias

import attrs

from generator.comparison.changes import STEPS, Change, Direction, Step, Verdict
from generator.comparison.places import Label, Side

Owner: TypeAlias = Hashable
"""The name of an operation, or the key of a pair of schemas; None for the document as a whole."""


@attrs.frozen
class _Note:
    owner: Owner
    change: Change
    key: tuple[str, ...]


class Ledger:
    """All notes of a comparison."""

    def __init__(self) -> None:
        """Begin with none."""
        self._notes: list[_Note] = []
        self._leads: dict[Owner, list[Owner]] = {}
        self._operations: dict[str, int] = {}

    def operation(self, name: str) -> Owner:
        """Name an operation, in the order of the document."""
        self._operations.setdefault(name, len(self._operations))
        return name

    def lead(self, owner: Owner, other: Owner) -> None:
        """Note that a pair of schemas is a part of another one, or of an operation."""
        self._leads.setdefault(owner, []).append(other)

    def add(self, owner: Owner, change: Change, detail: str) -> None:
        """Note a change; what has the same place, rule and detail is the same change met in another way."""
        self._notes.append(_Note(owner, change, (change.pointer, change.old_pointer, change.rule, detail)))

    def changes(self) -> list[Change]:
        """Return all changes, the worst first and then in the order in which they were met."""
        reached = self._reached()
        names = list(self._operations)
        merged: dict[tuple[str, ...], tuple[Change, int]] = {}
        for note in self._notes:
            mask = reached.get(note.owner, 0)
            if note.key in merged:
                known, before = merged[note.key]
                merged[note.key] = (_merged(known, note.change), before | mask)
            else:
                merged[note.key] = (note.change, mask)
        found = [
            attrs.evolve(change, operations=tuple(_named(mask, names))) for change, mask in merged.values()
        ]
        return sorted(found, key=lambda change: -change.verdict.weight)

    def _reached(self) -> dict[Owner, int]:
        """Return for each owner the operations that lead to it, as bits."""
        reached: dict[Owner, int] = {name: 1 << index for name, index in self._operations.items()}
        waiting: list[Owner] = list(reached)
        while waiting:
            owner = waiting.pop()
            for other in self._leads.get(owner, ()):
                before = reached.get(other, 0)
                if before | reached[owner] != before:
                    reached[other] = before | reached[owner]
                    waiting.append(other)
        return reached


def _merged(one: Change, other: Change) -> Change:
    """Return what was met in two ways as one change: the worse of them counts."""
    worse = other if other.verdict.weight > one.verdict.weight else one
    direction = one.direction if one.direction is other.direction else Direction.BOTH
    largest = max(one.step, other.step, key=lambda step: step.weight)
    return attrs.evolve(worse, direction=direction, step=largest)


def _named(mask: int, names: list[str]) -> Iterable[str]:
    return (name for index, name in enumerate(names) if mask >> index & 1)


@attrs.frozen(eq=False)
class Scope:
    """What is being compared, and on which way.

    Attributes:
        old: The document before.
        new: The document after.
        ledger: Where to write.
        owner: For whom.
        direction: Whether it is sent by a consumer or comes to one.
        is_xml: Whether it is written as XML.
        site: The pointer of a component that stands for something else now, and of where the reference to it is.
    """

    old: Side
    new: Side
    ledger: Ledger
    owner: Owner = None
    direction: Direction = Direction.NONE
    is_xml: bool = False
    site: tuple[str, str] | None = None

    def called(self, pointer: str) -> Label:
        """Return how a place in the new document is called; by its component only if it was that one before."""
        is_site = self.site is not None and self.site[0] == pointer
        return self.new.label(self.site[1] if self.site and is_site else pointer)

    @property
    def is_request(self) -> bool:
        """Whether a consumer sends it."""
        return self.direction is Direction.REQUEST

    def going(self, direction: Direction) -> Scope:
        """Return the same on another way."""
        return attrs.evolve(self, direction=direction)

    def tell(
        self,
        rule: str,
        verdict: Verdict,
        message: str,
        *,
        new: str,
        old: str = "",
        subject: str = "",
        detail: str = "",
        step: Step | None = None,
    ) -> None:
        """Write down a change.

        Args:
            rule: What kind of change it is.
            verdict: What it does.
            message: That in words.
            new: Pointer in the new document; of what is not there, the nearest that is.
            old: Pointer in the old document.
            subject: The name to look for.
            detail: What tells it apart from others of this rule at this place.
            step: The step that it demands, if not that of its verdict.
        """
        change = Change(
            self.new.nearest(new),
            old,
            rule,
            verdict,
            self.direction,
            message,
            STEPS[verdict] if step is None else step,
            subject,
        )
        self.ledger.add(self.owner, change, detail)

    def tightened(
        self,
        rule: str,
        label: Label,
        fact: str,
        *,
        new: str,
        old: str = "",
        detail: str = "",
        refused: str = "",
    ) -> None:
        """Write down that less is allowed than before.

        Args:
            rule: What kind of change it is.
            label: What is concerned.
            fact: What is so now, as the rest of a sentence that begins with the label.
            new: Pointer in the new document.
            old: Pointer in the old document.
            detail: What tells it apart from others of this rule at this place.
            refused: Which requests will be refused; those that go beyond it, if nothing is said.
        """
        if self.is_request:
            verdict, then = Verdict.BREAKING, f"{refused or 'requests beyond that'} will be refused"
        else:
            verdict, then = Verdict.COMPATIBLE, "answers stay within what they kept to before"
        self._moved(rule, label, fact, then, verdict, new, old, detail)

    def loosened(
        self,
        rule: str,
        label: Label,
        fact: str,
        *,
        new: str,
        old: str = "",
        detail: str = "",
        unexpected: str = "",
    ) -> None:
        """Write down that more is allowed than before.

        Args:
            rule: What kind of change it is.
            label: What is concerned.
            fact: What is so now, as the rest of a sentence that begins with the label.
            new: Pointer in the new document.
            old: Pointer in the old document.
            detail: What tells it apart from others of this rule at this place.
            unexpected: What answers may hold now that nobody was prepared for.
        """
        if self.is_request:
            verdict, then = Verdict.COMPATIBLE, "requests that were right stay right"
        else:
            verdict = Verdict.BREAKING
            then = f"answers may hold {unexpected or 'more'} than consumers were told to expect"
            if unexpected:
                then = f"answers may hold {unexpected}, for which consumers are not prepared"
        self._moved(rule, label, fact, then, verdict, new, old, detail)

    def _moved(
        self, rule: str, label: Label, fact: str, then: str, verdict: Verdict, new: str, old: str, detail: str
    ) -> None:
        self.tell(
            rule,
            verdict,
            f"{label.text} {fact}: {then}",
            new=new,
            old=old,
            subject=label.subject,
            detail=detail,
        )

    def documented(self, label: Label, what: str, *, new: str, old: str = "") -> None:
        """Write down that only words changed."""
        self.tell(
            "documentation",
            Verdict.DOCUMENTATION,
            f"{what} of {label.text} changed" if label.text else f"{what} changed",
            new=new,
            old=old,
            subject=label.subject,
            detail=what,
        )
