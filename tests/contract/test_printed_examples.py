"""The examples of the pages, kept byte for byte as printed, against the description."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from .errata import ERRATA, Erratum
from .schemas import examples

PRINTED = Path(__file__).parent / "printed"

# So that an editor which tidies up white space is noticed.
DIGESTS = {
    "handwriting-failure": "352f838c547bfa4d",
    "handwriting-request-image": "35ffa5c96e0abd05",
    "handwriting-request-url": "ab4249ee2b00b595",
    "handwriting-response": "6e2e9a41875a36e7",
    "web-image-failure": "de43adfa74c476e8",
    "web-image-request-image": "2c911ea895d4217c",
    "web-image-request-url": "2517b46351bb4958",
    "web-image-response": "56e495fc321317ef",
}

PLACES = {
    "handwriting-request-image": ("recognizeHandwriting", "request", "image"),
    "handwriting-request-url": ("recognizeHandwriting", "request", "url"),
    "handwriting-response": ("recognizeHandwriting", "200", "two_blocks"),
    "handwriting-failure": ("recognizeHandwriting", "400", "handwriting_image_size"),
    "web-image-request-image": ("recognizeWebImage", "request", "image"),
    "web-image-request-url": ("recognizeWebImage", "request", "url"),
    "web-image-response": ("recognizeWebImage", "200", "two_blocks"),
    "web-image-failure": ("recognizeWebImage", "400", "web_image_size"),
}


@pytest.mark.parametrize("name", DIGESTS)
def test_printed_text_is_kept_byte_for_byte(name: str) -> None:
    """A printed example is never edited."""
    assert hashlib.sha256((PRINTED / f"{name}.json").read_bytes()).hexdigest()[:16] == DIGESTS[name]


@pytest.mark.parametrize("name", PLACES)
def test_description_has_the_printed_example(document: dict[str, Any], name: str) -> None:
    """Each printed example stands in the description, with nothing but the errata changed."""
    printed = json.loads((PRINTED / f"{name}.json").read_text(encoding="utf-8"))
    corrected = {key.strip(): value for key, value in printed.items()}
    found = {(example.operation, example.part, example.name): example.value for example in examples(document)}
    assert found[PLACES[name]] == corrected


def test_only_one_printed_key_needs_correction() -> None:
    """The space at the end of `quick_mode ` is the only thing that is corrected in an example."""
    odd = [
        (path.stem, key)
        for path in sorted(PRINTED.glob("*.json"))
        for key in json.loads(path.read_text(encoding="utf-8"))
        if key != key.strip()
    ]
    assert odd == [("handwriting-request-url", "quick_mode ")]


@pytest.mark.parametrize("erratum", ERRATA, ids=lambda erratum: erratum.where)
def test_description_says_what_the_erratum_takes(document: dict[str, Any], erratum: Erratum) -> None:
    """What is taken instead of the printed text is what the description says."""
    assert erratum.holds(document), f"{erratum.where}: {erratum.taken_as}, because {erratum.why}"


def test_errata_are_told_to_consumers() -> None:
    """Every erratum stands in the page that consumers read, in the same words."""
    page = (Path(__file__).resolve().parents[2] / "openapi" / "README.md").read_text(encoding="utf-8")
    rows = [
        f"| {erratum.where} | {erratum.printed} | {erratum.taken_as} | {erratum.why} |" for erratum in ERRATA
    ]
    assert [row for row in rows if row not in page] == []
