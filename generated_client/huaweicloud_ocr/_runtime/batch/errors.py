"""What can go wrong with a run as a whole, and with a source before it is sent."""

from __future__ import annotations

from ..errors import OcrError, InvalidRequestError


class BatchError(OcrError):
    """A run cannot begin or go on; the message says why and what to do. What is on disk is kept."""


class UnreadableSourceError(InvalidRequestError):
    """A source cannot be read, or is no file. The run goes on with the others."""
