# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

"""POST `/v2/{project_id}/ocr/web-image`: Web Image OCR.

Reads the text of a picture as it is found on web pages: banners, screenshots, product photos.

The text comes as blocks, from left to right and from top to bottom. Exactly one of `image` and `url` names
the picture. A picture without text is a success with no blocks. With `extract_type: [image_size]` the answer
also tells the width and height of the picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ..._runtime.absent import Unset
from ..._runtime.client import AsyncioClient, SyncClient, of_kind
from ..._runtime.limits import Limits
from ..._runtime.messages import CallOptions, Response
from ..._runtime.operation import Operation
from ..._runtime.retries import Retry
from ..._runtime.unset import UNSET
from ...models.web_image_request import WebImageRequest
from ...models.web_image_response import WebImageResponse

if TYPE_CHECKING:
    from ..._runtime.error_codes import ErrorFormat


def _errors() -> Mapping[int | str, ErrorFormat]:
    from ...error_codes import ERROR_FORMAT

    return {400: ERROR_FORMAT, "default": ERROR_FORMAT}


OPERATION: Final[Operation[WebImageResponse]] = Operation(
    method="POST",
    path="/v2/{project_id}/ocr/web-image",
    success={200: WebImageResponse},
    errors=_errors,
    body=WebImageRequest,
    limits={"project_id": Limits(min_length=1)},
    authentication=(("TokenAuth",), ("AkSkAuth",)),
    published_in={"region": ("cn-north-4", "cn-south-1", "cn-east-3", "ap-southeast-2")},
)


def sync(
    *,
    client: SyncClient,
    body: WebImageRequest,
    project_id: str | Unset = UNSET,
    time_limit: float | Unset = UNSET,
    retries: Retry | int | Unset = UNSET,
    headers: Mapping[str, str] | None = None,
) -> WebImageResponse:
    """Web Image OCR.

    Args:
        client: What sends the call.
        project_id: Identifier of the project that the call belongs to. A project lies in one region; its
            identifier stands in the console under "My Credentials". At least 1 character. Default: the
            variable `HUAWEICLOUD_SDK_PROJECT_ID` of the environment. The client's own when absent.
        body: The picture to read, and how to read it.
        time_limit: Seconds that an attempt may take in all, to the last byte of the answer. The client's
            own when absent.
        retries: When the call is repeated, or how often at most; 0 never. The client's own when absent.
        headers: Headers that are added to, or replace, the client's.

    Returns:
        The answer to a successful call of Web Image OCR.

    Raises:
        InvalidRequestError: The call breaks the description. Nothing was sent.
        ApiError: The service answered with an error; the exception says what it means and what to do.
            Documented for this call:
            - `AIS.0101`, `InvalidParameterError`: A parameter breaks its rules: both or neither of image and
              url, a misspelt boolean, a stray character.
            - `AIS.0102`, `UnsupportedFormatError`: The bytes are not one of the endpoint's image formats, or
              image is not plain Base64 (a data: prefix counts as not plain).
            - `AIS.0103`, `ImageSizeError`: A side is shorter or longer than the endpoint allows.
            - `AIS.0104`, `ImageQualityError`: The file is damaged or cut off, the picture is unreadable, or
              it is of the wrong kind for this endpoint.
            - `AIS.0105`, `RecognitionFailedError`: The recogniser itself failed.
            - `APIG.0106`, `InvalidParameterError`: Front-end and back-end parameters do not fit.
        InvalidResponseError: The answer does not fit the description.
        TransportError: There is no answer: no connection, or the time limit ran out.
    """
    response = sync_detailed(
        client=client,
        project_id=project_id,
        body=body,
        time_limit=time_limit,
        retries=retries,
        headers=headers,
    )
    return response.parsed


def sync_detailed(
    *,
    client: SyncClient,
    body: WebImageRequest,
    project_id: str | Unset = UNSET,
    time_limit: float | Unset = UNSET,
    retries: Retry | int | Unset = UNSET,
    headers: Mapping[str, str] | None = None,
) -> Response[WebImageResponse]:
    """Do what `sync` does, and return status, headers and body as they came too.

    Documented headers:

    - `X-Request-Id`: Identifier of this call in the operator's log. Support asks for it.
    """
    return of_kind(client, SyncClient).send(
        OPERATION,
        options=CallOptions(time_limit=time_limit, headers=headers, retries=retries),
        path={"project_id": client.parameter("project_id", project_id)},
        body=body,
    )


async def asyncio(
    *,
    client: AsyncioClient,
    body: WebImageRequest,
    project_id: str | Unset = UNSET,
    time_limit: float | Unset = UNSET,
    retries: Retry | int | Unset = UNSET,
    headers: Mapping[str, str] | None = None,
) -> WebImageResponse:
    """Do what `sync` does, to be awaited."""
    response = await asyncio_detailed(
        client=client,
        project_id=project_id,
        body=body,
        time_limit=time_limit,
        retries=retries,
        headers=headers,
    )
    return response.parsed


async def asyncio_detailed(
    *,
    client: AsyncioClient,
    body: WebImageRequest,
    project_id: str | Unset = UNSET,
    time_limit: float | Unset = UNSET,
    retries: Retry | int | Unset = UNSET,
    headers: Mapping[str, str] | None = None,
) -> Response[WebImageResponse]:
    """Do what `sync_detailed` does, to be awaited."""
    return await of_kind(client, AsyncioClient).send(
        OPERATION,
        options=CallOptions(time_limit=time_limit, headers=headers, retries=retries),
        path={"project_id": client.parameter("project_id", project_id)},
        body=body,
    )
