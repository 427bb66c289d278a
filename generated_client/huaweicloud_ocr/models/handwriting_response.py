# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

from __future__ import annotations

import attrs

from .._runtime.model import Model
from .handwriting_result import HandwritingResult


@attrs.frozen(kw_only=True)
class HandwritingResponse(Model):
    """The answer to a successful call of Handwritten Text OCR.

    Attributes:
        result: What was read.
    """

    result: HandwritingResult
