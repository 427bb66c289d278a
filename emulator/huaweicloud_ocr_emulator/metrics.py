"""Figures of the service, as Prometheus reads them."""

from __future__ import annotations

from typing import Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from starlette.responses import Response

from huaweicloud_ocr_emulator.call_record import CallRecord
from huaweicloud_ocr_emulator.workers import Workers

_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_BYTES: Final = (1e3, 1e4, 1e5, 1e6, 2e6, 5e6, 1e7, 1.2e7)


class Metrics:
    """Counts calls. Names of operations and error codes are labels; there are but as many as the description has."""

    def __init__(self, workers: Workers, version: str) -> None:
        """Prepare for the calls of a service that keeps to that version of the description."""
        self._registry = CollectorRegistry()
        prefix = "ocr_emulator"
        labels = ("operation",)
        self._calls = Counter(
            f"{prefix}_calls",
            "Calls that ended, by error code: none for a success, gone where the caller hung up.",
            ("operation", "status", "code"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            f"{prefix}_call_seconds",
            "From the first byte of a call to its answer.",
            labels,
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._queued = Histogram(
            f"{prefix}_queue_seconds",
            "How long calls waited for a worker.",
            labels,
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._worked = Histogram(
            f"{prefix}_recognition_seconds",
            "How long workers decoded and read pictures.",
            labels,
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._sizes = Histogram(
            f"{prefix}_body_bytes",
            "Length of the bodies of calls.",
            labels,
            buckets=_BYTES,
            registry=self._registry,
        )
        for name, about, read in (
            ("queue_length", "Calls that wait for a worker.", lambda: workers.waiting),
            ("busy_workers", "Workers that decode and read a picture.", lambda: workers.busy),
            ("workers", "Workers that there are.", lambda: workers.count),
        ):
            Gauge(f"{prefix}_{name}", about, registry=self._registry).set_function(read)
        Gauge(
            f"{prefix}_info", "The description that is kept to.", ("contract",), registry=self._registry
        ).labels(version).set(1)

    def count(self, record: CallRecord) -> None:
        """Count a call that has ended."""
        operation = record.operation
        status = str(record.status) if record.status else "none"
        code = record.code or ("none" if record.status and not record.is_gone else "gone")
        self._calls.labels(operation, status, code).inc()
        self._seconds.labels(operation).observe(record.seconds)
        for histogram, value in (
            (self._queued, record.queued),
            (self._worked, record.worked),
            (self._sizes, record.body_size),
        ):
            if value is not None:
                histogram.labels(operation).observe(value)

    def page(self) -> Response:
        """Return all figures as text."""
        return Response(generate_latest(self._registry), media_type=CONTENT_TYPE_LATEST)
