# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

from __future__ import annotations

import attrs

from .._runtime.model import Model


@attrs.frozen(kw_only=True)
class ImageSize(Model):
    """Width and height of a picture.

    Attributes:
        width: Width in pixels.
        height: Height in pixels.
    """

    width: int
    height: int
