"""What a file is by how it begins, for the log where it is no picture that is taken."""

from __future__ import annotations

import re
from typing import Final

_BEGINNINGS: Final = (
    ("PNG", rb"\x89PNG\r\n\x1a\n"),
    ("JPEG", rb"\xff\xd8\xff"),
    ("GIF", rb"GIF8[79]a"),
    ("WEBP", rb"RIFF....WEBP"),
    ("TIFF", rb"II[*+]\0|MM\0[*+]"),
    ("AVIF", rb"....ftypavi[fs]"),
    ("HEIC", rb"....ftyp(?:hei|mif|msf|hev)"),
    ("JPEG XL", rb"\xff\x0a|\0\0\0\x0cJXL "),
    ("JPEG 2000", rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51"),
    ("ICO", rb"\0\0\x01\0"),
    ("PSD", rb"8BPS"),
    ("PPM", rb"P[1-6]\s"),
    ("PDF", rb"%PDF-"),
    ("SVG", rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<svg\b"),
    ("page in HTML", rb"(?i:\s*<(?:!doctype html|html|head|body)\b)"),
    ("document in XML", rb"\s*<\?xml\b"),
    ("document in JSON", rb"\s*[{\[]"),
    ("ZIP archive", rb"PK\x03\x04"),
    ("file compressed with gzip", rb"\x1f\x8b"),
    ("BMP", rb"BM"),
)
_HEAD: Final = 1024
_PATTERNS: Final = tuple((kind, re.compile(pattern, re.DOTALL)) for kind, pattern in _BEGINNINGS)


def kind_of(file: bytes) -> str | None:
    """Return the kind of a file, such as `GIF`, or None for one that begins like none that is known here."""
    head = file[:_HEAD]
    return next((kind for kind, pattern in _PATTERNS if pattern.match(head)), None)
