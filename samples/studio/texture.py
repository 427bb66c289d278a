"""Noise, and what is made of it: the grain of paper and wood, and the unsteadiness of a hand."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Plane: TypeAlias = NDArray[np.float32]
"""One value for each pixel: shape (height, width)."""

Picture: TypeAlias = NDArray[np.float32]
"""Red, green and blue for each pixel, 0 to 1: shape (height, width, 3)."""

Colour: TypeAlias = tuple[float, float, float]
"""Red, green and blue, 0 to 255."""


def rgb(colour: Colour) -> Picture:
    """Return `colour` as an array that spreads over a picture: shape (3,), 0 to 1."""
    return np.asarray(colour, dtype=np.float32) / np.float32(255)


def smooth_noise(height: int, width: int, cell: tuple[float, float], rng: np.random.Generator) -> Plane:
    """Return noise of mean 0 and deviation about 0.8, its hills `cell` = (down, across) pixels apart."""
    rows, columns = (int(np.ceil(side / step)) + 3 for side, step in zip((height, width), cell, strict=True))
    coarse = Image.fromarray(rng.standard_normal((rows, columns)).astype(np.float32))
    whole = coarse.resize((int(columns * cell[1]), int(rows * cell[0])), Image.Resampling.BICUBIC)
    return np.asarray(whole, dtype=np.float32)[:height, :width]


def displace(plane: Plane, down: Plane, across: Plane) -> Plane:
    """Return `plane` with each pixel fetched from `down` pixels below it and `across` to its right."""
    height, width = plane.shape
    y = np.clip(np.arange(height, dtype=np.float32)[:, None] + down, 0, height - 1.001)
    x = np.clip(np.arange(width, dtype=np.float32)[None, :] + across, 0, width - 1.001)
    top, left = y.astype(np.intp), x.astype(np.intp)
    v, u = y - top, x - left
    upper = plane[top, left] * (1 - u) + plane[top, left + 1] * u
    lower = plane[top + 1, left] * (1 - u) + plane[top + 1, left + 1] * u
    return np.asarray(upper * (1 - v) + lower * v, dtype=np.float32)


def blur(plane: Plane, radius: float) -> Plane:
    """Return `plane`, whose values are 0 to 1, blurred by a Gaussian of `radius` pixels."""
    return from_mask(to_mask(plane).filter(ImageFilter.GaussianBlur(radius)))


def to_mask(plane: Plane) -> Image.Image:
    """Return `plane`, whose values are 0 to 1, as a grey picture."""
    return Image.fromarray(np.round(np.clip(plane, 0, 1) * 255).astype(np.uint8))


def from_mask(mask: Image.Image) -> Plane:
    """Return a grey picture as values 0 to 1."""
    return np.asarray(mask, dtype=np.float32) / np.float32(255)


def to_image(picture: Picture) -> Image.Image:
    """Return `picture` as an 8-bit RGB picture."""
    return Image.fromarray(np.round(np.clip(picture, 0, 1) * 255).astype(np.uint8))


def from_image(image: Image.Image) -> Picture:
    """Return an 8-bit RGB picture as values 0 to 1."""
    return np.asarray(image.convert("RGB"), dtype=np.float32) / np.float32(255)


def paint(picture: Picture, cover: Plane, colour: Picture) -> Picture:
    """Return `picture` with `colour` laid on it where `cover` (0 to 1) says so."""
    alpha = np.clip(cover, 0, 1)[:, :, None]
    return (picture * (1 - alpha) + colour * alpha).astype(np.float32)


def paper(height: int, width: int, colour: Colour, rng: np.random.Generator) -> Picture:
    """Return a blank sheet: faint clouds from the pulp, short fibres, and a fine grain."""
    clouds = smooth_noise(height, width, (110, 140), rng) * 0.008
    fibres = (
        smooth_noise(height, width, (3, 11), rng) * 0.007 + smooth_noise(height, width, (9, 4), rng) * 0.005
    )
    grain = rng.standard_normal((height, width)).astype(np.float32) * 0.006
    return (rgb(colour) * (1 + clouds + fibres + grain)[:, :, None]).astype(np.float32)


def wood(height: int, width: int, rng: np.random.Generator) -> Picture:
    """Return a table top of oiled wood whose grain runs across the picture."""
    bend = smooth_noise(height, width, (260, 900), rng) * 1.6
    rings = np.sin(np.arange(height, dtype=np.float32)[:, None] / 17 + bend * 4) * 0.5
    streaks = (
        smooth_noise(height, width, (3, 420), rng) * 0.6 + smooth_noise(height, width, (9, 700), rng) * 0.5
    )
    pores = np.maximum(smooth_noise(height, width, (2.5, 60), rng) - 1.0, 0) * 0.7
    tone = np.clip(0.5 + 0.13 * rings + 0.16 * streaks - 0.35 * pores, 0, 1)[:, :, None]
    dark, light = rgb((104, 70, 45)), rgb((171, 124, 84))
    return np.asarray(dark + (light - dark) * tone, dtype=np.float32)
