# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

"""Every exception that this package raises.

    OcrError
     ├─ ConfigurationError            the client was set up wrongly
     ├─ InvalidRequestError           a call breaks the description; nothing was sent
     ├─ InvalidDataError              a dict does not fit the model that it was read into
     │   └─ InvalidResponseError      the answer does not fit the description
     ├─ ApiError                      the service answered with an error
     │   ├─ InvalidParameterError     the request breaks the rules of the operation
     │   ├─ UnsupportedFormatError    the picture is in a format that the operation does not read, or is not
     │   │                            sent as plain Base64
     │   ├─ ImageSizeError            the picture is too small or too large, in pixels or in bytes
     │   ├─ ImageQualityError         the picture is damaged, not readable, or of the wrong kind for the
     │   │                            operation
     │   ├─ RecognitionFailedError    the picture was accepted, but its recognition failed
     │   ├─ UrlNotFetchedError        the service could not get the picture from its URL
     │   ├─ AuthenticationError       the token or the signature is missing, wrong or expired
     │   ├─ PermissionDeniedError     the caller is known, but may not make this call
     │   ├─ NotSubscribedError        the account has not subscribed to the service in this region
     │   ├─ AccountRestrictedError    the account is restricted or frozen
     │   ├─ NotFoundError             nothing answers at this address: path, method, region or project id is
     │   │                            wrong
     │   ├─ ThrottledError            too many calls at the same time or within a minute
     │   ├─ ServiceUnavailableError   the service does not answer at the moment, or not in time
     │   └─ ServiceFailedError        the service met a fault of its own
     └─ TransportError                there is no answer
         ├─ ConnectionFailedError     no connection
         ├─ TimeLimitError            the answer took too long
         └─ BrokenResponseError       the connection broke before the answer was complete

An error of the service is raised as what its code means; without a known code, as what its status means; and
else as an `ApiError`.
"""

from ._runtime.errors import (
    ApiError,
    BrokenResponseError,
    ConfigurationError,
    ConnectionFailedError,
    InvalidDataError,
    InvalidRequestError,
    InvalidResponseError,
    OcrError,
    TimeLimitError,
    TransportError,
)

__all__ = [
    "AccountRestrictedError",
    "ApiError",
    "AuthenticationError",
    "BrokenResponseError",
    "ConfigurationError",
    "ConnectionFailedError",
    "ImageQualityError",
    "ImageSizeError",
    "InvalidDataError",
    "InvalidParameterError",
    "InvalidRequestError",
    "InvalidResponseError",
    "NotFoundError",
    "NotSubscribedError",
    "OcrError",
    "PermissionDeniedError",
    "RecognitionFailedError",
    "ServiceFailedError",
    "ServiceUnavailableError",
    "ThrottledError",
    "TimeLimitError",
    "TransportError",
    "UnsupportedFormatError",
    "UrlNotFetchedError",
]

# Tracebacks and pickles name them as they are imported.
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


class InvalidParameterError(ApiError):
    """The request breaks the rules of the operation.

    Check the parameters against the description of the operation.

    The service means it by these codes:

    - `AIS.0101`: A parameter breaks its rules: both or neither of image and url, a misspelt boolean, a stray
      character.
    - `ModelArts.4105`: The body is not JSON.
    - `APIG.0106`: Front-end and back-end parameters do not fit.
    """


class UnsupportedFormatError(ApiError):
    """The picture is in a format that the operation does not read, or is not sent as plain Base64.

    Convert the picture to one of the formats that the operation lists.

    The service means it by these codes:

    - `AIS.0102`: The bytes are not one of the endpoint's image formats, or image is not plain Base64 (a data:
      prefix counts as not plain).
    """


class ImageSizeError(ApiError):
    """The picture is too small or too large, in pixels or in bytes.

    Scale the picture, or compress it more.

    The service means it by these codes, and the status 413 without a known code:

    - `AIS.0103`: A side is shorter or longer than the endpoint allows.
    - `ModelArts.4104`: The request body is larger than 10 MB after Base64.
    - `ModelArts.4705`: The OBS object is too large.
    """


class ImageQualityError(ApiError):
    """The picture is damaged, not readable, or of the wrong kind for the operation.

    Send a whole, sharper or better lit picture, or use the operation that fits it.

    The service means it by these codes:

    - `AIS.0104`: The file is damaged or cut off, the picture is unreadable, or it is of the wrong kind for
      this endpoint.
    """


