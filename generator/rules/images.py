"""The limits of pictures, which client, service and pages derive from the description."""

from __future__ import annotations

from typing import Any

import jsonschema_rs

from generator import pointer as pointers
from generator.bundle import Bundle
from generator.rules.registry import Breaches, house_rule
from generator.rules.view import mapping
from generator.structure import Kind
from generator.violations import explain

KEY = "x-image-limits"
"""The extension of a request schema that tells the limits of its picture."""

_COUNT = {"type": "integer", "minimum": 1}
LIMITS: dict[str, Any] = {
    "type": "object",
    "required": ["formats", "min_side", "max_side", "max_base64_length"],
    "additionalProperties": False,
    "properties": {
        "formats": {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": {"enum": ["JPEG", "PNG", "BMP", "TIFF", "GIF", "WEBP"]},
        },
        "min_side": _COUNT,
        "max_side": _COUNT,
        "max_base64_length": _COUNT,
    },
}
"""JSON Schema of the extension: sides in pixels, the length in characters of Base64 text."""


@house_rule("image-limits")
def image_limits(bundle: Bundle) -> Breaches:
    """A schema with a Base64 picture tells its limits in `x-image-limits`; its maxLength is one of them."""
    validator = jsonschema_rs.Draft202012Validator(LIMITS)
    for place in bundle.places:
        if place.kind is not Kind.SCHEMA:
            continue
        picture = mapping(mapping(place.value, "properties"), "image")
        holds_picture = picture.get("contentEncoding") == "base64"
        if KEY not in place.value:
            if holds_picture:
                yield (
                    place.pointer,
                    f"the property `image` is a picture in Base64, but the schema has no {KEY}",
                )
            continue
        where = pointers.join(place.pointer, KEY)
        if not holds_picture:
            yield where, f"{KEY} needs a property `image` with `contentEncoding: base64` beside it"
        limits = place.value[KEY]
        problems = list(explain(validator.iter_errors(limits), {"": LIMITS}))
        yield from ((where + problem.pointer, problem.message) for problem in problems)
        if problems:
            continue
        if limits["min_side"] > limits["max_side"]:
            yield pointers.join(where, "min_side"), "min_side is more than max_side, so that no picture fits"
        if holds_picture and picture.get("maxLength") != limits["max_base64_length"]:
            length = pointers.join(place.pointer, "properties", "image", "maxLength")
            yield (
                length,
                f"maxLength of `image` is not {limits['max_base64_length']}, the max_base64_length of {KEY}",
            )
