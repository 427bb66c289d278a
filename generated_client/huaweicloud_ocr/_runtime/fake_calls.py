"""Requests as a fake service reads them: which operation, which parameters, which body."""

from __future__ import annotations

import enum
import re
import types
import urllib.parse
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any, Final, Generic, Literal, TypeVar, Union, get_args, get_origin

import attrs
import msgspec

from . import codec
from .checks import broken_rule, check_body
from .encoded import Base64
from .errors import OcrError
from .hidden import hide
from .media_types import bare, charset_of, is_json
from .messages import Headers, HttpRequest
from .operation import Operation
from .parameters import DELIMITERS, as_text
from .text import one_line
from .unset import UNSET, Unset

B_co = TypeVar("B_co", covariant=True)

_SAFE: Final = "%/:@!$&'()*+,;=~-._"
_LONGEST: Final = 60


class UnexpectedCallError(AssertionError):
    """A fake service got a request that breaks the description, or one that it has no answer for.

    It is raised in the call that sent the request, and once more when the fake ends.
    """


@attrs.frozen(kw_only=True)
class Place:
    """Where a parameter stands in a request.

    Attributes:
        name: Name of the argument in Python.
        wire_name: Name in the request.
        location: Part of the request.
        kind: Type of its value.
        required: Whether it has to be there.
        joined: What stands between the items of a list that is one pair of the query, or empty.
    """

    name: str
    wire_name: str
    location: Literal["path", "query", "header", "cookie"]
    kind: Any
    required: bool
    joined: str = ""


@attrs.frozen(kw_only=True, repr=False)
class FakeCall(Generic[B_co]):
    """A request that arrived. Its repr shows no picture, no header and no cookie.

    Attributes:
        operation: Name of the method of the client.
        method: HTTP method.
        path: Path without query.
        parameters: Values by their names in Python; absent ones are not there.
        headers: Headers as they came, with the names in any case. Their repr tells only names.
        body: The body as its model; a dict of texts for a form, bytes where it is no JSON, `UNSET` without one.
        content: The body as it came.
        secret: Parameters whose values are not shown: those in headers and cookies, and passwords.
    """

    operation: str
    method: str
    path: str
    parameters: Mapping[str, Any]
    headers: Mapping[str, str] = attrs.field(converter=Headers)
    body: B_co
    content: bytes
    secret: frozenset[str] = frozenset()

    def arguments(self) -> dict[str, Any]:
        """Return what was given: parameters, and the members of the body where it has some."""
        kind: type[Any] = self.body.__class__
        members: dict[str, Any] = {}
        if attrs.has(kind):
            members = {field.name: getattr(self.body, field.name) for field in attrs.fields(kind)}
        elif self.body is not UNSET:
            members = {"body": self.body}
        return {**self.parameters, **{name: value for name, value in members.items() if value is not UNSET}}

    def __repr__(self) -> str:
        kind: type[Any] = self.body.__class__
        fields = attrs.fields(kind) if attrs.has(kind) else ()
        secret = self.secret | {field.name for field in fields if field.repr is hide}
        given = self.arguments().items()
        shown = (f"{name}={'<hidden>' if name in secret else show(value)}" for name, value in given)
        return f"<{self.operation}({', '.join(shown)})>"


def show(value: object) -> str:
    """Return the repr of an argument, short, and without what a file holds."""
    if isinstance(value, (bytes, bytearray)):
        return f"<{len(value)} bytes>"
    return one_line(repr(value), _LONGEST)


