"""The rules that a description is held to, by identifier."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import IntEnum
from inspect import getdoc

import attrs

from generator.bundle import Bundle
from generator.findings import Location

Breaches = Iterator[tuple[str | Location, str]]
"""Where a rule is broken, each with a message: a JSON pointer in the bundled document, or a place in no document."""


class Stage(IntEnum):
    """When a rule is asked: only if the stages before it found no errors.

    What a rule says of a document that breaks the rules before it would be about the same mistake, or not true.
    """

    SHAPE = 1
    """The document is valid against the meta-schema."""
    MEANING = 2
    """What belongs together by OpenAPI fits together."""
    WORDS = 3
    """Every tool knows the words that are used; what it does not know it ignores in silence."""
    NAMES = 4
    """What a schema names exists."""
    CONTENT = 5
    """Everything that the description is to have is there, and true."""
    LEFTOVERS = 6
    """Nothing is there that nobody needs."""


@attrs.frozen
class Rule:
    """One rule.

    Attributes:
        id: Its identifier, such as `operation-id`.
        find: Yields where a description breaks the rule.
        stage: When it is asked.
        gives_way_to: A rule of the same stage that knows better: what this rule says of an object is not told
            where that one finds an error in a member of it.
    """

    id: str
    find: Callable[[Bundle], Breaches]
    stage: Stage
    gives_way_to: str | None = None

    @property
    def always(self) -> bool:
        """Whether every description is held to it; others apply only where a `rules.yaml` lists them."""
        return self.stage <= Stage.MEANING

    @property
    def reason(self) -> str:
        """What the rule asks for, and why."""
        return getdoc(self.find) or ""


RULES: dict[str, Rule] = {}
"""All rules, in the order in which they are defined."""

Find = Callable[[Bundle], Breaches]


def validity_rule(identifier: str, stage: Stage = Stage.MEANING) -> Callable[[Find], Find]:
    """Register a function as a rule that every OpenAPI document is held to."""
    return _register(identifier, stage)


def house_rule(
    identifier: str, stage: Stage = Stage.CONTENT, *, gives_way_to: str | None = None
) -> Callable[[Find], Find]:
    """Register a function as a rule that only the descriptions which list it are held to."""
    return _register(identifier, stage, gives_way_to)


def _register(identifier: str, stage: Stage, gives_way_to: str | None = None) -> Callable[[Find], Find]:
    def register(find: Find) -> Find:
        if identifier in RULES:
            raise ValueError(f"two rules are called {identifier}")
        RULES[identifier] = Rule(identifier, find, stage, gives_way_to)
        return find

    return register
