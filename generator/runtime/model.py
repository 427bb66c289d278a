"""Base of every model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Generic, NoReturn, Self, TypeVar

import attrs

from . import codec
from .unset import UNSET, Unset

M = TypeVar("M", bound="Model")
V = TypeVar("V")


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


class MapModel(Model, Generic[V]):
    """An object that also has members which the description does not name: `model["name"]`.

    They stand in `additional_properties`. Iterating gives their names.
    """

    __slots__ = ()

    additional_properties: dict[str, V]

    @property
    def additional_keys(self) -> list[str]:
        """Names of the members that the description does not name."""
        return list(self.additional_properties)

    def __getitem__(self, name: str) -> V:
        return self.additional_properties[name]

    def __contains__(self, name: object) -> bool:
        return name in self.additional_properties

    def __iter__(self) -> Iterator[str]:
        return iter(self.additional_properties)

    def __setitem__(self, name: str, value: V) -> NoReturn:
        raise self._frozen()

    def __delitem__(self, name: str) -> NoReturn:
        raise self._frozen()

    def _frozen(self) -> TypeError:
        return TypeError(
            f"a {type(self).__name__} cannot be changed: make a changed copy with "
            "attrs.evolve(model, additional_properties={**model.additional_properties, …})"
        )


def unless_empty(model: M) -> M | Unset:
    """Return a model, or that there is none when none of its members is given."""
    kind: Any = model.__class__
    values = (getattr(model, field.name) for field in attrs.fields(kind))
    return UNSET if all(value is UNSET or value == {} for value in values) else model
