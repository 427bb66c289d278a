# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

from __future__ import annotations

import attrs

from .._runtime.model import Model
from .web_image_result import WebImageResult


@attrs.frozen(kw_only=True)
class WebImageResponse(Model):
    """The answer to a successful call of Web Image OCR.

    Attributes:
        result: What was read.
    """

    result: WebImageResult
