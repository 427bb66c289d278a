# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

"""Examples of answers as the description has them. They load with `testing`."""

from collections.abc import Mapping
from typing import Final

from ._runtime.fake_answers import Example

EXAMPLES: Final[Mapping[str, tuple[Example, ...]]] = {
    "recognize_handwriting": (
        Example(
            name="two_blocks",
            key=200,
            headers={"X-Request-Id": "a1c3f0b2d4e5968778695a4b3c2d1e0f"},
            content='{"result": {"words_block_count": 2, "words_block_list": [{"words": "Words recognized from the image", "type": "text", "confidence": 0.98, "location": [[282, 45], [461, 47], [460, 77], [280, 76]]}, {"words": "Words recognized from the image", "type": "text", "confidence": 0.99, "location": [[949, 52], [1095, 53], [1100, 87], [953, 86]]}]}}',
        ),
        Example(
            name="handwriting_image_size",
            key=400,
            headers={"X-Request-Id": "a1c3f0b2d4e5968778695a4b3c2d1e0f"},
            content='{"error_code": "AIS.0103", "error_msg": "The image size does not meet the requirements."}',
        ),
        Example(
            name="web_image_size",
            key=400,
            headers={"X-Request-Id": "a1c3f0b2d4e5968778695a4b3c2d1e0f"},
            content='{"error_code": "AIS.0103", "error_msg": "The image size does not meet the requirements."}',
        ),
        Example(
            name="throttled",
            key="default",
            headers={"X-Request-Id": "a1c3f0b2d4e5968778695a4b3c2d1e0f"},
            content='{"error_code": "APIG.0308", "error_msg": "The throttling threshold has been reached: policy user over ratelimit,limit:XX,time:1 minute.", "request_id": "a1c3f0b2d4e5968778695a4b3c2d1e0f"}',
        ),
        Example(
            name="not_subscribed",
            key="default",
            headers={"X-Request-Id": "a1c3f0b2d4e5968778695a4b3c2d1e0f"},
            content='{"error_code": "ModelArts.4204", "error_msg": "Request api error! The API XXX is not subscribed.", "request_id": "a1c3f0b2d4e5968778695a4b3c2d1e0f"}',
        ),
    ),
    "recognize_web_image": (
        Example(
            name="two_blocks",
            key=200,
            headers={"X-Request-Id": "a1c3f0b2d4e5968778695a4b3c2d1e0f"},
            content='{"result": {"words_block_count": 2, "words_block_list": [{"words": "Words recognized from the image", "confidence": 0.995, "location": [[13, 476], [91, 332], [125, 351], [48, 494]]}, {"words": "Words recognized from the image", "confidence": 0.991, "location": [[13, 476], [91, 332], [125, 351], [48, 494]]}], "extracted_data": {}}}',
        ),
        Example(
            name="handwriting_image_size",
            key=400,
            headers={"X-Request-Id": "a1c3f0b2d4e5968778695a4b3c2d1e0f"},
            content='{"error_code": "AIS.0103", "error_msg": "The image size does not meet the requirements."}',
        ),
        Example(
            name="web_image_size",
            key=400,
            headers={"X-Request-Id": "a1c3f0b2d4e5968778695a4b3c2d1e0f"},
            content='{"error_code": "AIS.0103", "error_msg": "The image size does not meet the requirements."}',
        ),
        Example(
            name="throttled",
            key="default",
            headers={"X-Request-Id": "a1c3f0b2d4e5968778695a4b3c2d1e0f"},
            content='{"error_code": "APIG.0308", "error_msg": "The throttling threshold has been reached: policy user over ratelimit,limit:XX,time:1 minute.", "request_id": "a1c3f0b2d4e5968778695a4b3c2d1e0f"}',
        ),
        Example(
            name="not_subscribed",
            key="default",
            headers={"X-Request-Id": "a1c3f0b2d4e5968778695a4b3c2d1e0f"},
            content='{"error_code": "ModelArts.4204", "error_msg": "Request api error! The API XXX is not subscribed.", "request_id": "a1c3f0b2d4e5968778695a4b3c2d1e0f"}',
        ),
    ),
}
