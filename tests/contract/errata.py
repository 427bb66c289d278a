"""Where the printed pages contradict themselves, or are silent, and what the description says instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs


@attrs.frozen
class Erratum:
    """One place of the pages.

    Attributes:
        where: Operation and place on its page.
        printed: What stands there.
        taken_as: What the description says.
        why: The reason.
        holds: Whether the bundled description says so.
    """

    where: str
    printed: str
    taken_as: str
    why: str
    holds: Callable[[dict[str, Any]], bool]


def _schema(document: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"][name]
    return found


def _responses(document: dict[str, Any]) -> list[set[str]]:
    return [set(item["post"]["responses"]) for item in document["paths"].values()]


ERRATA = (
    Erratum(
        "handwriting, request example 2",
        'the key "quick_mode " with a space at its end',
        "quick_mode",
        "the table of parameters has no other key",
        lambda document: "quick_mode" in _schema(document, "HandwritingRequest")["properties"],
    ),
    Erratum(
        "both, location",
        "Array of integers",
        "an array of exactly 4 points, each of exactly 2 integers",
        "every printed example has them, and the text speaks of the coordinates (x, y) of vertexes",
        lambda document: (
            _schema(document, "Location")["minItems"] == _schema(document, "Location")["maxItems"] == 4
            and _schema(document, "Point")["minItems"] == _schema(document, "Point")["maxItems"] == 2
        ),
    ),
    Erratum(
        "handwriting, char_set",
        "the list of values is missing",
        "digit, letter, digit_letter, general; general when absent",
        "the operator's public SDK documents these four",
        lambda document: (
            set(_schema(document, "CharSet")["enum"]) == {"digit", "letter", "digit_letter", "general"}
            and _schema(document, "HandwritingRequest")["properties"]["char_set"]["default"] == "general"
        ),
    ),
    Erratum(
        "web image, extract_type",
        "Array of strings, with the value image_size in prose only",
        "an array of an enum with image_size",
        "the prose says that it is the only value",
        lambda document: _schema(document, "ExtractType")["enum"] == ["image_size"],
    ),
    Erratum(
        "web image, example of a success",
        '"extracted_data": {}',
        "every member of extracted_data is optional",
        "the table says that image_size does not exist when extract_type does not name it",
        lambda document: "required" not in _schema(document, "ExtractedData"),
    ),
    Erratum(
        "both, request example 1",
        "Base64 that is cut off with ...",
        "any Base64; the printed value stands for a complete one",
        "the printed value does not decode",
        lambda document: all(
            _schema(document, name)["properties"]["image"]["contentEncoding"] == "base64"
            and "pattern" not in _schema(document, name)["properties"]["image"]
            for name in ("HandwritingRequest", "WebImageRequest")
        ),
    ),
    Erratum(
        "both, url",
        "the list of supported URLs is missing",
        "public http and https URLs, and URLs of the object storage",
        "the operator's public list of questions and answers",
        lambda document: all(
            _schema(document, name)["properties"]["url"]["format"] == "uri"
            for name in ("HandwritingRequest", "WebImageRequest")
        ),
    ),
    Erratum(
        "both, status codes",
        "200 and 400 only",
        "400 as printed, and any other status with the same body",
        "the pages point to the list of error codes, which has codes of the gateway with other statuses",
        lambda document: all(statuses == {"200", "400", "default"} for statuses in _responses(document)),
    ),
    Erratum(
        "handwriting, type of a block",
        "the return value is text",
        "an open string of which text is known",
        "other editions of the page name other values",
        lambda document: (
            _schema(document, "BlockType")["x-extensible-enum"] == ["text"]
            and "enum" not in _schema(document, "BlockType")
        ),
    ),
)
