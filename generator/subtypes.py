"""A schema with a discriminator stands for the schemas that extend it.

In OpenAPI a base names the member that tells its subtypes apart, and the subtypes name the base in `allOf`; wherever
the base is referred to, any of them may stand. The tool reads such a reference as the base alone, and what a subtype
adds would be lost. A union says the same in terms that it knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

import attrs

from generator import pointer as pointers
from generator.extent import MOST_PARTS
from generator.plain import is_list, is_mapping
from generator.structure import is_reference

FALLBACK: Final = "x-generator-fallback"
"""Which of the alternatives a value is that the discriminator does not name."""

_IN_COMPOSITION: Final = re.compile(r"/(allOf|anyOf|oneOf)/\d+$")
_COMPONENT: Final = re.compile(r"/components/schemas/[^/]+$")
_OF_AN_OBJECT: Final = ("properties", "required", "additionalProperties")

Schema = dict[str, Any]


def adds_to_reference(schema: Schema) -> bool:
    """Return whether a schema says more about members than the one that its `allOf` refers to."""
    return any(schema.get(keyword) not in (None, False, [], {}) for keyword in _OF_AN_OBJECT)


def sole_reference(schema: object) -> str | None:
    """Return what a schema refers to which is only a reference, with no members of its own; or None."""
    if is_reference(schema):
        return str(schema["$ref"])  # type: ignore[index]
    parts = schema.get("allOf") if is_mapping(schema) else None
    if is_mapping(schema) and is_list(parts) and len(parts) == 1 and not adds_to_reference(schema):
        return str(parts[0]["$ref"]) if is_reference(parts[0]) else None
    return None


@attrs.define
class Subtypes:
    """Knows the bases of a description, and writes a union for each reference to one."""

    schemas: dict[str, Any]
    _unions: dict[str, Schema] = attrs.field(init=False, factory=dict[str, Schema])

    def __attrs_post_init__(self) -> None:
        children: dict[str, list[str]] = {}
        for name, schema in self.schemas.items():
            if sole_reference(schema) is None:
                for base in self._bases(schema):
                    children.setdefault(base, []).append(name)
        for name, schema in self.schemas.items():
            discriminator = schema.get("discriminator") if is_mapping(schema) else None
            if is_mapping(discriminator) and not ("oneOf" in schema or "anyOf" in schema):
                self._add(name, discriminator, children)

    def rewrite(self, schema: Schema, pointer: str) -> Schema:
        """Write a union in the place of a reference to a base; what extends the base goes on referring to it."""
        if not self._unions or _COMPONENT.search(pointer):
            return schema
        if _IN_COMPOSITION.search(pointer) is None and (union := self._union(schema)):
            rest = {key: value for key, value in schema.items() if key not in {"$ref", "allOf", "type"}}
            return {**rest, **union}
        if "discriminator" in schema:
            return schema  # it names its alternatives itself
        for keyword in ("oneOf", "anyOf"):
            if is_list(schema.get(keyword)):
                schema = {**schema, keyword: [self._union(part) or part for part in schema[keyword]]}
        return schema

    def _union(self, schema: object) -> Schema | None:
        reference = sole_reference(schema)
        return None if reference is None else self._unions.get(self._target(reference) or "")

    def _add(self, base: str, discriminator: Schema, children: dict[str, list[str]]) -> None:
        """Note the union for a base, and those for its subtypes that have subtypes themselves."""
        mapped = (self._target(str(value)) for value in (discriminator.get("mapping") or {}).values())
        waiting = [(base, [name for name in mapped if name is not None])]
        while waiting:
            name, further = waiting.pop()
            # One more than a type may have is enough to be told of.
            below = islice(_below(name, children), MOST_PARTS + 1)
            others = [other for other in dict.fromkeys((*below, *further)) if other != name]
            if others:
                self._unions[name] = {
                    "oneOf": [_reference(other) for other in (*others, name)],
                    "discriminator": discriminator,
                    FALLBACK: name,
                }
            waiting += [
                (child, [])
                for child in children.get(name, ())
                if child not in self._unions and "discriminator" not in self.schemas[child]
            ]

    def _bases(self, schema: object) -> Iterator[str]:
        parts = schema.get("allOf") if is_mapping(schema) else None
        for part in parts if is_list(parts) else ():
            if is_reference(part):
                if base := self._target(str(part["$ref"])):
                    yield base
            else:
                yield from self._bases(part)

    def _target(self, reference: str) -> str | None:
        """Return the name of the schema that a reference, or the value of a mapping, leads to in the end."""
        seen: set[str] = set()
        while True:
            name = reference if reference in self.schemas else _named(reference)
            if name in seen or name not in self.schemas:
                return None
            seen.add(name)
            further = sole_reference(self.schemas[name])
            if further is None:
                return name
            reference = further


def _reference(name: str) -> Schema:
    return {"$ref": pointers.to_reference(pointers.join("/components/schemas", name))}


def _named(reference: str) -> str:
    """Return the name of the component that a reference leads to, or an empty text."""
    pointer = pointers.from_fragment(reference.removeprefix("#"))
    match pointers.split(pointer or ""):
        case ["components", "schemas", name] if reference.startswith("#"):
            return name
        case _:
            return ""


def _below(name: str, children: dict[str, list[str]]) -> Iterator[str]:
    seen = {name}
    waiting = [name]
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child not in seen:
                seen.add(child)
                waiting.append(child)
                yield child
