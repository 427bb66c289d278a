"""The annotated copies of a run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .blocks import blocks
from .table import TextBlocks


class Annotations:
    """Where the annotated copy of each source goes."""

    def __init__(self, folder: Path, names: Sequence[str], where: TextBlocks) -> None:
        """Take the folder, the sources and where the text stands in an answer."""
        from .annotate import copies

        self._where = where
        self._copies = copies(names, folder)

    def write(self, index: int, picture: Any, answer: Any) -> Path:
        """Write the copy of a source and return its path.

        Args:
            index: Place of the source among all.
            picture: What was sent: Base64 text, or a file.
            answer: What came back.

        Raises:
            AnnotationError: There is none; the message says why.
        """
        from ..encoded import Base64
        from .annotate import annotate

        content = picture.decode() if isinstance(picture, Base64) else picture.payload
        annotate(content, blocks(answer, self._where), self._copies[index])
        return self._copies[index]
