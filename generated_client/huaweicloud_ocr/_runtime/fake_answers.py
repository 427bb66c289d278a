"""What a fake service answers, made from the description."""

from __future__ import annotations

import enum
import json
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Final

import attrs

from . import codec
from .by_media_type import ByMediaType
from .error_codes import ErrorCode, ErrorFormat
from .errors import InvalidDataError
from .messages import HttpRequest, RawResponse
from .operation import BINARY, TEXT, Operation
from .text import one_line

REQUEST_ID: Final = "fake-request"
"""Identifier of a call in the errors of a fake."""


class Fault(enum.Enum):
    """What happens in place of an answer."""

    REFUSED = "the connection is refused"
    RESET = "the connection is reset"
    TIMED_OUT = "no answer comes within the time limit"


@attrs.frozen(kw_only=True)
class Answer:
    """An answer on the wire.

    Attributes:
        status: HTTP status.
        headers: Headers, without the length.
        content: Body.
        is_cut: Whether the connection breaks in the middle of the body.
    """

    status: int = 200
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str])
    content: bytes = b""
    is_cut: bool = False


@attrs.frozen(kw_only=True)
class Example:
    """An answer that the description gives as an example.

    Attributes:
        name: Its name, or empty.
        key: Status, `2XX`, `4XX`, `5XX` or `default`.
        content: Body as text.
        is_text: Whether the body is text and not JSON.
        headers: Headers that the description gives examples of.
    """

    name: str
    key: int | str
    content: str
    is_text: bool = False
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str])


def success(operation: Operation[Any], value: Any, *, status: int | None) -> Answer:
    """Return a success with a model, or with what its JSON decodes to.

    Raises:
        InvalidDataError: The description has no such answer; with the JSON path.
    """
    problems: list[InvalidDataError] = []
    for key, kind in operation.success.items():
        if status is not None and key not in (status, f"{status // 100}XX", "default"):
            continue
        try:
            content, media_type = _encoded(value, kind)
        except InvalidDataError as error:
            problems.append(error)
            continue
        headers = {"Content-Type": media_type} if media_type else {}
        return Answer(status=status or status_of(key), headers=headers, content=content)
    if not problems:
        raise InvalidDataError(
            f"the description has no success with status {status}: it has {_listed(operation)}"
        )
    raise problems[0]


def from_example(operation: Operation[Any], example: Example) -> Answer:
    """Return an example as an answer.

    Raises:
        InvalidDataError: It does not fit what the description says elsewhere; with the JSON path.
    """
    status, content = status_of(example.key), example.content.encode()
    media_type = "text/plain; charset=utf-8" if example.is_text else "application/json"
    headers = {**example.headers, "Content-Type": media_type}
    if example.key in operation.success:
        request = HttpRequest(method="", url="", headers={}, content=None, time_limit=1)
        operation.parse(request, RawResponse(status_code=status, headers=headers, content=content))
    return Answer(status=status, headers=headers, content=content)


def error(
    operation: Operation[Any],
    examples: tuple[Example, ...],
    code: str | int,
    *,
    message: str | None = None,
    status: int | None = None,
) -> Answer:
    """Return an error by its code in the catalogue, or by its HTTP status.

    Raises:
        ValueError: The description has no such code.
    """
    if isinstance(code, int):
        return _by_status(operation, examples, code)
    known, form = _known(operation, code)
    names = {field.name: codec.wire_name(field) for field in attrs.fields(form.model)}
    said = {form.code: code, form.message: message or known.message or known.meaning}
    if form.request_id:
        said[form.request_id] = REQUEST_ID
    members = _members(operation, examples, form, code)
    members.update({names[name]: value for name, value in said.items() if name})
    headers = {"Content-Type": "application/json", "X-Request-Id": REQUEST_ID}
    if known.retry == "safe":
        headers["Retry-After"] = "0"  # what is repeated is repeated at once, so that tests do not wait
    guessed = 503 if known.retry == "safe" else 400
    return Answer(
        status=status or known.status or guessed, headers=headers, content=json.dumps(members).encode()
    )


