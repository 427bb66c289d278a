"""What is deprecated says why, for clients say so to those who use it."""

from __future__ import annotations

from generator import deprecation
from generator.bundle import Bundle
from generator.rules.registry import Breaches, house_rule
from generator.structure import Kind, is_reference

_KINDS = (Kind.OPERATION, Kind.PARAMETER, Kind.HEADER, Kind.SCHEMA)


@house_rule("deprecation")
def deprecation_explained(bundle: Bundle) -> Breaches:
    """What is deprecated says why in `x-deprecated`, and `x-deprecated-values` names values: clients warn with it."""
    for place in bundle.places:
        if place.kind not in _KINDS or is_reference(place.value):
            continue
        for below, message in deprecation.problems(place.value):
            yield place.pointer + below, message
        if deprecation.VALUES in place.value:
            for below, message in deprecation.value_problems(place.value):
                yield place.pointer + below, message
