# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

"""Objects and enums of the description."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .block_type import BlockType
    from .char_set import CharSet
    from .error import Error
    from .extract_type import ExtractType
    from .extracted_data import ExtractedData
    from .handwriting_request import HandwritingRequest
    from .handwriting_response import HandwritingResponse
    from .handwriting_result import HandwritingResult
    from .handwriting_words_block import HandwritingWordsBlock
    from .image_size import ImageSize
    from .location import Location
    from .point import Point
    from .web_image_request import WebImageRequest
    from .web_image_response import WebImageResponse
    from .web_image_result import WebImageResult
    from .web_image_words_block import WebImageWordsBlock
else:
    from .._runtime.lazy import lazy

    __getattr__, __dir__ = lazy(
        __name__,
        __package__,
        {
            "BlockType": ".block_type",
            "CharSet": ".char_set",
            "Error": ".error",
            "ExtractType": ".extract_type",
            "ExtractedData": ".extracted_data",
            "HandwritingRequest": ".handwriting_request",
            "HandwritingResponse": ".handwriting_response",
            "HandwritingResult": ".handwriting_result",
            "HandwritingWordsBlock": ".handwriting_words_block",
            "ImageSize": ".image_size",
            "Location": ".location",
            "Point": ".point",
            "WebImageRequest": ".web_image_request",
            "WebImageResponse": ".web_image_response",
            "WebImageResult": ".web_image_result",
            "WebImageWordsBlock": ".web_image_words_block",
        },
    )

__all__ = [
    "BlockType",
    "CharSet",
    "Error",
    "ExtractType",
    "ExtractedData",
    "HandwritingRequest",
    "HandwritingResponse",
    "HandwritingResult",
    "HandwritingWordsBlock",
    "ImageSize",
    "Location",
    "Point",
    "WebImageRequest",
    "WebImageResponse",
    "WebImageResult",
    "WebImageWordsBlock",
]
