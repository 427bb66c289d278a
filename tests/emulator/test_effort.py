"""How much is done for one picture, at most."""

from __future__ import annotations

import logging

import numpy as np
import pytest

from huaweicloud_ocr_emulator.recognition import Abandoned, Pixels, Recogniser, reading

from .pictures import draw

WORDS = {(20, 20): "kettle", (20, 80): "a much longer line of text", (20, 140): "spoon"}


@pytest.fixture(scope="module")
def page() -> Pixels:
    """A page of three lines, one of them longer than the others."""
    return np.ascontiguousarray(np.asarray(draw(WORDS, size=(560, 200), height=36))[:, :, ::-1])


def test_longest_lines_first(
    recogniser: Recogniser, page: Pixels, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What there is too much of to be read is left out, the smallest lines before others, and the log says so."""
    monkeypatch.setattr(reading, "_MOST_WIDTH", 1)
    caplog.set_level(logging.WARNING)
    assert [block.words for block in recogniser.read(page)] == ["a much longer line of text"]
    assert [record.getMessage() for record in caplog.records] == [
        "2 of 3 lines are not read: there are too many"
    ]


def test_specks(recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture of hundreds of words is read up to the limit, and no further."""
    monkeypatch.setattr(reading, "_MOST_WIDTH", 3200)
    words = {(x, y): "a1B" for x in range(0, 600, 40) for y in range(0, 600, 20)}
    crowd = np.asarray(draw(words, size=(600, 600), height=12))
    assert 5 <= len(recogniser.read(crowd)) <= 10


@pytest.mark.parametrize("steps", [0, 1, 3])
def test_abandoned(recogniser: Recogniser, page: Pixels, steps: int) -> None:
    """Reading ends at the first step at which nobody waits for it any more."""
    asked = 0

    def is_wanted() -> bool:
        nonlocal asked
        asked += 1
        return asked <= steps

    with pytest.raises(Abandoned):
        recogniser.read(page, is_wanted=is_wanted)
    assert asked == steps + 1
