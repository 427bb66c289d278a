"""Where the text of an answer stands, which the command line takes from the description."""

from __future__ import annotations

from generator import text_blocks as blocks
from generator.bundle import Bundle
from generator.rules.registry import Breaches, house_rule
from generator.structure import Kind


@house_rule("text-blocks")
def text_blocks(bundle: Bundle) -> Breaches:
    """`x-text-blocks` leads to a list, and in each item to a text, and to its box and confidence if they are named."""
    for place in bundle.places:
        if place.kind is Kind.SCHEMA and blocks.KEY in place.value:
            yield from blocks.problems(bundle.document, place.value, place.pointer)
