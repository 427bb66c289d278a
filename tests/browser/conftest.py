"""The service as a process of its own, and pages of it in a Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from demo.service import running_service

from .browsing import Watched, chromium

Opener = Callable[..., Page]


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Address of a service with its models loaded, which fetches pictures from this machine too."""
    with running_service("--allow-private-urls") as address:
        yield address.rstrip("/")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def show(browser: Browser, address: str) -> Iterator[Opener]:
    """Shows a page; whatever a test does there, nothing may be asked for elsewhere and nothing complained about."""
    opened: list[Watched] = []

    def show(path: str = "/", **options: Any) -> Page:
        watched = Watched(browser, address, **options)
        opened.append(watched)
        return watched.open(path)

    yield show
    for watched in opened:
        watched.context.close()
    assert [url for watched in opened for url in watched.foreign] == []
    assert [text for watched in opened for text in watched.complaints] == []
