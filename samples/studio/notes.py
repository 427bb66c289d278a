"""The handwritten pictures: a note in English, a note in Chinese, and a number."""

from __future__ import annotations

import numpy as np
from PIL import Image

from .fonts import FontShelf
from .handwriting import Hand, Ink, lay_ink, write_lines
from .sample import Sample
from .sheet import SCALE, Shot, cup_ring, photograph, rule
from .texture import paper, wood

BLUE_INK = Ink(colour=(24, 38, 104), thin=(58, 78, 158), spread=1.0)
BLACK_INK = Ink(colour=(26, 26, 32), thin=(66, 66, 78), spread=0.8)


def english_note(sample: Sample, fonts: FontShelf, rng: np.random.Generator) -> Image.Image:
    """A page of a ruled notepad, written on in blue, with the mark of a cup."""
    width, height = 1080 * SCALE, 1000 * SCALE
    step, first, margin = 116 * SCALE, 190 * SCALE, 96 * SCALE
    sheet = paper(height, width, (250, 246, 235), rng)
    lines = [(0.0, float(y), float(width), float(y)) for y in range(first, height, step)]
    sheet = rule(sheet, lines, (176, 200, 222), SCALE)
    sheet = rule(sheet, [(margin, 0, margin, height)], (226, 150, 150), SCALE)
    sheet = cup_ring(sheet, (930 * SCALE, 772 * SCALE), 118 * SCALE, rng)

    starts = [
        ((122 + float(rng.normal(0, 5))) * SCALE, first - 9 * SCALE + at * step)
        for at in range(len(sample.lines))
    ]
    font = fonts.load("caveat", 68 * SCALE)
    page = write_lines((width, height), list(zip(sample.lines, starts, strict=True)), font, Hand(), rng)
    sheet = lay_ink(sheet, page, BLUE_INK, rng)
    table = wood(sample.height * SCALE, sample.width * SCALE, rng)
    return photograph(table, sheet, Shot(sample.size, corner=(62, 30), tilt=1.1), rng)


def chinese_note(sample: Sample, fonts: FontShelf, rng: np.random.Generator) -> Image.Image:
    """Letter paper with red lines, written on in black."""
    width, height = 1000 * SCALE, 700 * SCALE
    step, first = 142 * SCALE, 190 * SCALE
    sheet = paper(height, width, (249, 247, 240), rng)
    left, right = 50 * SCALE, width - 50 * SCALE
    lines = [(left, float(y), right, float(y)) for y in range(first - step, height, step)]
    sheet = rule(sheet, [(float(a), b, float(c), d) for a, b, c, d in lines], (222, 140, 132), SCALE)

    starts = [
        ((60 + float(rng.normal(0, 4))) * SCALE, first - 36 * SCALE + at * step)
        for at in range(len(sample.lines))
    ]
    font = fonts.load("long-cang", 65 * SCALE)
    hand = Hand(turn=1.6, size=0.03, lift=0.015, drift=0.03, tremble=0.010)
    page = write_lines((width, height), list(zip(sample.lines, starts, strict=True)), font, hand, rng)
    sheet = lay_ink(sheet, page, BLACK_INK, rng)
    table = wood(sample.height * SCALE, sample.width * SCALE, rng)
    return photograph(table, sheet, Shot(sample.size, corner=(58, 34), tilt=-0.9), rng)


def number_strip(sample: Sample, fonts: FontShelf, rng: np.random.Generator) -> Image.Image:
    """A strip of squared paper, filled by one number in marker pen."""
    width, height = (sample.width + 80) * SCALE, (sample.height + 80) * SCALE
    sheet = paper(height, width, (252, 251, 246), rng)
    step = 32 * SCALE
    grid = [(float(x), 0.0, float(x), float(height)) for x in range(step // 2, width, step)]
    grid += [(0.0, float(y), float(width), float(y)) for y in range(step // 2, height, step)]
    sheet = rule(sheet, grid, (206, 220, 232), SCALE)

    font = fonts.load("nanum-pen-script", 190 * SCALE)
    hand = Hand(turn=1.5, size=0.03, lift=0.01, drift=0.012, tremble=0.012, spacing=0.012)
    (text,) = sample.exactly(1)
    page = write_lines((width, height), [(text, (84 * SCALE, 188 * SCALE))], font, hand, rng)
    sheet = lay_ink(sheet, page, BLACK_INK, rng)
    return photograph(sheet, sheet, Shot(sample.size, corner=(-40, -40), tilt=0.0, light=(1.0, 0.95)), rng)