class RecognitionFailedError(ApiError):
    """The picture was accepted, but its recognition failed.

    Try another picture.

    The service means it by these codes:

    - `AIS.0105`: The recogniser itself failed.
    """


class UrlNotFetchedError(ApiError):
    """The service could not get the picture from its URL.

    See that the service may read the URL, or send the picture itself.

    The service means it by these codes:

    - `ModelArts.4601`: The image URL is malformed or not allowed.
    - `ModelArts.4603`: The image could not be downloaded.
    - `ModelArts.4702`: No OBS agency is enabled for the service.
    - `ModelArts.4703`: The OBS address is malformed.
    - `ModelArts.4704`: The OBS object could not be read.
    - `ModelArts.4706`: No such OBS object.
    """


class AuthenticationError(ApiError):
    """The token or the signature is missing, wrong or expired.

    Fetch a new token, or check the key pair and the clock. Repeated failures lock a key pair.

    The service means it by these codes, and the status 401 without a known code:

    - `ModelArts.0203`: The token is not valid.
    - `ModelArts.0212`: The token was issued without a project scope.
    - `ModelArts.4101`: X-Auth-Token is missing.
    - `ModelArts.4102`: X-Auth-Token cannot be parsed.
    - `ModelArts.4103`: X-Auth-Token is not a valid token.
    - `APIG.0301`: Token cannot be decrypted, has expired, or is absent; or the AK/SK signature does not
      verify (five failures in a row lock the AK/SK pair for five minutes).
    - `APIG.0307`: The token has expired, or belongs to another region.
    """


class PermissionDeniedError(ApiError):
    """The caller is known, but may not make this call.

    Have the account's administrator grant the permission for OCR.

    The service means it by these codes, and the status 403 without a known code:

    - `ModelArts.4203`: No permission.
    """


class NotSubscribedError(ApiError):
    """The account has not subscribed to the service in this region.

    Subscribe to the service in the console, in the same region that is called.

    The service means it by these codes:

    - `ModelArts.4204`: The account has not subscribed to this API in this region.
    """


class AccountRestrictedError(ApiError):
    """The account is restricted or frozen.

    See the account's state in the console.

    The service means it by these codes:

    - `ModelArts.4106`: The account is restricted.
    - `ModelArts.6201`: The account is frozen.
    """


class NotFoundError(ApiError):
    """Nothing answers at this address: path, method, region or project id is wrong.

    Check the region, the project id and the endpoint.

    The service means it by these codes, and the statuses 404 and 405 without a known code:

    - `ModelArts.4201`: The URL lacks the service id.
    - `ModelArts.4202`: Malformed URL.
    - `ModelArts.4503`: No such service.
    - `ModelArts.4504`: No such API.
    - `ModelArts.4506`: The sub-service does not exist.
    - `APIG.0101`: Wrong path, method or region, or the project id is missing from the URL.
    """


class ThrottledError(ApiError):
    """Too many calls at the same time or within a minute.

    Wait some seconds and repeat; send fewer calls.

    The service means it by these codes, and the status 429 without a known code:

    - `ModelArts.4401`: Too many requests at once.
    - `APIG.0308`: Rate limit of the account; the operator advises a retry after 2 to 5 seconds.
    """


class ServiceUnavailableError(ApiError):
    """The service does not answer at the moment, or not in time.

    Repeat the call after some seconds.

    The service means it by these codes, and the statuses 502, 503 and 504 without a known code:

    - `ModelArts.4107`: Temporary AK/SK could not be obtained for the user.
    - `ModelArts.4301`: The platform could not get its own token.
    - `ModelArts.4302`: The gateway could not reach the service.
    - `ModelArts.4402`: The recogniser took too long.
    - `ModelArts.4403`: The recogniser does not answer or is tripped.
    - `ModelArts.4508`: The service does not exist or is stopped.
    - `APIG.0201`: The request timed out: image too large, network slow, or calls too frequent.
    """


class ServiceFailedError(ApiError):
    """The service met a fault of its own.

    Repeat the call later; report the request id if it keeps failing.

    The service means it by these codes, and the status 500 without a known code:

    - `ModelArts.4502`: The recogniser did not answer properly.
    - `ModelArts.4505`: Internal error.
    """
