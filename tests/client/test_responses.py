"""What a call returns, and answers that do not fit the description."""

from __future__ import annotations

import copy
import gzip
import json
from typing import Any

import pytest

from huaweicloud_ocr import UNSET, InvalidResponseError
from huaweicloud_ocr.api.ocr import recognize_handwriting
from huaweicloud_ocr.models import (
    BlockType,
    ExtractedData,
    HandwritingRequest,
    HandwritingResponse,
    ImageSize,
    WebImageResponse,
)

from .calling import Caller
from .service import HANDWRITING, WEB_IMAGE, Service, answer

URL = "https://example.com/a.jpg"
BLOCK = HANDWRITING["result"]["words_block_list"][0]


def _with(member: str, value: object) -> dict[str, Any]:
    """Return an answer with another member in its block."""
    changed = copy.deepcopy(HANDWRITING)
    changed["result"]["words_block_list"][0][member] = value
    return changed


def test_handwriting_response(caller: Caller) -> None:
    """`recognize_handwriting` returns the text with type, confidence and corners."""
    response = caller.handwriting(url=URL)
    assert isinstance(response, HandwritingResponse)
    block = response.result.words_block_list[0]
    assert (block.words, block.type, block.confidence) == ("hello", BlockType.TEXT, 0.5)
    assert block.location == ((1, 2), (3, 4), (5, 6), (7, 8))


def test_web_image_response(service: Service, caller: Caller) -> None:
    """`recognize_web_image` returns the text and what was extracted."""
    service.plays(answer(WEB_IMAGE))
    response = caller.web_image(url=URL)
    assert isinstance(response, WebImageResponse)
    assert response.result.words_block_list[0].words == "网"
    assert response.result.extracted_data == ExtractedData(image_size=ImageSize(width=640, height=480))


def test_absent_member(service: Service, caller: Caller) -> None:
    """An optional member that is absent is UNSET."""
    service.plays(answer({"result": {"words_block_count": 0, "words_block_list": []}}))
    assert caller.web_image(url=URL).result.extracted_data is UNSET


def test_no_text(service: Service, caller: Caller) -> None:
    """A picture without text is a success with no blocks."""
    service.plays(answer({"result": {"words_block_count": 0, "words_block_list": []}}))
    assert caller.handwriting(url=URL).result.words_block_list == []


def test_unknown_value_is_kept(service: Service, caller: Caller) -> None:
    """A kind of block that is not known today does not fail the call and equals its plain text."""
    service.plays(answer(_with("type", "formula")))
    block = caller.handwriting(url=URL).result.words_block_list[0]
    assert block.type.known is False
    assert block.type == "formula"


def test_unknown_members_are_ignored(service: Service, caller: Caller) -> None:
    """Members that are not known today do not fail the call."""
    service.plays(answer({**_with("angle", 90), "version": 2}))
    assert caller.handwriting(url=URL).to_dict() == HANDWRITING


def test_unknown_members_are_in_the_content(service: Service, caller: Caller) -> None:
    """Members that are not known today stay reachable in the content of the detailed answer."""
    service.plays(answer(_with("angle", 90)))
    response = caller.detailed(recognize_handwriting, body=HandwritingRequest(url=URL))
    assert json.loads(response.content)["result"]["words_block_list"][0]["angle"] == 90


def test_compressed_answer(service: Service, caller: Caller) -> None:
    """A compressed answer is read like any other."""
    service.plays(
        answer(gzip.compress(json.dumps(HANDWRITING).encode()), headers={"Content-Encoding": "gzip"})
    )
    assert caller.handwriting(url=URL).to_dict() == HANDWRITING


def _without(*path: Any) -> dict[str, Any]:
    changed = copy.deepcopy(HANDWRITING)
    place: Any = changed
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return changed


@pytest.mark.parametrize(
    ("body", "path", "message"),
    [
        (_without("result"), "$", "Object missing required field `result`"),
        (
            _without("result", "words_block_list"),
            "$.result",
            "Object missing required field `words_block_list`",
        ),
        (
            _without("result", "words_block_list", 0, "words"),
            "$.result.words_block_list[0]",
            "Object missing required field `words`",
        ),
        (_with("words", 5), "$.result.words_block_list[0].words", "Expected `str`, got `int`"),
        (_with("words", None), "$.result.words_block_list[0].words", "Expected `str`, got `null`"),
        (_with("type", 5), "$.result.words_block_list[0].type", "Expected `str`, got `int`"),
        (_with("confidence", "1"), "$.result.words_block_list[0].confidence", "Expected `float`, got `str`"),
        (
            _with("location", [[1, 2]] * 3),
            "$.result.words_block_list[0].location",
            "Expected `array` of length 4",
        ),
        (
            _with("location", [[1, 2, 3]] * 4),
            "$.result.words_block_list[0].location[0]",
            "Expected `array` of length 2",
        ),
        (
            _with("location", [[1, 2.5]] * 4),
            "$.result.words_block_list[0].location[0][1]",
            "Expected `int`, got `float`",
        ),
        ([], "$", "Expected `object`, got `array`"),
        (None, "$", "Expected `object`, got `null`"),
    ],
)
def test_answer_of_another_shape(
    service: Service, caller: Caller, body: object, path: str, message: str
) -> None:
    """A required member that is missing, or one of another type, is an error with its place."""
    service.plays(answer(body))
    with pytest.raises(InvalidResponseError) as caught:
        caller.handwriting(url=URL)
    assert caught.value.path == path
    assert f"{message} - at {path}" in str(caught.value) or f"{message}, got" in str(caught.value)
    assert str(caught.value).startswith(
        f"the answer to POST {service.endpoint}/v2/project-1/ocr/handwriting does not fit"
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"<html></html>",
        b"\xff\xfe",
        b'{"result": NaN}',
        b'{"a": "\xff"}',
        b"[" * 100_000,
        b'"\\ud800"',
        b"{} {}",
        b"\0",
    ],
)
def test_success_that_is_not_json(service: Service, caller: Caller, body: bytes) -> None:
    """A success whose body is not JSON is an error, and the body stays reachable."""
    service.plays(answer(body))
    with pytest.raises(InvalidResponseError, match="does not fit the description: ") as caught:
        caller.handwriting(url=URL)
    assert caught.value.path == "$"
    assert caught.value.response.status_code == 200
    assert caught.value.response.content == body


@pytest.mark.parametrize("status", [201, 202, 204, 206, 299])
def test_undocumented_success(service: Service, caller: Caller, status: int) -> None:
    """A success that the description does not have is an error, whatever its body."""
    service.plays(answer(status=status))
    with pytest.raises(
        InvalidResponseError, match=f"the description has no status {status} for POST"
    ) as caught:
        caller.handwriting(url=URL)
    assert caught.value.response.status_code == status


def test_content_type_of_a_success_does_not_matter(service: Service, caller: Caller) -> None:
    """JSON is read as JSON, whatever a proxy calls it."""
    service.plays(answer(headers={"Content-Type": "text/plain"}))
    assert caller.handwriting(url=URL).to_dict() == HANDWRITING
