"""Labelled pictures, what becomes of them for a measurement, and how wrong a reading of them is."""

from __future__ import annotations

import json
import string
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import attrs
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from huaweicloud_ocr_emulator.contract import load_contract
from huaweicloud_ocr_emulator.failures import CallFailed
from huaweicloud_ocr_emulator.picture import decode_pixels, open_picture
from huaweicloud_ocr_emulator.recognition import Pixels
from measured import FailedError

# Of these classes the case of letters is a matter of taste: words cut out of signs, and fonts of capitals.
_FOLDED: Final = ("web_word", "hw_synth_font")
_OF_SET: Final = {
    "digit": string.digits,
    "letter": string.ascii_letters,
    "digit_letter": string.digits + string.ascii_letters,
}

POEMS: Final = (
    ("床前明月光", "疑是地上霜", "举头望明月", "低头思故乡"),
    ("春眠不觉晓", "处处闻啼鸟", "夜来风雨声", "花落知多少"),
    ("天地玄黄，宇宙洪荒。", "日月盈昃，辰宿列张。", "寒来暑往，秋收冬藏。"),
    ("今日特价", "欢迎光临", "营业时间上午九点至下午六点", "电话请拨打前台咨询"),
    ("图书馆门口见",),
)
"""What the columns say, the rightmost first."""


@attrs.frozen
class Item:
    """A picture with its label.

    Attributes:
        file: Its file; None when it is drawn.
        operation: `handwriting` or `web-image`.
        group: Its class.
        text: What it says, in reading order.
        char_set: The narrow character set that its label is meant for, if any.
        is_line: Whether it is one line.
        columns: What is drawn in columns, and the height of its characters in pixels.
    """

    file: Path | None
    operation: str
    group: str
    text: str
    char_set: str | None = None
    is_line: bool = False
    columns: tuple[tuple[str, ...], int] | None = None

    @property
    def narrowest_set(self) -> str | None:
        """The narrowest character set that holds all letters and digits of the label."""
        own = counted(self.text)
        return next((name for name, of_set in _OF_SET.items() if set(own) <= set(of_set)), None)


@attrs.frozen
class Errors:
    """How many of a number of characters are wrong: left out, put in, or others."""

    wrong: int
    characters: int

    def __add__(self, other: Errors) -> Errors:
        """Count both."""
        return Errors(self.wrong + other.wrong, self.characters + other.characters)

    @property
    def rate(self) -> float:
        """Character error rate, in percent."""
        return 100 * self.wrong / self.characters


def items(folder: Path) -> list[Item]:
    """Return the pictures of a folder.

    Raises:
        FailedError: Its labels cannot be read.
    """
    try:
        labels: list[dict[str, Any]] = json.loads((folder / "labels.json").read_text())
        return [
            Item(
                folder / label["file"],
                label["endpoint"],
                label["class"],
                "".join(label["text"]),
                label.get("char_set"),
                bool(label.get("single_line")),
            )
            for label in labels
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FailedError(f"{folder / 'labels.json'}: {type(error).__name__}: {error}") from error


def vertical() -> list[Item]:
    """Return pages of Chinese columns, in three sizes of print."""
    return [
        Item(None, "web-image", "vertical", "".join(poem), columns=(poem, height))
        for poem in POEMS
        for height in (20, 32, 64)
    ]


def errors(item: Item, words: Sequence[str], char_set: str | None = None) -> Errors:
    """Compare what was read with the label; with a character set, with what of the label is in it."""
    expected, found = counted(item.text), counted("".join(words))
    if char_set is not None:
        expected = "".join(character for character in expected if character in _OF_SET[char_set])
    if item.group in _FOLDED:
        expected, found = expected.casefold(), found.casefold()
    return Errors(_distance(expected, found), len(expected))


def counted(text: str) -> str:
    """Return what of a text counts: its letters and digits, in their plain forms."""
    return "".join(character for character in unicodedata.normalize("NFKC", text) if character.isalnum())


def pixels(item: Item, *, degrees: int = 0, megapixels: int = 0, font: Path | None = None) -> Pixels:
    """Return a picture as the service sees it.

    Args:
        item: Which.
        degrees: By how much it is turned clockwise, on ground of the colour of its edges.
        megapixels: How large it is made; 0 for as large as it is.
        font: What columns are drawn with.

    Raises:
        FailedError: The service would refuse it.
    """
    if item.columns is not None:
        return _drawn(*item.columns, font)
    assert item.file is not None
    limits = next(found.limits for found in load_operations() if found.path.endswith(item.operation))
    try:
        found = decode_pixels(open_picture(item.file.read_bytes(), limits))
    except (OSError, CallFailed) as error:
        raise FailedError(f"{item.file}: {error}") from error
    if megapixels:
        height, width = found.shape[:2]
        scale = min((megapixels * 1e6 / (height * width)) ** 0.5, limits.max_side / max(height, width))
        larger = Image.fromarray(found).resize(
            (round(width * scale), round(height * scale)), Image.Resampling.BICUBIC
        )
        found = np.asarray(larger)
    return _turned(found, degrees)


@cache
def load_operations() -> Sequence[Any]:
    """Return the operations of the service, with their limits."""
    return load_contract().operations


def _turned(picture: Pixels, degrees: int) -> Pixels:
    if degrees % 90 == 0:
        return np.ascontiguousarray(np.rot90(picture, -degrees // 90))
    edges = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    ground = tuple(int(value) for value in np.median(edges, axis=0))
    turned = Image.fromarray(picture).rotate(
        -degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=ground
    )
    return np.asarray(turned)


def _drawn(columns: Sequence[str], height: int, font: Path | None) -> Pixels:
    """Draw columns from the right, punctuation in the upper right of its square."""
    assert font is not None
    # Index 2 of the collection of Noto holds the forms of simplified Chinese; other files hold one font only.
    pen_font = ImageFont.truetype(font, height, index=2 if font.suffix == ".ttc" else 0)
    pitch, gap, margin = round(height * 1.15), round(height * 0.8), 40
    width = 2 * margin + len(columns) * (height + gap) - gap
    page = Image.new("RGB", (width, 2 * margin + max(map(len, columns)) * pitch), "white")
    pen = ImageDraw.Draw(page)
    for number, column in enumerate(columns):
        left = width - margin - height - number * (height + gap)
        for row, character in enumerate(column):
            shift = (0.6 * height, -0.5 * height) if character in "，。" else (0, -0.15 * height)
            pen.text((left + shift[0], margin + row * pitch + shift[1]), character, "black", pen_font)
    return np.asarray(page)[:, :, ::-1].copy()


def _distance(one: str, other: str) -> int:
    """Return how many characters have to be put in, left out or replaced to make one text the other."""
    row = list(range(len(other) + 1))
    for number, character in enumerate(one, 1):
        above, row = row, [number]
        for index, wanted in enumerate(other):
            row.append(min(above[index + 1] + 1, row[index] + 1, above[index] + (character != wanted)))
    return row[-1]
