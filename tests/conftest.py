"""Settings that hold for all tests."""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import HealthCheck, settings

from .generator.corpus.documents import CorpusDocument

# A busy machine is no reason to fail: neither how long an example takes, nor how long it takes to make one.
settings.register_profile(
    "any machine", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

# What a shell starts in the background ignores Ctrl-C, and so would all that the tests start and interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, on each of the processes of a run: at its end all others would wait for it."""
    count = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long = [item for item in items if item.get_closest_marker("long")]
    others = _by_package([item for item in items if not item.get_closest_marker("long")])
    size = -(-len(others) // count)
    items[:] = [
        item
        for number in range(count)
        for item in (*long[number::count], *others[number * size : (number + 1) * size])
    ]


def _by_package(items: list[pytest.Item]) -> list[pytest.Item]:
    """Put the tests of one package of the corpus beside each other, so that only one process imports it."""
    firsts: dict[str, int] = {}
    places: list[tuple[int, pytest.Item]] = []
    for place, item in enumerate(items):
        call = getattr(item, "callspec", None)
        document = call.params.get("document") if call is not None else None
        if isinstance(document, CorpusDocument):
            place = firsts.setdefault(document.name, place)
        places.append((place, item))
    return [item for _, item in sorted(places, key=lambda pair: pair[0])]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell the figures that tests recorded, whatever is reported besides."""
    reports = [report for found in terminalreporter.stats.values() for report in found]
    figures = [
        text
        for report in reports
        if isinstance(report, pytest.TestReport) and report.when == "call"
        for name, text in report.user_properties
        if name == "figures"
    ]
    if figures:
        terminalreporter.section("figures")
        for text in sorted(map(str, figures)):
            terminalreporter.write_line(text)
