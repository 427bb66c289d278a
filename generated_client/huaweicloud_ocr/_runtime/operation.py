"""An operation of the description: how its request is made and its answer is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

import attrs

from . import codec
from .bodies import encode_body
from .by_media_type import ByMediaType, kinds_of
from .checks import broken_rule
from .errors import ApiError, InvalidDataError, InvalidRequestError, InvalidResponseError
from .json_value import JsonValue
from .limits import Limits
from .media_types import charset_of
from .messages import HttpRequest, RawResponse, Response
from .parameters import (
    encode_cookies,
    encode_headers,
    encode_query,
    fill_path,
    with_cookies,
    with_headers,
    with_query,
)
from .requirements import Alternatives
from .text import one_line
from .unset import UNSET

if TYPE_CHECKING:
    from .error_codes import ErrorCode, ErrorFormat, ErrorKind

T = TypeVar("T")


TEXT: Final = "text"
"""Stands for a body that is text, in place of the type of its JSON."""

BINARY: Final = "binary"
"""Stands for a body that is taken as it is, in place of the type of its JSON."""


_CHOSEN: Final = "Content-Type"
"""Parameter with which a caller chooses among several media types of a body that is written as JSON."""


def _no_errors() -> Mapping[int | str, ErrorFormat]:
    return {}


def _accepted(operation: Operation[Any]) -> str:
    if operation.accept:
        return operation.accept
    others = any(kind in (TEXT, BINARY) for found in operation.success.values() for kind in kinds_of(found))
    return "*/*" if others else "application/json"


@attrs.frozen(kw_only=True)
class Operation(Generic[T]):
    """What the description says about one operation.

    Attributes:
        method: HTTP method.
        path: Path with its parameters in braces.
        success: For each success what its body is: the type of its JSON, `TEXT`, `BINARY`, `ByMediaType` of these, or
            None where there is no body. A success is a status, `2XX`, or `default` for any that is not named.
        errors: Returns for other answers the format of their body; keys as those of `success`, with `4XX` and `5XX`.
            The catalogue of codes is large, and most calls do not end in an error: it is imported with the first.
        media_type: What the body of a request is sent as.
        parts: Media types that members of a multipart body may have, by their names.
        accept: Media types that are asked for; empty where `success` says it.
        body: Type of the body of a request.
        parameters: Types of parameters, by their names in the description; where several have one name, each follows
            its location and a space.
        joined: What stands between the items of lists that are one pair of the query, by their names.
        reserved: Names of parameters of the query whose values may hold reserved characters as they are.
        limits: Limits of parameters, by the same names as their types, and of a `body` that is no model.
        authentication: Combinations of classes, by their names, any of which has to authenticate a call; an empty one
            stands for none. Without any combination a call is never authenticated; None leaves it to the client.
        published_in: For variables of the server's address the values for which the operation is known to be offered.
    """

    method: str
    path: str
    success: Mapping[int | str, Any]
    errors: Callable[[], Mapping[int | str, ErrorFormat]] = _no_errors
    media_type: str = "application/json"
    parts: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict[str, tuple[str, ...]])
    accept: str = ""
    body: Any = None
    parameters: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    joined: Mapping[str, str] = attrs.field(factory=dict[str, str])
    reserved: frozenset[str] = frozenset()
    limits: Mapping[str, Limits] = attrs.field(factory=dict[str, Limits])
    authentication: Alternatives | None = None
    published_in: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict[str, tuple[str, ...]])
    _asked: str = attrs.field(init=False, default=attrs.Factory(_accepted, takes_self=True))

    def request(
        self,
        *,
        endpoint: str,
        time_limit: float,
        headers: Mapping[str, str],
        path: Mapping[str, Any] | None = None,
        query: Mapping[str, Any] | None = None,
        header: Mapping[str, Any] | None = None,
        cookie: Mapping[str, Any] | None = None,
        body: Any = UNSET,
    ) -> HttpRequest:
        """Make the request.

        Raises:
            InvalidRequestError: A parameter or the body breaks the description.
        """
        self._check({"path": path, "query": query, "header": header, "cookie": cookie}, body)
        url = endpoint.rstrip("/") + fill_path(self.path, path or {})
        if query and (text := encode_query(query, joined=self.joined, reserved=self.reserved)):
            url = with_query(url, text)
        all_headers = {"Accept": self._asked, **headers}
        others = {name: value for name, value in (header or {}).items() if name != _CHOSEN}
        if others:
            all_headers = with_headers(all_headers, encode_headers(others))
        if cookie and (text := encode_cookies(cookie)):
            all_headers = with_cookies(all_headers, text)
        content: bytes | tuple[bytes, ...] | None = None
        if body is not UNSET:
            content, sent_as = encode_body(self.media_type, body, self.parts)
            chosen = (header or {}).get(_CHOSEN, UNSET)
            all_headers["Content-Type"] = sent_as if chosen is UNSET else chosen
        return HttpRequest(
            method=self.method, url=url, headers=all_headers, content=content, time_limit=time_limit
        )

    def _check(self, parts: Mapping[str, Mapping[str, Any] | None], body: Any) -> None:
        for location, values in parts.items():
            for name, value in (values or {}).items():
                key = self._key(location, name)
                if value is not UNSET and key in self.parameters:
                    _check_type(value, self.parameters[key], f"{name}: ")
        if body is not UNSET and self.body is not None:
            # A plain object in the place of a model has no class that would know its limits.
            _check_type(body, self.body, "", broken_rule)
        for location, values in parts.items():
            for name, value in (values or {}).items():
                if limit := self.limit(location, name):
                    limit.check(name, value)
        if "body" in self.limits:
            self.limits["body"].check("body", body)

    def limit(self, location: str, name: str) -> Limits | None:
        """Return the limits of a parameter."""
        return self.limits.get(self._key(location, name))

    def _key(self, location: str, name: str) -> str:
        key = f"{location} {name}"
        return key if key in self.parameters or key in self.limits else name

    def parse(self, request: HttpRequest, raw: RawResponse) -> Response[T]:
        """Read the answer.

        Raises:
            ApiError: It is an error, documented or not.
            InvalidResponseError: It is a success that the description does not allow.
        """
        is_success = 200 <= raw.status_code < 300
        key = _key(self.success, raw.status_code) if is_success else raw.status_code
        if key not in self.success:
            raise self._error(request, raw)
        try:
            parsed = _read(raw, self.success[key])
        except InvalidDataError as error:
            raise InvalidResponseError(
                f"the answer to {request.call} does not fit the description: {error}",
                path=error.path,
                response=raw,
                method=request.method,
                url=request.address,
            ) from None
        return Response(
            status_code=_status(raw.status_code), headers=raw.headers, content=raw.content, parsed=parsed
        )

    def _error(self, request: HttpRequest, raw: RawResponse) -> Exception:
        if 200 <= raw.status_code < 300:
            return InvalidResponseError(
                f"the description has no status {raw.status_code} for {request.call}",
                response=raw,
                method=request.method,
                url=request.address,
            )
        from .error_codes import ErrorMembers

        errors = self.errors()
        documented = errors.get(_key(errors, raw.status_code))
        members = documented.read(raw.content) if documented else ErrorMembers()
        known = documented.catalogue.get(members.code) if documented and members.code else None
        kind = self._kind(documented, known, raw.status_code)
        return (kind.error if kind else ApiError)(
            status=raw.status_code,
            error_code=members.code,
            error_msg=members.message,
            request_id=members.request_id or raw.headers.get("x-request-id"),
            known=known,
            kind=kind,
            method=request.method,
            url=request.address,
            response=raw,
            body=members.body,
        )

    def _kind(self, documented: ErrorFormat | None, known: ErrorCode | None, status: int) -> ErrorKind | None:
        if documented is not None and (kind := documented.kind(known, status)):
            return kind
        # A status that is not documented, such as a proxy's, means the same as with the answers that are.
        kinds = (other.kind(None, status) for other in self.errors().values())
        return next((kind for kind in kinds if kind), None)


def _check_type(value: Any, kind: Any, where: str, check: Callable[[Any], str | None] | None = None) -> None:
    try:
        codec.check_type(value, kind, check)
    except InvalidDataError as error:
        raise InvalidRequestError(f"{where}{error}") from None


def _key(answers: Mapping[int | str, Any], status: int) -> int | str:
    """Return the key under which the description has a status: itself, its range or `default`."""
    candidates: tuple[int | str, ...] = (status, f"{status // 100}XX")
    return next((key for key in candidates if key in answers), "default")


def _read(raw: RawResponse, kind: Any) -> Any:
    if isinstance(kind, ByMediaType):
        kind = kind.of(raw.headers.get("content-type", ""))
    if kind is None:
        return None
    if kind == BINARY:
        return raw.content
    if kind == TEXT:
        return raw.content.decode(charset_of(raw.headers.get("content-type", "")) or "utf-8", "replace")
    if kind == JsonValue and not raw.content:
        return None  # whoever says nothing about the JSON may well send none
    try:
        return codec.decode(raw.content, kind)
    except codec.NotJsonError as error:
        raise InvalidDataError(f"{error}: {_shown(raw)}") from None


def _shown(raw: RawResponse) -> str:
    """Return what an answer is that was to be JSON: often a page that a proxy or a login put in its place."""
    if not raw.content:
        return "the body is empty"
    kind = one_line(raw.headers.get("content-type", ""), 80) or "no content type"
    return f"{kind}, which begins {one_line(raw.content[:400].decode('utf-8', 'replace'), 120)!r}"


def _status(code: int) -> HTTPStatus | int:
    try:
        return HTTPStatus(code)
    except ValueError:
        return code