def throttling(operation: Operation[Any], examples: tuple[Example, ...], retry_after: float) -> Answer:
    """Return the answer to one call too many."""
    codes = (known for form in operation.errors().values() for known in form.catalogue.values())
    known = next((known for known in codes if known.status == 429), None)
    answer = error(operation, examples, known.code if known else 429)
    return attrs.evolve(answer, headers={**answer.headers, "Retry-After": f"{retry_after:g}"})


def status_of(key: int | str) -> int:
    """Return a status that the key of an answer stands for."""
    if isinstance(key, int):
        return key
    return {"2XX": 200, "3XX": 300, "4XX": 400, "5XX": 500}.get(key.upper(), 200)


def _encoded(value: Any, kind: Any) -> tuple[bytes, str]:
    if isinstance(kind, ByMediaType):
        return _encoded_as_one(value, kind)
    if kind is None:
        if value is not None:
            raise InvalidDataError("the description has no body for this answer: answer with None")
        return b"", ""
    if kind in (TEXT, BINARY):
        wanted = str if kind == TEXT else bytes
        if not isinstance(value, wanted):
            raise InvalidDataError(f"Expected `{wanted.__name__}`, got `{type(value).__name__}`")
        return (
            (value.encode(), "text/plain; charset=utf-8")
            if isinstance(value, str)
            else (value, "application/octet-stream")
        )
    try:
        content = codec.encode(value)
    except TypeError as error:
        raise InvalidDataError(str(error)) from None
    codec.decode(content, kind)
    return content, "application/json"


def _encoded_as_one(value: Any, kind: ByMediaType) -> tuple[bytes, str]:
    """Return a value as the first media type that it fits, and bytes as bytes where they may be some."""
    names = sorted(kind.kinds, key=lambda name: isinstance(value, bytes) and kind.kinds[name] != BINARY)
    problems: list[InvalidDataError] = []
    for name in names:
        try:
            content, usual = _encoded(value, kind.kinds[name])
        except InvalidDataError as error:
            problems.append(error)
            continue
        is_text = kind.kinds[name] == TEXT and "charset=" not in name
        name = usual if name.startswith("*") else name.replace("/*", "/octet-stream")
        return content, f"{name}; charset=utf-8" if is_text else name
    raise problems[0]


def _listed(operation: Operation[Any]) -> str:
    return ", ".join(map(str, operation.success))


def _known(operation: Operation[Any], code: str) -> tuple[ErrorCode, ErrorFormat]:
    codes: list[str] = []
    for form in operation.errors().values():
        if known := form.catalogue.get(code):
            return known, form
        codes += form.catalogue
    shown = one_line(repr(code), 80)
    if not codes:
        raise ValueError(
            f"the description has no error codes, so not {shown}: fail with a status, such as 400"
        )
    close = get_close_matches(code, codes, n=1)
    hint = f" Did you mean {close[0]!r}?" if close else f" Known: {', '.join(sorted(set(codes)))}."
    raise ValueError(f"the description has no error code {shown}.{hint}")


def _members(
    operation: Operation[Any], examples: tuple[Example, ...], form: ErrorFormat, code: str
) -> dict[str, Any]:
    """Return members from an example of an error, for those that a model needs beside code and text."""
    bodies = [
        json.loads(example.content)
        for example in examples
        if operation.errors().get(example.key) == form and not example.is_text
    ]
    objects: list[dict[str, Any]] = [body for body in bodies if isinstance(body, dict)]
    return next((body for body in objects if code in body.values()), objects[0] if objects else {})


def _by_status(operation: Operation[Any], examples: tuple[Example, ...], status: int) -> Answer:
    if not 300 <= status <= 599:
        raise ValueError(f"{status} is not the HTTP status of an error: one from 300 to 599 is needed")
    codes = [known for form in operation.errors().values() for known in form.catalogue.values()]
    known = next((known for known in codes if known.status == status), None)
    if known is not None:
        return error(operation, examples, known.code, status=status)
    # An example for any status has a code, which would say more than the status.
    for key in (status, f"{status // 100}XX", *(() if codes else ("default",))):
        for example in examples:
            if example.key == key and key not in operation.success:
                return attrs.evolve(from_example(operation, example), status=status)
    return Answer(status=status)
