# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

"""Every exception that this package raises; `OcrError` is the base of them all."""

from ._runtime.errors import (
    ApiError,
    BrokenResponseError,
    ClientError as OcrError,
    ConfigurationError,
    ConnectionFailedError,
    InvalidDataError,
    InvalidRequestError,
    InvalidResponseError,
    TimeLimitError,
    TransportError,
)

__all__ = [
    "ApiError",
    "BrokenResponseError",
    "ConfigurationError",
    "ConnectionFailedError",
    "InvalidDataError",
    "InvalidRequestError",
    "InvalidResponseError",
    "OcrError",
    "TimeLimitError",
    "TransportError",
]
