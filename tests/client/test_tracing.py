"""Spans of OpenTelemetry."""

from __future__ import annotations

import subprocess
import sys

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from huaweicloud_ocr import ApiError, Retry

from .calling import Caller
from .service import Service, answer

URL = "https://example.com/a.jpg"
EXPORTER = InMemorySpanExporter()


@pytest.fixture(scope="module", autouse=True)
def _provider() -> None:
    """Record spans; a process has one provider, so it is set once."""
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(EXPORTER))
    trace.set_tracer_provider(provider)


@pytest.fixture
def spans() -> InMemorySpanExporter:
    """What was recorded in this test."""
    EXPORTER.clear()
    return EXPORTER


def _only(spans: InMemorySpanExporter) -> ReadableSpan:
    (span,) = spans.get_finished_spans()
    return span


def test_a_call_is_a_span(service: Service, caller: Caller, spans: InMemorySpanExporter) -> None:
    """A call is one span of a client, with the attributes of the semantic conventions."""
    caller.handwriting(url=URL)
    span = _only(spans)
    assert span.name == "POST /v2/{project_id}/ocr/handwriting"
    assert span.kind is SpanKind.CLIENT
    assert dict(span.attributes or {}) == {
        "http.request.method": "POST",
        "url.template": "/v2/{project_id}/ocr/handwriting",
        "url.full": f"{service.endpoint}/v2/project-1/ocr/handwriting",
        "server.address": "127.0.0.1",
        "server.port": service.server_address[1],
        "http.response.status_code": 200,
    }


def test_a_span_of_a_failure(service: Service, caller: Caller, spans: InMemorySpanExporter) -> None:
    """A failed call tells its code and how often it was sent again, and no text of the service."""
    service.plays(answer({"error_code": "ModelArts.4403", "error_msg": "secret text"}, status=400))
    with pytest.raises(ApiError):
        caller.handwriting(url=URL, retries=Retry(retries=1, first_delay=0.001))
    span = _only(spans)
    assert span.status.status_code is StatusCode.ERROR
    assert span.attributes is not None
    assert span.attributes["error.type"] == "ModelArts.4403"
    assert span.attributes["http.request.resend_count"] == 1
    assert "secret text" not in span.to_json()


def test_nothing_is_imported_without_opentelemetry(service: Service) -> None:
    """Where the library is not installed, a call goes on without it."""
    code = f"""
import sys
sys.modules["opentelemetry"] = None
from huaweicloud_ocr import Client, TokenAuth
with Client(endpoint={service.endpoint!r}, project_id="p", auth=TokenAuth("t")) as client:
    client.recognize_handwriting(url={URL!r})
assert not [name for name in sys.modules if name.startswith("opentelemetry.")]
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
