"""The names of members: those that a schema requires, and those in its examples."""

from __future__ import annotations

from typing import Any

from generator import pointer as pointers
from generator.bundle import Bundle
from generator.findings import quoted
from generator.plain import is_list, is_mapping
from generator.rules.declared import Schema, declared
from generator.rules.examples import exemplified
from generator.rules.registry import Breaches, Stage, house_rule
from generator.rules.view import sequence
from generator.spelling import hint
from generator.structure import Kind, value_at

_LISTS = ("allOf", "anyOf", "oneOf", "dependentSchemas")
_SINGLE = ("if", "then", "else", "not")


@house_rule("required-declared", Stage.NAMES)
def required_declared(bundle: Bundle) -> Breaches:
    """Each required member is a declared property: a misspelt one would be missing in every value."""
    schemas = {place.pointer: place.value for place in bundle.places if place.kind is Kind.SCHEMA}
    for pointer, schema in schemas.items():
        if "required" not in schema:
            continue
        outer = _outermost(pointer, schemas)
        members = declared(bundle, [(outer, schemas[outer])])
        if schema["required"] and not members.properties and not members.others:
            yield (
                pointers.join(pointer, "required"),
                "members are required here, but no properties are declared",
            )
            continue
        for index, name in enumerate(sequence(schema, "required")):
            if members.others or not isinstance(name, str) or name in members.properties:
                continue
            meant = hint(name, members.properties.keys() - set(sequence(schema, "required")))
            message = f"{quoted(name)} is required, but is no property that is declared{meant}"
            yield pointers.join(pointer, "required", index), message


def _outermost(pointer: str, schemas: dict[str, Any]) -> str:
    """Return the schema of which this one is a part that holds for the same value; itself if it is none."""
    while True:
        holder, _, last = pointer.rpartition("/")
        if last not in _SINGLE:
            holder, _, keyword = holder.rpartition("/")
            if keyword not in _LISTS:
                return pointer
        if holder not in schemas:
            return pointer
        pointer = holder


@house_rule("examples-known-members")
def examples_known_members(bundle: Bundle) -> Breaches:
    """Each member in an example is one that its schema declares: schemas are open, so a misspelt one fits.

    Where a schema says what other members may be, or declares none, any name will do.
    """
    for schema, where, value in exemplified(bundle):
        yield from _unknown(bundle, [(schema, value_at(bundle.document, schema))], where, value)


def _unknown(bundle: Bundle, schemas: list[Schema], where: str, value: Any) -> Breaches:
    if not isinstance(value, dict | list) or not schemas:
        return
    known = declared(bundle, schemas)
    if is_list(value):
        for index, item in enumerate(value):
            inner = known.first_items.get(index, known.items)
            yield from _unknown(bundle, inner, pointers.join(where, index), item)
    elif is_mapping(value):
        for name, member in value.items():
            place = pointers.join(where, name)
            if name in known.properties:
                yield from _unknown(bundle, known.properties[name], place, member)
            elif known.properties and not known.others:
                meant = hint(name, known.properties.keys() - value.keys())
                yield place, f"the schema declares no member {quoted(name)}{meant}"
