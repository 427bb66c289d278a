# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

"""Text of handwritten notes and of web images, with the place of every block.

Two operations of the Optical Character Recognition service:

- **Handwritten Text OCR** reads handwriting, and print beside it, from a photo or a scan.
- **Web Image OCR** reads the text of a picture as it is found on web pages: banners, screenshots, product
  photos.

Each call takes one picture, either in the request itself as Base64 (`image`) or by its address (`url`), and
answers with blocks of text in reading order, each with a confidence and the four corners of its box.

A call is authenticated with a token (`X-Auth-Token`) or by signing it with an access key pair (AK/SK). Every
failure answers with the schema `Error`; all documented codes, what they mean and what to do about them stand
in the catalogue `x-error-codes` of its property `error_code`.

This description is maintained by hand from the operator's printed pages. It is not an official document of
the operator.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import models
    from ._runtime.encoded import Base64
    from ._runtime.events import AttemptEnded, CallEnded
    from ._runtime.messages import Response
    from ._runtime.publication import NotPublishedWarning
    from ._runtime.retries import Retry
    from ._runtime.unset import UNSET, Unset
    from .auth import AkSkAuth, PasswordAuth, TokenAuth
    from .client import AsyncClient, Client
    from .errors import (
        AccountRestrictedError,
        ApiError,
        AuthenticationError,
        BrokenResponseError,
        ConfigurationError,
        ConnectionFailedError,
        ImageQualityError,
        ImageSizeError,
        InvalidDataError,
        InvalidParameterError,
        InvalidRequestError,
        InvalidResponseError,
        NotFoundError,
        NotSubscribedError,
        OcrError,
        PermissionDeniedError,
        RecognitionFailedError,
        ServiceFailedError,
        ServiceUnavailableError,
        ThrottledError,
        TimeLimitError,
        TransportError,
        UnsupportedFormatError,
        UrlNotFetchedError,
    )
else:
    # Importing the package costs next to nothing: what is behind a name is imported when the name is first used.
    from ._runtime.lazy import lazy

    __getattr__, __dir__ = lazy(
        __name__,
        __package__,
        {
            "AccountRestrictedError": ".errors",
            "AkSkAuth": ".auth",
            "ApiError": ".errors",
            "AsyncClient": ".client",
            "AttemptEnded": "._runtime.events",
            "AuthenticationError": ".errors",
            "Base64": "._runtime.encoded",
            "BrokenResponseError": ".errors",
            "CallEnded": "._runtime.events",
            "Client": ".client",
            "ConfigurationError": ".errors",
            "ConnectionFailedError": ".errors",
            "ImageQualityError": ".errors",
            "ImageSizeError": ".errors",
            "InvalidDataError": ".errors",
            "InvalidParameterError": ".errors",
            "InvalidRequestError": ".errors",
            "InvalidResponseError": ".errors",
            "NotFoundError": ".errors",
            "NotPublishedWarning": "._runtime.publication",
            "NotSubscribedError": ".errors",
            "OcrError": ".errors",
            "PasswordAuth": ".auth",
            "PermissionDeniedError": ".errors",
            "RecognitionFailedError": ".errors",
            "Response": "._runtime.messages",
            "Retry": "._runtime.retries",
            "ServiceFailedError": ".errors",
            "ServiceUnavailableError": ".errors",
            "ThrottledError": ".errors",
            "TimeLimitError": ".errors",
            "TokenAuth": ".auth",
            "TransportError": ".errors",
            "UNSET": "._runtime.unset",
            "Unset": "._runtime.unset",
            "UnsupportedFormatError": ".errors",
            "UrlNotFetchedError": ".errors",
        },
        ("api", "auth", "client", "error_codes", "errors", "models", "types"),
    )

__version__ = "1.0.0"

__all__ = [
    "UNSET",
    "AccountRestrictedError",
    "AkSkAuth",
    "ApiError",
    "AsyncClient",
    "AttemptEnded",
    "AuthenticationError",
    "Base64",
    "BrokenResponseError",
    "CallEnded",
    "Client",
    "ConfigurationError",
    "ConnectionFailedError",
    "ImageQualityError",
    "ImageSizeError",
    "InvalidDataError",
    "InvalidParameterError",
    "InvalidRequestError",
    "InvalidResponseError",
    "NotFoundError",
    "NotPublishedWarning",
    "NotSubscribedError",
    "OcrError",
    "PasswordAuth",
    "PermissionDeniedError",
    "RecognitionFailedError",
    "Response",
    "Retry",
    "ServiceFailedError",
    "ServiceUnavailableError",
    "ThrottledError",
    "TimeLimitError",
    "TokenAuth",
    "TransportError",
    "Unset",
    "UnsupportedFormatError",
    "UrlNotFetchedError",
    "models",
]
