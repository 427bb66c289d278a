# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

"""A fake of the service for tests of code that uses this package: no server, no network, no costs.

    def test_my_code(fake_ocr):
        fake_ocr.throttle(times=2)
        ...

The fixture comes with the package; without pytest it is `with FakeOcr() as fake:`.
"""

from __future__ import annotations

from typing import Final

from ._examples import EXAMPLES as _EXAMPLES
from ._runtime.fake_calls import FakeCall, Place as _Place, UnexpectedCallError
from ._runtime.fake_operation import FakeOperation
from ._runtime.fake_service import FakeService
from ._runtime.fake_tokens import FakeTokens, TokenCall
from .api.ocr.recognize_handwriting import OPERATION as _RECOGNIZE_HANDWRITING
from .api.ocr.recognize_web_image import OPERATION as _RECOGNIZE_WEB_IMAGE
from .auth import PasswordAuth
from .client import AsyncClient, Client
from .models.handwriting_request import HandwritingRequest
from .models.handwriting_response import HandwritingResponse
from .models.web_image_request import WebImageRequest
from .models.web_image_response import WebImageResponse

__all__ = ["FakeCall", "FakeOcr", "FakeOperation", "FakeTokens", "TokenCall", "UnexpectedCallError"]


class FakeOcr(FakeService[Client, AsyncClient]):
    """A fake of Huawei Cloud OCR.

    It answers each call with the example of the description until a test says otherwise, to the fake as a
    whole or to one of its operations. See `help(FakeService)` and `help(FakeOperation)` for what can be said.

    Attributes:
        recognize_handwriting: Handwritten Text OCR.
        recognize_web_image: Web Image OCR.
        tokens: The identity service: it gives a token to every user until it is told to `reject`.
    """

    def __init__(self) -> None:
        self.recognize_handwriting: Final = FakeOperation[HandwritingRequest, HandwritingResponse](
            "recognize_handwriting",
            _RECOGNIZE_HANDWRITING,
            places=(
                _Place(name="project_id", wire_name="project_id", location="path", kind=str, required=True),
            ),
            body_required=True,
            examples=_EXAMPLES.get("recognize_handwriting", ()),
        )
        self.recognize_web_image: Final = FakeOperation[WebImageRequest, WebImageResponse](
            "recognize_web_image",
            _RECOGNIZE_WEB_IMAGE,
            places=(
                _Place(name="project_id", wire_name="project_id", location="path", kind=str, required=True),
            ),
            body_required=True,
            examples=_EXAMPLES.get("recognize_web_image", ()),
        )
        self.tokens: Final = FakeTokens(PasswordAuth.server)
        super().__init__(
            self.recognize_handwriting,
            self.recognize_web_image,
            client=Client,
            async_client=AsyncClient,
            settings={"project_id": "fake-project-id"},
            keys=frozenset([]),
            beside={"tokens": self.tokens},
        )
