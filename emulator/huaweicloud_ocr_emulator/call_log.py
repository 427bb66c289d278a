"""An identifier and a line in the log for every call."""

from __future__ import annotations

import logging
import time
import uuid
from typing import Final
from urllib.parse import quote

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from huaweicloud_ocr_emulator.contract import Contract
from huaweicloud_ocr_emulator.failures import CallFailed, ErrorCode
from huaweicloud_ocr_emulator.responses import REQUEST_ID_HEADER, error_response

_log = logging.getLogger(__name__)

_LONGEST_PATH: Final = 200


class CallLog:
    """ASGI middleware that identifies every call, logs how it ended, and answers where nothing else does.

    The log tells the operation, the outcome and the time, and never what was sent: no query, no header, no
    picture, no text. Only of an API that does not exist it tells method and path.
    """

    def __init__(self, app: ASGIApp, contract: Contract) -> None:
        self._app = app
        self._contract = contract

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one call."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = uuid.uuid4().hex
        state = scope.setdefault("state", {})
        state["request_id"] = request_id
        begin = time.perf_counter()
        status = 0
        told = False

        def tell(outcome: object) -> None:
            nonlocal told
            if not told:
                told = True
                what = state.get("operation", "no operation")
                milliseconds = (time.perf_counter() - begin) * 1000
                _log.info("%s: %s, %s after %.0f ms", request_id, what, outcome, milliseconds)

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [
                    *message["headers"],
                    (REQUEST_ID_HEADER.lower().encode(), request_id.encode()),
                ]
            elif not message.get("more_body"):
                # Whoever has the answer finds its line in the log.
                tell(state.get("outcome", status))
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        except ClientDisconnect:
            tell("the caller hung up")
        except Exception:
            _log.exception("%s: a fault of this service", request_id)
            if status:
                raise
            failure = CallFailed(ErrorCode.INTERNAL_ERROR, "see above")
            state["outcome"] = str(failure)
            await error_response(failure, self._contract, request_id)(scope, receive, send_with_id)
        finally:
            tell("the answer broke off" if status else "no answer")


def method_and_path(request: Request) -> str:
    """Return the method and the path of a call for the log: one line of plain ASCII, cut where it gets long."""
    # Not from `request.url`, into which the header Host goes as well.
    path = quote(request.scope["path"], errors="replace")
    cut = "..." if len(path) > _LONGEST_PATH else ""
    return f"{quote(request.method, safe='')} {path[:_LONGEST_PATH]}{cut}"
