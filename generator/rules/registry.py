"""The rules that a description is held to, by identifier."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from inspect import getdoc

import attrs

from generator.bundle import Bundle

Breaches = Iterator[tuple[str, str]]
"""Where a rule is broken, as JSON pointers in the bundled document, each with a message."""


@attrs.frozen
class Rule:
    """One rule.

    Attributes:
        id: Its identifier, such as `operation-id`.
        find: Yields where a description breaks the rule.
        always: Whether every description is held to it; others apply only where a `rules.yaml` lists them.
    """

    id: str
    find: Callable[[Bundle], Breaches]
    always: bool

    @property
    def reason(self) -> str:
        """What the rule asks for, and why."""
        return getdoc(self.find) or ""


RULES: dict[str, Rule] = {}
"""All rules, in the order in which they are defined."""

Find = Callable[[Bundle], Breaches]


def validity_rule(identifier: str) -> Callable[[Find], Find]:
    """Register a function as a rule that every OpenAPI document is held to."""
    return _register(identifier, always=True)


def house_rule(identifier: str) -> Callable[[Find], Find]:
    """Register a function as a rule that only the descriptions which list it are held to."""
    return _register(identifier, always=False)


def _register(identifier: str, *, always: bool) -> Callable[[Find], Find]:
    def register(find: Find) -> Find:
        if identifier in RULES:
            raise ValueError(f"two rules are called {identifier}")
        RULES[identifier] = Rule(identifier, find, always)
        return find

    return register
