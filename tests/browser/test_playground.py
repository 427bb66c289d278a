"""The playground, in a real Chromium."""

from __future__ import annotations

import base64
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Page, expect

from .browsing import take_sample, wait_for_answer
from .conftest import Opener

LINES = {(60, 40): "Kettle 42", (220, 150): "Garden 7"}
SIZE = (640, 240)
ORIENTATION = 0x0112
HOSTILE = 'it\'s "a" $HOME <img src=x onerror=alert(1)> 1.png'


def drawn() -> tuple[Image.Image, list[tuple[int, int, int, int]]]:
    """Draw lines of text, and return the rectangle in which each stands."""
    picture = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default(48)
    rectangles = []
    for place, text in LINES.items():
        pen.text(place, text, fill="black", font=font)
        left, top, right, bottom = pen.textbbox(place, text, font=font)
        rectangles.append((int(left), int(top), int(right), int(bottom)))
    return picture, rectangles


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    """Return the file of a picture."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def upload(page: Page, name: str, content: bytes) -> None:
    """Choose a file, and wait for the answer."""
    page.locator("#file").set_input_files({"name": name, "mimeType": "", "buffer": content})
    wait_for_answer(page)


def shown_boxes(page: Page) -> list[tuple[float, float, float, float]]:
    """Return where the boxes are on the screen, in pixels of the picture that is shown below them."""
    boxes: list[tuple[float, float, float, float]] = page.evaluate(
        """([width]) => {
            const sheet = document.querySelector("#sheet canvas").getBoundingClientRect();
            const scale = width / sheet.width;
            return [...document.querySelectorAll(".box .edge")].map((edge) => {
                const { left, top, right, bottom } = edge.getBoundingClientRect();
                const edges = [left - sheet.left, top - sheet.top, right - sheet.left, bottom - sheet.top];
                return edges.map((edge) => edge * scale);
            });
        }""",
        SIZE,
    )
    return boxes


@pytest.mark.parametrize(
    ("name", "kind", "options"),
    [
        ("drawn.png", "PNG", {}),
        ("drawn.bmp", "BMP", {}),
        ("turned.jpg", "JPEG", {"orientation": 6}),
        ("turned.png", "PNG", {"orientation": 6}),
        ("drawn.tif", "TIFF", {}),
    ],
)
def test_boxes_lie_on_the_text(show: Opener, name: str, kind: str, options: dict[str, int]) -> None:
    """Each box lies where its text was drawn, also in what says that it wants to be turned, and on a blank sheet."""
    picture, rectangles = drawn()
    exif = Image.Exif()
    if orientation := options.get("orientation"):
        exif[ORIENTATION] = orientation
    page = show()
    upload(page, name, encoded(picture, kind, **({"exif": exif} if orientation else {})))
    assert page.locator(".words").all_inner_texts() == list(LINES.values())
    assert page.locator(".badge").all_text_contents() == ["1", "2"]
    boxes = shown_boxes(page)
    assert len(boxes) == len(rectangles)
    for box, rectangle in zip(boxes, rectangles, strict=True):
        # The detector leaves some room around a text.
        assert all(abs(found - expected) < 16 for found, expected in zip(box, rectangle, strict=True))
    expect(page.locator("#facts")).to_contain_text("640 × 240")
    assert page.locator("#caption").is_visible() == (kind == "TIFF")
    if kind != "TIFF":
        # What lies below the boxes is the picture as stored: there is ink where it was drawn.
        left, top, right, bottom = rectangles[0]
        darkest = page.evaluate(
            """([left, top, width, height]) => {
                const pen = document.querySelector("#sheet canvas").getContext("2d");
                const { data } = pen.getImageData(left, top, width, height);
                return Math.min(...data.filter((_, at) => at % 4 === 0));
            }""",
            [left, top, right - left, bottom - top],
        )
        assert darkest < 60


def test_error_with_its_remedy(show: Opener, address: str) -> None:
    """A format that the operation does not take is sent nevertheless, and its error shown with what to do."""
    page = show()
    catalogue = page.evaluate(
        """async () => (await (await fetch("/openapi.json")).json()).components.schemas.Error.properties.error_code"""
    )["x-error-codes"]["AIS.0102"]
    picture, _ = drawn()
    upload(page, "drawn.gif", encoded(picture, "GIF"))
    failure = page.locator(".failure")
    for said in ("AIS.0102", "HTTP 400", catalogue["message"], catalogue["meaning"], catalogue["remedy"]):
        expect(failure).to_contain_text(said)
    expect(page.locator("#live")).to_contain_text(catalogue["remedy"])
    page.get_by_role("radio", name="Web Image OCR").check()
    page.get_by_role("button", name="Recognise").click()
    expect(page.locator(".words")).to_have_count(2)
    expect(failure).to_have_count(0)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("#token", "", "ModelArts.4101"),
        ("#token", "клю́ч", "The token cannot be sent."),
        ("#project", "", "APIG.0101"),
    ],
)
def test_nothing_is_refused_in_silence(show: Opener, field: str, value: str, said: str) -> None:
    """Whatever stands in a field, the call is made, and what comes of it is said."""
    page = show()
    page.locator("summary").click()
    page.locator(field).fill(value)
    take_sample(page, "Handwritten note")
    expect(page.locator(".failure")).to_contain_text(said)


def test_form_comes_from_the_description(show: Opener) -> None:
    """Each operation has its parameters, with their defaults, and what is chosen is sent."""
    page = show()
    assert page.locator("#parameters code").all_inner_texts().count("quick_mode") == 1
    expect(page.get_by_role("radio", name="general")).to_be_checked()
    page.get_by_role("switch", name="quick_mode").check()
    page.get_by_role("radio", name="digit", exact=True).check()
    expect(page.locator("#parameters")).to_contain_text("digits only")
    take_sample(page, "A number")
    assert page.locator(".words").all_inner_texts() == ["3048271596"]
    page.get_by_role("radio", name="Web Image OCR").check()
    expect(page.get_by_role("switch", name="quick_mode")).to_have_count(0)
    page.get_by_role("checkbox", name="image_size").check()
    page.keyboard.press("Control+Enter")
    page.get_by_role("tab", name="JSON").click()
    expect(page.locator("#panel-json")).to_contain_text('"image_size"')


def test_paste_and_drop(show: Opener) -> None:
    """A picture can be pasted and dropped."""
    page = show()
    content = base64.b64encode(encoded(drawn()[0], "PNG")).decode()
    for event in ("paste", "drop"):
        page.evaluate(
            """([event, content]) => {
                const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
                const data = new DataTransfer();
                data.items.add(new File([bytes], `${event}.png`, { type: "image/png" }));
                const made = event === "paste"
                    ? new ClipboardEvent(event, { clipboardData: data, bubbles: true })
                    : new DragEvent(event, { dataTransfer: data, bubbles: true });
                document.querySelector("#drop").dispatchEvent(made);
            }""",
            [event, content],
        )
        expect(page.locator("#facts")).to_contain_text(f"{event}.png")
        expect(page.locator(".words")).to_have_count(2)


def test_address_instead_of_a_picture(show: Opener, address: str) -> None:
    """The service fetches a picture, the page does not: the boxes stand on a sheet of the size that was told."""
    page = show()
    page.get_by_role("radio", name="Web Image OCR").check()
    page.get_by_role("radio", name="The address of the picture").check()
    page.get_by_role("checkbox", name="image_size").check()
    page.get_by_label("Address", exact=True).fill("http://[")
    page.get_by_role("button", name="Recognise").click()
    expect(page.locator(".failure")).to_contain_text("ModelArts.4601")
    page.get_by_label("Address", exact=True).fill(f"{address}/samples/web-banner.webp")
    page.get_by_role("button", name="Recognise").click()
    expect(page.locator(".words").nth(1)).to_have_text("春茶上新")
    expect(page.locator("#caption")).to_contain_text("empty sheet")
    assert page.locator(".boxes").get_attribute("viewBox") == "0 0 1200 400"


def test_looking_at_a_line_shows_its_box(show: Opener) -> None:
    """A line and its box stand out together, whichever of them is pointed at."""
    page = show()
    take_sample(page, "Web banner")
    for pointed, other in ((".line", ".box"), (".box", ".line")):
        page.locator(pointed).nth(2).hover()
        expect(page.locator(f"{other}.is-active")).to_have_attribute("data-index", "2")


def test_keyboard_alone(show: Opener) -> None:
    """Sample, boxes, lines, tabs, parameters and the call itself are reached without a mouse, and the focus is seen."""
    page = show()

    def tab_to(selector: str, key: str = "Tab") -> None:
        for _ in range(40):
            page.keyboard.press(key)
            if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{selector} is not reached")

    tab_to("#choose")
    tab_to(".sample")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    wait_for_answer(page)
    tab_to(".box", "Shift+Tab")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".line.is-active")).to_have_attribute("data-index", "1")
    tab_to("[role=tab]")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#panel-json")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    tab_to(".number")
    expect(page.locator(".box.is-active")).to_have_attribute("data-index", "0")
    tab_to("[name=operation]")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Web Image OCR")).to_be_checked()
    tab_to("[role=switch]")
    page.keyboard.press("Space")
    expect(page.get_by_role("switch")).to_be_checked()
    tab_to("summary")
    page.keyboard.press("Enter")
    tab_to("#token")
    tab_to("#send")
    with page.expect_response("**/ocr/web-image") as response:
        page.keyboard.press("Enter")
    sent = response.value.request.post_data_json
    assert sent is not None
    assert sent["detect_direction"] is True


def test_phone(show: Opener) -> None:
    """On the width of a phone nothing has to be scrolled sideways, whatever is shown."""
    page = show(viewport={"width": 390, "height": 844}, has_touch=True)
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        for title in ("Handwritten note", "A refusal"):
            take_sample(page, title)
            for view in ("JSON", "Python", "curl", "Text"):
                page.get_by_role("tab", name=view).click()
                assert page.evaluate("document.documentElement.scrollWidth") == width


def test_names_and_texts_are_never_markup(show: Opener) -> None:
    """What a file name or a service says stands there as it is."""
    page = show()
    upload(page, HOSTILE, encoded(drawn()[0], "PNG"))
    expect(page.locator("#facts")).to_contain_text(HOSTILE)
    assert page.locator("#facts img").count() == 0


@pytest.mark.parametrize("view", ["Python", "curl"])
def test_snippets_run(show: Opener, tmp_path: Path, view: str) -> None:
    """What stands there to be copied makes the same call, whatever the file and the token are called."""
    page = show()
    content = encoded(drawn()[0], "PNG")
    page.locator("summary").click()
    page.locator("#token").fill('it\'s"$(a)"`token`\\%s')
    upload(page, HOSTILE, content)
    page.get_by_role("radio", name="digit_letter").check()
    page.get_by_role("tab", name=view).click()
    (tmp_path / HOSTILE).write_bytes(content)
    code = page.locator(f"#panel-{view.lower()} pre").inner_text()
    command = [sys.executable, "-W", "error", "-c"] if view == "Python" else ["sh", "-euc"]
    done = subprocess.run([*command, code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "digit_letter" in code
    for text in ("Kettle42", "Garden7"):
        assert text in done.stdout.replace(" ", "")


def test_snippets_of_a_sample_fetch_it(show: Opener, tmp_path: Path) -> None:
    """The command line for a sample runs where the sample is not."""
    page = show()
    take_sample(page, "A number")
    page.get_by_role("tab", name="curl").click()
    code = page.locator("#panel-curl pre").inner_text()
    done = subprocess.run(["sh", "-euc", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "3048271596" in done.stdout
