"""What a package says of that which is not to be used any more, read from the decorators of its code."""

from __future__ import annotations

import ast
from typing import Any

import attrs
import griffe


@attrs.frozen
class Notices:
    """What is said of a class or function, its members or arguments, and values, by their names."""

    itself: str | None = None
    members: dict[str, str] = attrs.field(factory=dict[str, str])
    values: dict[Any, str] = attrs.field(factory=dict[Any, str])

    @property
    def of_itself(self) -> dict[str, str]:
        """Return what is said of the class or function itself, as a part of its entry."""
        return {} if self.itself is None else {"deprecated": self.itself}

    def of_member(self, name: str) -> dict[str, str]:
        """Return what is said of a member or an argument, as a part of its entry."""
        return {"deprecated": self.members[name]} if name in self.members else {}

    def of_value(self, member: griffe.Attribute) -> dict[str, str]:
        """Return what is said of a member of an enum, as a part of its entry."""
        value = ast.literal_eval(str(member.value))
        return {"deprecated": self.values[value]} if value in self.values else {}


def of(found: griffe.Class | griffe.Function) -> Notices:
    """Return what the decorators of a class or function say."""
    itself: str | None = None
    members: dict[str, str] = {}
    values: dict[Any, str] = {}
    for decorator in found.decorators:
        call = decorator.value
        if not isinstance(call, griffe.ExprCall):
            continue
        match str(call.function):
            case "deprecated":
                itself = ast.literal_eval(str(call.arguments[0]))
            case "deprecated_arguments" | "deprecated_members":
                for given in call.arguments:
                    if isinstance(given, griffe.ExprKeyword):
                        members[given.name] = ast.literal_eval(str(given.value))
            case "deprecated_values":
                values = ast.literal_eval(str(call.arguments[0]))
            case _:
                continue
    return Notices(itself, members, values)
