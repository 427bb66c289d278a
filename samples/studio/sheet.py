"""Sheets of writing paper, and the photograph of one that lies on a table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from .texture import (
    Colour,
    Picture,
    Plane,
    blur,
    displace,
    from_image,
    from_mask,
    paint,
    rgb,
    smooth_noise,
    to_image,
)

SCALE = 2
"""Sheets are drawn this many times larger than they are shown, so that strokes come out smooth."""


@dataclass(frozen=True)
class Shot:
    """How a sheet is photographed.

    Attributes:
        size: Width and height of the photograph, in pixels.
        corner: Where the top left corner of the sheet comes to lie, in pixels of the photograph.
        tilt: Degrees that the sheet is turned by, clockwise.
        light: Brightness of the top left and of the bottom right corner, 1 for as it is.
        noise: Deviation of the camera's noise, 0 to 1.
    """

    size: tuple[int, int]
    corner: tuple[float, float]
    tilt: float
    light: tuple[float, float] = (1.05, 0.90)
    noise: float = 0.008


def rule(
    paper: Picture, marks: Sequence[tuple[float, float, float, float]], colour: Colour, weight: int
) -> Picture:
    """Return `paper` with printed lines, each (x0, y0, x1, y1), `weight` pixels wide."""
    height, width = paper.shape[:2]
    mask = Image.new("L", (width, height))
    draw = ImageDraw.Draw(mask)
    for mark in marks:
        draw.line(mark, fill=255, width=weight)
    return paint(paper, blur(from_mask(mask), 0.8), rgb(colour))


def cup_ring(paper: Picture, centre: tuple[float, float], radius: float, rng: np.random.Generator) -> Picture:
    """Return `paper` with the faint ring that a cup of coffee left."""
    height, width = paper.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    wobble = smooth_noise(height, width, (radius / 2, radius / 2), rng) * radius * 0.012
    distance = np.hypot(x - centre[0], y - centre[1]) + wobble
    from_rim = (distance - radius) / radius
    edge = np.exp(-((from_rim / 0.020) ** 2))
    wash = np.exp(-(((from_rim + 0.055) / 0.06) ** 2)) * 0.45
    film = np.clip(-from_rim, 0, 1) ** 0.3 * 0.05
    uneven = np.clip(0.5 + smooth_noise(height, width, (radius * 0.8, radius * 0.8), rng) * 0.5, 0.3, 1)
    return paint(paper, ((edge + wash) * 0.66 * uneven + film).astype(np.float32), rgb((128, 84, 42)))


def photograph(table: Picture, sheet: Picture, shot: Shot, rng: np.random.Generator) -> Image.Image:
    """Lay `sheet` on `table`, both `SCALE` times their shown size, and take its picture."""
    width, height = (side * SCALE for side in shot.size)
    turn = math.radians(shot.tilt)
    cosine, sine = math.cos(turn), math.sin(turn)
    left, top = (side * SCALE for side in shot.corner)
    back = (cosine, sine, -cosine * left - sine * top, -sine, cosine, sine * left - cosine * top)

    def laid(image: Image.Image) -> Image.Image:
        return image.transform((width, height), Image.Transform.AFFINE, back, Image.Resampling.BICUBIC)

    # An empty pixel all round lets the edge come out smooth when it is turned.
    blank = Image.new("L", (sheet.shape[1], sheet.shape[0]))
    blank.paste(255, (1, 1, blank.width - 1, blank.height - 1))
    cover = blur(from_mask(laid(blank)), 0.5 * SCALE)
    still = np.zeros_like(cover)
    fall: Plane = displace(cover, still - 10 * SCALE, still - 6 * SCALE)
    shadow = np.maximum(blur(fall, 11 * SCALE) * 0.5, blur(cover, 3 * SCALE) * 0.45)
    scene = paint(table[:height, :width], shadow, rgb((28, 17, 9)))
    scene = paint(scene, np.clip(cover * 2 - 1, 0, 1), from_image(laid(to_image(sheet))))

    shown = from_image(to_image(scene).resize(shot.size, Image.Resampling.LANCZOS))
    y, x = np.mgrid[0 : shot.size[1], 0 : shot.size[0]].astype(np.float32)
    way = (x / shot.size[0] + y / shot.size[1]) / 2
    light = shot.light[0] + (shot.light[1] - shot.light[0]) * way
    noise = rng.standard_normal((*way.shape, 1)) * shot.noise
    return to_image((shown * light[:, :, None] + noise).astype(np.float32))
