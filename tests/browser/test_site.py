"""The site of the contract, with three versions, in a real Chromium that reaches nothing else."""

from __future__ import annotations

import base64
import functools
import http.server
import json
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.site.tools import NodeTools
from tests.generator import command_line
from tests.generator.published import VERSIONS, Publication

from .browsing import Watched
from .test_access import violations

NUMBER = Path(__file__).parents[2] / "samples/number.png"
KINDS = (
    *("index.html", "error-codes.html", "changelog.html", "compare.html", "compare/1.0.0...2.0.0.html"),
    *("1.0.0/index.html", "1.0.0/error-codes.html", "reference.html"),
)
"""A page of each kind."""

Opener = Callable[..., Page]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """Three versions, made with the real tools."""
    publication = Publication.begin(tmp_path_factory.mktemp("published"), NodeTools())
    publication.publish_all()
    return publication


@pytest.fixture(scope="module")
def site(publication: Publication) -> Iterator[str]:
    """Address of the site, served as any server of files does."""
    handler = functools.partial(_Quiet, directory=str(publication.site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Opener]:
    """Opens pages of the site; nothing is asked for elsewhere, nothing is missing, and nothing is complained about.

    What is asked for elsewhere does not get there either, save at an address that a test names.
    """
    opened: list[Watched] = []
    missing: list[str] = []

    def open_page(path: str, also: str = "", **options: Any) -> Page:
        watched = Watched(browser, site, **options)
        opened.append(watched)
        reached = tuple(filter(None, (site, also, "blob:", "data:")))
        watched.context.route(lambda url: not url.startswith(reached), lambda route: route.abort())
        watched.page.on(
            "response", lambda answer: missing.append(answer.url) if answer.status >= 400 else None
        )
        watched.page.goto(f"/{path}")
        if path.endswith("reference.html"):
            expect(watched.page.get_by_role("heading", name="Huawei Cloud OCR")).to_be_visible()
        watched.foreign[:] = [url for url in watched.foreign if not url.startswith(reached)]
        return watched.page

    yield open_page
    for watched in opened:
        watched.context.close()
    assert [url for watched in opened for url in watched.foreign if "/v2/" not in url] == []
    # The reference tells its own name and version there.
    told = [text for watched in opened for text in watched.complaints if not text.startswith("@scalar/")]
    assert told == []
    assert missing == []


def test_every_page(open_page: Opener, publication: Publication) -> None:
    """Every page loads whole, with nothing from elsewhere, and its links to places in the site lead somewhere."""
    pages = sorted(path for path in publication.files() if path.endswith(".html"))
    assert len(pages) == 4 * 3 + 5 + 3
    page = open_page(pages[0])
    for path in pages:
        page.goto(f"/{path}")
        if path.endswith("reference.html"):
            expect(page.get_by_role("heading", name="Huawei Cloud OCR")).to_be_visible()
        for place in page.locator("a[href^='#']").evaluate_all(
            "all => all.map((one) => one.getAttribute('href'))"
        ):
            if not path.endswith("reference.html"):
                assert page.locator(f"[id='{place[1:]}']").count() == 1, f"{path}{place}"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1360), ("dark", 390)])
def test_access(open_page: Opener, scheme: str, width: int) -> None:
    """Nothing is wrong with a page of any kind, by day and by night, and on a phone none scrolls sideways."""
    page = open_page(KINDS[0], color_scheme=scheme, viewport={"width": width, "height": 844})
    for path in KINDS:
        page.goto(f"/{path}")
        if path.endswith("reference.html"):
            expect(page.get_by_role("heading", name="Huawei Cloud OCR")).to_be_visible()
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (paper == "rgb(18, 21, 19)") == (scheme == "dark")
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") == width, path


