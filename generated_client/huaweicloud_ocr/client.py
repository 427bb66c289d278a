# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

"""The client, synchronous and asynchronous."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from ._runtime.client import DEFAULT_TIME_LIMIT, AsyncioClient, SyncClient
from ._runtime.environment import variable
from ._runtime.server import Server
from ._runtime.unset import UNSET

# Importing a client costs next to nothing: what a call needs is imported with the first call.
if TYPE_CHECKING:
    from ._runtime.authentication import Auth
    from ._runtime.encoded import FileInput
    from ._runtime.events import Observer
    from ._runtime.retries import Retry
    from ._runtime.transport import AsyncHttpClient, HttpAuth, HttpClient
    from ._runtime.unset import Unset
    from .models.char_set import CharSet, CharSetValue
    from .models.extract_type import ExtractType, ExtractTypeValue
    from .models.handwriting_response import HandwritingResponse
    from .models.web_image_response import WebImageResponse

Region: TypeAlias = Literal[
    "cn-north-4",
    "cn-south-1",
    "cn-east-3",
    "ap-southeast-2",
    "ap-southeast-1",
    "ap-southeast-3",
    "cn-north-1",
    "cn-southwest-2",
    "la-south-2",
    "la-north-2",
    "af-south-1",
]
"""Where the service runs and is billed. A project and its tokens belong to one region, and the service has to be
subscribed to there. Not every operation is published in every region: Handwritten Text OCR is known to be in
`cn-north-4`; Web Image OCR in `cn-north-4`, `cn-south-1`, `cn-east-3` and `ap-southeast-2`; for the others
the operator's pages make no statement.
"""

SERVER: Final = Server(
    "https://ocr.{region}.myhuaweicloud.com",
    {
        "region": (
            "cn-north-4",
            "cn-south-1",
            "cn-east-3",
            "ap-southeast-2",
            "ap-southeast-1",
            "ap-southeast-3",
            "cn-north-1",
            "cn-southwest-2",
            "la-south-2",
            "la-north-2",
            "af-south-1",
        )
    },
)
USER_AGENT: Final = "huaweicloud-ocr/1.0.0"


class Client(SyncClient):
    """A client of Huawei Cloud OCR.

    Open it with `with`, or end it with `close()`. Threads may share it.

    Args:
        project_id: Identifier of the project that the call belongs to. A project lies in one region; its
            identifier stands in the console under "My Credentials". At least 1 character. Default: the
            variable `HUAWEICLOUD_SDK_PROJECT_ID` of the environment.
        region: Where the service runs and is billed. A project and its tokens belong to one region, and
            the service has to be subscribed to there. Not every operation is published in every region:
            Handwritten Text OCR is known to be in `cn-north-4`; Web Image OCR in `cn-north-4`, `cn-south-1`,
            `cn-east-3` and `ap-southeast-2`; for the others the operator's pages make no statement. Default:
            cn-north-4.
        endpoint: Address of another service, such as `http://127.0.0.1:8765`.
        auth: Who calls: `TokenAuth`, `PasswordAuth` or `AkSkAuth`. Also an `httpx.Auth`, or a function
            that adds the proof to an `httpx.Request`. When absent, the environment says, the first that is
            complete: `HUAWEICLOUD_SDK_TOKEN`; or `HUAWEICLOUD_SDK_AK`, `HUAWEICLOUD_SDK_SK`,
            `HUAWEICLOUD_SDK_SECURITY_TOKEN`.
        time_limit: Seconds that an attempt may take in all, to the last byte of the answer, unless a call
            says otherwise.
        retries: When a call is repeated, a `Retry`, or how often at most; 0 never. Without it, up to 4
            times what the service surely did not carry out or says may be repeated.
        headers: Headers that go along with each call. Those of `auth` take the place of others of the
            same name.
        observers: Called with an `AttemptEnded` after each attempt and a `CallEnded` after each call.
        http_client: An `httpx.Client` with settings of your own: proxy, certificates, connection limits.

    Raises:
        ConfigurationError: A setting is not usable; the message says which and why.
    """

    def __init__(
        self,
        *,
        project_id: str | None = None,
        region: Region = "cn-north-4",
        endpoint: str | None = None,
        auth: Auth | HttpAuth | Sequence[Auth | HttpAuth] | None = None,
        time_limit: float = DEFAULT_TIME_LIMIT,
        retries: Retry | int | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
        observers: Sequence[Observer] = (),
        http_client: HttpClient | None = None,
    ) -> None:
        if auth is None:
            from .auth import from_environment

            auth = from_environment()
        super().__init__(
            http_client=http_client,
            endpoint=SERVER.address(region=region) if endpoint is None else endpoint,
            auth=auth,
            variables={"region": region} if endpoint is None else {},
            parameters={
                "project_id": project_id if project_id is not None else variable("HUAWEICLOUD_SDK_PROJECT_ID")
            },
            instead={"project_id": "HUAWEICLOUD_SDK_PROJECT_ID"},
            time_limit=time_limit,
            retries=retries,
            headers=headers,
            observers=observers,
            user_agent=USER_AGENT,
        )

    def recognize_handwriting(
        self,
        *,
        image: FileInput | Unset = UNSET,
        url: str | Unset = UNSET,
        quick_mode: bool | Unset = UNSET,
        char_set: CharSet | CharSetValue | Unset = UNSET,
        detect_direction: bool | Unset = UNSET,
        time_limit: float | Unset = UNSET,
        retries: Retry | int | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> HandwritingResponse:
        """Handwritten Text OCR.

        Reads the handwritten and printed text of one picture.

        The text comes as blocks, from left to right and from top to bottom. Exactly one of `image` and `url`
        names the picture. A picture without text is a success with no blocks.

        What is sent: The picture to read, and how to read it.

        Exactly one of `image` and `url` has to be given.

        Args:
            image: A path, bytes or a binary file, which is encoded here. What is sent: the file of the
                picture as plain Base64, without a `data:` prefix and without line breaks. At most 10 MB of
                Base64 text, which is about 7.5 MB of file. JPEG (also called JPG), PNG, BMP or TIFF, the
                shorter side at least 8 pixels, the longer side at most 8192 pixels.
            url: The address of the picture: a public http or https URL, or the URL of an object in the
                operator's object storage (OBS). Characters outside ASCII must be percent-encoded. The picture
                is held to the same limits as `image`.
            quick_mode: Reads the whole picture as a single line, which is faster. For pictures that hold
                exactly one line of text which fills more than half of them. Default: false.
            char_set: Which characters the text can consist of. Narrowing it makes the recognition of,
                say, meter readings surer. Default: "general".
            detect_direction: Finds out how far the text is tilted, at any angle, and straightens the
                picture before reading it. Default: false.
            time_limit: Seconds that an attempt may take in all, to the last byte of the answer. The
                client's own when absent.
            retries: When the call is repeated, or how often at most; 0 never. The client's own when
                absent.
            headers: Headers that are added to, or replace, the client's.

        Returns:
            The answer to a successful call of Handwritten Text OCR.

        Raises:
            InvalidRequestError: The call breaks the description. Nothing was sent.
            ApiError: The service answered with an error; the exception says what it means and what to do.
                Documented for this call:
                - `AIS.0101`, `InvalidParameterError`: A parameter breaks its rules: both or neither of image
                  and url, a misspelt boolean, a stray character.
                - `AIS.0102`, `UnsupportedFormatError`: The bytes are not one of the endpoint's image formats,
                  or image is not plain Base64 (a data: prefix counts as not plain).
                - `AIS.0103`, `ImageSizeError`: A side is shorter or longer than the endpoint allows.
                - `AIS.0104`, `ImageQualityError`: The file is damaged or cut off, the picture is unreadable,
                  or it is of the wrong kind for this endpoint.
                - `AIS.0105`, `RecognitionFailedError`: The recogniser itself failed.
                - `APIG.0106`, `InvalidParameterError`: Front-end and back-end parameters do not fit.
            InvalidResponseError: The answer does not fit the description.
            TransportError: There is no answer: no connection, or the time limit ran out.

        Example:
            >>> answer = client.recognize_handwriting(image=Path("picture.jpg"))
            >>> answer.result.words_block_list[0].words
            'Words recognized from the image'
        """
        from ._runtime.encoded import to_base64
        from ._runtime.enums import to_enum
        from .api.ocr import recognize_handwriting
        from .models.char_set import CharSet
        from .models.handwriting_request import HandwritingRequest

        return recognize_handwriting.sync(
            client=self,
            body=HandwritingRequest(
                image=to_base64("image", image, max_length=10485760),
                url=url,
                quick_mode=quick_mode,
                char_set=to_enum("char_set", CharSet, char_set),
                detect_direction=detect_direction,
            ),
            time_limit=time_limit,
            retries=retries,
            headers=headers,
        )

    def recognize_web_image(
        self,
        *,
        image: FileInput | Unset = UNSET,
        url: str | Unset = UNSET,
        detect_direction: bool | Unset = UNSET,
        extract_type: Sequence[ExtractType | ExtractTypeValue] | Unset = UNSET,
        time_limit: float | Unset = UNSET,
        retries: Retry | int | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> WebImageResponse:
        """Web Image OCR.

        Reads the text of a picture as it is found on web pages: banners, screenshots, product photos.

        The text comes as blocks, from left to right and from top to bottom. Exactly one of `image` and `url`
        names the picture. A picture without text is a success with no blocks. With `extract_type:
        [image_size]` the answer also tells the width and height of the picture.

        What is sent: The picture to read, and how to read it.

        Exactly one of `image` and `url` has to be given.

        Args:
            image: A path, bytes or a binary file, which is encoded here. What is sent: the file of the
                picture as plain Base64, without a `data:` prefix and without line breaks. At most 10 MB of
                Base64 text, which is about 7.5 MB of file. JPEG (also called JPG), PNG, BMP, TIFF, GIF or
                WEBP, no side shorter than 15 or longer than 8192 pixels.
            url: The address of the picture: a public http or https URL, or the URL of an object in the
                operator's object storage (OBS). Characters outside ASCII must be percent-encoded. The picture
                is held to the same limits as `image`.
            detect_direction: Finds out how far the text is tilted, at any angle, and straightens the
                picture before reading it. Default: false.
            extract_type: What to tell about the picture beside its text. Without it, or when it is empty,
                the answer has no such data.
            time_limit: Seconds that an attempt may take in all, to the last byte of the answer. The
                client's own when absent.
            retries: When the call is repeated, or how often at most; 0 never. The client's own when
                absent.
            headers: Headers that are added to, or replace, the client's.

        Returns:
            The answer to a successful call of Web Image OCR.

        Raises:
            InvalidRequestError: The call breaks the description. Nothing was sent.
            ApiError: The service answered with an error; the exception says what it means and what to do.
                Documented for this call:
                - `AIS.0101`, `InvalidParameterError`: A parameter breaks its rules: both or neither of image
                  and url, a misspelt boolean, a stray character.
                - `AIS.0102`, `UnsupportedFormatError`: The bytes are not one of the endpoint's image formats,
                  or image is not plain Base64 (a data: prefix counts as not plain).
                - `AIS.0103`, `ImageSizeError`: A side is shorter or longer than the endpoint allows.
                - `AIS.0104`, `ImageQualityError`: The file is damaged or cut off, the picture is unreadable,
                  or it is of the wrong kind for this endpoint.
                - `AIS.0105`, `RecognitionFailedError`: The recogniser itself failed.
                - `APIG.0106`, `InvalidParameterError`: Front-end and back-end parameters do not fit.
            InvalidResponseError: The answer does not fit the description.
            TransportError: There is no answer: no connection, or the time limit ran out.

        Example:
            >>> answer = client.recognize_web_image(image=Path("picture.jpg"))
            >>> answer.result.words_block_list[0].words
            'Words recognized from the image'
        """
        from ._runtime.encoded import to_base64
        from ._runtime.enums import to_enum_list
        from .api.ocr import recognize_web_image
        from .models.extract_type import ExtractType
        from .models.web_image_request import WebImageRequest

        return recognize_web_image.sync(
            client=self,
            body=WebImageRequest(
                image=to_base64("image", image, max_length=10485760),
                url=url,
                detect_direction=detect_direction,
                extract_type=to_enum_list("extract_type", ExtractType, extract_type),
            ),
            time_limit=time_limit,
            retries=retries,
            headers=headers,
        )


class AsyncClient(AsyncioClient):
    """A client of Huawei Cloud OCR.

    Its methods are those of `Client`, to be awaited. Open it with `async with`, or end it with `aclose()`.

    Args:
        project_id: Identifier of the project that the call belongs to. A project lies in one region; its
            identifier stands in the console under "My Credentials". At least 1 character. Default: the
            variable `HUAWEICLOUD_SDK_PROJECT_ID` of the environment.
        region: Where the service runs and is billed. A project and its tokens belong to one region, and
            the service has to be subscribed to there. Not every operation is published in every region:
            Handwritten Text OCR is known to be in `cn-north-4`; Web Image OCR in `cn-north-4`, `cn-south-1`,
            `cn-east-3` and `ap-southeast-2`; for the others the operator's pages make no statement. Default:
            cn-north-4.
        endpoint: Address of another service, such as `http://127.0.0.1:8765`.
        auth: Who calls: `TokenAuth`, `PasswordAuth` or `AkSkAuth`. Also an `httpx.Auth`, or a function
            that adds the proof to an `httpx.Request`. When absent, the environment says, the first that is
            complete: `HUAWEICLOUD_SDK_TOKEN`; or `HUAWEICLOUD_SDK_AK`, `HUAWEICLOUD_SDK_SK`,
            `HUAWEICLOUD_SDK_SECURITY_TOKEN`.
        time_limit: Seconds that an attempt may take in all, to the last byte of the answer, unless a call
            says otherwise.
        retries: When a call is repeated, a `Retry`, or how often at most; 0 never. Without it, up to 4
            times what the service surely did not carry out or says may be repeated.
        headers: Headers that go along with each call. Those of `auth` take the place of others of the
            same name.
        observers: Called with an `AttemptEnded` after each attempt and a `CallEnded` after each call.
        http_client: An `httpx.AsyncClient` with settings of your own: proxy, certificates, connection
            limits.

    Raises:
        ConfigurationError: A setting is not usable; the message says which and why.
    """

    def __init__(
        self,
        *,
        project_id: str | None = None,
        region: Region = "cn-north-4",
        endpoint: str | None = None,
        auth: Auth | HttpAuth | Sequence[Auth | HttpAuth] | None = None,
        time_limit: float = DEFAULT_TIME_LIMIT,
        retries: Retry | int | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
        observers: Sequence[Observer] = (),
        http_client: AsyncHttpClient | None = None,
    ) -> None:
        if auth is None:
            from .auth import from_environment

            auth = from_environment()
        super().__init__(
            http_client=http_client,
            endpoint=SERVER.address(region=region) if endpoint is None else endpoint,
            auth=auth,
            variables={"region": region} if endpoint is None else {},
            parameters={
                "project_id": project_id if project_id is not None else variable("HUAWEICLOUD_SDK_PROJECT_ID")
            },
            instead={"project_id": "HUAWEICLOUD_SDK_PROJECT_ID"},
            time_limit=time_limit,
            retries=retries,
            headers=headers,
            observers=observers,
            user_agent=USER_AGENT,
        )

    async def recognize_handwriting(
        self,
        *,
        image: FileInput | Unset = UNSET,
        url: str | Unset = UNSET,
        quick_mode: bool | Unset = UNSET,
        char_set: CharSet | CharSetValue | Unset = UNSET,
        detect_direction: bool | Unset = UNSET,
        time_limit: float | Unset = UNSET,
        retries: Retry | int | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> HandwritingResponse:
        """Handwritten Text OCR.

        Reads the handwritten and printed text of one picture.

        The text comes as blocks, from left to right and from top to bottom. Exactly one of `image` and `url`
        names the picture. A picture without text is a success with no blocks.

        What is sent: The picture to read, and how to read it.

        Exactly one of `image` and `url` has to be given.

        Args:
            image: A path, bytes or a binary file, which is encoded here. What is sent: the file of the
                picture as plain Base64, without a `data:` prefix and without line breaks. At most 10 MB of
                Base64 text, which is about 7.5 MB of file. JPEG (also called JPG), PNG, BMP or TIFF, the
                shorter side at least 8 pixels, the longer side at most 8192 pixels.
            url: The address of the picture: a public http or https URL, or the URL of an object in the
                operator's object storage (OBS). Characters outside ASCII must be percent-encoded. The picture
                is held to the same limits as `image`.
            quick_mode: Reads the whole picture as a single line, which is faster. For pictures that hold
                exactly one line of text which fills more than half of them. Default: false.
            char_set: Which characters the text can consist of. Narrowing it makes the recognition of,
                say, meter readings surer. Default: "general".
            detect_direction: Finds out how far the text is tilted, at any angle, and straightens the
                picture before reading it. Default: false.
            time_limit: Seconds that an attempt may take in all, to the last byte of the answer. The
                client's own when absent.
            retries: When the call is repeated, or how often at most; 0 never. The client's own when
                absent.
            headers: Headers that are added to, or replace, the client's.

        Returns:
            The answer to a successful call of Handwritten Text OCR.

        Raises:
            InvalidRequestError: The call breaks the description. Nothing was sent.
            ApiError: The service answered with an error; the exception says what it means and what to do.
                Documented for this call:
                - `AIS.0101`, `InvalidParameterError`: A parameter breaks its rules: both or neither of image
                  and url, a misspelt boolean, a stray character.
                - `AIS.0102`, `UnsupportedFormatError`: The bytes are not one of the endpoint's image formats,
                  or image is not plain Base64 (a data: prefix counts as not plain).
                - `AIS.0103`, `ImageSizeError`: A side is shorter or longer than the endpoint allows.
                - `AIS.0104`, `ImageQualityError`: The file is damaged or cut off, the picture is unreadable,
                  or it is of the wrong kind for this endpoint.
                - `AIS.0105`, `RecognitionFailedError`: The recogniser itself failed.
                - `APIG.0106`, `InvalidParameterError`: Front-end and back-end parameters do not fit.
            InvalidResponseError: The answer does not fit the description.
            TransportError: There is no answer: no connection, or the time limit ran out.

        Example:
            >>> answer = await client.recognize_handwriting(image=Path("picture.jpg"))
            >>> answer.result.words_block_list[0].words
            'Words recognized from the image'
        """
        from ._runtime.encoded import to_base64
        from ._runtime.enums import to_enum
        from ._runtime.off_loop import off_loop
        from .api.ocr import recognize_handwriting
        from .models.char_set import CharSet
        from .models.handwriting_request import HandwritingRequest

        return await recognize_handwriting.asyncio(
            client=self,
            body=HandwritingRequest(
                image=await off_loop(image, lambda: to_base64("image", image, max_length=10485760)),
                url=url,
                quick_mode=quick_mode,
                char_set=to_enum("char_set", CharSet, char_set),
                detect_direction=detect_direction,
            ),
            time_limit=time_limit,
            retries=retries,
            headers=headers,
        )

    async def recognize_web_image(
        self,
        *,
        image: FileInput | Unset = UNSET,
        url: str | Unset = UNSET,
        detect_direction: bool | Unset = UNSET,
        extract_type: Sequence[ExtractType | ExtractTypeValue] | Unset = UNSET,
        time_limit: float | Unset = UNSET,
        retries: Retry | int | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> WebImageResponse:
        """Web Image OCR.

        Reads the text of a picture as it is found on web pages: banners, screenshots, product photos.

        The text comes as blocks, from left to right and from top to bottom. Exactly one of `image` and `url`
        names the picture. A picture without text is a success with no blocks. With `extract_type:
        [image_size]` the answer also tells the width and height of the picture.

        What is sent: The picture to read, and how to read it.

        Exactly one of `image` and `url` has to be given.

        Args:
            image: A path, bytes or a binary file, which is encoded here. What is sent: the file of the
                picture as plain Base64, without a `data:` prefix and without line breaks. At most 10 MB of
                Base64 text, which is about 7.5 MB of file. JPEG (also called JPG), PNG, BMP, TIFF, GIF or
                WEBP, no side shorter than 15 or longer than 8192 pixels.
            url: The address of the picture: a public http or https URL, or the URL of an object in the
                operator's object storage (OBS). Characters outside ASCII must be percent-encoded. The picture
                is held to the same limits as `image`.
            detect_direction: Finds out how far the text is tilted, at any angle, and straightens the
                picture before reading it. Default: false.
            extract_type: What to tell about the picture beside its text. Without it, or when it is empty,
                the answer has no such data.
            time_limit: Seconds that an attempt may take in all, to the last byte of the answer. The
                client's own when absent.
            retries: When the call is repeated, or how often at most; 0 never. The client's own when
                absent.
            headers: Headers that are added to, or replace, the client's.

        Returns:
            The answer to a successful call of Web Image OCR.

        Raises:
            InvalidRequestError: The call breaks the description. Nothing was sent.
            ApiError: The service answered with an error; the exception says what it means and what to do.
                Documented for this call:
                - `AIS.0101`, `InvalidParameterError`: A parameter breaks its rules: both or neither of image
                  and url, a misspelt boolean, a stray character.
                - `AIS.0102`, `UnsupportedFormatError`: The bytes are not one of the endpoint's image formats,
                  or image is not plain Base64 (a data: prefix counts as not plain).
                - `AIS.0103`, `ImageSizeError`: A side is shorter or longer than the endpoint allows.
                - `AIS.0104`, `ImageQualityError`: The file is damaged or cut off, the picture is unreadable,
                  or it is of the wrong kind for this endpoint.
                - `AIS.0105`, `RecognitionFailedError`: The recogniser itself failed.
                - `APIG.0106`, `InvalidParameterError`: Front-end and back-end parameters do not fit.
            InvalidResponseError: The answer does not fit the description.
            TransportError: There is no answer: no connection, or the time limit ran out.

        Example:
            >>> answer = await client.recognize_web_image(image=Path("picture.jpg"))
            >>> answer.result.words_block_list[0].words
            'Words recognized from the image'
        """
        from ._runtime.encoded import to_base64
        from ._runtime.enums import to_enum_list
        from ._runtime.off_loop import off_loop
        from .api.ocr import recognize_web_image
        from .models.extract_type import ExtractType
        from .models.web_image_request import WebImageRequest

        return await recognize_web_image.asyncio(
            client=self,
            body=WebImageRequest(
                image=await off_loop(image, lambda: to_base64("image", image, max_length=10485760)),
                url=url,
                detect_direction=detect_direction,
                extract_type=to_enum_list("extract_type", ExtractType, extract_type),
            ),
            time_limit=time_limit,
            retries=retries,
            headers=headers,
        )
