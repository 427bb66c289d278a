"""What happens with the bytes of a picture between the file and the request."""

from __future__ import annotations

import io
import json

import httpx
import pytest
from hypothesis import given, strategies as st

from huaweicloud_ocr import Base64, Client, TokenAuth
from huaweicloud_ocr._runtime import codec
from huaweicloud_ocr._runtime.decoding import Decoding
from huaweicloud_ocr._runtime.image_limits import image_size
from huaweicloud_ocr.models import HandwritingRequest

from .pictures import picture
from .service import Service

STEPS = st.lists(st.tuples(st.integers(0, 70), st.integers(-1, 30)), max_size=6)


@given(st.binary(max_size=60), STEPS)
def test_base64_is_read_as_its_content(content: bytes, steps: list[tuple[int, int]]) -> None:
    """The file of a Base64 text gives the same as a file of the content, wherever and however much is read."""
    encoded, plain = io.BufferedReader(Decoding(Base64.from_file(content).encoded), 8), io.BytesIO(content)
    for place, count in steps:
        assert encoded.seek(place) == plain.seek(place)
        assert encoded.read(count) == plain.read(count)
        assert encoded.tell() == plain.tell()
    assert encoded.seek(0, io.SEEK_END) == len(content)


def test_no_place_before_the_beginning() -> None:
    """A header that leads before the beginning of a file leads nowhere."""
    with pytest.raises(ValueError, match="before the beginning"):
        Decoding(b"YWJj").seek(-1)


def test_size_of_an_encoded_picture() -> None:
    """Width and height are read from a Base64 text without decoding it as a whole."""
    data = picture("PNG", 31, 17) + bytes(100_000)
    assert image_size(Base64.from_file(data).open()) == (31, 17)


@pytest.mark.parametrize("length", [48 * 1024 - 3, 48 * 1024, 100_000])
def test_a_long_text_is_sent_as_a_short_one(length: int) -> None:
    """However long the Base64 text is, the body is the same JSON."""
    image = Base64.from_file(bytes(length))
    body = codec.encode(HandwritingRequest(image=image, quick_mode=True))
    assert body.startswith(b'{"image":"AAAA')
    assert json.loads(body)["image"] == image.text
    assert json.loads(body)["quick_mode"] is True


def test_several_long_texts() -> None:
    """Several long texts each come to their own place."""
    first, second = Base64.from_file(bytes(60_000)), Base64.from_file(b"\xff" * 60_000)
    body = {"a": first, "b": [second, {"c": first}], "d": 'say "hi"'}
    expected = {"a": first.text, "b": [second.text, {"c": first.text}], "d": 'say "hi"'}
    assert json.loads(codec.encode(body)) == expected


def test_a_long_text_that_is_not_base64_cannot_break_out() -> None:
    """A long text that only claims to be Base64 is escaped as any other."""
    text = 'A",' * 40_000
    assert json.loads(codec.encode({"a": Base64.from_text(text)})) == {"a": text}


@pytest.mark.parametrize("own", [True, False])
def test_a_large_picture_arrives_whole(service: Service, own: bool) -> None:
    """A body that goes in parts arrives as one, with its length, through this package's HTTP client and another."""
    data = picture("PNG", 31, 17) + bytes(1_000_000)
    http_client = None if own else httpx.Client()
    with Client(
        project_id="p", endpoint=service.endpoint, auth=TokenAuth("token"), http_client=http_client
    ) as client:
        client.recognize_handwriting(image=data)
    if http_client is not None:
        http_client.close()
    received = service.received[-1]
    assert json.loads(received.body)["image"] == Base64.from_file(data).text
    headers = dict(received.headers)
    assert "transfer-encoding" not in headers
    assert int(headers["content-length"]) == len(received.body)
