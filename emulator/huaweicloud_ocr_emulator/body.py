"""From the bytes of a request to parameters that keep to the description."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

import anyio
import msgspec
from starlette.requests import Request

from huaweicloud_ocr_emulator.contract import Operation
from huaweicloud_ocr_emulator.failures import CallFailed, ErrorCode

ROOM_BESIDE_THE_PICTURE: Final = 1024 * 1024
"""Bytes that a body may have beyond the longest Base64 text: other parameters, and `/` written as `\\/`."""


async def read_body(request: Request, limit: int, seconds: float) -> bytes:
    """Read the body of a request, no more of it and no longer than it may take.

    Args:
        request: The request.
        limit: Bytes that it may have.
        seconds: In which all of it has to arrive.

    Raises:
        CallFailed: It is too long, by its Content-Length or by what arrives, or it does not arrive in time.
    """
    declared = request.headers.get("content-length", "0")
    if not declared.isdecimal() or len(declared) > 18 or int(declared) > limit:
        raise CallFailed(ErrorCode.BODY_LENGTH, f"Content-Length is more than {limit}")
    body = bytearray()
    try:
        with anyio.fail_after(seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit:
                    raise CallFailed(ErrorCode.BODY_LENGTH, f"the body is longer than {limit} bytes")
    except TimeoutError:
        reason = f"{len(body)} bytes after {seconds:g} s, and no end"
        raise CallFailed(ErrorCode.BODY_LENGTH, reason) from None
    return bytes(body)


def parse_body(body: bytes, operation: Operation) -> Mapping[str, Any]:
    """Return the parameters of a call, defaults included.

    Raises:
        CallFailed: The body is not JSON, its picture is too long, or it breaks the schema of the operation.
    """
    try:
        document = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise CallFailed(ErrorCode.NOT_JSON, "the body is not JSON in UTF-8") from None
    longest = operation.limits.max_base64_length
    # The schema says so too, but a picture that is too long has a code of its own.
    if _length_of_image(document) > longest:
        raise CallFailed(ErrorCode.BODY_LENGTH, f"image is longer than {longest} characters")
    if faults := operation.request_faults(document):
        raise CallFailed(ErrorCode.INVALID_PARAMETER, "; ".join(faults))
    return {**operation.defaults, **document}


def _length_of_image(document: object) -> int:
    image = cast(dict[str, Any], document).get("image") if isinstance(document, dict) else None
    return len(image) if isinstance(image, str) else 0
