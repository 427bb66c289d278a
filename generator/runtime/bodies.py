"""The body of a request, by its media type."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import quote, urlencode

import attrs

from . import codec
from .checks import check_body, encode_request
from .errors import InvalidRequestError
from .files import File
from .parameters import as_text
from .unset import UNSET


def encode_body(media_type: str, body: Any) -> tuple[bytes | tuple[bytes, ...], str]:
    """Return a body as bytes or as parts, and the value of its header `Content-Type`.

    Raises:
        InvalidRequestError: A type or a limit is broken.
    """
    match media_type:
        case "application/x-www-form-urlencoded":
            check_body(body)
            pairs = [(name, text) for name, value in _members(body) for text in _texts(name, value)]
            return urlencode(pairs, quote_via=quote).encode("ascii"), media_type
        case "multipart/form-data":
            check_body(body)
            return _multipart(body)
        case "application/octet-stream":
            if not isinstance(body, File):
                raise InvalidRequestError(f"body is a {type(body).__name__}: a File is needed")
            return body.payload, media_type
        case _:
            return encode_request(body), media_type


def _members(body: Any) -> Iterator[tuple[str, Any]]:
    """Yield the members of a model under their names on the wire; what is a list comes item by item."""
    kind: type[Any] = body.__class__
    for field in attrs.fields(kind):
        value = getattr(body, field.name)
        if value is UNSET or value is None:
            continue
        keeps_unknown = codec.UNKNOWN_MEMBERS in field.metadata
        for name, item in value.items() if keeps_unknown else ((codec.wire_name(field), value),):
            if isinstance(item, (list, tuple)):
                yield from ((name, part) for part in cast("list[Any]", item))
            else:
                yield name, item


def _texts(name: str, value: Any) -> Iterator[str]:
    if _is_object(value):
        yield codec.encode(value).decode()
    else:
        yield as_text(name, value)


def _is_object(value: Any) -> bool:
    kind: type[Any] = value.__class__
    return kind is dict or attrs.has(kind)


def _multipart(body: Any) -> tuple[bytes, str]:
    # It must not occur in any part; 128 random bits do not.
    boundary = secrets.token_hex(16)
    parts: list[bytes] = []
    for name, value in _members(body):
        head = f'Content-Disposition: form-data; name="{_quoted(name)}"'
        if isinstance(value, File):
            content = value.payload
            kind = _plain(value.mime_type or "application/octet-stream")
            head += f'; filename="{_quoted(value.file_name or name)}"\r\nContent-Type: {kind}'
        elif _is_object(value):
            content = codec.encode(value)
            head += "\r\nContent-Type: application/json"
        else:
            content = as_text(name, value).encode()
        parts.append(b"".join((f"--{boundary}\r\n{head}\r\n\r\n".encode(), content, b"\r\n")))
    parts.append(f"--{boundary}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={boundary}"


def _quoted(text: str) -> str:
    """Return a name as it stands in quotes, escaped as browsers do it."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _plain(media_type: str) -> str:
    if not all(" " <= char <= "~" for char in media_type):
        raise InvalidRequestError("a media type holds a line break or a character outside ASCII")
    return media_type
