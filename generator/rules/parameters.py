"""What each parameter and each header says about itself."""

from __future__ import annotations

from generator.bundle import Bundle
from generator.findings import quoted
from generator.plain import is_mapping
from generator.rules.registry import Breaches, house_rule
from generator.rules.view import has_example, is_blank, mapping
from generator.structure import Kind, is_reference, resolve


@house_rule("parameter-described")
def parameter_described(bundle: Bundle) -> Breaches:
    """Each parameter and each header has a description and an example: the name alone tells too little."""
    for place in bundle.places:
        if place.kind not in (Kind.PARAMETER, Kind.HEADER) or is_reference(place.value):
            continue
        name = place.value.get("name") or place.pointer.rpartition("/")[2]
        called = f"The {place.kind} {quoted(name)}"
        if is_blank(place.value.get("description")):
            yield place.pointer, f"{called} has no description."
        _, schema = resolve(bundle.document, "", mapping(place.value, "schema"))
        if not has_example(place.value) and not (is_mapping(schema) and has_example(schema)):
            yield place.pointer, f"{called} has no example."
