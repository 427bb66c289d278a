"""The generated client. With `signed` as second argument each call is signed with a key pair, else it has a token."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from serving import serve

from huaweicloud_ocr import AkSkAuth, AsyncClient, Client, TokenAuth
from huaweicloud_ocr._runtime.codec import decode
from huaweicloud_ocr.models import HandwritingResponse


class Ours:
    """Calls as the README shows them."""

    def __init__(self, endpoint: str, *, signed: bool) -> None:
        self._endpoint = endpoint
        self._auth = AkSkAuth("access-key", "secret-key") if signed else TokenAuth("token")
        self._client = Client(project_id="project", endpoint=endpoint, auth=self._auth)

    def call(self, picture: Path) -> str:
        """Let the client read, encode and check the picture."""
        answer = self._client.recognize_handwriting(image=picture)
        return answer.result.words_block_list[0].words

    def parse(self, data: bytes) -> object:
        """Decode the body as each call does."""
        return decode(data, HandwritingResponse)

    @asynccontextmanager
    async def concurrent(self) -> AsyncIterator[Callable[[Path], Awaitable[str]]]:
        """Share one asynchronous client."""
        async with AsyncClient(project_id="project", endpoint=self._endpoint, auth=self._auth) as client:

            async def call(picture: Path) -> str:
                answer = await client.recognize_handwriting(image=picture)
                return answer.result.words_block_list[0].words

            yield call


if __name__ == "__main__":
    serve(Ours(sys.argv[1], signed="signed" in sys.argv))
