"""What is read from a picture, over HTTP and with the real models."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from PIL import Image

from .caller import HANDWRITING, WEB_IMAGE, Caller
from .pictures import base64, blank, draw, encode, image

LETTER = {(60, 40): "Dear Anna,", (60, 120): "the kettle is here.", (60, 200): "Call 0621 4471"}


@pytest.mark.parametrize("format", ["JPEG", "PNG", "BMP", "TIFF"])
def test_formats_of_handwriting(caller: Caller, format: str) -> None:
    """Every format of Handwritten Text OCR is read."""
    assert caller.words(HANDWRITING, image=image(draw(), format)) == ["Kettle 42"]


@pytest.mark.parametrize("format", ["JPEG", "PNG", "BMP", "TIFF", "GIF", "WEBP"])
def test_formats_of_web_images(caller: Caller, format: str) -> None:
    """Every format of Web Image OCR is read."""
    assert caller.words(WEB_IMAGE, image=image(draw(), format)) == ["Kettle 42"]


@pytest.mark.parametrize(
    ("picture", "format"),
    [
        (draw(mode="L", ink=0, paper=255), "JPEG"),
        (draw(mode="1", ink=0, paper=1), "PNG"),
        (draw().convert("P"), "PNG"),
        (draw(mode="LA", ink=(0, 255), paper=(255, 255)), "PNG"),
        (draw(mode="RGBA", ink=(0, 0, 0, 255), paper=(0, 0, 0, 0)), "PNG"),
        (draw(mode="RGBA", ink=(255, 255, 255, 255), paper=(255, 255, 255, 0)), "PNG"),
        (draw(mode="I;16", ink=2000, paper=60000), "PNG"),
        (draw(mode="I;16", ink=2000, paper=60000), "TIFF"),
        (draw(mode="F", ink=-1.5, paper=2.5), "TIFF"),
        (draw(mode="CMYK", ink=(0, 0, 0, 255), paper=(0, 0, 0, 0)), "JPEG"),
        (draw(mode="CMYK", ink=(0, 0, 0, 255), paper=(0, 0, 0, 0)), "TIFF"),
        (draw(ink="white", paper="navy"), "PNG"),
    ],
    ids=[
        "grey",
        "bilevel",
        "palette",
        "grey and alpha",
        "dark on nothing",
        "bright on nothing",
        "16 bit PNG",
        "16 bit TIFF",
        "float",
        "CMYK JPEG",
        "CMYK TIFF",
        "white on blue",
    ],
)
def test_pixels_of_all_kinds(caller: Caller, picture: Image.Image, format: str) -> None:
    """Grey, palette, transparent, deep and CMYK pictures are read like others."""
    assert caller.words(HANDWRITING, image=image(picture, format)) == ["Kettle 42"]


@pytest.mark.parametrize("format", ["GIF", "WEBP", "TIFF"])
def test_first_frame_counts(caller: Caller, format: str) -> None:
    """Of several frames or pages the first is read."""
    second = draw({(40, 30): "Second"})
    file = encode(draw(), format, save_all=True, append_images=[second])
    assert caller.words(WEB_IMAGE, image=base64(file)) == ["Kettle 42"]


def test_lines_in_order(caller: Caller) -> None:
    """Several lines come as blocks from top to bottom, each with its type."""
    blocks = caller.blocks(HANDWRITING, image=image(draw(LETTER, size=(640, 300))))
    assert [block["words"] for block in blocks] == list(LETTER.values())
    assert {block["type"] for block in blocks} == {"text"}


def test_columns_are_read_row_by_row(caller: Caller) -> None:
    """Blocks side by side come from left to right, though one stands a little higher."""
    lines = {(40, 46): "First", (400, 40): "second", (40, 150): "third", (400, 156): "fourth"}
    assert caller.words(WEB_IMAGE, image=image(draw(lines, size=(700, 260)))) == list(lines.values())


def test_locations(caller: Caller) -> None:
    """A location is the box around the text, in pixels, clockwise from its top left corner."""
    picture = draw({(200, 100): "Kettle"}, size=(800, 300))
    (block,) = caller.blocks(WEB_IMAGE, image=image(picture))
    ink = Image.eval(picture.convert("L"), lambda value: 255 - value).getbbox()
    assert ink
    left, top, right, bottom = ink
    expected = [[left, top], [right, top], [right, bottom], [left, bottom]]
    assert np.abs(np.array(block["location"]) - expected).max() <= 16
    assert block["confidence"] > 0.9


@pytest.mark.parametrize(("turn", "first"), [(90, "bottom left"), (-90, "top right")])
def test_line_that_runs_upwards_or_downwards(caller: Caller, turn: int, first: str) -> None:
    """The location of a turned line begins at the text's own top left corner."""
    picture = draw({(40, 30): "Kettle number"}, size=(420, 110)).rotate(turn, expand=True)
    (block,) = caller.blocks(WEB_IMAGE, image=image(picture))
    assert block["words"] == "Kettle number"
    x, y = block["location"][0]
    middle_x, middle_y = np.mean(block["location"], axis=0)
    assert {True: "top", False: "bottom"}[y < middle_y] + {True: " left", False: " right"}[
        x < middle_x
    ] == first


def test_narrow_letters(caller: Caller) -> None:
    """A letter that is taller than wide is not taken for a line that runs downwards."""
    lines = {(40, 40): "1", (240, 40): "7", (440, 40): "4"}
    assert caller.words(HANDWRITING, image=image(draw(lines, size=(560, 140))), char_set="digit") == [
        "1",
        "7",
        "4",
    ]


