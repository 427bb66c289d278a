"""What is repeated, how often, and after what wait."""

from __future__ import annotations

import logging
import pickle
import socket
import time
from typing import Any

import pytest

from huaweicloud_ocr import (
    ApiError,
    AttemptEnded,
    BrokenResponseError,
    CallEnded,
    ConfigurationError,
    ConnectionFailedError,
    InvalidRequestError,
    InvalidResponseError,
    Retry,
    TimeLimitError,
)
from huaweicloud_ocr.api.ocr import recognize_handwriting
from huaweicloud_ocr.models import HandwritingRequest

from .calling import Caller
from .pictures import picture
from .service import Service, answer, raw, silence

URL = "https://example.com/a.jpg"
QUICK = Retry(first_delay=0.001)


def refusal(code: str, status: int, **headers: str) -> Any:
    """Answer with an error of the service."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return answer({"error_code": code, "error_msg": "m", "request_id": "r-1"}, status=status, headers=names)


@pytest.fixture
def repeating(caller: Caller) -> Caller:
    """A caller whose client repeats with short waits."""
    caller.settings["retries"] = QUICK
    return caller


@pytest.mark.parametrize(
    ("code", "status"),
    [("APIG.0308", 429), ("ModelArts.4401", 400), ("ModelArts.4402", 400), ("ModelArts.4403", 400)],
)
def test_what_the_catalogue_calls_safe_is_repeated(
    service: Service, repeating: Caller, code: str, status: int
) -> None:
    """Throttling and an overloaded service are waited out."""
    service.plays(refusal(code, status), refusal(code, status), answer())
    assert repeating.handwriting(url=URL).result.words_block_count == 1
    assert len(service.received) == 3


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_gateway_without_a_service_is_repeated(service: Service, repeating: Caller, status: int) -> None:
    """A gateway that has nothing behind it answers in HTML, and soon better."""
    service.plays(answer(b"<html>", status=status), answer())
    assert repeating.handwriting(url=URL).result.words_block_count == 1


@pytest.mark.parametrize(
    ("code", "status"),
    [("AIS.0103", 400), ("AIS.0105", 400), ("APIG.0301", 401), ("ModelArts.4204", 403), ("APIG.0101", 404)],
)
def test_what_a_repetition_cannot_mend_is_not_repeated(
    service: Service, repeating: Caller, code: str, status: int
) -> None:
    """A bad picture stays bad, and refused credentials must not be tried again."""
    service.plays(refusal(code, status))
    with pytest.raises(ApiError):
        repeating.handwriting(url=URL)
    assert len(service.received) == 1


def test_no_connection_is_repeated(caller: Caller) -> None:
    """What never left is sent again."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        caller.settings["endpoint"] = f"http://127.0.0.1:{server.getsockname()[1]}"
    seen: list[AttemptEnded] = []
    caller.settings["retries"] = Retry(retries=2, first_delay=0.001, on_retry=seen.append)
    with pytest.raises(ConnectionFailedError) as caught:
        caller.handwriting(url=URL)
    assert [event.attempt for event in seen] == [1, 2]
    assert caught.value.attempts == 3
    assert caught.value.__notes__[0].startswith("Given up after 3 attempts in 0.")


def test_what_may_have_been_carried_out_is_not_repeated(service: Service, repeating: Caller) -> None:
    """A request that was sent but not answered may be billed already."""
    service.plays(raw(b""), answer())
    with pytest.raises(BrokenResponseError):
        repeating.handwriting(url=URL)


def test_what_was_not_answered_is_repeated_on_demand(service: Service, caller: Caller) -> None:
    """Who does not mind the price can have unanswered requests repeated."""
    service.plays(raw(b""), silence, answer())
    caller.settings |= {"retries": Retry(first_delay=0.001, unanswered=True), "time_limit": 0.2}
    assert caller.handwriting(url=URL).result.words_block_count == 1


def test_an_answer_that_does_not_fit_is_not_repeated(service: Service, repeating: Caller) -> None:
    """The service would answer the same again, and bill it again."""
    service.plays(answer({"result": 1}))
    with pytest.raises(InvalidResponseError):
        repeating.handwriting(url=URL)
    assert len(service.received) == 1


def test_a_number_of_retries(service: Service, caller: Caller) -> None:
    """A plain number says how often at most; the last error is raised and says how many attempts there were."""
    service.plays(refusal("APIG.0308", 429, Retry_After="0"))
    with pytest.raises(ApiError) as caught:
        caller.handwriting(url=URL, retries=1)
    assert len(service.received) == 2
    assert caught.value.attempts == 2
    assert pickle.loads(pickle.dumps(caught.value)).attempts == 2


def test_a_call_has_its_own_policy(service: Service, repeating: Caller) -> None:
    """A call's `retries` counts before the client's."""
    service.plays(refusal("APIG.0308", 429))
    with pytest.raises(ApiError):
        repeating.handwriting(url=URL, retries=0)
    assert len(service.received) == 1


def test_the_answer_says_how_many_attempts(service: Service, repeating: Caller) -> None:
    """A detailed answer counts the requests that it took."""
    service.plays(refusal("APIG.0308", 429), answer())
    assert repeating.detailed(recognize_handwriting, body=HandwritingRequest(url=URL)).attempts == 2


