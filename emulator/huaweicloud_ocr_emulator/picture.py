"""From the bytes of a file to the pixels of a picture, without trusting the bytes."""

from __future__ import annotations

import io
from typing import Final

import numpy as np
import pybase64
from PIL import ExifTags, Image

from huaweicloud_ocr_emulator.contract import ContractError, ImageLimits
from huaweicloud_ocr_emulator.failures import CallFailed, ErrorCode
from huaweicloud_ocr_emulator.file_kinds import kind_of
from huaweicloud_ocr_emulator.recognition import Pixels

_SIXTEEN_BIT_GREY = ("I;16", "I;16L", "I;16B", "I;16N")
_WIDE_GREY = ("I", "F")

_BACK: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""What undoes each orientation that EXIF data can ask for."""


def require_formats(limits: ImageLimits) -> None:
    """Make sure that every allowed format can be read.

    Raises:
        ContractError: Pillow does not know one of them by this name.
    """
    Image.init()
    if unknown := sorted(set(limits.formats) - set(Image.OPEN)):
        raise ContractError(f"this version cannot serve the description: no format {', '.join(unknown)}")


def decode_base64(text: str) -> bytes:
    """Return the bytes of a file from plain Base64.

    Raises:
        CallFailed: It is not plain Base64: a prefix, white space, another alphabet or wrong padding.
    """
    try:
        return pybase64.b64decode(text, validate=True)
    except ValueError:
        raise CallFailed(ErrorCode.UNSUPPORTED_FORMAT, "image is not plain Base64") from None


def open_picture(file: bytes, limits: ImageLimits) -> Image.Image:
    """Open a picture and check its format and size by its header, before any pixel is decoded.

    The size is that of the pixels as they are stored: a rotation noted in EXIF data is not applied. Of
    several frames or pages the first counts.

    Raises:
        CallFailed: It has none of the allowed formats, or a side that is too short or too long.
    """
    try:
        picture = Image.open(io.BytesIO(file), formats=limits.formats)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        # Pillow speaks up only far beyond what any operation allows.
        raise CallFailed(ErrorCode.WRONG_SIZE, "far too many pixels") from None
    except Exception:
        # The bytes are hostile, and Pillow's readers do not promise which exceptions they raise.
        if _is_cut_webp(file, limits):
            # Of other formats the end is missed only when the pixels are decoded.
            raise CallFailed(ErrorCode.UNREADABLE_PICTURE, "the file is cut off") from None
        raise CallFailed(ErrorCode.UNSUPPORTED_FORMAT, _why_not(file, limits)) from None
    if min(picture.size) < limits.min_side or max(picture.size) > limits.max_side:
        width, height = picture.size
        reason = f"{width} x {height} pixels, not {limits.min_side} to {limits.max_side} a side"
        raise CallFailed(ErrorCode.WRONG_SIZE, reason)
    return picture


def _is_cut_webp(file: bytes, limits: ImageLimits) -> bool:
    size = int.from_bytes(file[4:8], "little") + 8
    return "WEBP" in limits.formats and kind_of(file) == "WEBP" and len(file) < size


def _why_not(file: bytes, limits: ImageLimits) -> str:
    if not file:
        return "the file is empty"
    kind = kind_of(file)
    if kind in limits.formats:
        return f"the file begins like a {kind}, but is damaged, cut off, or of a variant that is not read"
    is_what = "nothing that is known" if kind is None else f"{'an' if kind[0] in 'AIS' else 'a'} {kind}"
    return f"the file is {is_what}, none of {', '.join(limits.formats)}"


def decode_pixels(picture: Image.Image) -> Pixels:
    """Return the pixels of an opened picture.

    Transparent pictures are laid on a ground that contrasts with what they show.

    Raises:
        CallFailed: The file is damaged.
    """
    try:
        colours = _to_rgb(picture)
        data = colours.tobytes("raw", "BGR")
    except Exception as error:
        # As above: damaged files raise all kinds of exceptions.
        raise CallFailed(
            ErrorCode.UNREADABLE_PICTURE, f"damaged or cut off ({type(error).__name__})"
        ) from None
    return np.frombuffer(data, dtype=np.uint8).reshape(colours.height, colours.width, 3)


def _to_rgb(picture: Image.Image) -> Image.Image:
    picture = _as_stored(picture)
    if picture.mode == "RGB":
        return picture
    if picture.mode in _SIXTEEN_BIT_GREY or picture.mode in _WIDE_GREY:
        return _to_eight_bits(picture).convert("RGB")
    if picture.has_transparency_data:
        return _on_contrasting_ground(picture.convert("RGBA"))
    return picture.convert("RGB")


def _as_stored(picture: Image.Image) -> Image.Image:
    """Load the pixels. Of TIFF, and of no other format, Pillow applies the rotation as it does so."""
    orientation = picture.getexif().get(ExifTags.Base.Orientation) if picture.format == "TIFF" else None
    picture.load()
    return picture.transpose(_BACK[orientation]) if orientation in _BACK else picture


def _to_eight_bits(picture: Image.Image) -> Image.Image:
    """Scale 16 bit grey by its range, and grey without a fixed range by the values that it has."""
    grey = np.nan_to_num(np.asarray(picture, dtype=np.float32))
    if picture.mode in _SIXTEEN_BIT_GREY:
        low, high = 0.0, 65535.0
    else:
        low, high = float(grey.min()), float(grey.max())
    scaled = (grey - low) * (255.0 / (high - low) if high > low else 0.0)
    return Image.fromarray(scaled.round().astype(np.uint8))


def _on_contrasting_ground(picture: Image.Image) -> Image.Image:
    """White text on nothing is as common in web images as black text on nothing."""
    sample = picture.resize((64, 64), Image.Resampling.BOX)
    opacity = np.asarray(sample.getchannel("A"), dtype=np.float32)
    brightness = np.asarray(sample.convert("L"), dtype=np.float32)
    visible = float(opacity.sum())
    is_bright = visible > 0 and float((brightness * opacity).sum()) / visible > 200
    ground = Image.new("RGBA", picture.size, "black" if is_bright else "white")
    ground.alpha_composite(picture)
    return ground.convert("RGB")
