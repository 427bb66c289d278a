"""What types of a package are for: callers give them, get them, or both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from generator.python_api.snapshot import Api
from generator.python_api.types import names

_MODELS: Final = "models."


@attrs.frozen
class Uses:
    """The types of the description that calls lead to, by their names in the package."""

    given: frozenset[str]
    got: frozenset[str]

    @classmethod
    def of(cls, *apis: Api) -> Uses:
        """Find out what is given and got, in any of several versions of a package."""
        given: set[str] = set()
        got: set[str] = set()
        for api in apis:
            types = _Types(api)
            arguments = (
                entry.get("type", "")
                for name, entry in api.items()
                if "(" in name and not name.startswith(_MODELS)
            )
            results = (
                entry["returns"]
                for name, entry in api.items()
                if "returns" in entry and not name.startswith(_MODELS)
            )
            given |= types.reached(arguments)
            got |= types.reached(results)
        return cls(frozenset(given), frozenset(got))

    def is_given(self, name: str) -> bool:
        """Return whether callers make values of a type; what nothing leads to may be for anything."""
        return name in self.given or name not in self.got

    def is_got(self, name: str) -> bool:
        """Return whether callers are given values of a type."""
        return name in self.got or name not in self.given


class _Types:
    """The types of the description in one version of a package."""

    def __init__(self, api: Api) -> None:
        self._known = {
            name.rpartition(".")[2]: name
            for name, entry in api.items()
            if name.startswith(_MODELS) and entry["kind"] in ("class", "type alias")
        }
        self._inner: dict[str, set[str]] = {name: set() for name in self._known.values()}
        for name, entry in api.items():
            owner = name if name in self._inner else name.rpartition(".")[0]
            if owner in self._inner and "type" in entry:
                self._inner[owner] |= names(entry["type"])

    def reached(self, annotations: Iterable[str]) -> set[str]:
        """Return all types of the description that these annotations lead to."""
        waiting = {name for annotation in annotations if annotation for name in names(annotation)}
        found: set[str] = set()
        while waiting:
            name = self._known.get(waiting.pop())
            if name is not None and name not in found:
                found.add(name)
                waiting |= self._inner[name]
        return found
