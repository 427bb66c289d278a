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
from .char_set import CharSet


@attrs.frozen(kw_only=True)
class HandwritingRequest(Model):
    """A picture with handwriting, and how to read it.

    Exactly one of `image` and `url` has to be given.

    Attributes:
        image: A path, bytes or a binary file, which is encoded here. What is sent: the file of the
            picture as plain Base64, without a `data:` prefix and without line breaks. At most 10 MB of Base64
            text, which is about 7.5 MB of file. JPEG (also called JPG), PNG, BMP or TIFF, the shorter side at
            least 8 pixels, the longer side at most 8192 pixels.
        url: The address of the picture: a public http or https URL, or the URL of an object in the
            operator's object storage (OBS). Characters outside ASCII must be percent-encoded. The picture is
            held to the same limits as `image`.
        quick_mode: Reads the whole picture as a single line, which is faster. For pictures that hold
            exactly one line of text which fills more than half of them. Default: false.
        char_set: Which characters the text can consist of. Narrowing it makes the recognition of, say,
            meter readings surer. Default: "general".
        detect_direction: Finds out how far the text is tilted, at any angle, and straightens the picture
            before reading it. Default: false.
    """

    image: Base64 | Unset = attrs.field(default=UNSET, converter=as_optional_base64)
    url: str | Unset = UNSET
    quick_mode: bool | Unset = False
    char_set: CharSet | Unset = CharSet.GENERAL
    detect_direction: bool | Unset = False

    __checks__: ClassVar = (
        ExactlyOneOf("image", "url"),
        Uri("url"),
        ImageLimits(
            "image",
            formats=("JPEG", "PNG", "BMP", "TIFF"),
            min_side=8,
            max_side=8192,
            max_base64_length=10485760,
        ),
    )
