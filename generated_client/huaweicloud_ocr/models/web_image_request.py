# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

from __future__ import annotations

from typing import ClassVar

import attrs

from .._runtime.absent import Unset
from .._runtime.checks import ExactlyOneOf, Uri
from .._runtime.encoded import Base64, as_optional_base64
from .._runtime.image_limits import ImageLimits
from .._runtime.model import Model
from .._runtime.unset import UNSET
from .extract_type import ExtractType


@attrs.frozen(kw_only=True)
class WebImageRequest(Model):
    """A picture from the web, and how to read it.

    Exactly one of `image` and `url` has to be given.

    Attributes:
        image: A path, bytes or a binary file, which is encoded here. What is sent: the file of the
            picture as plain Base64, without a `data:` prefix and without line breaks. At most 10 MB of Base64
            text, which is about 7.5 MB of file. JPEG (also called JPG), PNG, BMP, TIFF, GIF or WEBP, no side
            shorter than 15 or longer than 8192 pixels.
        url: The address of the picture: a public http or https URL, or the URL of an object in the
            operator's object storage (OBS). Characters outside ASCII must be percent-encoded. The picture is
            held to the same limits as `image`.
        detect_direction: Finds out how far the text is tilted, at any angle, and straightens the picture
            before reading it. Default: false.
        extract_type: What to tell about the picture beside its text. Without it, or when it is empty, the
            answer has no such data.
    """

    image: Base64 | Unset = attrs.field(default=UNSET, converter=as_optional_base64)
    url: str | Unset = UNSET
    detect_direction: bool | Unset = False
    extract_type: list[ExtractType] | Unset = UNSET

    __checks__: ClassVar = (
        ExactlyOneOf("image", "url"),
        Uri("url"),
        ImageLimits(
            "image",
            formats=("JPEG", "PNG", "BMP", "TIFF", "GIF", "WEBP"),
            min_side=15,
            max_side=8192,
            max_base64_length=10485760,
        ),
    )
