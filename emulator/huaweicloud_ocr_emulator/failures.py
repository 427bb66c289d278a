"""The documented ways in which a call fails here."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus
from typing import Final


class ErrorCode(StrEnum):
    """The documented error codes that this service answers with by itself.

    What each of them says, and its status where one is documented, stands in the catalogue of the
    description. Any other code of the catalogue can be rehearsed.
    """

    INVALID_PARAMETER = "AIS.0101"
    UNSUPPORTED_FORMAT = "AIS.0102"
    WRONG_SIZE = "AIS.0103"
    UNREADABLE_PICTURE = "AIS.0104"
    RECOGNITION_FAILED = "AIS.0105"
    MISSING_TOKEN = "ModelArts.4101"
    BODY_LENGTH = "ModelArts.4104"
    NOT_JSON = "ModelArts.4105"
    MALFORMED_REQUEST = "ModelArts.4202"
    NOT_SUBSCRIBED = "ModelArts.4204"
    TOO_MANY_AT_ONCE = "ModelArts.4401"
    TOO_SLOW = "ModelArts.4402"
    INTERNAL_ERROR = "ModelArts.4505"
    NOT_STARTED = "ModelArts.4508"
    URL_NOT_ALLOWED = "ModelArts.4601"
    URL_NOT_OBTAINED = "ModelArts.4603"
    NO_SUCH_API = "APIG.0101"
    WRONG_CREDENTIALS = "APIG.0301"
    TOKEN_EXPIRED = "APIG.0307"
    THROTTLED = "APIG.0308"


STATUS_WHERE_NONE_IS_DOCUMENTED: Final[Mapping[str, HTTPStatus]] = {
    "ModelArts.0203": HTTPStatus.UNAUTHORIZED,
    "ModelArts.0212": HTTPStatus.UNAUTHORIZED,
    "ModelArts.4101": HTTPStatus.UNAUTHORIZED,
    "ModelArts.4102": HTTPStatus.UNAUTHORIZED,
    "ModelArts.4103": HTTPStatus.UNAUTHORIZED,
    "ModelArts.4104": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "ModelArts.4203": HTTPStatus.FORBIDDEN,
    "ModelArts.4204": HTTPStatus.FORBIDDEN,
    "ModelArts.4301": HTTPStatus.BAD_GATEWAY,
    "ModelArts.4302": HTTPStatus.BAD_GATEWAY,
    "ModelArts.4401": HTTPStatus.SERVICE_UNAVAILABLE,
    "ModelArts.4402": HTTPStatus.GATEWAY_TIMEOUT,
    "ModelArts.4403": HTTPStatus.SERVICE_UNAVAILABLE,
    "ModelArts.4502": HTTPStatus.BAD_GATEWAY,
    "ModelArts.4505": HTTPStatus.INTERNAL_SERVER_ERROR,
    "ModelArts.4508": HTTPStatus.SERVICE_UNAVAILABLE,
    "APIG.0201": HTTPStatus.GATEWAY_TIMEOUT,
    "APIG.0307": HTTPStatus.UNAUTHORIZED,
}
"""The HTTP status of codes for which the operator's pages state none (`status: null` in the catalogue).

This service's own decision, by what HTTP says of such a case; a code that stands nowhere gets 400. Clients
must go by the code, never by these.
"""


class CallFailed(Exception):
    """A call ends with a documented error.

    Attributes:
        code: The error code of the answer, which is one of the catalogue.
        reason: What exactly was wrong, for the log. Of what a caller sent it holds at most names of parameters, and
            the method and path of an API that does not exist.
        headers: Further headers of the answer.
    """

    def __init__(self, code: str, reason: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason
        self.headers: Mapping[str, str] = headers or {}
