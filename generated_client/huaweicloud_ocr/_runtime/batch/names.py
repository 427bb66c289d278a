"""Names of sources: the same source always has the same one, which JSON can carry."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final
from urllib.parse import unquote_to_bytes, urlsplit

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_DRIVE: Final = re.compile(r"/[A-Za-z]:")


def is_address(text: str) -> bool:
    """Whether a text is an address, not a path."""
    return _SCHEME.match(text) is not None


def path_of(text: str) -> str | None:
    """Return the path that a text names, plainly or as a `file:` URI; None if it is another address."""
    if not is_address(text):
        return text
    if text[:5].lower() != "file:":
        return None
    path = os.fsdecode(unquote_to_bytes(urlsplit(text).path))
    return path[1:] if os.name == "nt" and _DRIVE.match(path) else path


def name_of_path(path: str) -> str:
    """Return the name of an absolute path: the path itself, or a `file:` URI if it is not UTF-8."""
    return path if _is_text(path) else Path(path).as_uri()


def name_of_address(address: str) -> str:
    """Return the name of an address: the address itself, if it is text."""
    return address if _is_text(address) else address.encode("utf-8", "backslashreplace").decode()


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
