"""What the description says about the file that an operation takes."""

from __future__ import annotations

from typing import Final

import attrs

_SUFFIXES: Final = {
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "PNG": (".png",),
    "BMP": (".bmp", ".dib"),
    "TIFF": (".tif", ".tiff"),
    "GIF": (".gif",),
    "WEBP": (".webp",),
}
"""Ends of names by formats; the content decides in the end."""


@attrs.frozen(kw_only=True)
class Target:
    """How an operation takes a file.

    Attributes:
        file: Argument of the client's method that takes it.
        url: Argument that takes an address in its place, or empty.
        encoded: Whether it travels as Base64.
        formats: Names of the formats that a picture can have, such as `JPEG`; none where anything may be sent.
        max_base64_length: Characters that the Base64 text can have, or None.
    """

    file: str
    url: str = ""
    encoded: bool = True
    formats: tuple[str, ...] = ()
    max_base64_length: int | None = None

    @property
    def suffixes(self) -> frozenset[str]:
        """Ends of the names of files that are taken from a folder, in lower case; all are where there are none."""
        known = (_SUFFIXES.get(name, (f".{name.lower()}",)) for name in self.formats)
        return frozenset(suffix for suffixes in known for suffix in suffixes)
