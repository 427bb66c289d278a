"""Pages of other origins that may call the service: those of this machine, and those that are named."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from huaweicloud_ocr_emulator.call_record import CallRecord
from huaweicloud_ocr_emulator.responses import REQUEST_ID_HEADER

_THIS_MACHINE: Final = r"https?://(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?"


class OtherOrigins(CORSMiddleware):
    """ASGI middleware that lets browsers call the service from some pages; to others it is as if there were none.

    A browser sends what a page asks for without it, but only what any form could send, and shows no answer.
    """

    def __init__(self, app: ASGIApp, allowed: Collection[str]) -> None:
        super().__init__(
            app,
            allow_origins=allowed,
            allow_origin_regex=_THIS_MACHINE,
            # What the service does not know it refuses itself, with an error of the catalogue.
            allow_methods=("*",),
            allow_headers=("*",),
            allow_private_network=True,
            expose_headers=(REQUEST_ID_HEADER, "Retry-After", "X-Subject-Token"),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one call."""
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        if not self.is_allowed_origin(headers.get("origin", "")):
            await self.app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            record: CallRecord = scope["state"]["record"]
            record.operation = "preflight"
        await super().__call__(scope, receive, send)
