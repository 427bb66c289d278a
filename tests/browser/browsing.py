"""A real Chromium, and what is to be known of a page that it shows."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

_ARGUMENTS = [
    "--headless",
    "--no-sandbox",  # it runs as root in a container, and shows nothing but pages of this repository
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def chromium() -> Generator[Browser]:
    """Start the Chromium of this machine."""
    path = shutil.which("chromium")
    assert path, "there is no chromium on this machine: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


class Watched:
    """A page of which is known what it asked for and complained about.

    Attributes:
        page: The page.
        foreign: Addresses that it asked for elsewhere.
        complaints: What it wrote to the console, save that a call was answered with an error.
    """

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        """Open a context of its own, as in a browser that was never used before."""
        self.context = browser.new_context(base_url=address, **options)
        self.context.set_default_timeout(60_000)
        self.page: Page = self.context.new_page()
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self._asked(request.url, address))
        self.page.on("console", lambda message: self._said(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _asked(self, url: str, address: str) -> None:
        if not url.startswith((address, "blob:", "data:")):
            self.foreign.append(url)

    def _said(self, text: str) -> None:
        if not text.startswith("Failed to load resource: the server responded with a status of 4"):
            self.complaints.append(text)

    def open(self, path: str = "/") -> Page:
        """Show a page, and wait until it is made."""
        self.page.goto(path)
        self.page.wait_for_load_state("networkidle")
        return self.page


def wait_for_answer(page: Page) -> None:
    """Wait until a call has been answered and shown."""
    page.locator("#results[aria-busy=false]").wait_for()


def take_sample(page: Page, title: str) -> None:
    """Take a sample, and wait for its answer."""
    page.get_by_role("button", name=title).click()
    wait_for_answer(page)
