"""Text that does not stand upright, and columns."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from huaweicloud_ocr_emulator.recognition import Block, Pixels, Recogniser, direction

from .caller import HANDWRITING, WEB_IMAGE, Caller
from .pictures import base64, draw, encode

BANNER = Path(__file__).parents[2] / "samples" / "web-banner.webp"
LINES = {(20, 16): "The kettle", (20, 60): "is in the", (20, 104): "kitchen now"}


def pixels(picture: Image.Image) -> Pixels:
    """Return a picture as the recogniser wants it."""
    return np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])


def words(blocks: list[Block]) -> list[str]:
    """Return the words of each block."""
    return [block.words for block in blocks]


def boxes(*corners: list[tuple[float, float]]) -> NDArray[np.float32]:
    """Gather boxes."""
    return np.array(corners, np.float32)


def bar(angle: float, length: float = 100) -> list[tuple[float, float]]:
    """Make a box of a height of 10 that begins at (200, 200) and runs at an angle."""
    x, y = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    return [
        (200, 200),
        (200 + length * x, 200 + length * y),
        (200 + length * x - 10 * y, 200 + length * y + 10 * x),
        (200 - 10 * y, 200 + 10 * x),
    ]


@pytest.mark.parametrize("angle", [-89, -30, 0, 44, 46, 89.5])
def test_slope_of_most(angle: float) -> None:
    """The slope is that of most of the text: neither short boxes nor those that run otherwise change it."""
    page = boxes(
        bar(angle), bar(angle + 180), bar(angle - 0.2), bar(angle + 0.2), bar(angle + 70), bar(10, 5)
    )
    assert direction.slope(page) == pytest.approx(angle, abs=0.3)


@pytest.mark.parametrize("angle", [0, 45, 90, 179, -120])
def test_first_corner(angle: float) -> None:
    """Whichever corner of a box comes first, the text's own top left is found by its angle."""
    for start in range(4):
        (found,) = direction.from_top_left(np.roll(boxes(bar(angle)), start, axis=1), angle)
        assert found[0].tolist() == [200, 200]


@pytest.mark.parametrize(
    ("path", "angle"),
    [(HANDWRITING, 10), (WEB_IMAGE, 45), (HANDWRITING, 137), (WEB_IMAGE, 180), (HANDWRITING, 270)],
)
def test_any_angle(caller: Caller, path: str, angle: int) -> None:
    """Turned text is read in its order; the boxes stand in the picture as sent, from the text's own top left."""
    upright = draw(LINES, size=(300, 150), height=32)
    turned = upright.rotate(-angle, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    blocks = caller.blocks(path, image=base64(encode(turned)), detect_direction=True)
    assert [block["words"] for block in blocks] == list(LINES.values())
    cosine, sine = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    middle, new_middle = np.array(upright.size) / 2, np.array(turned.size) / 2
    for (left, top), block in zip(LINES, blocks, strict=True):
        # Back from the turned picture to the upright one.
        corners = (np.array(block["location"]) - new_middle) @ [[cosine, -sine], [sine, cosine]] + middle
        assert np.abs(corners[0] - (left, top)).max() <= 16
        assert corners[1][0] > corners[0][0] + 60
        assert abs(corners[2] - corners[1])[1] > 20


def test_without_the_parameter_nothing_is_turned(recogniser: Recogniser) -> None:
    """Text on its head is not read unless it is asked for."""
    head = pixels(draw(LINES, size=(300, 150), height=32).rotate(180))
    assert not set(words(recogniser.read(head))) & set(LINES.values())


def test_upright_stays_as_it_is(recogniser: Recogniser) -> None:
    """Text that stands upright gives the same blocks with the parameter as without."""
    page = pixels(draw(LINES, size=(300, 150), height=32))
    assert recogniser.read(page, any_direction=True) == recogniser.read(page)


@pytest.mark.parametrize(("turn", "first"), [(90, (0, 249)), (180, (249, 63)), (270, (63, 0))])
def test_quick_mode_in_any_direction(recogniser: Recogniser, turn: int, first: tuple[int, int]) -> None:
    """A single line that fills a turned picture is one block with the corners of the picture."""
    line = draw({(12, 6): "Kettle 42"}, size=(250, 64)).rotate(turn, expand=True)
    (block,) = recogniser.read(pixels(line), single_line=True, any_direction=True)
    assert (block.words, block.corners[0]) == ("Kettle 42", first)


def test_tilted_line_in_quick_mode(recogniser: Recogniser) -> None:
    """Of a tilted picture of a single line only the line is taken, without the corners around it."""
    line = draw({(12, 6): "Kettle 42"}, size=(250, 64)).rotate(
        -30, Image.Resampling.BICUBIC, expand=True, fillcolor="white"
    )
    (block,) = recogniser.read(pixels(line), single_line=True, any_direction=True)
    assert block.words == "Kettle 42"


def test_tiny_word_on_its_head(recogniser: Recogniser) -> None:
    """A word that fills a tiny picture is read on its head too, though it is not found by itself."""
    tiny = draw({(2, 0): "Kettle"}, size=(50, 18), height=14).rotate(180)
    (block,) = recogniser.read(pixels(tiny), any_direction=True)
    assert (block.words, block.corners[0]) == ("Kettle", (49, 17))


@pytest.fixture(scope="module")
def chinese(recogniser: Recogniser) -> dict[str, Image.Image]:
    """Two lines of four characters each, cut out of a sample."""
    banner = Image.open(BANNER).convert("RGB")
    found = {block.words: block.corners for block in recogniser.read(pixels(banner))}
    return {line: banner.crop((*found[line][0], *found[line][2])) for line in ("限时特惠", "立即购买")}


def column(line: Image.Image) -> Image.Image:
    """Set the four characters of a line below each other."""
    width, height = line.width // 4, line.height
    stacked = Image.new("RGB", (width, 4 * height))
    for number in range(4):
        stacked.paste(line.crop((number * width, 0, (number + 1) * width, height)), (0, number * height))
    return stacked.resize((48, 200))


@pytest.mark.parametrize("any_direction", [False, True])
def test_columns(recogniser: Recogniser, chinese: dict[str, Image.Image], any_direction: bool) -> None:
    """Columns of Chinese are read downwards, the rightmost first, and their boxes begin at the upper left."""
    page = Image.new("RGB", (300, 280), next(iter(chinese.values())).getpixel((0, 0)))
    for left, line in zip((200, 60), chinese.values(), strict=True):
        page.paste(column(line), (left, 40))
    blocks = recogniser.read(pixels(page), any_direction=any_direction)
    assert words(blocks) == list(chinese)
    assert np.abs(np.array([block.corners[0] for block in blocks]) - [(200, 40), (60, 40)]).max() <= 20


def test_line_that_lies_is_no_column(recogniser: Recogniser, chinese: dict[str, Image.Image]) -> None:
    """A line of Chinese that runs downwards, its characters lying, begins at the upper right."""
    line, picture = next(iter(chinese.items()))
    page = Image.new("RGB", (picture.width + 80, picture.height + 80), picture.getpixel((0, 0)))
    page.paste(picture, (40, 40))
    lying = page.rotate(-90, expand=True)
    (block,) = recogniser.read(pixels(lying))
    assert block.words == line
    assert block.corners[0][0] > lying.width / 2
