"""The documented ways in which a call fails here."""

from __future__ import annotations

from enum import StrEnum
from http import HTTPStatus
from typing import Final


class ErrorCode(StrEnum):
    """The documented error codes that this service can answer with.

    What each of them says, and its status where one is documented, stands in the catalogue of the
    description.
    """

    INVALID_PARAMETER = "AIS.0101"
    UNSUPPORTED_FORMAT = "AIS.0102"
    WRONG_SIZE = "AIS.0103"
    UNREADABLE_PICTURE = "AIS.0104"
    RECOGNITION_FAILED = "AIS.0105"
    MISSING_TOKEN = "ModelArts.4101"
    BODY_TOO_LARGE = "ModelArts.4104"
    NOT_JSON = "ModelArts.4105"
    INTERNAL_ERROR = "ModelArts.4505"
    URL_NOT_ALLOWED = "ModelArts.4601"
    URL_NOT_OBTAINED = "ModelArts.4603"
    NO_SUCH_API = "APIG.0101"
    WRONG_CREDENTIALS = "APIG.0301"


STATUS_WHERE_NONE_IS_DOCUMENTED: Final = {
    ErrorCode.MISSING_TOKEN: HTTPStatus.UNAUTHORIZED,
    ErrorCode.BODY_TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    ErrorCode.INTERNAL_ERROR: HTTPStatus.INTERNAL_SERVER_ERROR,
}
"""The HTTP status of codes for which the operator's pages state none (`status: null` in the catalogue).

This service's own decision, by what HTTP says of such a case; a code that stands nowhere gets 400. Clients
must go by the code, never by these.
"""


class CallFailed(Exception):
    """A call ends with a documented error.

    Attributes:
        code: The error code of the answer.
        reason: What exactly was wrong, for the log. Of what a caller sent it holds at most names of parameters, and
            the method and path of an API that does not exist.
    """

    def __init__(self, code: ErrorCode, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason
