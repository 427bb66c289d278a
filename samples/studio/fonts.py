"""Find the font files that the pictures are written with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PIL import ImageFont

FONTSOURCE_FILES: Mapping[str, str] = {
    "caveat": "caveat/files/caveat-latin-500-normal.woff2",
    "long-cang": "long-cang/files/long-cang-chinese-simplified-400-normal.woff2",
    "nanum-pen-script": "nanum-pen-script/files/nanum-pen-script-latin-400-normal.woff2",
    "noto-sans-sc": "noto-sans-sc/files/noto-sans-sc-chinese-simplified-700-normal.woff2",
    "noto-sans-sc-black": "noto-sans-sc/files/noto-sans-sc-chinese-simplified-900-normal.woff2",
    "outfit": "outfit/files/outfit-latin-400-normal.woff2",
    "outfit-bold": "outfit/files/outfit-latin-700-normal.woff2",
}
"""Name of a font here -> its file below an `@fontsource` directory, as its npm packages lay it out."""


class FontError(Exception):
    """A font file is missing or broken; the message says how to get it."""


@dataclass(frozen=True)
class FontShelf:
    """Where the fonts are.

    Attributes:
        fontsource: An `@fontsource` directory, as npm installs it.
        files: Font files by name (a key of `FONTSOURCE_FILES`); they go before those of `fontsource`.
    """

    fontsource: Path
    files: Mapping[str, Path] = field(default_factory=dict[str, Path])

    def load(self, name: str, size: float) -> ImageFont.FreeTypeFont:
        """Open the font `name` at `size` pixels.

        Raises:
            FontError: There is no such file, or it is no font.
        """
        path = self.files.get(name, self.fontsource / FONTSOURCE_FILES[name])
        if not path.is_file():
            raise FontError(
                f"font {name!r}: there is no file {path}. Install the fonts as samples/README.md says "
                f"and give --fontsource DIR, or give --font {name}=FILE."
            )
        # Basic layout: the other one depends on libraries that differ from machine to machine.
        try:
            return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
        except OSError as error:
            raise FontError(
                f"font {name!r}: {path} cannot be read as a font ({error}). Install it anew."
            ) from error
