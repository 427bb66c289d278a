"""Answers as bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from starlette.responses import Response

from huaweicloud_ocr_emulator.contract import Contract
from huaweicloud_ocr_emulator.failures import CallFailed

REQUEST_ID_HEADER: Final = "X-Request-Id"


def json_response(
    content: dict[str, Any], status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return an answer with a JSON body."""
    return Response(msgspec.json.encode(content), status, headers, media_type="application/json")


def error_response(failure: CallFailed, contract: Contract, request_id: str) -> Response:
    """Return the documented answer to a failure: the text of the catalogue, and nothing of the reason."""
    answer = contract.errors[failure.code]
    content = {"error_code": str(failure.code), "error_msg": answer.message, "request_id": request_id}
    return json_response(content, answer.status, failure.headers)
