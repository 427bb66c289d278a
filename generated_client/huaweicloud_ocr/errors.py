# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

"""Every exception that this package raises.

OcrError
 ├─ ConfigurationError          the client was set up wrongly
 ├─ InvalidRequestError         a call breaks the description; nothing was sent
 ├─ InvalidDataError            a dict does not fit the model that it was read into
 │   └─ InvalidResponseError    the answer does not fit the description
 ├─ ApiError                    the service answered with an error
 └─ TransportError              there is no answer
     ├─ ConnectionFailedError   no connection
     ├─ TimeLimitError          the answer took too long
     └─ BrokenResponseError     the connection broke before the answer was complete
"""

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

# Tracebacks and pickles name them as they are imported.
OcrError.__name__ = OcrError.__qualname__ = "OcrError"
for _error in (
    OcrError,
    ApiError,
    BrokenResponseError,
    ConfigurationError,
    ConnectionFailedError,
    InvalidDataError,
    InvalidRequestError,
    InvalidResponseError,
    TimeLimitError,
    TransportError,
):
    _error.__module__ = __name__
