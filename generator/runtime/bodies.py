"""The body of a request, by its media type."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, cast
from urllib.parse import quote, urlencode

import attrs

from . import codec
from .checks import check_body, encode_request
from .encoded import Base64
from .errors import InvalidRequestError
from .files import File
from .media_types import bare, charset_of, encode_text, is_json, type_of_file
from .parameters import as_text
from .text import shown
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
    match bare(media_type):
        case "application/x-www-form-urlencoded":
            check_body(body)
            as_json = {name for name, types in (parts or {}).items() if any(map(is_json, types))}
            pairs = [(name, _text(name, value, as_json)) for name, value in _members(body, as_json)]
            return urlencode(pairs, quote_via=quote).encode("ascii"), media_type
        case "multipart/form-data":
            check_body(body)
            return _multipart(body, parts or {})
        case name if is_json(name):
            return encode_request(body), media_type
        case name if isinstance(body, File):
            return body.payload, _plain(_kind_of(body, name) if "*" in name else media_type)
        case "application/octet-stream" if not isinstance(body, Base64):
            raise InvalidRequestError(f"body is a {type(body).__name__}: a File is needed")
        case _:
            return encode_text(media_type, as_text("body", body))


def check_content_type(given: str, made: str, body: Any) -> None:
    """Hold the `Content-Type` that a caller gives to one that can take the place of the body's own.

    Raises:
        InvalidRequestError: It would say something of the body that is not true.
    """
    if bare(made) == "multipart/form-data":
        raise InvalidRequestError(
            "headers holds a Content-Type, and that of a multipart body has to name its boundary: leave it out"
        )
    if isinstance(body, File):
        return  # whose bytes may be anything
    if not _are_alike(bare(given), bare(made)):
        raise InvalidRequestError(
            f"headers holds the Content-Type {shown(given, 80)}, and the body is {bare(made)}: "
            "name a media type of that form, or leave it out"
        )
    ways = [charset_of(one) or "utf-8" for one in (given, made)]
    if ways[0] != ways[1]:
        raise InvalidRequestError(
            f"headers holds a Content-Type with {ways[0]}, and the body is in {ways[1]}: "
            f"write it with charset={ways[1]}, or leave it out"
        )


def _are_alike(given: str, made: str) -> bool:
    """Whether two media types stand for bodies of the same form."""
    if is_json(made):
        return is_json(given)
    return given == made or (given.startswith("text/") and made.startswith("text/"))


def _kind_of(file: File, allowed: str) -> str:
    kind = file.mime_type or type_of_file(file.file_name or "", [allowed])
    if not fnmatchcase(bare(kind), allowed):
        raise InvalidRequestError(
            f"body has no media type of {allowed}: pass a File with a mime_type, or a path whose ending says it"
        )
    return kind


def _members(body: Any, whole: Collection[str] = ()) -> Iterator[tuple[str, Any]]:
    """Yield the members of a model under their names on the wire; a list comes item by item, if not as a whole."""
    kind: type[Any] = body.__class__
    for field in attrs.fields(kind):
        value = getattr(body, field.name)
        if value is UNSET or value is None:
            continue
        keeps_unknown = codec.UNKNOWN_MEMBERS in field.metadata
        for name, item in value.items() if keeps_unknown else ((codec.wire_name(field), value),):
            if isinstance(item, (list, tuple)) and name not in whole:
                yield from ((name, part) for part in cast("list[Any]", item))
            else:
                yield name, item


def _text(name: str, value: Any, as_json: Collection[str]) -> str:
    if name in as_json or _is_object(value):
        return codec.encode(value).decode()
    return as_text(name, value)


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
        elif _is_object(value) or any(map(is_json, documented)):
            content = codec.encode(value)
            head += f"\r\nContent-Type: {next(filter(is_json, documented), 'application/json')}"
        else:
            content = as_text(name, value).encode()
            head += f"\r\nContent-Type: {documented[0]}" if documented else ""
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
