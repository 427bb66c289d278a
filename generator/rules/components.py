"""What the document keeps under `components`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator import pointer as pointers
from generator.bundle import Bundle
from generator.findings import quoted
from generator.plain import is_mapping
from generator.rules.registry import Breaches, Stage, house_rule
from generator.rules.view import mapping, sequence
from generator.structure import SECTIONS, Kind, is_reference


@house_rule("component-used", Stage.LEFTOVERS)
def component_used(bundle: Bundle) -> Breaches:
    """Each component is needed by an operation, directly or not: what nobody needs, nobody maintains."""
    document = bundle.document
    pointing: dict[str, list[str]] = {}
    for place in bundle.places:
        pointing.setdefault(_component_of(place.pointer), []).extend(_references(place.kind, place.value))
    known = _reached(pointing, "", set())
    left = {
        where: quoted(name)
        for section in SECTIONS.values()
        for name in mapping(document.get("components"), section)
        if (where := pointers.join("/components", section, name)) not in known and section != "pathItems"
    }
    # What only another leftover needs goes with it; in a circle of leftovers the first one is told.
    inner = {target for where in left for target in pointing.get(where, ()) if target != where}
    for where in sorted(left, key=lambda one: one in inner):
        if where not in known:
            below = _reached(pointing, where, known | {where})
            known |= below | {where}
            others = [name for one, name in left.items() if one in below]
            nor = f", nor {', '.join(others)} to which it leads" if others else ""
            yield where, f"no operation needs {left[where]} of {pointers.split(where)[1]}{nor}"


def _reached(pointing: dict[str, list[str]], start: str, known: set[str]) -> set[str]:
    """Return the components that one leads to, directly or not, save those behind what is known already.

    The empty pointer leads to those that are needed.
    """
    reached: set[str] = set()
    pending = [start]
    while pending:
        for target in pointing.get(pending.pop(), ()):
            if target not in reached and target not in known:
                reached.add(target)
                pending.append(target)
    return reached


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
