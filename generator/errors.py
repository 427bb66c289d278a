"""Errors that end a run with a sentence for the person who can fix them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.findings import Finding


class GeneratorError(Exception):
    """Base of every error that the generator raises on purpose; its text is one sentence for the user."""


class FindingsError(GeneratorError):
    """The description is not usable as it is.

    Attributes:
        findings: What is wrong, sorted; at least one of them is an error.
        rules_left: Whether there are rules that were not asked because of the errors.
        partial_helps: Whether there is a client to be had that lacks what the findings are about.
    """

    def __init__(
        self, findings: Iterable[Finding], *, rules_left: bool = False, partial_helps: bool = False
    ) -> None:
        """Keep the findings, sorted and each only once."""
        self.findings = sorted(set(findings))
        self.rules_left = rules_left
        self.partial_helps = partial_helps
        super().__init__(self.findings)

    def __str__(self) -> str:
        """Return the first error, and how many there are beside it."""
        errors = [finding for finding in self.findings if finding.severity == "error"]
        first = str((errors or self.findings)[0])
        more = len(errors) - 1
        return first if more < 1 else f"{first} (and {more} more {'error' if more == 1 else 'errors'})"