class CallReader:
    """Reads the requests of one operation, by the description and no more leniently than that."""

    def __init__(
        self, name: str, operation: Operation[Any], places: Sequence[Place], *, body_required: bool
    ) -> None:
        """Read the path of the operation.

        Args:
            name: Name of the method of the client.
            operation: What the description says about it.
            places: Where its parameters stand.
            body_required: Whether a request has to have a body.
        """
        self.name = name
        self.operation = operation
        self._places = places
        self._body_required = body_required
        path, _, query = operation.path.partition("?")
        # A path may have a query of its own, such as `?acl`, which tells it from others.
        self._own_query = {tuple(pair.partition("=")) for pair in query.split("&") if pair}
        parts = re.split(r"\{([^{}]*)\}", path)
        self._path_names = parts[1::2]
        self._pattern = re.compile(
            "(.*?)" + "([^/]+)".join(re.escape(urllib.parse.quote(text, safe=_SAFE)) for text in parts[::2])
        )

    def arguments(self) -> list[str]:
        """Return the names that `FakeCall.arguments` can have: parameters, and members of the body or the body."""
        kinds = list(_alternatives(self.operation.body))
        models = [kind for kind in kinds if isinstance(kind, type) and attrs.has(kind)]
        members = [field.name for model in models for field in attrs.fields(model)]
        if len(models) < len(kinds):
            members.append("body")
        return [*(place.name for place in self._places), *members]

    def match(self, request: HttpRequest) -> tuple[int, int, int] | None:
        """Return how well a request fits, the best one smallest, or None when it is for another operation."""
        found = self._pattern.fullmatch(_path(request))
        if found is None or request.method != self.operation.method:
            return None
        if not self._own_query <= set(_pairs(request)):
            return None
        return len(found[1]), len(self._path_names), -len(self._own_query)

    def read(self, request: HttpRequest, *, keys: frozenset[str]) -> FakeCall[Any]:
        """Read a request that fits.

        Args:
            request: What arrived.
            keys: Parameters of the query that authenticate.

        Raises:
            UnexpectedCallError: It breaks the description.
        """
        try:
            parameters = self._parameters(request, keys)
            body: Any = self._body(request)
        except (OcrError, msgspec.ValidationError, ValueError) as error:
            raise UnexpectedCallError(f"{request.call} breaks the description: {error}") from None
        return FakeCall[Any](
            operation=self.name,
            method=request.method,
            path=_path(request),
            parameters=parameters,
            headers=request.headers,
            body=body,
            content=request.content or b"",
            secret=frozenset(place.name for place in self._places if self._is_secret(place)),
        )

    def _is_secret(self, place: Place) -> bool:
        limits = self.operation.limit(place.location, place.wire_name)
        return place.location in ("header", "cookie") or (limits is not None and limits.is_secret)

    def _parameters(self, request: HttpRequest, keys: frozenset[str]) -> dict[str, Any]:
        sent = self._sent(request)
        known = {place.wire_name for place in self._places if place.location == "query"}
        if unknown := [name for where, name in sent if where == "query" and name not in known | keys]:
            raise ValueError(
                f"the description has no parameter {one_line(repr(unknown[0]), 80)} in the query"
            )
        found: dict[str, Any] = {}
        for place in self._places:
            name = place.wire_name.lower() if place.location == "header" else place.wire_name
            texts = sent.get((place.location, name))
            if texts is None:
                if place.required:
                    raise ValueError(f"the {place.location} parameter {place.wire_name!r} is missing")
                continue
            found[place.name] = value = _value(place, texts)
            if limits := self.operation.limit(place.location, place.wire_name):
                limits.check(place.wire_name, value)
        return found

    def _sent(self, request: HttpRequest) -> dict[tuple[str, str], list[str]]:
        sent: dict[tuple[str, str], list[str]] = {}
        match = self._pattern.fullmatch(_path(request))
        for name, text in zip(self._path_names, match.groups()[1:] if match else (), strict=True):
            sent["path", name] = [text]
        for name, equals, text in _pairs(request):
            if (name, equals, text) in self._own_query:
                continue
            sent.setdefault(("query", urllib.parse.unquote_plus(name)), []).append(text)
        for name, text in request.headers.items():
            sent["header", name.lower()] = [text]
        for cookie in request.headers.get("cookie", "").split("; "):
            name, equals, text = cookie.partition("=")
            if equals:
                sent["cookie", urllib.parse.unquote(name)] = [urllib.parse.unquote(text)]
        return sent

    def _body(self, request: HttpRequest) -> Any:
        operation: Operation[Any] = self.operation
        content = request.content or b""
        media_type = bare(request.headers.get("content-type", ""))
        documented = bare(operation.media_type)
        if not content and not media_type:
            if self._body_required:
                raise ValueError("it has no body")
            return UNSET
        if operation.body is None and is_json(documented):
            raise ValueError("the description has no body for it")
        # What a caller chooses is a parameter, and was held to what there is to choose from.
        is_chosen = any(place.wire_name == "Content-Type" for place in self._places)
        is_as_told = fnmatchcase(media_type, documented) or _are_alike(media_type, documented)
        if not is_chosen and not is_as_told:
            raise ValueError(f"its body is {one_line(media_type, 80) or 'of no type'}, not {documented}")
        kind: Any = operation.body
        match documented:
            case "application/x-www-form-urlencoded":
                return dict(urllib.parse.parse_qsl(content.decode(), keep_blank_values=True))
            case "multipart/form-data":
                return content
            case _ if kind is None:
                return content
            case _:
                body: Any = (
                    codec.decode(content, kind, broken_rule, is_request=True)
                    if is_json(documented)
                    else _read_text(request, kind)
                )
                check_body(body)
                if limits := operation.limits.get("body"):
                    limits.check("body", body)
                return body


