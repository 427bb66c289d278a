"""What can go wrong with a run as a whole."""

from __future__ import annotations

from ..errors import OcrError


class BatchError(OcrError):
    """A run cannot begin or go on; the message says why and what to do. What is on disk is kept."""
