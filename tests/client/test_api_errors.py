"""Answers that are errors, documented or not."""

from __future__ import annotations

from typing import Any

import pytest

from huaweicloud_ocr import ApiError, OcrError
from huaweicloud_ocr.error_codes import ERROR_CODES

from .calling import Caller
from .service import Service, answer

URL = "https://example.com/a.jpg"


def _failure(service: Service, caller: Caller, body: object, status: int = 400, **headers: str) -> ApiError:
    """Let the service answer with an error and return the exception."""
    service.plays(
        answer(body, status=status, headers={name.replace("_", "-"): text for name, text in headers.items()})
    )
    with pytest.raises(ApiError) as caught:
        caller.handwriting(url=URL)
    return caught.value


@pytest.mark.parametrize("code", ERROR_CODES)
def test_documented_error(service: Service, caller: Caller, code: str) -> None:
    """Each documented code raises an exception that says what happened and what to do."""
    known = ERROR_CODES[code]
    status = known.status or 400
    error = _failure(service, caller, {"error_code": code, "error_msg": known.message or "m"}, status)
    assert (error.status, error.error_code, error.error_msg) == (status, code, known.message or "m")
    assert (error.meaning, error.remedy, error.retry) == (known.meaning, known.remedy, known.retry)
    assert error.retryable == (known.retry == "safe")
    assert code in str(error)
    assert known.remedy in str(error)


def test_message(service: Service, caller: Caller) -> None:
    """The message has status, code, text, call and request id on one line, and what to do on the next."""
    error = _failure(
        service, caller, {"error_code": "AIS.0103", "error_msg": "Too small."}, X_Request_Id="r-1"
    )
    assert str(error) == (
        f"400 AIS.0103 Too small. (POST {service.endpoint}/v2/project-1/ocr/handwriting, request id r-1)\n"
        "Scale the picture so that both sides are within the limits of the operation."
    )


def test_web_image_error(service: Service, caller: Caller) -> None:
    """Both operations have the same errors."""
    service.plays(answer({"error_code": "AIS.0102", "error_msg": "m"}, status=400))
    with pytest.raises(ApiError, match=r"400 AIS\.0102 m \(POST .*/ocr/web-image\)"):
        caller.web_image(url=URL)


def test_request_id_of_the_body(service: Service, caller: Caller) -> None:
    """The request id in the body counts before the one in the header."""
    body = {"error_code": "APIG.0308", "error_msg": "m", "request_id": "of the body"}
    assert _failure(service, caller, body, 429, X_Request_Id="of the header").request_id == "of the body"


def test_request_id_of_the_header(service: Service, caller: Caller) -> None:
    """Without one in the body, the request id comes from the header."""
    body = {"error_code": "AIS.0101", "error_msg": "m"}
    assert _failure(service, caller, body, X_Request_Id="of the header").request_id == "of the header"


def test_no_request_id(service: Service, caller: Caller) -> None:
    """Without any request id there is none."""
    error = _failure(service, caller, {"error_code": "AIS.0101", "error_msg": "m"})
    assert error.request_id is None
    assert "request id" not in str(error)


def test_unknown_code(service: Service, caller: Caller) -> None:
    """A code that is not known today is told as it came, without advice."""
    error = _failure(service, caller, {"error_code": "AIS.9999", "error_msg": "New."})
    assert (error.error_code, error.error_msg) == ("AIS.9999", "New.")
    assert (error.meaning, error.remedy, error.retry, error.retryable) == (None, None, None, False)


@pytest.mark.parametrize("status", [300, 302, 401, 404, 413, 418, 429, 499, 500, 502, 599, 999])
def test_undocumented_status(service: Service, caller: Caller, status: int) -> None:
    """Any status that is no success raises the same exception, also one that no standard knows."""
    error = _failure(service, caller, b"", status)
    assert error.status == status
    assert f"{status} with an empty body" in str(error)


def test_error_page_of_a_proxy(service: Service, caller: Caller) -> None:
    """An HTML page is shown by its beginning and kept as a whole."""
    page = b"<html>\r\n<h1>502 Bad Gateway</h1>\r\n" + b"<p>padding</p>" * 100 + b"</html>"
    error = _failure(service, caller, page, 502, Content_Type="text/html")
    assert error.error_code is None
    assert "502 with the body '<html> <h1>502 Bad Gateway</h1> <p>padding</p>" in str(error)
    assert len(str(error)) < 400
    assert error.response.content == page


@pytest.mark.parametrize(
    ("body", "code", "message", "request_id"),
    [
        ({"error_code": "APIG.0308"}, "APIG.0308", None, None),
        ({"error_code": "APIG.0308", "error_msg": None, "request_id": 5}, "APIG.0308", None, None),
        ({"error_msg": "Something.", "request_id": "r-1"}, None, "Something.", "r-1"),
        ({"error_code": 308, "error_msg": ["m"]}, None, None, None),
        ([{"error_code": "APIG.0308"}], None, None, None),
        ("APIG.0308", None, None, None),
        (None, None, None, None),
        (b'{"error_code": "APIG.03', None, None, None),
    ],
)
def test_error_of_another_shape(
    service: Service, caller: Caller, body: Any, code: str | None, message: str | None, request_id: str | None
) -> None:
    """An error that lacks members still raises, with those that it has."""
    error = _failure(service, caller, body, 429)
    assert (error.status, error.error_code, error.error_msg, error.request_id) == (
        429,
        code,
        message,
        request_id,
    )


def test_redirects_are_not_followed(service: Service, caller: Caller) -> None:
    """A redirect is an error: following it would carry the token to another address."""
    error = _failure(service, caller, b"", 307, Location=f"{service.endpoint}/elsewhere")
    assert error.status == 307
    assert len(service.received) == 1


def test_nothing_is_repeated(service: Service, caller: Caller) -> None:
    """With `retries=0` an error is raised at once."""
    _failure(service, caller, {"error_code": "APIG.0308", "error_msg": "m"}, 429)
    assert len(service.received) == 1


def test_the_answer_is_kept(service: Service, caller: Caller) -> None:
    """An exception has the answer with headers and content."""
    error = _failure(service, caller, {"error_code": "APIG.0308", "error_msg": "m"}, 429, Retry_After="3")
    assert error.response.status_code == 429
    assert error.response.headers["Retry-After"] == "3"
    assert b"APIG.0308" in error.response.content
    assert (error.method, error.url) == ("POST", f"{service.endpoint}/v2/project-1/ocr/handwriting")


def test_there_is_no_cause(service: Service, caller: Caller) -> None:
    """An error of the service shows no exception of a library."""
    error = _failure(service, caller, b"<html>", 502)
    assert isinstance(error, OcrError)
    assert error.__cause__ is None
    assert error.__context__ is None
