"""Media types: what they mean, and that of a file that says none itself."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from email.message import Message
from fnmatch import fnmatchcase
from mimetypes import MimeTypes
from typing import Final

from .errors import InvalidRequestError

_UNKNOWN: Final = "application/octet-stream"


def bare(media_type: str) -> str:
    """Return a media type without its parameters."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Return whether a media type is JSON."""
    name = bare(media_type)
    return name in {"application/json", "text/json"} or name.endswith("+json")


def charset_of(media_type: str) -> str | None:
    """Return the encoding of text that a media type names; None when it names none, or one that is not known."""
    message = Message()
    message["Content-Type"] = media_type
    try:
        return codecs.lookup(message.get_content_charset("")).name
    except LookupError:
        return None


def encode_text(media_type: str, text: str) -> tuple[bytes, str]:
    """Return a text as bytes, and its media type with the encoding: that of the media type, or else UTF-8.

    Raises:
        InvalidRequestError: The encoding cannot write it.
    """
    charset = charset_of(media_type)
    if charset is None and bare(media_type).startswith("text/"):
        media_type = f"{media_type}; charset=utf-8"
    try:
        return text.encode(charset or "utf-8"), media_type
    except UnicodeEncodeError as error:
        raise InvalidRequestError(
            f"body holds {text[error.start]!r} at offset {error.start}, which {charset} cannot write"
        ) from None


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