def test_retry_after_is_honoured(service: Service, repeating: Caller) -> None:
    """The service may ask for a longer wait."""
    service.plays(refusal("APIG.0308", 429, Retry_After="1"), answer())
    began = time.monotonic()
    repeating.handwriting(url=URL)
    assert time.monotonic() - began >= 1


def test_retry_after_has_a_limit(service: Service, caller: Caller) -> None:
    """No service can put a caller to sleep for as long as it likes."""
    service.plays(refusal("APIG.0308", 429, Retry_After="86400"), answer())
    policy = Retry(first_delay=0.001, longest_retry_after=0.01)
    assert caller.handwriting(url=URL, retries=policy).result.words_block_count == 1


def test_the_budget_ends_a_call(service: Service, caller: Caller) -> None:
    """No wait begins that would take a call beyond its budget."""
    service.plays(refusal("APIG.0308", 429, Retry_After="30"))
    began = time.monotonic()
    with pytest.raises(ApiError):
        caller.handwriting(url=URL, retries=Retry(budget=5))
    assert time.monotonic() - began < 5
    assert len(service.received) == 1


def test_waits_are_random_and_grow() -> None:
    """The wait is random up to a bound that doubles, so that many clients do not come back at once."""
    error = ConnectionFailedError("m", method="POST", url="u", sent=False)
    policy = Retry(retries=9, first_delay=1.0, longest_delay=8.0)
    for attempt, bound in ((1, 1), (2, 2), (3, 4), (4, 8), (5, 8)):
        waits = [policy.delay(error, attempt=attempt, elapsed=0, method="POST") or 0 for _ in range(400)]
        assert 0 <= min(waits) < bound * 0.1
        assert bound * 0.9 < max(waits) <= bound


@pytest.mark.parametrize(
    ("method", "repeated"), [("GET", True), ("PUT", True), ("POST", False), ("PATCH", False)]
)
def test_methods_that_are_safe_to_repeat(method: str, repeated: bool) -> None:
    """What was sent but not answered is repeated where HTTP calls the method idempotent."""
    error = TimeLimitError("m", method=method, url="u", sent=True)
    assert (Retry().delay(error, attempt=1, elapsed=0, method=method) is not None) is repeated


@pytest.mark.parametrize(
    "settings",
    [{"retries": -1}, {"retries": 1.5}, {"retries": True}, {"first_delay": float("nan")}, {"budget": "1"}],
)
def test_policies_that_are_none(settings: dict[str, Any]) -> None:
    """A number out of its range is refused, by its name."""
    with pytest.raises(InvalidRequestError, match=next(iter(settings))):
        Retry(**settings)


@pytest.mark.parametrize("retries", [-1, "3", True, None])
def test_numbers_of_retries_that_are_none(caller: Caller, retries: Any) -> None:
    """What is no policy and no number is refused when the client is made."""
    caller.settings["retries"] = retries
    with pytest.raises(ConfigurationError, match="retries"):
        caller.handwriting(url=URL)


def test_observers_see_attempts_and_calls(service: Service, repeating: Caller) -> None:
    """Each attempt and each call is told with status, duration and request id."""
    seen: list[Any] = []
    repeating.settings["observers"] = [seen.append]
    service.plays(refusal("APIG.0308", 429), answer(headers={"X-Request-Id": "r-2"}))
    repeating.handwriting(url=URL)
    first, second, call = seen
    assert isinstance(first, AttemptEnded)
    assert (first.attempt, first.status, first.request_id) == (1, 429, "r-1")
    assert first.wait is not None
    assert isinstance(first.error, ApiError)
    assert (second.attempt, second.status, second.request_id, second.error) == (2, 200, "r-2", None)
    assert isinstance(call, CallEnded)
    assert (call.attempts, call.status, call.request_id, call.error) == (2, 200, "r-2", None)
    assert call.path == "/v2/{project_id}/ocr/handwriting"
    assert call.duration >= first.duration + first.wait + second.duration


def test_an_observer_that_fails_loses_nothing(
    service: Service, caller: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    """What an observer raises is logged; the answer that was paid for is returned."""

    def fail(event: object) -> None:
        raise RuntimeError("counter is broken")

    assert caller.use(lambda client: client.recognize_handwriting(url=URL), observers=[fail])
    assert "an observer failed" in caplog.text


def test_log_of_a_call(service: Service, caller: Caller, caplog: pytest.LogCaptureFixture) -> None:
    """A line says method, address, status, duration and request id, and nothing that is secret."""
    service.plays(answer(headers={"X-Request-Id": "r-2"}))
    with caplog.at_level(logging.DEBUG, "huaweicloud_ocr"):
        caller.handwriting(image=picture())
    (line,) = [record.getMessage() for record in caplog.records if record.name == "huaweicloud_ocr"]
    assert line.startswith(f"POST {service.endpoint}/v2/project-1/ocr/handwriting: 200 (0.")
    assert line.endswith(" s, request id r-2)")
    assert "token-1" not in caplog.text


def test_log_of_a_repetition(service: Service, repeating: Caller, caplog: pytest.LogCaptureFixture) -> None:
    """What is repeated is a warning with the code and the wait."""
    service.plays(refusal("APIG.0308", 429), answer())
    repeating.handwriting(url=URL)
    (record,) = [record for record in caplog.records if record.name == "huaweicloud_ocr"]
    assert record.levelno == logging.WARNING
    assert ": 429 APIG.0308 (" in record.getMessage()
    assert "; attempt 2 in 0.0 s" in record.getMessage()
