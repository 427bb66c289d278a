"""An operation of the description: how its request is made and its answer is read."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Generic, TypeVar

import attrs

from . import codec
from .checks import encode_request
from .error_codes import ErrorFormat, ErrorMembers
from .errors import ApiError, InvalidDataError, InvalidResponseError
from .messages import HttpRequest, RawResponse, Response
from .parameters import encode_headers, encode_query, fill_path
from .unset import UNSET

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class Operation(Generic[T]):
    """What the description says about one operation.

    Attributes:
        method: HTTP method.
        path: Path with its parameters in braces.
        success: Type of the body for each status of a success; None where there is no body.
        error: Format of all other answers, or None when the description has none.
    """

    method: str
    path: str
    success: Mapping[int, type[T] | None]
    error: ErrorFormat | None = None

    def request(
        self,
        *,
        endpoint: str,
        time_limit: float,
        headers: Mapping[str, str],
        path: Mapping[str, Any] | None = None,
        query: Mapping[str, Any] | None = None,
        header: Mapping[str, Any] | None = None,
        body: Any = UNSET,
    ) -> HttpRequest:
        """Make the request.

        Raises:
            InvalidRequestError: A parameter or the body breaks the description.
        """
        url = endpoint.rstrip("/") + fill_path(self.path, path or {})
        if text := encode_query(query or {}):
            url = f"{url}?{text}"
        all_headers = {"Accept": "application/json", **headers, **encode_headers(header or {})}
        content = None
        if body is not UNSET:
            content = encode_request(body)
            all_headers["Content-Type"] = "application/json"
        return HttpRequest(
            method=self.method, url=url, headers=all_headers, content=content, time_limit=time_limit
        )

    def parse(self, request: HttpRequest, raw: RawResponse) -> Response[T]:
        """Read the answer.

        Raises:
            ApiError: It is an error, documented or not.
            InvalidResponseError: It is a success that the description does not allow.
        """
        if raw.status_code not in self.success:
            raise self._error(request, raw)
        kind = self.success[raw.status_code]
        parsed: Any = None
        if kind is not None:
            try:
                parsed = codec.decode(raw.content, kind)
            except InvalidDataError as error:
                raise InvalidResponseError(
                    f"the answer to {request.call} does not fit the description: {error}",
                    path=error.path,
                    response=raw,
                ) from None
        return Response(
            status_code=_status(raw.status_code), headers=raw.headers, content=raw.content, parsed=parsed
        )

    def _error(self, request: HttpRequest, raw: RawResponse) -> Exception:
        if 200 <= raw.status_code < 300:
            return InvalidResponseError(
                f"the description has no status {raw.status_code} for {request.call}", response=raw
            )
        members = self.error.read(raw.content) if self.error else ErrorMembers()
        return ApiError(
            status=raw.status_code,
            error_code=members.code,
            error_msg=members.message,
            request_id=members.request_id or raw.headers.get("x-request-id"),
            known=self.error.catalogue.get(members.code) if self.error and members.code else None,
            method=request.method,
            url=request.address,
            response=raw,
        )


def _status(code: int) -> HTTPStatus | int:
    try:
        return HTTPStatus(code)
    except ValueError:
        return code
