"""Write lines of text as a hand would: no two letters alike, no line quite straight, uneven ink."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from .texture import Picture, Plane, blur, displace, from_mask, paint, rgb, smooth_noise


@dataclass(frozen=True)
class Hand:
    """How unsteady the writer is.

    Attributes:
        turn: Deviation of a letter's angle, in degrees.
        size: Deviation of a letter's size, as a share of it.
        lift: Deviation of a letter's height above the line, as a share of the font's size.
        drift: How far a line wanders from straight, as a share of the font's size.
        slope: Deviation of a line's angle, in degrees.
        tremble: How far a stroke is bent, as a share of the font's size.
        spacing: Added between letters, as a share of the font's size.
    """

    turn: float = 1.0
    size: float = 0.015
    lift: float = 0.012
    drift: float = 0.04
    slope: float = 0.25
    tremble: float = 0.014
    spacing: float = 0.0


@dataclass(frozen=True)
class Ink:
    """What the pen leaves on the paper.

    Attributes:
        colour: Where the ink is thick: red, green, blue, 0 to 255.
        thin: Where it is thin.
        strength: How much of the paper the ink hides, 0 to 1.
        spread: How far the ink runs along the fibres, in pixels.
    """

    colour: tuple[float, float, float]
    thin: tuple[float, float, float]
    strength: float = 0.95
    spread: float = 1.0


def write_line(
    page: Image.Image,
    text: str,
    font: ImageFont.FreeTypeFont,
    start: tuple[float, float],
    hand: Hand,
    rng: np.random.Generator,
) -> None:
    """Write `text` on `page`, a grey picture; `start` = (x, y) is the left end of its base line."""
    x, base = start
    climb = math.tan(math.radians(float(rng.normal(0, hand.slope))))
    phase, waves = rng.uniform(0, 2 * math.pi), rng.uniform(0.6, 1.3)
    length = max(font.getlength(text), 1.0)
    for position, letter in enumerate(text):
        along = (x - start[0]) / length
        wander = math.sin(phase + along * waves * 2 * math.pi) * hand.drift
        y = base - climb * (x - start[0]) + (wander + float(rng.normal(0, hand.lift))) * font.size
        if not letter.isspace():
            _write_letter(page, letter, font, (x, y), hand, rng)
        pair = text[position : position + 2]
        advance = font.getlength(pair) - font.getlength(pair[1:])
        x += advance + (hand.spacing + float(rng.normal(0, 0.008))) * font.size


def _write_letter(
    page: Image.Image,
    letter: str,
    font: ImageFont.FreeTypeFont,
    start: tuple[float, float],
    hand: Hand,
    rng: np.random.Generator,
) -> None:
    side = math.ceil(font.size * 2.4)
    origin = (side * 0.25, side * 0.65)
    tile = Image.new("L", (side, side))
    ImageDraw.Draw(tile).text(origin, letter, font=font, fill=255, anchor="ls")

    turn = math.radians(float(rng.normal(0, hand.turn)))
    size = 1 + float(rng.normal(0, hand.size))
    corner = (math.floor(start[0] - origin[0]), math.floor(start[1] - origin[1]))
    pen = (start[0] - corner[0], start[1] - corner[1])
    cosine, sine = math.cos(turn) / size, math.sin(turn) / size
    # Pillow asks for the way back: from a pixel of the result to the pixel of the tile that it shows.
    back = (
        cosine, -sine, origin[0] - cosine * pen[0] + sine * pen[1],
        sine, cosine, origin[1] - sine * pen[0] - cosine * pen[1],
    )  # fmt: skip
    turned = tile.transform((side, side), Image.Transform.AFFINE, back, Image.Resampling.BICUBIC)
    page.paste(255, corner, turned)


def write_lines(
    size: tuple[int, int],
    lines: Sequence[tuple[str, tuple[float, float]]],
    font: ImageFont.FreeTypeFont,
    hand: Hand,
    rng: np.random.Generator,
) -> Plane:
    """Write each (text, start of its base line) and return where the pen touched the paper, 0 to 1.

    Args:
        size: Width and height of the paper, in pixels.
        lines: What to write and where.
        font: The shapes of the letters.
        hand: How unsteady the writer is.
        rng: Where chance comes from.
    """
    page = Image.new("L", size)
    for text, start in lines:
        write_line(page, text, font, start, hand, rng)
    height, width = size[1], size[0]
    cell, reach = font.size * 0.42, font.size * hand.tremble
    down, across = (smooth_noise(height, width, (cell, cell), rng) * reach for _ in range(2))
    return displace(from_mask(page), down, across)


def lay_ink(paper: Picture, touched: Plane, ink: Ink, rng: np.random.Generator) -> Picture:
    """Return `paper` with ink where the pen `touched` it: rough at the edges, and of uneven strength."""
    height, width = touched.shape
    rough = smooth_noise(height, width, (2.5, 3.5), rng) * 0.16
    edge = np.clip((blur(touched, ink.spread) + rough * (touched > 0) - 0.5) * 2.2 + 0.5, 0, 1)
    pressure = (
        smooth_noise(height, width, (46, 30), rng) * 0.22 + smooth_noise(height, width, (8, 8), rng) * 0.10
    )
    thick = np.clip(0.68 + pressure, 0, 1).astype(np.float32)
    colour = rgb(ink.thin) + (rgb(ink.colour) - rgb(ink.thin)) * thick[:, :, None]
    cover = edge * ink.strength * (0.84 + 0.16 * thick)
    return paint(paper, cover.astype(np.float32), colour.astype(np.float32))
