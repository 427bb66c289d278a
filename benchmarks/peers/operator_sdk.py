"""The operator's SDK, `huaweicloudsdkocr`: it takes Base64 text, signs each call and has no asyncio."""

from __future__ import annotations

import base64
import json
import sys
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkocr.v1 import HandwritingRequestBody, OcrClient, RecognizeHandwritingRequest  # pyright: ignore[reportMissingImports]
from serving import serve


class OperatorSdk:
    """Calls as its own samples show them, with an endpoint in place of a region."""

    def __init__(self, endpoint: str) -> None:
        credentials = BasicCredentials("access-key", "secret-key", "project")
        builder: Any = OcrClient.new_builder()
        self._client = builder.with_credentials(credentials).with_endpoint(endpoint).build()

    def call(self, picture: Path) -> str:
        """Read and encode the picture with the standard library."""
        image = base64.b64encode(picture.read_bytes()).decode("ascii")
        request = RecognizeHandwritingRequest(body=HandwritingRequestBody(image=image))
        answer: Any = self._client.recognize_handwriting(request)
        words: str = answer.result.words_block_list[0].words
        return words

    def parse(self, data: bytes) -> object:
        """Not measured: its models are made in the middle of a call."""
        return json.loads(data)

    def concurrent(self) -> AbstractAsyncContextManager[Any]:
        """Not measured: it has threads only."""
        raise NotImplementedError


if __name__ == "__main__":
    serve(OperatorSdk(sys.argv[1]))
