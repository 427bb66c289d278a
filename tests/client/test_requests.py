"""What a call sends."""

from __future__ import annotations

import base64
import io
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import huaweicloud_ocr
from huaweicloud_ocr import AsyncClient, Base64, Client, TokenAuth
from huaweicloud_ocr.models import CharSet, ExtractType

from .calling import Caller
from .pictures import picture
from .service import WEB_IMAGE, Service, answer

URL = "https://example.com/a.jpg"
PICTURE = picture()
PICTURE_TEXT = base64.b64encode(PICTURE).decode()


def test_handwriting_goes_to_its_path(service: Service, caller: Caller) -> None:
    """`recognize_handwriting` posts to the path of its operation."""
    caller.handwriting(url=URL)
    assert (service.only.method, service.only.target) == ("POST", "/v2/project-1/ocr/handwriting")


def test_web_image_goes_to_its_path(service: Service, caller: Caller) -> None:
    """`recognize_web_image` posts to the path of its operation."""
    service.plays(answer(WEB_IMAGE))
    caller.web_image(url=URL)
    assert (service.only.method, service.only.target) == ("POST", "/v2/project-1/ocr/web-image")


@pytest.mark.parametrize(
    ("arguments", "members"),
    [
        ({}, {}),
        ({"quick_mode": True}, {"quick_mode": True}),
        ({"quick_mode": False}, {"quick_mode": False}),
        ({"detect_direction": True}, {"detect_direction": True}),
        ({"detect_direction": False}, {"detect_direction": False}),
        ({"char_set": "digit"}, {"char_set": "digit"}),
        ({"char_set": CharSet.DIGIT_LETTER}, {"char_set": "digit_letter"}),
    ],
)
def test_handwriting_sends_what_was_given(
    service: Service, caller: Caller, arguments: dict[str, Any], members: dict[str, Any]
) -> None:
    """The body of a handwriting request has the members that were given and no others."""
    caller.handwriting(url=URL, **arguments)
    assert service.only.json == {"url": URL, **members}


@pytest.mark.parametrize(
    ("arguments", "members"),
    [
        ({}, {}),
        ({"detect_direction": True}, {"detect_direction": True}),
        ({"extract_type": ["image_size"]}, {"extract_type": ["image_size"]}),
        ({"extract_type": (ExtractType.IMAGE_SIZE,)}, {"extract_type": ["image_size"]}),
        ({"extract_type": []}, {"extract_type": []}),
    ],
)
def test_web_image_sends_what_was_given(
    service: Service, caller: Caller, arguments: dict[str, Any], members: dict[str, Any]
) -> None:
    """The body of a web image request has the members that were given and no others."""
    service.plays(answer(WEB_IMAGE))
    caller.web_image(url=URL, **arguments)
    assert service.only.json == {"url": URL, **members}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Auth-Token", "token-1"),
        ("Content-Type", "application/json"),
        ("Accept", "application/json"),
        ("User-Agent", f"huaweicloud-ocr/{huaweicloud_ocr.__version__}"),
    ],
)
def test_headers(service: Service, caller: Caller, name: str, value: str) -> None:
    """Each call says who makes it and in which format, once."""
    caller.handwriting(url=URL)
    assert service.only.header(name) == value


@pytest.mark.parametrize(
    ("project_id", "path"),
    [("a/b", "a%2Fb"), ("a b", "a%20b"), ("ü", "%C3%BC"), ("a%2Fb", "a%252Fb"), ("a?b#c", "a%3Fb%23c")],
)
def test_project_id_is_percent_encoded(service: Service, caller: Caller, project_id: str, path: str) -> None:
    """A project id stays one segment of the path, whatever is in it."""
    caller.use(lambda client: client.recognize_handwriting(url=URL), project_id=project_id)
    assert service.only.target == f"/v2/{path}/ocr/handwriting"


class OwnPath:
    """A path of another library."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __fspath__(self) -> str:
        """Return the path as text."""
        return str(self.path)


def _file_read_halfway(path: Path) -> io.BytesIO:
    file = io.BytesIO(b"before" + PICTURE)
    file.seek(6)
    return file


SOURCES: dict[str, Callable[[Path], object]] = {
    "path": lambda path: path,
    "path of another library": OwnPath,
    "bytes": lambda path: PICTURE,
    "bytearray": lambda path: bytearray(PICTURE),
    "memoryview": lambda path: memoryview(PICTURE),
    "file in memory": lambda path: io.BytesIO(PICTURE),
    "file that was read halfway": _file_read_halfway,
    "encoded file": lambda path: Base64.from_file(PICTURE),
    "encoded text": lambda path: Base64.from_text(PICTURE_TEXT),
}


@pytest.mark.parametrize("source", SOURCES)
def test_image_from(tmp_path: Path, service: Service, caller: Caller, source: str) -> None:
    """An image comes from a path, bytes, a binary file from where it stands, or text that is encoded already."""
    path = tmp_path / "note.png"
    path.write_bytes(PICTURE)
    caller.handwriting(image=SOURCES[source](path))
    assert service.only.json == {"image": PICTURE_TEXT}


@pytest.mark.parametrize("buffering", [-1, 0])
def test_image_from_an_open_file(tmp_path: Path, service: Service, caller: Caller, buffering: int) -> None:
    """An open binary file is read, and stays open for whoever opened it."""
    path = tmp_path / "note.png"
    path.write_bytes(PICTURE)
    with path.open("rb", buffering=buffering) as file:
        caller.handwriting(image=file)
        assert not file.closed
    assert service.only.json == {"image": PICTURE_TEXT}


def test_image_from_a_pipe(service: Service, caller: Caller) -> None:
    """A source that gives its bytes little by little is read to its end."""
    reader, writer = os.pipe()

    def feed() -> None:
        with os.fdopen(writer, "wb", buffering=0) as file:
            for start in range(0, len(PICTURE), 10):
                file.write(PICTURE[start : start + 10])

    thread = threading.Thread(target=feed)
    thread.start()
    with os.fdopen(reader, "rb", buffering=0) as file:
        caller.handwriting(image=file)
    thread.join()
    assert service.only.json == {"image": PICTURE_TEXT}


def test_body_is_one_json_object_without_spaces(service: Service, caller: Caller) -> None:
    """The body is compact UTF-8 JSON with its members in the order of the description."""
    caller.handwriting(detect_direction=True, quick_mode=False, image=PICTURE)
    assert (
        service.only.body
        == f'{{"image":"{PICTURE_TEXT}","quick_mode":false,"detect_direction":true}}'.encode()
    )


def test_many_calls(service: Service) -> None:
    """A client makes one call after the other."""
    with Client(endpoint=service.endpoint, project_id="p", auth=TokenAuth("t")) as client:
        client.recognize_handwriting(url=URL)
        client.recognize_handwriting(url=URL)
    assert len(service.received) == 2


async def test_many_calls_of_an_async_client(service: Service) -> None:
    """An asynchronous client makes one call after the other, too."""
    async with AsyncClient(endpoint=service.endpoint, project_id="p", auth=TokenAuth("t")) as client:
        await client.recognize_handwriting(url=URL)
        await client.recognize_handwriting(url=URL)
    assert len(service.received) == 2
