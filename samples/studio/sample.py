"""What `expected.json` says of one picture."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


class SampleError(Exception):
    """`expected.json` asks for a picture that nothing here can make; the message says which."""


@dataclass(frozen=True)
class Sample:
    """One picture to make.

    Attributes:
        file: Name of its file.
        width: In pixels.
        height: In pixels.
        lines: The text in it, in reading order.
    """

    file: str
    width: int
    height: int
    lines: tuple[str, ...]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, in pixels."""
        return self.width, self.height

    def exactly(self, count: int) -> tuple[str, ...]:
        """Return the lines of text of a picture that has room for `count` of them.

        Raises:
            SampleError: There are more or fewer.
        """
        if len(self.lines) != count:
            raise SampleError(f"expected.json: {self.file} has room for {count} lines, not {len(self.lines)}")
        return self.lines


def read_samples(path: Path) -> list[Sample]:
    """Read the pictures that `path` (an `expected.json`) lists."""
    entries = json.loads(path.read_text(encoding="utf-8"))["samples"]
    return [
        Sample(entry["file"], entry["width"], entry["height"], tuple(entry["lines"])) for entry in entries
    ]
