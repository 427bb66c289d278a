"""What each operation does with a picture, and the answer that it makes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol, TypeAlias

from huaweicloud_ocr.models import (
    BlockType,
    ExtractedData,
    ExtractType,
    HandwritingResponse,
    HandwritingResult,
    HandwritingWordsBlock,
    ImageSize,
    WebImageResponse,
    WebImageResult,
    WebImageWordsBlock,
)
from huaweicloud_ocr_emulator.recognition import Block, Pixels, Recogniser

Parameters: TypeAlias = Mapping[str, Any]
"""The parameters of a call by their names in the description, defaults included, checked against it."""

# More digits would claim more than the models know.
_CONFIDENCE_DIGITS: Final = 4


def _always() -> bool:
    return True


def recognize_handwriting(
    recogniser: Recogniser,
    picture: Pixels,
    parameters: Parameters,
    is_wanted: Callable[[], bool] = _always,
) -> HandwritingResponse:
    """Read a picture with handwriting.

    Raises:
        Abandoned: `is_wanted`, which is asked again and again, said no.
    """
    blocks = recogniser.read(
        picture,
        char_set=parameters["char_set"],
        single_line=parameters["quick_mode"],
        any_direction=parameters["detect_direction"],
        is_wanted=is_wanted,
    )
    return HandwritingResponse(
        result=HandwritingResult(
            words_block_count=len(blocks),
            words_block_list=[
                HandwritingWordsBlock(
                    words=block.words,
                    type=BlockType.TEXT,
                    confidence=_confidence(block),
                    location=block.corners,
                )
                for block in blocks
            ],
        )
    )


def recognize_web_image(
    recogniser: Recogniser,
    picture: Pixels,
    parameters: Parameters,
    is_wanted: Callable[[], bool] = _always,
) -> WebImageResponse:
    """Read a picture from the web, and tell what `extract_type` asks for.

    Raises:
        Abandoned: `is_wanted`, which is asked again and again, said no.
    """
    blocks = recogniser.read(picture, any_direction=parameters["detect_direction"], is_wanted=is_wanted)
    result: dict[str, Any] = {
        "words_block_count": len(blocks),
        "words_block_list": [
            WebImageWordsBlock(words=block.words, confidence=_confidence(block), location=block.corners)
            for block in blocks
        ],
    }
    if ExtractType.IMAGE_SIZE in parameters.get("extract_type", []):
        height, width = picture.shape[:2]
        result["extracted_data"] = ExtractedData(image_size=ImageSize(width=width, height=height))
    return WebImageResponse(result=WebImageResult(**result))


Response: TypeAlias = HandwritingResponse | WebImageResponse


class Implementation(Protocol):
    """What carries out an operation."""

    def __call__(
        self,
        recogniser: Recogniser,
        picture: Pixels,
        parameters: Parameters,
        is_wanted: Callable[[], bool] = ...,
    ) -> Response:
        """Read a picture as the parameters say."""
        ...


IMPLEMENTATIONS: Final[Mapping[str, Implementation]] = {
    "recognizeHandwriting": recognize_handwriting,
    "recognizeWebImage": recognize_web_image,
}
"""The operations that this service has, by their `operationId`."""


def _confidence(block: Block) -> float:
    return round(block.confidence, _CONFIDENCE_DIGITS)