@pytest.mark.parametrize(("scheme", "width"), [("light", 1360), ("dark", 390)])
def test_try_it(open_page: Opener, address: str, scheme: str, width: int) -> None:
    """A request that is sent from the reference to the local service comes back with the text of the picture."""
    size = {"width": width, "height": 844}
    page = open_page("latest/reference.html", also=address, color_scheme=scheme, viewport=size)
    page.get_by_label("Local service", exact=True).last.fill(address)
    page.get_by_role("button", name="Use it").click()
    page.wait_for_url("**service=**")
    expect(page.get_by_placeholder(re.compile("QUxM"))).to_have_count(0)
    page.get_by_role("heading", name="Handwritten Text OCR").scroll_into_view_if_needed()
    assert violations(page) == []
    page.get_by_role("button", name="Test Request").first.click()
    client = page.get_by_role("dialog")
    client.locator("input[placeholder]").last.fill("any")
    body = client.locator(".cm-content[contenteditable=true]").first
    body.click()
    page.keyboard.press("ControlOrMeta+a")
    image = base64.b64encode(NUMBER.read_bytes()).decode()
    page.keyboard.insert_text(f'{{"image": "{image}", "char_set": "digit", "single_line": true}}')
    assert violations(page) == []
    with page.expect_response(re.compile("/v2/.*/ocr/handwriting")) as answer:
        client.get_by_role("button", name="Send").first.click()
    assert answer.value.url.startswith(address)
    expect(client.get_by_text("3048271596")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_only_this_machine(open_page: Opener) -> None:
    """Neither a link nor whoever types can make the page call another machine as the local service."""
    page = open_page("reference.html?service=https://example.com")
    field = page.locator("#address")
    expect(field).to_have_value("http://127.0.0.1:8765")
    field.fill("http://127.0.0.1.example.com")
    page.get_by_role("button", name="Use it").click()
    expect(page.locator("#said")).to_contain_text("no address of this machine")


def test_search_with_the_keyboard(open_page: Opener) -> None:
    """A slash leads to the search, which leaves what has all words or else most; a link shows its code again."""
    page = open_page("error-codes.html")
    rows = page.locator("#codes > li:visible")
    page.keyboard.press("/")
    page.keyboard.type("TOKEN expired")
    assert 0 < rows.count() < 10
    expect(page.get_by_role("status")).to_have_text(f"{rows.count()} of 43 codes")
    page.evaluate("location.hash = '#AIS.0103'")
    expect(page.locator("[id='AIS.0103']")).to_be_in_viewport()
    search = page.get_by_label("Search")
    search.fill("The picture is too big!")
    expect(rows.first).to_have_id("AIS.0103")
    assert 0 < page.locator(".kinds li:visible").count() < 5
    search.fill("expired xylophone")
    expect(page.get_by_role("status")).to_contain_text("with 1 of 2 words")
    search.fill("xylophone")
    expect(page.get_by_text("No code has any of these words.")).to_be_visible()
    expect(page.get_by_role("heading", name="Kinds of errors")).to_be_hidden()
    page.keyboard.press("Escape")
    assert rows.count() == 43


def test_without_javascript(open_page: Opener) -> None:
    """All codes can be read without scripts, and no field stands there that does nothing."""
    page = open_page("error-codes.html", java_script_enabled=False)
    assert page.locator("#codes > li").count() == 43
    expect(page.locator("#search")).to_be_hidden()


def test_compare_two_versions(open_page: Opener) -> None:
    """Two versions are chosen, in either order, and what changed from the older to the newer one is told."""
    page = open_page("compare.html")
    page.get_by_label("From").select_option("2.0.0")
    page.get_by_label("to", exact=True).select_option("1.0.0")
    page.get_by_role("button", name="Compare").press("Enter")
    page.wait_for_url("**/compare/1.0.0...2.0.0.html")
    expect(page.get_by_role("region", name="Breaking")).to_contain_text("quick_mode")
    expect(page.get_by_role("region", name="Compatible")).to_contain_text("language")
    expect(page.get_by_text("Together they demand a major step")).to_be_visible()
    page.get_by_label("From").select_option("2.0.0")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("status")).to_contain_text("choose two")


def test_collection(publication: Publication) -> None:
    """The Postman collection has both operations, and is the same each time that it is made."""
    path = publication.site / VERSIONS[-1] / "postman_collection.json"
    text = path.read_text(encoding="utf-8")
    assert all(f'"{name}"' in text for name in ("Handwritten Text OCR", "Web Image OCR"))
    made = json.loads(text)
    assert {"baseUrl", "apiKey"} <= {one["key"] for one in made["variable"]}
    answers = [answer for folder in made["item"] for call in folder["item"] for answer in call["response"]]
    assert {answer["code"] for answer in answers} == {200, 400, 429}
    again = Publication(publication.project, publication.site.with_name("again"), publication.tools)
    again.publish()
    assert again.files() == publication.files()


def test_registry_out_of_reach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where npm's registry cannot be reached, publishing says so in a sentence, and leaves nothing behind."""
    environment = command_line.environment() | {
        "HOME": str(tmp_path),
        "npm_config_registry": "http://127.0.0.1:9",
        "npm_config_fetch_retries": "0",
    }
    monkeypatch.setattr(command_line, "environment", lambda path=(): environment)
    done = command_line.run("publish", "--output", tmp_path / "site")
    assert (done.returncode, done.stdout) == (2, "")
    assert "npm cannot fetch the tools that are listed in generator/node" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "site").exists()
