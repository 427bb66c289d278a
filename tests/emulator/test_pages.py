"""The pages for people, as an HTTP client sees them."""

from __future__ import annotations

import json
import re
from importlib import resources

import httpx
import pytest

from huaweicloud_ocr_emulator.recognition import Recogniser

from .caller import Caller, description
from .conftest import serving
from .pictures import base64

PACKAGE = resources.files("huaweicloud_ocr_emulator")
PAGES = ("/", "/docs")


def get(caller: Caller, path: str) -> httpx.Response:
    """Ask for an address without a token."""
    return caller.send("GET", path)


def test_address_with_a_slash(guarded: Caller) -> None:
    """`/docs/` leads to `/docs`."""
    response = httpx.get(f"{guarded.url}/docs/", trust_env=False)
    assert (response.status_code, response.headers["Location"]) == (308, "/docs")


@pytest.mark.parametrize(
    "path", [*PAGES, "/openapi.json", "/playground/playground.js", "/samples/index.json"]
)
def test_headers_of_safety(guarded: Caller, path: str) -> None:
    """Whatever is served for people loads nothing from outside, is what it says it is, and needs no token."""
    response = get(guarded, path)
    assert response.status_code == 200
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", PAGES)
def test_pages_keep_to_their_policy(caller: Caller, path: str) -> None:
    """A page has no script and no style in it, and each file that it names is there, with the right type."""
    page = get(caller, path)
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert not re.search(r"<style|<script(?![^>]* src=)|\son\w+=|\sstyle=", page.text)
    named = re.findall(r'(?:src|href)="(/[^"]*)"', page.text)
    types = {found: get(caller, found).headers["Content-Type"] for found in named}
    assert types["/playground/common.css"] == "text/css; charset=utf-8"
    assert all(
        kind == "text/javascript; charset=utf-8" for found, kind in types.items() if found.endswith(".js")
    )


def test_description_is_the_very_one(caller: Caller) -> None:
    """The description is served byte for byte as the package carries it."""
    response = get(caller, "/openapi.json")
    assert response.content == (PACKAGE / "openapi.json").read_bytes()
    assert response.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    "path",
    [
        "/playground/nothing.js",
        "/playground/",
        "/samples/../app.py",
        "/samples/%2e%2e/app.py",
        "/playground/..%2fapp.py",
        "/samples//etc/passwd",
        "/docs/x",
    ],
)
def test_nothing_else_is_served(caller: Caller, path: str) -> None:
    """An address that is no page and no file of one does not exist, however it is written."""
    with caller.connection() as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert b'"APIG.0101"' in answer


def test_pages_are_one_operation_of_the_figures(recogniser: Recogniser) -> None:
    """The figures count what people look at under one name, however many files that is."""
    with serving(recogniser) as caller:
        for path in (*PAGES, "/openapi.json", "/samples/number.gif"):
            get(caller, path)
        figures = caller.send("GET", "/metrics").text
    assert re.findall(r'_calls_total\{.*operation="([^"]*)"', figures) == ["page"]


def test_samples_are_what_they_are_said_to_be(caller: Caller) -> None:
    """Each sample is read as the samples of the repository are, but for the one whose format is refused."""
    samples = json.loads((PACKAGE / "samples/index.json").read_bytes())
    paths = {
        item["post"]["operationId"]: path.replace("{project_id}", "some-project")
        for path, item in description()["paths"].items()
    }
    outcomes = {}
    for sample in samples:
        content = get(caller, f"/samples/{sample['file']}").content
        body = {"image": base64(content), **sample["parameters"]}
        answer = caller.post(paths[sample["operation"]], body).json()
        blocks = answer.get("result", {}).get("words_block_list", [])
        outcomes[sample["file"]] = answer.get("error_code") or [block["words"] for block in blocks]
    assert outcomes["number.gif"] == "AIS.0102"
    assert outcomes["number.jpg"] == ["3048271596"]
    assert "Thursday 14 May at 10:30, room 12." in outcomes["handwritten-note.jpg"]
    assert "记得带雨伞和借书证，" in outcomes["handwritten-note-zh.jpg"]
    assert "Fresh spring tea, picked by hand" in outcomes["web-banner.webp"]
