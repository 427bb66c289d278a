"""The body of a request, by its media type."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from typing import Any, cast
from urllib.parse import quote, urlencode

import attrs

from . import codec
from .checks import check_body, encode_request
from .errors import InvalidRequestError
from .files import File
from .media_types import type_of_file
from .parameters import as_text
from .unset import UNSET


def encode_body(
    media_type: str, body: Any, parts: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[bytes | tuple[bytes, ...], str]:
    """Return a body as bytes or as parts, and the value of its header `Content-Type`.

    Args:
        media_type: What it is sent as.
        body: The body.
        parts: Media types that members of a multipart body may have, by their names.

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
            return _multipart(body, parts or {})
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


def _multipart(body: Any, parts_types: Mapping[str, tuple[str, ...]]) -> tuple[bytes, str]:
    # It must not occur in any part; 128 random bits do not.
    boundary = secrets.token_hex(16)
    parts: list[bytes] = []
    for name, value in _members(body):
        head = f'Content-Disposition: form-data; name="{_quoted(name)}"'
        documented = parts_types.get(name, ())
        if isinstance(value, File):
            content = value.payload
            kind = _plain(value.mime_type or type_of_file(value.file_name or "", documented))
            head += f'; filename="{_quoted(value.file_name or name)}"\r\nContent-Type: {kind}'
        elif _is_object(value) or any(map(_is_json, documented)):
            content = codec.encode(value)
            head += f"\r\nContent-Type: {next(filter(_is_json, documented), 'application/json')}"
        else:
            content = as_text(name, value).encode()
            head += f"\r\nContent-Type: {documented[0]}" if documented else ""
        parts.append(b"".join((f"--{boundary}\r\n{head}\r\n\r\n".encode(), content, b"\r\n")))
    parts.append(f"--{boundary}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={boundary}"


def _is_json(media_type: str) -> bool:
    return media_type == "application/json" or media_type.endswith("+json")


def _quoted(text: str) -> str:
    """Return a name as it stands in quotes, escaped as browsers do it."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _plain(media_type: str) -> str:
    if not all(" " <= char <= "~" for char in media_type):
        raise InvalidRequestError("a media type holds a line break or a character outside ASCII")
    return media_type
