"""Copies of pictures with what was found drawn over them: boxes, order and confidence of the blocks.

What the blocks say is not drawn: that would need a font for every script.
"""

from __future__ import annotations

import io
import os
import tempfile
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from .badges import Badge, place_badges
from .blocks import Block

_COLOUR: Final = (220, 38, 127)
_LIGHT: Final = (255, 255, 255)
_SMOOTHNESS: Final = 3
_LARGE: Final = 3000
"""Pixels of the longer side beyond which nothing is smoothed."""
_LARGEST: Final = 2**28
"""Pixels of a picture beyond which it is not drawn on: it would fill the memory."""


class AnnotationError(Exception):
    """There is no annotated copy; the message says why."""


def copies(sources: Iterable[str], folder: Path) -> list[Path]:
    """Return a file in a folder for the copy of each source: none twice, and none of the sources."""
    names = list(sources)
    taken = {_key(Path(name)) for name in names}
    found: list[Path] = []
    for name in names:
        stem = "stdin" if name == "-" else Path(name).stem
        copy, number = folder / f"{stem}.annotated.png", 1
        while _key(copy) in taken:
            number += 1
            copy = folder / f"{stem}-{number}.annotated.png"
        taken.add(_key(copy))
        found.append(copy)
    return found


def annotate(content: bytes, blocks: Sequence[Block], copy: Path) -> None:
    """Write a copy of a picture with the box, the number and the confidence of each block.

    The boxes are in pixels of the picture as it was sent, so a rotation in its EXIF data is not carried out, and the
    copy does not carry it on.

    Args:
        content: The file of the picture.
        blocks: What was found in it.
        copy: The file to write, a PNG; its folder is made if need be.

    Raises:
        AnnotationError: The picture cannot be decoded, or the copy cannot be written.
    """
    image = _decoded(content)
    boxed = [
        (_label(number, block), block.box) for number, block in enumerate(blocks, 1) if len(block.box) > 2
    ]
    # Drawn larger and scaled down, lines are smooth; a large picture has pixels enough.
    scale = _SMOOTHNESS if max(image.size) <= _LARGE else 1
    layer = Image.new("RGBA", (image.width * scale, image.height * scale), (*_COLOUR, 0))
    draw = ImageDraw.Draw(layer)
    width = max(scale, round(max(layer.size) / 700))
    for _, box in boxed:
        # The middle of a pixel, not its corner.
        corners = [((x + 0.5) * scale, (y + 0.5) * scale) for x, y in box]
        draw.line([*corners, *corners[:2]], fill=_COLOUR, width=width, joint="curve")
    for badge in place_badges(image.size, boxed):
        _draw_badge(draw, badge, scale)
    if scale > 1:
        layer = layer.resize(image.size, Image.Resampling.BOX)
    image.paste(layer, mask=layer)
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        _write(image, copy)
    except OSError as error:
        raise AnnotationError(f"{copy} cannot be written: {error.strerror or error}") from error


def _label(number: int, block: Block) -> str:
    return f"{number}" if block.confidence is None else f"{number}  {block.confidence:.2f}"


def _decoded(content: bytes) -> Image.Image:
    """Return the first frame of a picture, on white where it is transparent."""
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(content)) as opened:
            # The largest pictures that services take are larger than what Pillow warns of.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            if opened.width * opened.height > _LARGEST:
                raise AnnotationError("the picture is too large to be drawn on")
            if opened.mode.startswith("I"):
                grey = opened.convert("I").point(lambda value: value / 256)
                return grey.convert("L").convert("RGB")
            image = opened.convert("RGBA")
            ground = Image.new("RGBA", image.size, _LIGHT)
            return Image.alpha_composite(ground, image).convert("RGB")
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise AnnotationError(f"the picture cannot be drawn on: {error}") from error


def _write(image: Image.Image, copy: Path) -> None:
    """Write a file as a whole or not at all."""
    handle, name = tempfile.mkstemp(dir=copy.parent, prefix=f".{copy.stem}-", suffix=".png")
    try:
        with os.fdopen(handle, "wb") as file:
            image.save(file, "PNG")
        # Such files are for their maker alone; this one is as any other.
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(copy)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _draw_badge(draw: ImageDraw.ImageDraw, badge: Badge, scale: int) -> None:
    left, top, right, bottom = (side * scale for side in badge.box)
    draw.rounded_rectangle((left, top, right - 1, bottom - 1), radius=(bottom - top) / 2, fill=_COLOUR)
    font = ImageFont.load_default(size=badge.height * scale * 0.7)
    draw.text(((left + right) / 2, (top + bottom) / 2), badge.text, fill=_LIGHT, font=font, anchor="mm")


def _key(path: Path) -> str:
    # Some file systems take names that differ by case alone for the same.
    return str(path.resolve()).casefold()
