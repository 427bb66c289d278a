"""A banner of an online shop: a new tea of the spring, in Chinese and English."""

from __future__ import annotations

import numpy as np
from PIL import Image

from .canvas import SCALE, Canvas
from .fonts import FontShelf
from .sample import Sample
from .teacup import PALE_LEAF, leaf, steam, teacup

CREAM = (255, 250, 232)
GOLD = (255, 214, 102)


def shop_banner(sample: Sample, fonts: FontShelf, _rng: np.random.Generator) -> Image.Image:
    """Words on the left; on the right a cup of tea before a pale disc, with leaves near and far."""
    canvas = Canvas(sample.size)
    canvas.lay_gradient(canvas.everywhere(), ((0, 0), (10, 72, 56)), ((1200, 300), (92, 160, 106)))
    glow = canvas.shape().ellipse((690, -60, 1190, 440))
    canvas.lay(glow.soft(60), (214, 236, 178), 0.55)
    disc = canvas.shape().ellipse((748, 6, 1136, 394))
    canvas.lay_gradient(disc, ((800, 20), (247, 248, 222)), ((1100, 390), (186, 216, 146)))
    for stalk, length, angle, far in (
        ((640.0, 70.0), 74.0, 24.0, 4.0),
        ((1150.0, 60.0), 90.0, 150.0, 5.0),
        ((700.0, 388.0), 80.0, 68.0, 4.0),
        ((1196.0, 330.0), 110.0, 128.0, 6.0),
    ):
        leaf(canvas, stalk, length, angle, far=far)
    steam(canvas, (930, 176))
    teacup(canvas, (930, 206))
    leaf(canvas, (1122, 372), 118, 52)
    leaf(canvas, (1122, 372), 106, 108)
    leaf(canvas, (1122, 372), 84, 82, PALE_LEAF)
    _words(canvas, sample, fonts)
    return canvas.shown()


def _words(canvas: Canvas, sample: Sample, fonts: FontShelf) -> None:
    tag, headline, subline, price, button, delivery = sample.exactly(6)

    canvas.lay(canvas.shape().pill((64, 38, 198, 78)), GOLD)
    canvas.lay(canvas.shape().text((83, 67), tag, fonts.load("noto-sans-sc", 24 * SCALE)), (18, 74, 56))

    title = canvas.shape().text((58, 184), headline, fonts.load("noto-sans-sc-black", 98 * SCALE))
    canvas.lay(title.soft(5, (2, 5)), (0, 36, 26), 0.55)
    canvas.lay_gradient(title, ((0, 95), (255, 255, 255)), ((0, 195), CREAM))
    canvas.lay(canvas.shape().text((64, 240), subline, fonts.load("outfit", 31 * SCALE)), (226, 242, 222))

    sign, amount = price[:1], price[1:]
    figures = canvas.shape().text((62, 338), sign, fonts.load("outfit-bold", 46 * SCALE))
    figures.text((94, 338), amount, fonts.load("outfit-bold", 76 * SCALE))
    canvas.lay(figures, GOLD)

    key = canvas.shape().pill((226, 282, 400, 342))
    canvas.lay(key.soft(8, (0, 6)), (0, 40, 28), 0.5)
    canvas.lay_gradient(key, ((226, 282), (255, 138, 66)), ((400, 342), (232, 72, 48)))
    canvas.lay(
        canvas.shape().text((257, 322), button, fonts.load("noto-sans-sc", 28 * SCALE)), (255, 255, 255)
    )
    canvas.lay(
        canvas.shape().text((428, 321), delivery, fonts.load("noto-sans-sc", 22 * SCALE)), (214, 236, 210)
    )
