"""What a comparison finds: changes, each with whom it concerns and what it asks of the version."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Final

import attrs


class Direction(StrEnum):
    """On which way a change is met: in what is sent, in what comes back."""

    REQUEST = "request"
    RESPONSE = "response"
    BOTH = "both"
    NONE = "none"


class Verdict(StrEnum):
    """What a change does to a consumer of the version before it."""

    BREAKING = "breaking"
    MAY_BREAK = "may-break"
    COMPATIBLE = "compatible"
    DOCUMENTATION = "documentation"

    @property
    def weight(self) -> int:
        """How bad it is: 0 is only words, 3 is the worst."""
        return 3 - list(Verdict).index(self)


class Step(StrEnum):
    """Which part of a semantic version has to be raised."""

    NONE = "none"
    PATCH = "patch"
    MINOR = "minor"
    MAJOR = "major"

    @property
    def weight(self) -> int:
        """How large it is, from 0."""
        return list(Step).index(self)


STEPS: Final = {
    Verdict.BREAKING: Step.MAJOR,
    Verdict.MAY_BREAK: Step.MAJOR,
    Verdict.COMPATIBLE: Step.MINOR,
    Verdict.DOCUMENTATION: Step.PATCH,
}
"""The step that a change demands where its rule names no other; what may break is as much as a promise broken."""


@attrs.frozen
class Change:
    """One thing that is different.

    Attributes:
        pointer: Where, in the new document; for what is gone, where it would be looked for: the nearest that is there.
        old_pointer: Where it stood in the old document; empty for what is new.
        rule: What kind of change it is, such as `member-required`.
        verdict: What it does to a consumer.
        direction: On which way a consumer meets it.
        message: That in words for a consumer.
        step: Which part of the version has to be raised for it.
        subject: The one name that whoever is told of it would look for: of a member, a code, an operation.
        operations: The operations that it concerns, in the order of the document.
    """

    pointer: str
    old_pointer: str
    rule: str
    verdict: Verdict
    direction: Direction
    message: str
    step: Step
    subject: str = ""
    operations: tuple[str, ...] = ()

    @property
    def operation(self) -> str:
        """The operations in one text; empty for what concerns the document as a whole."""
        return ", ".join(self.operations)

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return attrs.asdict(self) | {"operations": list(self.operations)}


def step(changes: Iterable[Change]) -> Step:
    """Return the step that changes demand together: the largest."""
    return max((change.step for change in changes), key=lambda one: one.weight, default=Step.NONE)


def worst(changes: Iterable[Change]) -> Verdict | None:
    """Return the worst verdict on changes; None if there are none."""
    return max((change.verdict for change in changes), key=lambda one: one.weight, default=None)
