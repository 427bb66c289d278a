"""Answers that are errors, documented or not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from huaweicloud_ocr import (
    ApiError,
    AuthenticationError,
    ImageSizeError,
    NotFoundError,
    OcrError,
    PermissionDeniedError,
    ServiceFailedError,
    ServiceUnavailableError,
    ThrottledError,
)
from huaweicloud_ocr.error_codes import ERROR_CODES, ERROR_KINDS

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
    assert type(error) is ERROR_KINDS[known.kind or ""].error
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
    assert type(error) is ApiError


@pytest.mark.parametrize(
    ("status", "kind", "retryable"),
    [
        (401, AuthenticationError, False),
        (403, PermissionDeniedError, False),
        (404, NotFoundError, False),
        (405, NotFoundError, False),
        (413, ImageSizeError, False),
        (429, ThrottledError, True),
        (500, ServiceFailedError, False),
        (502, ServiceUnavailableError, True),
        (503, ServiceUnavailableError, True),
        (504, ServiceUnavailableError, True),
    ],
)
@pytest.mark.parametrize("body", [b"", b"<html>", {"error_code": "AIS.9999", "error_msg": "New."}])
def test_kind_of_a_status(
    service: Service, caller: Caller, status: int, kind: type[ApiError], retryable: bool, body: object
) -> None:
    """Without a known code the status says what kind of error it is, what it means and what to do."""
    error = _failure(service, caller, body, status)
    (known,) = (known for known in ERROR_KINDS.values() if known.error is kind)
    assert type(error) is kind
    assert (error.meaning, error.remedy, error.retry) == (known.meaning, known.remedy, known.retry)
    assert error.retryable is retryable
    assert known.remedy in str(error)


@pytest.mark.parametrize("status", [400, 402, 409, 418, 501, 599])
def test_status_of_no_kind(service: Service, caller: Caller, status: int) -> None:
    """A status that means nothing in particular is an ApiError and nothing more."""
    assert type(_failure(service, caller, b"", status)) is ApiError


@pytest.mark.parametrize("status", [400, 401, 404, 500, 503])
def test_a_code_counts_before_the_status(service: Service, caller: Caller, status: int) -> None:
    """A known code says what kind of error it is, also with a status that the catalogue does not have for it."""
    error = _failure(service, caller, {"error_code": "APIG.0308", "error_msg": "m"}, status)
    assert type(error) is ThrottledError
    assert error.status == status
    assert error.meaning == ERROR_CODES["APIG.0308"].meaning
    assert error.retryable


@pytest.mark.parametrize(
    ("text", "seconds"), [("3", 3.0), ("0", 0.0), (" 120 ", 120.0), ("1.5", 1.5), ("007", 7.0)]
)
def test_seconds_to_wait(service: Service, caller: Caller, text: str, seconds: float) -> None:
    """`Retry-After` says how many seconds the service asks callers to wait."""
    assert _failure(service, caller, b"", 429, Retry_After=text).retry_after == seconds


@pytest.mark.parametrize(
    "text", ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]
)
def test_a_date_to_wait_for(service: Service, caller: Caller, text: str) -> None:
    """`Retry-After` may be a date, in any form of HTTP; it counts from the service's own clock."""
    error = _failure(service, caller, b"", 503, Retry_After=text, Date="Sun, 06 Nov 1994 08:49:00 GMT")
    assert error.retry_after == 37


@pytest.mark.parametrize("date", ["", "noon"])
def test_a_date_without_the_services_clock(service: Service, caller: Caller, date: str) -> None:
    """Where the service does not tell its time, a date counts from the clock here."""
    until = datetime.now(UTC) + timedelta(minutes=10)
    error = _failure(service, caller, b"", 503, Retry_After=format_datetime(until, usegmt=True), Date=date)
    assert error.retry_after == pytest.approx(600, abs=10)


def test_a_date_in_the_past(service: Service, caller: Caller) -> None:
    """A date that is over asks for no wait."""
    error = _failure(service, caller, b"", 503, Retry_After="Sun, 06 Nov 1994 08:49:37 GMT")
    assert error.retry_after == 0


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "soon",
            "-1",
            "+1",
            "1e3",
            "nan",
            "inf",
            "0x10",
            "1_000",
            "1,5",
            "3, 5",
            "\u0663",
            "\xb2",
            "1 2",
        ),
        *("9" * 9, "9" * 13, "9" * 5000, "1." + "0" * 100, "99999999"),
        *("Mon, 99 Foo 99999999999 99:99:99 GMT", "Fri, 31 Dec 9999 23:59:59 -2359", "noon tomorrow"),
        *("Mon, 01 Jan 2024 00:00:00 +999999999", "Fri, 31 Dec 9999 23:59:59 GMT"),
    ],
)
def test_what_asks_for_no_usable_wait(service: Service, caller: Caller, text: str) -> None:
    """A `Retry-After` that is no time, or beyond all measure, is ignored."""
    script = answer(b"", status=429, headers={"Retry-After": text.encode("utf-8").decode("latin-1")})
    service.plays(script)
    with pytest.raises(ThrottledError) as caught:
        caller.handwriting(url=URL)
    assert caught.value.retry_after is None


def test_no_wait_is_asked_for(service: Service, caller: Caller) -> None:
    """Without the header the service asks for no wait."""
    assert _failure(service, caller, b"", 429).retry_after is None


def test_attempts(service: Service, caller: Caller) -> None:
    """An error tells how many requests were sent."""
    assert _failure(service, caller, b"", 400).attempts == 1


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
