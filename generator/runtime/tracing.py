"""Spans of OpenTelemetry, where its API is installed; without it, nothing is imported and nothing done.

Names and attributes are those of its semantic conventions for HTTP clients.
"""

from __future__ import annotations

import functools
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .errors import ApiError
from .events import PACKAGE
from .messages import HttpRequest, RawResponse

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer


class Span:
    """The span of a call; the current one while the call lasts."""

    def __init__(self, tracer: Tracer, request: HttpRequest, path: str) -> None:
        from opentelemetry.trace import SpanKind

        parts = urlsplit(request.address)
        attributes: dict[str, str | int] = {
            "http.request.method": request.method,
            "url.template": path,
            "url.full": request.address,
            "server.address": parts.hostname or "",
        }
        if parts.port:
            attributes["server.port"] = parts.port
        self._manager: Any = tracer.start_as_current_span(
            f"{request.method} {path}",
            kind=SpanKind.CLIENT,
            attributes=attributes,
            # The texts of exceptions may hold what the service sent, which may be what stands in a picture.
            record_exception=False,
            set_status_on_exception=False,
        )
        self._span = self._manager.__enter__()

    def end(self, raw: RawResponse | None, error: BaseException | None, attempts: int) -> None:
        """End the span with what the call ended in."""
        from opentelemetry.trace import StatusCode

        if raw is not None:
            self._span.set_attribute("http.response.status_code", raw.status_code)
        if attempts > 1:
            self._span.set_attribute("http.request.resend_count", attempts - 1)
        if error is not None:
            code = error.error_code if isinstance(error, ApiError) else None
            self._span.set_attribute("error.type", code or type(error).__qualname__)
            self._span.set_status(StatusCode.ERROR)
        self._manager.__exit__(None, None, None)


def begin_span(request: HttpRequest, path: str) -> Span | None:
    """Begin the span of a call, or return None where OpenTelemetry is not installed."""
    tracer = _tracer()
    return None if tracer is None else Span(tracer, request, path)


@functools.cache
def _tracer() -> Tracer | None:
    if find_spec("opentelemetry") is None or find_spec("opentelemetry.trace") is None:
        return None
    from opentelemetry.trace import get_tracer

    return get_tracer(PACKAGE)
