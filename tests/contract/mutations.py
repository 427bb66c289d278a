"""Damaged copies of an example: a member missing, of the wrong type, unknown, or a list too long."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import attrs

_OTHERS: tuple[Any, ...] = (None, True, 7, 0.5, "text", [], {})


@attrs.frozen
class Mutation:
    """A damaged value.

    Attributes:
        kind: `missing`, `type`, `extra` (an unknown member) or `longer` (one item more).
        path: Where it was damaged.
        value: The damaged value as a whole.
        given: What stands there instead, for `type`.
    """

    kind: str
    path: tuple[str | int, ...]
    value: Any
    given: Any = None

    @property
    def name(self) -> str:
        """What was done, in words."""
        return f"{self.kind} at {'/'.join(map(str, self.path))} ({self.given!r})"

    def reason_to_differ(self, schema: str) -> str | None:
        """Return why the model may judge otherwise than the schema, or None when it may not."""
        member = self.path[-1] if self.path else ""
        if schema.endswith("Request") and member in {"image", "url"}:
            return "that exactly one is given, and the form of a URI, is checked when a request is sent"
        if member in {"confidence", "words_block_count"} and self.given == 7:
            return "a model reads a number that is out of its range: an answer is not thrown away for it"
        return None


def mutations(value: Any) -> Iterator[Mutation]:
    """Yield every mutation of a JSON value, one change each."""
    for path, part in _parts(value, ()):
        if isinstance(part, dict):
            yield Mutation("extra", path, _changed(value, path, {**part, "added_later": {"a": [1]}}))
            for key in part:
                rest = {name: item for name, item in part.items() if name != key}
                yield Mutation("missing", (*path, key), _changed(value, path, rest))
        if isinstance(part, list):
            yield Mutation("longer", path, _changed(value, path, [*part, part[-1]]))
        if path:
            for other in _OTHERS:
                if type(other) is not type(part):
                    yield Mutation("type", path, _changed(value, path, other), other)


def _parts(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _parts(item, (*path, key))


def _changed(value: Any, path: tuple[str | int, ...], part: Any) -> Any:
    if not path:
        return part
    changed = copy.deepcopy(value)
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = part
    return changed
