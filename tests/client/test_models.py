"""Models: made from dicts, turned into dicts, compared, copied, shown."""

from __future__ import annotations

import copy
import json
import pickle
from types import MappingProxyType
from typing import Any

import attrs
import pytest

from huaweicloud_ocr import UNSET, Base64, InvalidDataError, Unset, models
from huaweicloud_ocr.models import (
    BlockType,
    CharSet,
    ExtractedData,
    ExtractType,
    HandwritingRequest,
    HandwritingResponse,
    HandwritingWordsBlock,
    ImageSize,
    WebImageRequest,
    WebImageResponse,
)

from .service import HANDWRITING, WEB_IMAGE

LOCATION = ((1, 2), (3, 4), (5, 6), (7, 8))
BLOCK = HandwritingWordsBlock(words="hello", type=BlockType.TEXT, confidence=0.5, location=LOCATION)
CLASSES = [getattr(models, name) for name in models.__all__]
MODELS = [kind for kind in CLASSES if attrs.has(kind)]


@pytest.mark.parametrize(
    ("model", "data"),
    [(HandwritingResponse, HANDWRITING), (WebImageResponse, WEB_IMAGE)],
    ids=["handwriting", "web-image"],
)
def test_there_and_back(model: Any, data: dict[str, Any]) -> None:
    """A model that is made from a dict gives the same dict."""
    assert model.from_dict(data).to_dict() == data


def test_dicts_are_plain() -> None:
    """`to_dict` returns what `json` can write: no enums, no tuples, no Base64."""
    request = WebImageRequest(image=Base64.from_file(b"\0"), extract_type=[ExtractType.IMAGE_SIZE])
    assert json.loads(json.dumps(request.to_dict())) == {
        "image": "AA==",
        "detect_direction": False,
        "extract_type": ["image_size"],
    }
    assert type(request.to_dict()["extract_type"][0]) is str
    assert BLOCK.to_dict()["location"] == [[1, 2], [3, 4], [5, 6], [7, 8]]


def test_order_of_members() -> None:
    """`to_dict` has the members in the order of the description."""
    assert list(BLOCK.to_dict()) == ["words", "type", "confidence", "location"]


def test_absent_members_are_left_out() -> None:
    """What is UNSET is not in the dict."""
    assert WebImageRequest(url="https://a", detect_direction=UNSET).to_dict() == {"url": "https://a"}
    assert ExtractedData().to_dict() == {}


def test_defaults_are_the_documented_ones() -> None:
    """A member that is not given has the documented default; one that was absent in a dict stays absent."""
    assert HandwritingRequest(url="https://a").char_set is CharSet.GENERAL
    assert HandwritingRequest.from_dict({"url": "https://a"}).char_set is UNSET


def test_from_any_mapping() -> None:
    """A model is made from any mapping, not from dicts alone."""
    assert ImageSize.from_dict(MappingProxyType({"width": 1, "height": 2})) == ImageSize(width=1, height=2)


def test_the_dict_is_not_changed() -> None:
    """`from_dict` leaves its dict as it is."""
    data = copy.deepcopy(HANDWRITING)
    HandwritingResponse.from_dict(data)
    assert data == HANDWRITING


def test_image_in_a_dict() -> None:
    """An image is Base64 text in a dict, and is taken as such."""
    request = HandwritingRequest.from_dict({"image": "AAEC"})
    assert request.image == Base64.from_file(b"\0\1\2")


def test_placeholder_in_a_dict() -> None:
    """Text that is no Base64 is kept: it is not a model's business to decode it."""
    assert HandwritingRequest.from_dict({"image": "/9j/4AAQ..."}).to_dict() == {"image": "/9j/4AAQ..."}


@pytest.mark.parametrize(
    ("model", "data", "message"),
    [
        (ImageSize, {}, "Object missing required field `width` - at $"),
        (ImageSize, {"width": "1", "height": 2}, "Expected `int`, got `str` - at $.width"),
        (ImageSize, {"width": 1, "height": None}, "Expected `int`, got `null` - at $.height"),
        (ImageSize, {"width": True, "height": 2}, "Expected `int`, got `bool` - at $.width"),
        (ImageSize, [], "Expected `object`, got `array` - at $"),
        (ImageSize, None, "Expected `object`, got `null` - at $"),
        (HandwritingRequest, {"image": 5}, "Expected `str`, got `int` - at $.image"),
        (
            HandwritingRequest,
            {"char_set": "digits"},
            "Invalid enum value 'digits', not one of 'digit', 'letter', 'digit_letter', 'general' - at $.char_set",
        ),
        (
            WebImageRequest,
            {"extract_type": ["a"]},
            "Invalid enum value 'a', not one of 'image_size' - at $.extract_type[0]",
        ),
        (HandwritingRequest, {"url": None}, "Expected `str`, got `null` - at $.url"),
    ],
)
def test_dict_that_does_not_fit(model: Any, data: Any, message: str) -> None:
    """A dict that does not fit is refused with the place."""
    with pytest.raises(InvalidDataError) as caught:
        model.from_dict(data)
    assert str(caught.value) == message
    assert caught.value.path == message.rpartition(" at ")[2]


