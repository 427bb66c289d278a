"""What each parameter and each header says about itself."""

from __future__ import annotations

from collections.abc import Iterator

from generator import pointer as pointers
from generator.bundle import Bundle
from generator.findings import quoted
from generator.plain import is_mapping
from generator.rules.registry import Breaches, house_rule
from generator.rules.view import has_example, is_blank, mapping
from generator.structure import Kind, Place, is_reference, resolve


@house_rule("parameter-described")
def parameter_described(bundle: Bundle) -> Breaches:
    """Each parameter and each header has a description: the name alone tells too little."""
    for place in _parameters(bundle):
        if is_blank(place.value.get("description")):
            yield place.pointer, f"{_called(place)} has no description"


@house_rule("parameter-example")
def parameter_example(bundle: Bundle) -> Breaches:
    """Each parameter and each header has an example, its own or one of its schema: people try it."""
    for place in _parameters(bundle):
        _, schema = resolve(bundle.document, "", mapping(place.value, "schema"))
        if not has_example(place.value) and not (is_mapping(schema) and has_example(schema)):
            yield place.pointer, f"{_called(place)} has no example"


def _parameters(bundle: Bundle) -> Iterator[Place]:
    for place in bundle.places:
        if place.kind in (Kind.PARAMETER, Kind.HEADER) and not is_reference(place.value):
            yield place


def _called(place: Place) -> str:
    return f"the {place.kind} {quoted(place.value.get('name') or pointers.split(place.pointer)[-1])}"
