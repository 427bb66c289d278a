# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

from __future__ import annotations

import attrs

from .._runtime.absent import Unset
from .._runtime.model import Model
from .._runtime.unset import UNSET
from .image_size import ImageSize


@attrs.frozen(kw_only=True)
class ExtractedData(Model):
    """What is told about a picture beside its text. Each member is there only when `extract_type` asked for it.

    Attributes:
        image_size: Width and height of the picture; present when `extract_type` names `image_size`.
    """

    image_size: ImageSize | Unset = UNSET
