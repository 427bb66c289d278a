"""What is checked before anything is sent, besides the picture itself."""

from __future__ import annotations

import io
import json
from typing import Any

import attrs
import pytest

from huaweicloud_ocr import Base64, InvalidRequestError
from huaweicloud_ocr.api.ocr import recognize_handwriting, recognize_web_image
from huaweicloud_ocr.models import BlockType, HandwritingRequest, WebImageRequest

from .calling import Caller
from .pictures import picture
from .service import Service

URL = "https://example.com/a.jpg"


@pytest.mark.parametrize("operation", ["recognize_handwriting", "recognize_web_image"])
@pytest.mark.parametrize(
    ("arguments", "got"),
    [({}, "none is given"), ({"image": picture(), "url": URL}, "image and url are given")],
)
def test_exactly_one_of_image_and_url(
    service: Service, caller: Caller, operation: str, arguments: dict[str, Any], got: str
) -> None:
    """A call names its picture exactly once."""
    with pytest.raises(InvalidRequestError) as caught:
        caller.use(lambda client: getattr(client, operation)(**arguments))
    assert str(caught.value) == f"exactly one of image and url is needed; {got}"
    assert not service.received


@pytest.mark.parametrize(
    ("url", "message"),
    [
        (
            "https://example.com/手写.jpg",
            "url holds '手' at offset 20: percent-encode it (urllib.parse.quote)",
        ),
        ("https://example.com/a b.jpg", "url holds ' ' at offset 21"),
        ("https://example.com/\r\nX: y", r"url holds '\r' at offset 20"),
        ("https://example.com/\x7f", r"url holds '\x7f' at offset 20"),
        ("https://example.com/\ud800", r"url holds '\ud800' at offset 20"),
        ("note.jpg", "url is not an address: 'note.jpg'"),
        ("", "url is not an address: ''"),
    ],
)
def test_url_that_is_none(service: Service, caller: Caller, url: str, message: str) -> None:
    """A URL is absolute and holds neither white space nor characters outside ASCII."""
    with pytest.raises(InvalidRequestError) as caught:
        caller.handwriting(url=url)
    assert message in str(caught.value)
    assert not service.received


def test_percent_encoded_url(service: Service, caller: Caller) -> None:
    """A percent-encoded URL goes out as it is."""
    caller.handwriting(url="https://example.com/%E6%89%8B.jpg?a=b%20c#d")
    assert service.only.json == {"url": "https://example.com/%E6%89%8B.jpg?a=b%20c#d"}


@pytest.mark.parametrize("value", ["digits", "", "DIGIT", 5, None, [], "\x1b[31m" * 100])
def test_unknown_char_set(service: Service, caller: Caller, value: object) -> None:
    """An unknown value is refused with a list of the known ones."""
    with pytest.raises(InvalidRequestError) as caught:
        caller.handwriting(url=URL, char_set=value)
    message = str(caught.value)
    assert message.startswith("char_set: ")
    assert message.endswith("is not known; choose one of 'digit', 'letter', 'digit_letter', 'general'")
    assert message.isprintable()
    assert not service.received


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (["colour"], "extract_type: 'colour' is not known; choose one of 'image_size'"),
        ("image_size", "extract_type: a list is needed, not 'image_size'"),
        (None, "extract_type: a list is needed, not None"),
        ([["image_size"]], "extract_type: ['image_size'] is not known"),
    ],
)
def test_unknown_extract_type(service: Service, caller: Caller, value: object, message: str) -> None:
    """What to extract is a list of known values."""
    with pytest.raises(InvalidRequestError) as caught:
        caller.web_image(url=URL, extract_type=value)
    assert message in str(caught.value)
    assert not service.received


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"quick_mode": "true"}, "Expected `bool`, got `str` - at $.quick_mode"),
        ({"quick_mode": 1}, "Expected `bool`, got `int` - at $.quick_mode"),
        ({"detect_direction": None}, "Expected `bool`, got `null` - at $.detect_direction"),
        ({"url": None}, "Expected `str`, got `null` - at $.url"),
        ({"url": b"https://example.com"}, "Expected `str`, got `bytes` - at $.url"),
    ],
)
def test_wrong_type(service: Service, caller: Caller, arguments: dict[str, Any], message: str) -> None:
    """An argument of another type is refused with its name, and null is not the same as absent."""
    with pytest.raises(InvalidRequestError) as caught:
        caller.handwriting(**{"url": URL, **arguments})
    assert str(caught.value) == message
    assert not service.received


def test_models_are_checked_where_they_are_sent(service: Service, caller: Caller) -> None:
    """A model that was made by hand is held to the same rules as the methods."""
    with pytest.raises(InvalidRequestError, match="exactly one of image and url is needed; none is given"):
        caller.plain(recognize_handwriting, body=HandwritingRequest())
    assert not service.received


@pytest.mark.parametrize("value", ["digits", BlockType("digits")])
def test_unknown_value_in_a_model(service: Service, caller: Caller, value: Any) -> None:
    """A closed enum stays closed in a model that was made by hand."""
    with pytest.raises(
        InvalidRequestError,
        match=r"Invalid enum value 'digits', not one of 'digit', 'letter', 'digit_letter', 'general' - at \$\.char_set",
    ):
        caller.plain(recognize_handwriting, body=HandwritingRequest(url=URL, char_set=value))
    assert not service.received


def test_unknown_value_in_a_list_of_a_model(service: Service, caller: Caller) -> None:
    """The path of a message leads into lists."""
    values: Any = ["image_size", "colour"]
    body = WebImageRequest(url=URL, extract_type=values)
    with pytest.raises(
        InvalidRequestError,
        match=r"Invalid enum value 'colour', not one of 'image_size' - at \$\.extract_type\[1\]",
    ):
        caller.plain(recognize_web_image, body=body)
    assert not service.received


@pytest.mark.parametrize("wrap", [bytes, io.BytesIO])
def test_a_model_takes_an_image_as_methods_do(service: Service, caller: Caller, wrap: Any) -> None:
    """A model encodes what it is given for a binary member, and keeps what is encoded already."""
    body = HandwritingRequest(image=wrap(picture()))
    assert body == HandwritingRequest(image=Base64.from_file(picture()))
    assert attrs.evolve(body, quick_mode=True).image == body.image
    caller.plain(recognize_handwriting, body=body)
    assert json.loads(service.received[0].body) == body.to_dict()


def test_a_model_does_not_take_an_image_as_text() -> None:
    """Whether a text is a path or Base64 is not guessed."""
    image: Any = "picture.jpg"
    with pytest.raises(InvalidRequestError, match=r"ambiguous: pass a pathlib.Path, or Base64.from_text"):
        HandwritingRequest(image=image)