@pytest.mark.parametrize("model", MODELS)
def test_models_do_not_change(model: Any) -> None:
    """A model is immutable, so that it can be shared."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(object.__new__(model), attrs.fields(model)[0].name, 1)


def test_changed_copy() -> None:
    """`attrs.evolve` makes a changed copy."""
    assert attrs.evolve(BLOCK, words="other") == HandwritingWordsBlock.from_dict(
        {**BLOCK.to_dict(), "words": "other"}
    )


def test_equality() -> None:
    """Models of the same content are equal."""
    assert HandwritingResponse.from_dict(HANDWRITING) == HandwritingResponse.from_dict(
        copy.deepcopy(HANDWRITING)
    )
    other: object = WebImageResponse.from_dict(WEB_IMAGE)
    assert HandwritingResponse.from_dict(HANDWRITING) != other


@pytest.mark.parametrize(
    "duplicate", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))]
)
def test_copies(duplicate: Any) -> None:
    """A model survives copying and pickling."""
    response = HandwritingResponse.from_dict(HANDWRITING)
    assert duplicate(response) == response


def test_repr() -> None:
    """A model shows its members."""
    assert repr(ImageSize(width=1, height=2)) == "ImageSize(width=1, height=2)"


def test_hostile_text_in_a_repr() -> None:
    """Control characters of recognised text do not reach a terminal through a repr."""
    block = attrs.evolve(BLOCK, words="\x1b[31m\u202e", type=BlockType("\x1b[31m\n"))
    assert repr(block).isprintable()


@pytest.mark.parametrize("kind", CLASSES)
def test_documented(kind: Any) -> None:
    """Every model and enum says what it is, and every attribute what it holds."""
    assert kind.__doc__
    if attrs.has(kind):
        assert all(f"    {field.name}: " in kind.__doc__ for field in attrs.fields(kind))


# What is absent


@pytest.mark.parametrize(
    "duplicate", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))]
)
def test_unset_stays_itself(duplicate: Any) -> None:
    """UNSET is one object, also after copying and pickling, alone and in a model."""
    assert duplicate(UNSET) is UNSET
    assert duplicate(HandwritingRequest(url="u")).image is UNSET


def test_unset_is_falsy() -> None:
    """What is absent counts as false."""
    assert not UNSET


def test_unset_shows_itself() -> None:
    """The repr of UNSET is its name."""
    assert repr(UNSET) == "UNSET"


def test_unset_is_not_null() -> None:
    """Absent is something else than null."""
    absent: object = UNSET
    assert absent is not None
    assert isinstance(absent, Unset)


# Enums


@pytest.mark.parametrize("value", ["formula", "", "TEXT", "手写", "known", "\x1b[31m"])
def test_unknown_value_of_an_open_enum(value: str) -> None:
    """An open enum keeps a value that it does not know, equal to the plain text and with the same hash."""
    member = BlockType(value)
    assert isinstance(member, BlockType)
    assert member == value == str(member) == member.value
    assert hash(member) == hash(value)
    assert not member.known


def test_known_value_of_an_open_enum() -> None:
    """A known value is its one member."""
    assert BlockType("text") is BlockType.TEXT
    assert BlockType.TEXT.known


def test_unknown_values_do_not_join_the_known_ones() -> None:
    """An unknown value does not become a member of the enum."""
    BlockType("formula")
    assert list(BlockType) == [BlockType.TEXT]
    assert "formula" not in BlockType.__members__


@pytest.mark.parametrize("value", ["text", "formula"])
@pytest.mark.parametrize(
    "duplicate", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))]
)
def test_copied_value_of_an_open_enum(duplicate: Any, value: str) -> None:
    """A value of an open enum survives copying and pickling, known or not."""
    member = duplicate(BlockType(value))
    assert (type(member), member) == (BlockType, BlockType(value))


def test_unknown_value_is_written_back() -> None:
    """What was not known when it came is written as it came."""
    block = HandwritingWordsBlock.from_dict({**BLOCK.to_dict(), "type": "formula"})
    assert block.to_dict()["type"] == "formula"


def test_repr_of_an_unknown_value() -> None:
    """An unknown value says that it is not known."""
    assert repr(BlockType("formula")) == "<BlockType: 'formula', not known>"
    assert repr(BlockType.TEXT) == "<BlockType.TEXT: 'text'>"


@pytest.mark.parametrize("value", [5, None, ["text"]])
def test_open_enum_of_texts(value: Any) -> None:
    """An open enum is open for texts alone."""
    with pytest.raises(ValueError, match="is not a valid BlockType"):
        BlockType(value)


def test_closed_enum() -> None:
    """A closed enum does not know other values."""
    with pytest.raises(ValueError, match="'digits' is not a valid CharSet"):
        CharSet("digits")
    assert str(CharSet.DIGIT) == "digit"
