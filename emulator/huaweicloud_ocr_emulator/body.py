"""From the bytes of a request to parameters that keep to the description."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final

import anyio
import msgspec
from starlette.requests import Request

from huaweicloud_ocr_emulator.contract import Operation
from huaweicloud_ocr_emulator.failures import CallFailed, ErrorCode

ROOM_BESIDE_THE_PICTURE: Final = 1024 * 1024
"""Bytes that a body may have beyond the longest Base64 text: other parameters, and `/` written as `\\/`."""

_LONGEST_VALUE: Final = 16 * 1024
"""Bytes of a parameter that is no text. The schema sets lists no limit; millions of small values in one would take
gigabytes and minutes."""


async def read_body(
    request: Request, limit: int, seconds: float, hold: Callable[[int], None], *, about: str = ""
) -> bytes:
    """Read the body of a request, no more of it and no longer than it may take.

    Args:
        request: The request.
        limit: Bytes that it may have.
        seconds: In which all of it has to arrive.
        hold: Told of the bytes that arrive, before they are kept.
        about: What else the log says of one that is too long.

    Raises:
        CallFailed: It is too long, by its Content-Length or by what arrives, or it does not arrive in time.
    """
    declared = request.headers.get("content-length", "0")
    if not declared.isdecimal() or len(declared) > 18 or int(declared) > limit:
        told = declared if declared.isdecimal() and len(declared) <= 18 else "no such number"
        reason = f"Content-Length is {told}, and {limit} the most{about}"
        raise CallFailed(ErrorCode.BODY_LENGTH, reason)
    body = bytearray()
    try:
        with anyio.fail_after(seconds):
            async for chunk in request.stream():
                if len(body) + len(chunk) > limit:
                    raise CallFailed(ErrorCode.BODY_LENGTH, f"the body is longer than {limit} bytes{about}")
                hold(len(chunk))
                body += chunk
    except TimeoutError:
        reason = f"{len(body)} bytes after {seconds:g} s, and no end"
        raise CallFailed(ErrorCode.BODY_LENGTH, reason) from None
    return bytes(body)


def parse_body(body: bytes, operation: Operation) -> dict[str, Any]:
    """Return the parameters of a call, defaults included, and nothing that the description does not know.

    Raises:
        CallFailed: The body is not JSON, its picture is too long, or it breaks the schema of the operation.
    """
    try:
        document = _known_members(body, operation)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CallFailed(ErrorCode.NOT_JSON, _why_no_json(body, error)) from None
    limits = operation.limits
    image = document.get("image")
    # The schema says so too, but a picture that is too long has a code of its own.
    if isinstance(image, str) and len(image) > limits.max_base64_length:
        reason = f"image has {len(image)} characters, and {longest_picture(limits.max_base64_length)}"
        raise CallFailed(ErrorCode.BODY_LENGTH, reason)
    if faults := operation.request_faults(document):
        raise CallFailed(ErrorCode.INVALID_PARAMETER, "; ".join(faults))
    return {**operation.defaults, **document}


def longest_picture(characters: int) -> str:
    """Say how long a picture may be."""
    return f"may have {characters} characters: a file of {characters // 4 * 3} bytes"


def _why_no_json(body: bytes, error: Exception) -> str:
    """Say why a body is no JSON in UTF-8, and where; nothing of what it says."""
    if not body or body.isspace():
        return "the body is empty: send a JSON object"
    if body.startswith(b"--"):
        return "the body begins like a form (multipart): send a JSON object, with the picture in Base64"
    if isinstance(error, UnicodeDecodeError):
        return f"the body is not UTF-8: {error.reason} (byte {error.start})"
    if isinstance(error, RecursionError):
        return "the body is nested too deeply"
    if body.startswith(b"\xef\xbb\xbf"):
        return "the body begins with a byte order mark: send it without one"
    if "truncated" in str(error):
        if _SURROGATE.search(body):
            # The parser says the same of both.
            return f"the body ends after {len(body)} bytes, and its JSON does not, or it has half a surrogate pair"
        return f"the body ends after {len(body)} bytes, and its JSON does not: is a brace missing?"
    return f"the body is no JSON: {str(error).removeprefix('JSON is malformed: ').lower()}"


def _known_members(body: bytes, operation: Operation) -> dict[str, Any]:
    """Return the members of an object that the description knows; of all others only the syntax is looked at."""
    _require_utf8(body)
    members = _members(operation.parameters)
    try:
        found = members.decode(body)
    except msgspec.ValidationError:
        _SYNTAX.decode(body)
        raise CallFailed(ErrorCode.INVALID_PARAMETER, "the body is no object") from None
    document: dict[str, Any] = {}
    for name, field in zip(operation.parameters, members.type.__struct_fields__, strict=True):
        raw = getattr(found, field)
        if raw is msgspec.UNSET:
            continue
        if len(memoryview(raw)) > _LONGEST_VALUE and bytes(memoryview(raw)[:1]) != b'"':
            reason = f"{name}: longer than {_LONGEST_VALUE} bytes, and no text"
            raise CallFailed(ErrorCode.INVALID_PARAMETER, reason)
        document[name] = msgspec.json.decode(raw)
    return document


def _require_utf8(body: bytes) -> None:
    # What is skipped is not looked at by the parser. Piece by piece, because a text takes up to four times its bytes.
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(body), 65536):
        held = len(decoder.getstate()[0])  # bytes of a character that the last piece cut
        try:
            decoder.decode(body[start : start + 65536], final=start + 65536 >= len(body))
        except UnicodeDecodeError as error:
            error.start += start - held
            raise


_SURROGATE: Final = re.compile(rb"\\u[dD][89a-fA-F]")
_SYNTAX: Final = msgspec.json.Decoder(msgspec.Raw)


@cache
def _members(names: tuple[str, ...]) -> msgspec.json.Decoder[msgspec.Struct]:
    """Return what finds the members of an object without decoding their values."""
    fields = [
        (f"member_{index}", msgspec.Raw | msgspec.UnsetType, msgspec.UNSET) for index in range(len(names))
    ]
    rename = {field: name for (field, _, _), name in zip(fields, names, strict=True)}
    return msgspec.json.Decoder(msgspec.defstruct("Members", fields, rename=rename))
