"""The media type of a file that says none itself."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from mimetypes import MimeTypes
from typing import Final

_UNKNOWN: Final = "application/octet-stream"


def type_of_file(name: str, documented: Sequence[str]) -> str:
    """Return the media type of a file: that of its name's ending where allowed, else the first that is.

    Args:
        name: Name of the file, or empty.
        documented: Media types that the description allows, which may be ranges such as `image/*`; none for any.
    """
    # Not the module's own functions, which read what this machine has been told besides.
    guessed = MimeTypes().guess_type(name)[0] if name else None
    if guessed and (not documented or any(fnmatchcase(guessed, one) for one in documented)):
        return guessed
    return next((one for one in documented if "*" not in one), _UNKNOWN)
