"""Operations of kinds that this API does not have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import pytest

from huaweicloud_ocr import UNSET, ApiError, InvalidRequestError, InvalidResponseError
from huaweicloud_ocr._runtime.codec import WIRE_NAME
from huaweicloud_ocr._runtime.error_codes import ErrorCode, ErrorFormat
from huaweicloud_ocr._runtime.model import Model
from huaweicloud_ocr._runtime.operation import Operation
from huaweicloud_ocr.models import ImageSize
from huaweicloud_ocr.types import HttpRequest, RawResponse


@attrs.frozen(kw_only=True)
class Problem(Model):
    """An error with renamed members and without a request id."""

    error_code: str = attrs.field(metadata={WIRE_NAME: "errorCode"})
    text: str = attrs.field(metadata={WIRE_NAME: "errorText"})


CODE = ErrorCode(
    code="E.1", status=400, message="m", meaning="It failed.", remedy="Do\x1b[31m it\nagain.", retry="safe"
)
GET: Operation[ImageSize] = Operation(method="GET", path="/things/{kind}", success={200: ImageSize})
DELETE: Operation[None] = Operation(
    method="DELETE",
    path="/things",
    success={204: None},
    errors=lambda: {
        "default": ErrorFormat(model=Problem, code="error_code", message="text", catalogue={"E.1": CODE})
    },
)
ADD: Operation[list[ImageSize]] = Operation(method="POST", path="/things", success={201: list[ImageSize]})


def _request(
    operation: Operation[Any], headers: Mapping[str, str] | None = None, **parts: Any
) -> HttpRequest:
    return operation.request(endpoint="http://h", time_limit=1.0, headers=headers or {}, **parts)


def _answer(operation: Operation[Any], status: int, content: bytes = b"") -> Any:
    raw = RawResponse(status_code=status, headers={}, content=content)
    return operation.parse(_request(operation, path={"kind": "a"} if operation is GET else None), raw)


def test_parameters_of_all_places() -> None:
    """Parameters go to path, query and headers; without a body there is neither content nor its type."""
    request = _request(
        GET, path={"kind": "a/b"}, query={"size": 3, "tag": UNSET}, header={"X-Flag": True, "X-None": UNSET}
    )
    assert (request.method, request.url, request.content) == ("GET", "http://h/things/a%2Fb?size=3", None)
    assert dict(request.headers) == {"Accept": "application/json", "X-Flag": "true"}


def test_header_parameters_count_before_other_headers() -> None:
    """A parameter of the operation counts before a header of the client."""
    request = _request(
        GET, {"x-flag": "client", "accept": "text/plain"}, path={"kind": "a"}, header={"X-Flag": False}
    )
    assert dict(request.headers) == {"accept": "text/plain", "X-Flag": "false"}


def test_body_that_is_a_list() -> None:
    """A list of models is a body, and each of its models is checked."""
    operation = attrs.evolve(ADD, body=list[ImageSize])
    assert _request(operation, body=[ImageSize(width=1, height=2)]).content == b'[{"width":1,"height":2}]'
    wrong: Any = "1"
    with pytest.raises(InvalidRequestError, match=r"Expected `int`, got `str` - at \$\[1\]\.width"):
        _request(operation, body=[ImageSize(width=1, height=2), ImageSize(width=wrong, height=2)])


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_numbers_that_json_does_not_have(number: float) -> None:
    """A number that would go out as null is refused."""

    @attrs.frozen
    class Number(Model):
        value: float

    for body in (Number(number), [Number(number)], {"a": Number(number)}):
        with pytest.raises(InvalidRequestError, match=f"JSON has no number {number}"):
            _request(ADD, body=body)


def test_text_that_json_does_not_have() -> None:
    """Half of a surrogate pair is refused."""
    with pytest.raises(InvalidRequestError, match="half of a surrogate pair"):
        _request(DELETE, body=Problem(error_code="\ud800", text=""))


def test_success_without_content() -> None:
    """A success that has no body has nothing to read."""
    assert _answer(DELETE, 204).parsed is None
    assert _answer(DELETE, 204, b"ignored").parsed is None


def test_success_with_a_list() -> None:
    """A success may be a list of models."""
    assert _answer(ADD, 201, b'[{"width":1,"height":2}]').parsed == [ImageSize(width=1, height=2)]


@pytest.mark.parametrize("status", [200, 299])
def test_another_success(status: int) -> None:
    """A success with another status than the description's is an error."""
    with pytest.raises(InvalidResponseError, match=f"has no status {status} for DELETE http://h/things"):
        _answer(DELETE, status)


def test_error_with_renamed_members() -> None:
    """An error's members are found under their own names, and the advice is as harmless as the rest."""
    with pytest.raises(ApiError) as caught:
        _answer(DELETE, 400, b'{"errorCode": "E.1", "errorText": "m"}')
    error = caught.value
    assert (error.error_code, error.error_msg, error.request_id, error.retryable) == ("E.1", "m", None, True)
    assert str(error) == "400 E.1 m (DELETE http://h/things)\nDo [31m it again."


def test_error_without_a_format() -> None:
    """Where the description has no format of errors, an error still tells its beginning."""
    with pytest.raises(ApiError) as caught:
        _answer(GET, 400, b'{"errorCode": "E.1"}')
    assert caught.value.error_code is None
    assert str(caught.value) == '400 with the body \'{"errorCode": "E.1"}\' (GET http://h/things/a)'
