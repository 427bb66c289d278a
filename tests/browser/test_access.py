"""Who can read the pages: by day, by night, and with what reads them aloud."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .browsing import take_sample
from .conftest import Opener

# What fades in or out is pale on its way. A frame later it has begun; what turns for ever has no end to wait for.
_AT_REST = """
async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const passing = () => document.getAnimations().filter(
    (one) => one.playState === "running" && one.effect?.getComputedTiming().endTime !== Infinity
  );
  for (let rested = 0; rested < 3; rested += 1) {
    await frame();
    const found = passing();
    if (found.length) rested = -1;
    await Promise.all(found.map((one) => one.finished.catch(() => {})));
  }
}
"""


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with a page at rest, each with the first elements that it is about."""
    page.evaluate(_AT_REST)
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {[node['html'] for node in rule['nodes'][:3]]}" for rule in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1360, 390])
def test_playground(show: Opener, scheme: str, width: int) -> None:
    """Nothing is wrong with the playground: when it is empty, with a result in each view, and with an error."""
    page = show(color_scheme=scheme, viewport={"width": width, "height": 900})
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(18, 21, 19)") == (scheme == "dark")
    assert violations(page) == []
    take_sample(page, "Web banner")
    page.locator("summary").click()
    page.locator(".line").first.hover()
    for view in ("Python", "curl", "JSON", "Text"):
        page.get_by_role("tab", name=view).click()
        assert violations(page) == []
    page.get_by_role("radio", name="The address of the picture").check()
    take_sample(page, "A refusal")
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1360, 390])
def test_documentation(show: Opener, scheme: str, width: int) -> None:
    """The documentation has both operations, and nothing is wrong with it, on a phone either."""
    page = show("/docs", color_scheme=scheme, viewport={"width": width, "height": 900})
    for path in ("/v2/{project_id}/ocr/handwriting", "/v2/{project_id}/ocr/web-image"):
        expect(page.get_by_text(path)).to_be_visible()
    for example in page.locator("summary").all():
        example.click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_search_of_the_errors(show: Opener) -> None:
    """A search leaves the codes that have all of its words."""
    page = show("/docs")
    rows = page.get_by_role("region", name="Error codes").locator("tbody tr:visible")
    everything = rows.count()
    page.get_by_label("Search the codes").fill("token expired")
    assert 0 < rows.count() < everything
    expect(page.locator(".count")).to_contain_text(f"{rows.count()} of {everything}")
