"""A document without references, for tools that do not follow any."""

from __future__ import annotations

import json
from typing import Any, Final

import attrs

from generator import pointer as pointers
from generator.plain import is_list, is_mapping
from generator.structure import Kind, Shape, is_reference, may_be_reference, slot_of, value_at

_CHARACTERS_AT_MOST: Final = 20_000_000
"""How much JSON text may stand in the place of references; those that are left then stay as they are."""

_NOTES: Final = frozenset(
    {
        *("title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly"),
        *("externalDocs", "$comment"),
    }
)
"""Keywords that say something about a schema and change nothing of what it lets through."""


def dereference(document: dict[str, Any]) -> dict[str, Any]:
    """Return a bundled document with what they mean in the place of its references.

    A reference stays where it would never end, as in a tree whose nodes hold nodes of the same kind.
    """
    whole: dict[str, Any] = _Dereferencing(document).object("", Kind.DOCUMENT, document, ())
    return whole


@attrs.define
class _Dereferencing:
    document: dict[str, Any]
    left: int = _CHARACTERS_AT_MOST
    _sizes: dict[str, int] = attrs.field(factory=dict[str, int])

    def object(self, pointer: str, kind: Kind, value: Any, outer: tuple[str, ...]) -> Any:
        """Return an object; `outer` are the places that lead here over references."""
        if kind in (Kind.DATA, Kind.EXTENSION, Kind.PLAIN) or not is_mapping(value):
            return value
        if may_be_reference(kind) and is_reference(value):
            return self._target(pointer, kind, value, outer)
        return {name: self._member(pointer, kind, name, member, outer) for name, member in value.items()}

    def _member(self, pointer: str, kind: Kind, name: str, member: Any, outer: tuple[str, ...]) -> Any:
        slot, below = slot_of(kind, name), pointers.join(pointer, name)
        if slot.shape is Shape.LIST and is_list(member):
            return [
                self.object(pointers.join(below, index), slot.kind, item, outer)
                for index, item in enumerate(member)
            ]
        if slot.shape is Shape.MAP and is_mapping(member):
            return {
                key: self.object(pointers.join(below, key), slot.kind, item, outer)
                for key, item in member.items()
            }
        return self.object(below, slot.kind, member, outer) if slot.shape is Shape.ONE else member

    def _target(self, pointer: str, kind: Kind, value: dict[str, Any], outer: tuple[str, ...]) -> Any:
        target = pointers.from_fragment(value["$ref"].removeprefix("#"))
        if target is None or any(pointers.contains(target, place) for place in (*outer, pointer)):
            return value
        try:
            found = value_at(self.document, target)
        except KeyError:
            return value
        if target not in self._sizes:
            self._sizes[target] = len(json.dumps(found))
        if self._sizes[target] > self.left:
            return value
        self.left -= self._sizes[target]
        whole = self.object(target, kind, found, (*outer, pointer))
        beside = {
            name: self._member(pointer, kind, name, member, outer)
            for name, member in value.items()
            if name != "$ref"
        }
        return self._joined(kind, whole, beside)

    def _joined(self, kind: Kind, whole: Any, beside: dict[str, Any]) -> Any:
        """Return what a reference means together with what stands beside it, which OpenAPI 3.0 says to ignore."""
        if not beside or str(self.document.get("openapi", "")).startswith("3.0"):
            return whole
        is_plain = is_mapping(whole) and "$ref" not in whole
        notes_only = all(name in _NOTES or name.startswith("x-") for name in beside)
        if is_plain and (kind is not Kind.SCHEMA or notes_only):
            return {**whole, **beside}
        return {**beside, "allOf": [whole, *beside.get("allOf", ())]}
