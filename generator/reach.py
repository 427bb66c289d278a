"""Which components of a description its operations lead to."""

from __future__ import annotations

from typing import Any

from generator import pointer as pointers
from generator.plain import is_list, is_mapping
from generator.structure import value_at


def reached(document: dict[str, Any], *starts: Any) -> set[str]:
    """Return the pointers of all components that parts of a bundled description lead to, over any number of references.

    Args:
        document: The description.
        starts: The parts; all paths when there are none.
    """
    found: set[str] = set()
    pending: list[Any] = list(starts or [document.get("paths", {})])
    while pending:
        value = pending.pop()
        if is_list(value):
            pending += value
        elif is_mapping(value):
            pending += value.values()
            for target in _targets(value):
                pointer = pointers.from_fragment(target[1:]) if target.startswith("#") else None
                if pointer is not None and pointer not in found:
                    found.add(pointer)
                    pending += _at(document, pointer)
    return {component_of(pointer) for pointer in found}


def component_of(pointer: str) -> str:
    """Return the pointer of the component that a place is in; empty where it is in none."""
    tokens = pointer.split("/")[1:4]
    return f"/{'/'.join(tokens)}" if len(tokens) == 3 and tokens[0] == "components" else ""


def _targets(value: dict[str, Any]) -> list[str]:
    found = [value.get("$ref")]
    discriminator = value.get("discriminator")
    if is_mapping(discriminator) and is_mapping(mapping := discriminator.get("mapping")):
        found += [
            target if "/" in str(target) else f"#/components/schemas/{target}" for target in mapping.values()
        ]
    return [target for target in found if isinstance(target, str)]


def _at(document: dict[str, Any], pointer: str) -> list[Any]:
    try:
        return [value_at(document, pointer)]
    except KeyError:
        return []