def _are_alike(media_type: str, documented: str) -> bool:
    """Whether a caller, who may name another media type than the documented one, means a body of the same form."""
    return (is_json(media_type) and is_json(documented)) or (
        media_type.startswith("text/") and documented.startswith("text/")
    )


def _read_text(request: HttpRequest, kind: Any) -> Any:
    charset = charset_of(request.headers.get("content-type", "")) or "utf-8"
    text = (request.content or b"").decode(charset)
    return Base64.from_text(text) if kind is Base64 else _converted(text, kind, "its body")


def same(expected: Any, found: Any) -> bool:
    """Whether a call brought what was expected; a file may be expected as bytes or as a path."""
    if isinstance(found, Base64) and not isinstance(expected, Base64):
        return bool(found == Base64.from_file(expected))
    return bool(expected == found)


def _pairs(request: HttpRequest) -> Iterable[tuple[str, str, str]]:
    """Return the pairs of a query as they stand: name, equals sign if there is one, and text."""
    return [pair.partition("=") for pair in request.url.partition("?")[2].split("&") if pair]


def _path(request: HttpRequest) -> str:
    return urllib.parse.urlsplit(request.url).path


def _value(place: Place, texts: list[str]) -> Any:
    items = next((kind for kind in _alternatives(place.kind) if get_origin(kind) in (list, tuple)), None)
    if items is None:
        return _scalar(place, _plain(place, texts[-1]), place.kind)
    if place.joined or place.location != "query":
        texts = texts[-1].split(DELIMITERS[place.joined or ","])
    return [_scalar(place, _plain(place, text), get_args(items)[0]) for text in texts]


def _plain(place: Place, text: str) -> str:
    """Return a text of an address without its percent-encoding, which has to wait until a list is taken apart."""
    match place.location:
        case "query":
            return urllib.parse.unquote_plus(text)
        case "path":
            return urllib.parse.unquote(text)
        case _:
            return text


def _alternatives(kind: Any) -> Iterable[Any]:
    if get_origin(kind) in (Union, types.UnionType):
        return (part for part in get_args(kind) if part not in (Unset, type(None)))
    return (kind,)


def _scalar(place: Place, text: str, kind: Any) -> Any:
    return _converted(text, kind, f"{place.location} parameter {place.wire_name!r}")


def _converted(text: str, kind: Any, what: str) -> Any:
    # A text is also a number where both may stand; a text alone comes last.
    for one in sorted(_alternatives(kind), key=lambda part: part is str):
        try:
            return _exactly(text, one)
        except (ValueError, msgspec.ValidationError):
            continue
    raise ValueError(f"{what} cannot be {one_line(repr(text), 80)}")


def _exactly(text: str, kind: Any) -> Any:
    is_enum = _is_enum(kind)
    known: Iterable[Any] = kind if is_enum else get_args(kind) if get_origin(kind) is Literal else ()
    for value in known:
        if as_text("", value) == text:
            return value
    if is_enum:  # an open one has a member for every value
        return kind(int(text) if issubclass(kind, int) else text)
    return msgspec.convert(text, kind, strict=False)


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, enum.Enum)
