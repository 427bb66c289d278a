"""Finding and cutting out lines."""

from __future__ import annotations

import numpy as np
import pytest

from huaweicloud_ocr_emulator.recognition import Engine, Pixels

from .pictures import draw


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The real networks."""
    return Engine()


def pixels(lines: dict[tuple[int, int], str], size: tuple[int, int], height: int) -> Pixels:
    """Draw lines of text."""
    return np.asarray(draw(lines, size=size, height=height))[:, :, ::-1]


def test_lines_across_tiles(engine: Engine) -> None:
    """A line that runs through several tiles is found as one."""
    line = pixels({(20, 300): "A line that runs through one tile after the other"}, (1280, 640), 48)
    (whole,) = engine.detect(line, 1280, 1280)
    (tiled,) = engine.detect(line, 1280, 480)
    assert np.abs(whole - tiled).max() <= 8


def test_emptiness_is_not_joined_with_text(engine: Engine) -> None:
    """Where tiles are almost empty each line is found by itself, and nothing else."""
    lines = {(384, 154): "Top of the page", (640, 756): "Middle of the page"}
    boxes = engine.detect(pixels(lines, (1920, 1080), 24), 1920, 640)
    assert len(boxes) == 2
    assert np.ptp(boxes[:, :, 1], axis=1).max() < 60


@pytest.mark.parametrize("angle", [90, 137])
def test_boxes_of_turned_text(engine: Engine, angle: int) -> None:
    """Text that is looked at as if it were turned is found where it stands in the picture."""
    upright = draw({(40, 100): "Kettle number"}, size=(440, 240), height=48)
    turned = upright.rotate(-angle, expand=True, fillcolor="white")
    (box,) = engine.detect(np.asarray(turned)[:, :, ::-1], 960, 960, angle=angle)
    ink = np.argwhere(np.asarray(turned.convert("L")) < 128)[:, ::-1]
    assert np.abs(box.mean(axis=0) - (ink.min(axis=0) + ink.max(axis=0)) / 2).max() <= 8
    right, down = box[1] - box[0], box[3] - box[0]
    assert np.degrees(np.arctan2(right[1], right[0])) % 360 == pytest.approx(angle, abs=2)
    assert np.linalg.norm(right) > 4 * np.linalg.norm(down)


def test_cut_straightens(engine: Engine) -> None:
    """A tilted box is cut out upright, its first corner at the top left."""
    picture = np.zeros((100, 100, 3), np.uint8)
    picture[40:60, 20:80] = 255
    quarter = np.array([[79, 40], [79, 59], [20, 59], [20, 40]], np.float32)
    cut = engine.cut(picture, quarter)
    assert cut.shape == (59, 19, 3)
    assert cut.min() == 255


@pytest.mark.parametrize("shape", [(8, 8192), (8192, 8), (1, 1)])
def test_extreme_lines(engine: Engine, shape: tuple[int, int]) -> None:
    """The longest and the lowest lines are read without taking all memory."""
    probabilities = engine.read(np.full((*shape, 3), 255, np.uint8))
    assert probabilities.shape[1] == len(engine.characters)
    assert probabilities.shape[0] <= 1600
