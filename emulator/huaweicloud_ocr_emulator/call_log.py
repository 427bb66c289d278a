"""An identifier, a line in the log and a place in the metrics for every call."""

from __future__ import annotations

import asyncio
import logging
from typing import Final
from urllib.parse import quote

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from huaweicloud_ocr_emulator.call_record import CallRecord
from huaweicloud_ocr_emulator.contract import Contract
from huaweicloud_ocr_emulator.failures import CallFailed, ErrorCode
from huaweicloud_ocr_emulator.metrics import Metrics
from huaweicloud_ocr_emulator.responses import REQUEST_ID_HEADER, error_response
from huaweicloud_ocr_emulator.workers import Gone

_log = logging.getLogger(__name__)

_LONGEST_PATH: Final = 200


class CallLog:
    """ASGI middleware that identifies every call, tells how it ended, and answers where nothing else does."""

    def __init__(self, app: ASGIApp, contract: Contract, metrics: Metrics) -> None:
        self._app = app
        self._contract = contract
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one call."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # The connection may know of the call already.
        record: CallRecord = scope.setdefault("state", {}).setdefault("record", CallRecord())
        told = False

        def tell(outcome: str | None = None) -> None:
            nonlocal told
            if not told and not record.is_refused:
                told = True
                self._metrics.count(record)
                # Whoever looks whether the service is there, does so all the time.
                level = logging.DEBUG if record.operation in QUIET and not record.code else logging.INFO
                _log.log(level, "%s", record.line(outcome), extra=record.members(outcome))

        async def send_with_id(message: Message) -> None:
            if record.is_refused:
                return
            if message["type"] == "http.response.start":
                record.status = message["status"]
                name = REQUEST_ID_HEADER.lower().encode()
                message["headers"] = [*message["headers"], (name, record.request_id.encode())]
            elif not message.get("more_body"):
                # Whoever has the answer finds its line in the log.
                tell()
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        except (ClientDisconnect, Gone):
            record.is_gone = True
            tell("the caller hung up")
        except asyncio.CancelledError:
            # The server ends without waiting any longer; nothing but this call is left in its task.
            await self._fail(
                CallFailed(ErrorCode.NOT_STARTED, "the service ends"), record, scope, receive, send_with_id
            )
        except Exception:
            _log.exception("%s: a fault of this service", record.request_id)
            if record.status:
                raise
            await self._fail(
                CallFailed(ErrorCode.INTERNAL_ERROR, "see above"), record, scope, receive, send_with_id
            )
        finally:
            tell("the answer broke off" if record.status else "no answer")

    async def _fail(
        self, failure: CallFailed, record: CallRecord, scope: Scope, receive: Receive, send: Send
    ) -> None:
        if not record.status:
            record.code, record.reason = failure.code, failure.reason
            await error_response(failure, self._contract, record.request_id)(scope, receive, send)


QUIET: Final = frozenset({"healthz", "readyz", "metrics", "page", "preflight"})
"""Names of what is asked for again and again, by machines or by a page that loads."""


def record_of(request: Request) -> CallRecord:
    """Return what is noted about a call."""
    found: CallRecord = request.state.record
    return found


def method_and_path(request: Request) -> str:
    """Return the method and the path of a call for the log: one line of plain ASCII, cut where it gets long."""
    # Not from `request.url`, into which the header Host goes as well.
    path = quote(request.scope["path"], errors="replace")
    cut = "..." if len(path) > _LONGEST_PATH else ""
    return f"{quote(request.method, safe='')} {path[:_LONGEST_PATH]}{cut}"
