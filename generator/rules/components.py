"""What the document keeps under `components`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator import pointer as pointers
from generator.bundle import Bundle
from generator.findings import quoted
from generator.plain import is_mapping
from generator.rules.registry import Breaches, house_rule
from generator.rules.view import mapping, sequence
from generator.structure import SECTIONS, Kind, is_reference


@house_rule("component-used")
def component_used(bundle: Bundle) -> Breaches:
    """Each component is needed by an operation, directly or not: what nobody needs, nobody maintains."""
    document = bundle.document
    pointing: dict[str, list[str]] = {}
    for place in bundle.places:
        pointing.setdefault(_component_of(place.pointer), []).extend(_references(place.kind, place.value))
    reached: set[str] = set()
    pending = [""]
    while pending:
        for target in pointing.get(pending.pop(), ()):
            if target not in reached:
                reached.add(target)
                pending.append(target)
    for section in SECTIONS.values():
        for name in mapping(document.get("components"), section):
            where = pointers.join("/components", section, name)
            if where not in reached and section != "pathItems":
                yield where, f"No operation needs {quoted(name)} of {section}."


def _component_of(pointer: str) -> str:
    """Return the component that a pointer leads into; the empty pointer for any other place."""
    names = pointer.split("/")
    return "/".join(names[:4]) if len(names) >= 4 and names[1] == "components" else ""


def _references(kind: Kind, value: dict[str, Any]) -> Iterator[str]:
    """Yield the components that an object names."""
    if is_reference(value):
        yield _component_of(pointers.from_fragment(value["$ref"].removeprefix("#")) or "")
    if kind is Kind.DISCRIMINATOR:
        for target in mapping(value, "mapping").values():
            if isinstance(target, str):
                yield _component_of(pointers.from_fragment(target.removeprefix("#")) or "")
                yield pointers.join("/components/schemas", target)
    if kind in (Kind.DOCUMENT, Kind.OPERATION):
        for requirement in sequence(value, "security"):
            for name in requirement if is_mapping(requirement) else ():
                yield pointers.join("/components/securitySchemes", name)
