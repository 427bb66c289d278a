"""What a picture has to be like, seen from its header alone."""

from __future__ import annotations

import re
from typing import Any, BinaryIO, Final

import attrs
import pybase64

from .encoded import Base64
from .errors import InvalidRequestError

_SIGNATURE: Final = re.compile(
    rb"(?P<JPEG>\xff\xd8\xff)|(?P<PNG>\x89PNG\r\n\x1a\n)|(?P<BMP>BM)|(?P<TIFF>II[*+]\0|MM\0[*+])"
    rb"|(?P<GIF>GIF8[79]a)|(?P<WEBP>RIFF.{4}WEBP)",
    re.DOTALL,
)

_HEAD: Final = 64
"""Bytes that tell the format; as Base64 text still a whole number of its groups of four."""


@attrs.frozen
class ImageLimits:
    """The picture in a binary field has one of these formats and its sides are within these limits.

    Attributes:
        field: The field with the picture; nothing is checked when it is absent.
        formats: Names of the formats, such as `JPEG`.
        min_side: Pixels that the shorter side has at least.
        max_side: Pixels that the longer side has at most.
        max_base64_length: Characters that the Base64 text has at most.
    """

    field: str
    formats: tuple[str, ...] = attrs.field(kw_only=True)
    min_side: int = attrs.field(kw_only=True)
    max_side: int = attrs.field(kw_only=True)
    max_base64_length: int = attrs.field(kw_only=True)

    def check(self, model: Any) -> None:
        """Raise `InvalidRequestError` when the picture is not within the limits."""
        value = getattr(model, self.field)
        if not isinstance(value, Base64):
            return
        if len(value.encoded) > self.max_base64_length:
            raise InvalidRequestError(
                f"{self.field} has {len(value.encoded)} characters of Base64 text: "
                f"at most {self.max_base64_length} are allowed"
            )
        try:
            file = value.open()
        except InvalidRequestError as error:
            raise InvalidRequestError(f"{self.field} is {error}") from None
        head = file.read(_HEAD)
        name = image_format(head)
        if name not in self.formats:
            if name is None and _is_encoded_picture(head):
                raise InvalidRequestError(
                    f"{self.field} is Base64 text: pass the file as it is, or Base64.from_text(…)"
                )
            what = f"a {name} picture" if name else "no picture of a known format" if head else "empty"
            raise InvalidRequestError(f"{self.field} is {what}: the formats are {', '.join(self.formats)}")
        size = image_size(file)
        if size is None:
            raise InvalidRequestError(
                f"{self.field} is a broken {name} file: its header tells no width and height"
            )
        if min(size) < self.min_side:
            raise InvalidRequestError(
                self._size_message(size, f"no side may be shorter than {self.min_side}")
            )
        if max(size) > self.max_side:
            raise InvalidRequestError(self._size_message(size, f"no side may be longer than {self.max_side}"))

    def _size_message(self, size: tuple[int, int], limit: str) -> str:
        return f"{self.field} is {size[0]} x {size[1]} pixels: {limit} pixels"


def image_format(data: bytes) -> str | None:
    """Return the name of the format of a picture, or None when it is none of the known ones."""
    match = _SIGNATURE.match(data)
    return match.lastgroup if match else None


def _is_encoded_picture(data: bytes) -> bool:
    try:
        return image_format(pybase64.b64decode(data, validate=True)) is not None
    except ValueError:
        return False


def image_size(file: BinaryIO) -> tuple[int, int] | None:
    """Return width and height in pixels from a picture's header, or None when it does not tell them."""
    # A request without a picture does not need it, and it costs a third of importing this package.
    from imagesize import get  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]

    file.seek(0)
    width, height = get(file, exif_rotation=False)
    return (int(width), int(height)) if width > 0 and height > 0 else None