def test_tilted_lines(caller: Caller) -> None:
    """Tilted lines are read in order, and their boxes are tilted too."""
    picture = draw(LETTER, size=(640, 300)).rotate(-8, expand=True, fillcolor="white")
    blocks = caller.blocks(HANDWRITING, image=image(picture))
    assert [block["words"] for block in blocks] == list(LETTER.values())
    (left, top), (right, lower) = blocks[1]["location"][:2]
    assert np.degrees(np.arctan2(lower - top, right - left)) == pytest.approx(8, abs=3)


@pytest.mark.parametrize("path", [HANDWRITING, WEB_IMAGE])
def test_nothing_to_read(caller: Caller, path: str) -> None:
    """A picture without text is a success without blocks."""
    assert caller.blocks(path, image=image(blank(300, 200))) == []


def test_noise(caller: Caller) -> None:
    """Noise is not taken for text."""
    noise = np.random.default_rng(7).integers(0, 255, (300, 300, 3), dtype=np.uint8)
    assert caller.blocks(WEB_IMAGE, image=image(Image.fromarray(noise))) == []


def test_tiny_word(caller: Caller) -> None:
    """A word that fills a tiny picture is read."""
    assert caller.words(WEB_IMAGE, image=image(draw({(2, 0): "Kettle"}, size=(50, 18), height=14))) == [
        "Kettle"
    ]


@pytest.mark.parametrize("size", [(1920, 1080), (1000, 8000), (8000, 600)])
def test_small_text_in_a_large_picture(caller: Caller, size: tuple[int, int]) -> None:
    """Text of 20 pixels is found in a large screen, in a long page and in a wide strip."""
    width, height = size
    lines = {(width // 5, height // 7): "Top of the page", (width // 3, height * 7 // 10): "End of the page"}
    words = caller.words(WEB_IMAGE, image=image(draw(lines, size=size, height=20)))
    assert words == list(lines.values())


def test_little_text_in_a_large_coloured_area(caller: Caller) -> None:
    """Small faint text in a large area of one colour is found too."""
    picture = draw({(900, 700): "small print"}, size=(1920, 1080), height=22, paper="navy", ink=(30, 30, 190))
    assert caller.words(WEB_IMAGE, image=image(picture)) == ["small print"]


def test_quick_mode(caller: Caller) -> None:
    """With quick_mode the whole picture is one line, and one block."""
    picture = draw({(12, 6): "Kettle 42"}, size=(250, 64))
    (block,) = caller.blocks(HANDWRITING, image=image(picture), quick_mode=True)
    assert block["words"] == "Kettle 42"
    assert block["location"] == [[0, 0], [249, 0], [249, 63], [0, 63]]


@pytest.mark.parametrize(
    ("char_set", "words"),
    [("digit", "0728813"), ("letter", "BX"), ("digit_letter", "07288BX13"), ("general", "(0728)-8BX.13")],
)
def test_char_set(caller: Caller, char_set: str, words: str) -> None:
    """A character set leaves letters, digits and punctuation out, and invents none in their place."""
    picture = draw({(40, 30): "(0728)-8BX.13"})
    (read,) = caller.words(HANDWRITING, image=image(picture), char_set=char_set)
    assert read.replace(" ", "") == words


def test_char_set_without_match(caller: Caller) -> None:
    """Text without any character of the set gives no block."""
    picture = draw({(40, 30): "Mountain view"})
    assert caller.blocks(HANDWRITING, image=image(picture), char_set="digit") == []


@pytest.mark.parametrize(
    ("parameters", "extracted"),
    [
        ({}, None),
        ({"extract_type": []}, None),
        ({"extract_type": ["image_size"]}, {"image_size": {"width": 480, "height": 120}}),
        ({"extract_type": ["image_size", "image_size"]}, {"image_size": {"width": 480, "height": 120}}),
    ],
)
def test_extract_type(caller: Caller, parameters: dict[str, Any], extracted: dict[str, Any] | None) -> None:
    """The size of the picture is told when it is asked for, and only then."""
    result = caller.post(WEB_IMAGE, {"image": image(draw()), **parameters}).json()["result"]
    assert result.get("extracted_data") == extracted


def test_size_is_that_of_the_stored_pixels(caller: Caller) -> None:
    """A rotation in EXIF data changes neither the size nor the locations."""
    exif = Image.Exif()
    exif[0x0112] = 6
    body = {"image": base64(encode(draw(), "JPEG", exif=exif)), "extract_type": ["image_size"]}
    result = caller.post(WEB_IMAGE, body).json()["result"]
    assert result["extracted_data"]["image_size"] == {"width": 480, "height": 120}
    assert [block["words"] for block in result["words_block_list"]] == ["Kettle 42"]


def test_calls_at_the_same_time(caller: Caller) -> None:
    """Calls at the same time, with different pictures and character sets, do not disturb each other."""
    bodies = [
        {"image": image(draw({(40, 30): f"Room {number}B"})), "char_set": char_set}
        for number in (17, 28, 39)
        for char_set in ("general", "digit", "letter", "digit_letter")
    ]
    alone = [caller.post(HANDWRITING, body).json() for body in bodies]
    with ThreadPoolExecutor(6) as callers:
        together = [
            response.json() for response in callers.map(lambda body: caller.post(HANDWRITING, body), bodies)
        ]
    assert together == alone
