"""Properties whose names would be the same in Python, renamed in a copy for the tool, which refuses them."""

from __future__ import annotations

from typing import Any, Final

import attrs

from generator.adapter import Parsed, identifier
from generator.structure import Kind, map_schemas, resolve, walk

_SIGNS: Final = {"+": "plus", "-": "minus"}


def with_distinct_names(document: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a copy of a prepared description in which no two properties of an object meet, and the names before.

    `+1` and `-1` become `plus_1` and `minus_1`. Of `type` and `@type`, the first keeps its name and the other becomes
    `type_2`, in every object of the description, for an object may have members of several.
    """
    names: dict[str, str] = {}
    for place in walk(document):
        if place.kind is Kind.SCHEMA:
            _add_clashes(_members(document, place.value), names)
    if not names:
        return document, {}
    return map_schemas(document, lambda schema, _: _renamed(schema, names)), {
        new: old for old, new in names.items()
    }


def with_own_names(parsed: Parsed, names: dict[str, str]) -> Parsed:
    """Return what was parsed with the names that properties have in the description."""
    models = (
        attrs.evolve(
            model,
            fields=tuple(
                attrs.evolve(field, wire_name=names.get(field.wire_name, field.wire_name))
                for field in model.fields
            ),
        )
        for model in parsed.models
    )
    return attrs.evolve(parsed, models=tuple(models)) if names else parsed


def _members(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, None]:
    """Return the names of an object's properties, also of those that come from parts of `allOf`."""
    found: dict[str, None] = {}
    pending, seen = [schema], set[int]()
    while pending:
        one = resolve(document, "", pending.pop())[1]
        if isinstance(one, dict) and id(one) not in seen:
            seen.add(id(one))
            found.update(dict.fromkeys(one.get("properties", ())))
            pending += one.get("allOf", ())
    return found


def _add_clashes(members: dict[str, None], names: dict[str, str]) -> None:
    by_name: dict[str, list[str]] = {}
    for member in members:
        by_name.setdefault(identifier(names.get(member, member)), []).append(member)
    for own, same in by_name.items():
        if len(same) > 1:
            same = [member for member in same if not _add_sign(member, by_name, names)]
        if not same:
            continue
        # Who is written as Python writes it keeps its name.
        first = min(same, key=lambda member: (member in names, member != own.rstrip("_"), same.index(member)))
        for number, member in enumerate((other for other in same if other != first), 2):
            new = f"{own.rstrip('_')}_{number}"
            while identifier(new) in by_name or new in names.values():
                number += 1
                new = f"{own.rstrip('_')}_{number}"
            names[member] = new


def _add_sign(member: str, by_name: dict[str, list[str]], names: dict[str, str]) -> bool:
    """Name `+1` and `-1`, which are told apart by their signs alone, after these; return whether that was possible."""
    sign = _SIGNS.get(member[:1])
    if sign is None or member in names:
        return False
    new = f"{sign}_{member[1:]}"
    if identifier(new) in by_name or identifier(new) in map(identifier, names.values()):
        return False
    names[member] = new
    return True


def _renamed(schema: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    changed = dict(schema)
    if isinstance(schema.get("properties"), dict):
        changed["properties"] = {names.get(name, name): value for name, value in schema["properties"].items()}
    if isinstance(schema.get("required"), list):
        changed["required"] = [names.get(name, name) for name in schema["required"]]
    return changed
