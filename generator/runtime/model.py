"""Base of every model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

import attrs

from . import codec
from .unset import UNSET, Unset

M = TypeVar("M", bound="Model")


class Model:
    """An object of the description, as an attrs class.

    An optional member that is absent is `UNSET`; one that is null is None. `attrs.evolve` makes a changed copy.
    """

    __slots__ = ()

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Make a model from what its JSON decodes to.

        Raises:
            InvalidDataError: A required member is missing or a type is wrong; with the JSON path.
        """
        return codec.convert(data, cls)

    def to_dict(self) -> dict[str, Any]:
        """Return what the model's JSON decodes to; absent members are left out."""
        members: dict[str, Any] = codec.to_builtins(self)
        return members


def unless_empty(model: M) -> M | Unset:
    """Return a model, or that there is none when none of its members is given."""
    kind: Any = model.__class__
    values = (getattr(model, field.name) for field in attrs.fields(kind))
    return UNSET if all(value is UNSET or value == {} for value in values) else model
