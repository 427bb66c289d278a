"""What holds for every exception of the package."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

import huaweicloud_ocr
from huaweicloud_ocr import (
    UNSET,
    ApiError,
    Client,
    InvalidDataError,
    InvalidResponseError,
    OcrError,
    TokenAuth,
    TransportError,
    errors,
)
from huaweicloud_ocr.models import ImageSize

from .calling import Caller
from .service import Service, answer, raw

URL = "https://example.com/a.jpg"
HOSTILE = "\x1b[31mred\x1b[0m\r\n\t\0\x07\u202e\u2028\ud800 \x9b" + "long " * 100_000


def _recognize(endpoint: str = "http://127.0.0.1:1", **arguments: Any) -> None:
    with Client(endpoint=endpoint, project_id="p", auth=TokenAuth("t")) as client:
        client.recognize_handwriting(**arguments)


FAILURES: dict[str, tuple[type[OcrError], Callable[[str], object]]] = {
    "configuration": (errors.ConfigurationError, lambda endpoint: _recognize("nowhere")),
    "request": (errors.InvalidRequestError, lambda endpoint: _recognize()),
    "image": (errors.InvalidRequestError, lambda endpoint: _recognize(image=b"garbage")),
    "data": (errors.InvalidDataError, lambda endpoint: ImageSize.from_dict({"width": 1})),
    "error": (errors.ApiError, lambda endpoint: _recognize(endpoint, url=URL)),
    "response": (errors.InvalidResponseError, lambda endpoint: _recognize(endpoint, url=URL)),
    "transport": (errors.ConnectionFailedError, lambda endpoint: _recognize(url=URL)),
    "broken": (errors.BrokenResponseError, lambda endpoint: _recognize(endpoint, url=URL)),
}
SCRIPTS = {
    "error": answer({"error_code": "AIS.0103", "error_msg": "m"}, status=400, headers={"X-Request-Id": "r"}),
    "response": answer({}),
    "broken": raw(b""),
}


def _failure(service: Service, name: str) -> OcrError:
    if name in SCRIPTS:
        service.plays(SCRIPTS[name])
    kind, fail = FAILURES[name]
    with pytest.raises(OcrError) as caught:
        fail(service.endpoint)
    assert type(caught.value) is kind
    return caught.value


def _same(one: OcrError, other: OcrError) -> bool:
    return (
        type(one) is type(other)
        and one is not other
        and one.args == other.args
        and str(one) == str(other)
        and one.__dict__ == other.__dict__
    )


@pytest.mark.parametrize("name", FAILURES)
def test_pickle(service: Service, name: str) -> None:
    """Every exception survives pickling with all its attributes."""
    error = _failure(service, name)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert _same(error, pickle.loads(pickle.dumps(error, protocol)))


@pytest.mark.parametrize("name", FAILURES)
@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy])
def test_copy(service: Service, name: str, duplicate: Callable[[OcrError], OcrError]) -> None:
    """Every exception survives copying with all its attributes."""
    error = _failure(service, name)
    assert _same(error, duplicate(error))


def test_notes_are_kept(service: Service) -> None:
    """What was noted on an exception survives pickling."""
    error = _failure(service, "error")
    error.add_note("page 7 of 12")
    assert pickle.loads(pickle.dumps(error)).__notes__ == ["page 7 of 12"]


def test_out_of_a_process(service: Service) -> None:
    """An exception of a worker process reaches the process that waits for it."""
    service.plays(SCRIPTS["error"])
    with (
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool,
        pytest.raises(ApiError, match=r"400 AIS\.0103") as caught,
    ):
        pool.submit(_recognize, service.endpoint, url=URL).result()
    assert caught.value.request_id == "r"


@pytest.mark.parametrize("name", FAILURES)
def test_message_fits_on_a_terminal(service: Service, name: str) -> None:
    """A message is short, says something, and has no characters that a terminal acts on."""
    message = str(_failure(service, name))
    assert 10 < len(message) < 500
    assert message.replace("\n", "").isprintable()
    assert message.count("\n") <= 1


def _fits(error: OcrError) -> bool:
    message = str(error)
    return len(message) < 1500 and message.count("\n") <= 1 and message.replace("\n", "").isprintable()


HOSTILE_ANSWERS = {
    "error": answer({"error_code": HOSTILE, "error_msg": HOSTILE, "request_id": HOSTILE}, status=400),
    "known error": answer({"error_code": "AIS.0103", "error_msg": HOSTILE}, status=400),
    "error page": answer(HOSTILE.encode("utf-8", "replace"), status=502),
    "not JSON": answer(HOSTILE.encode("utf-8", "replace")),
    "wrong type": answer({"result": {"words_block_count": HOSTILE}}),
    "missing members": answer({HOSTILE: HOSTILE}),
    "reason": answer(b"", status=500, reason="\x1b[31m"),
    "header": answer(b"", status=500, headers={"X-Request-Id": "\x1b[31m\x9b" + "a" * 10_000}),
    "not HTTP": raw(b"\x1b[31m\x9b\r\n\r\n"),
    "broken header": raw(b"HTTP/1.1 200 OK\r\n\x1b[31m" + b"a" * 10_000 + b"\r\n\r\n"),
}


@pytest.mark.parametrize("name", HOSTILE_ANSWERS)
def test_hostile_answers(service: Service, caller: Caller, name: str) -> None:
    """Whatever a server sends reaches a message on one line, cut, without control characters."""
    service.plays(HOSTILE_ANSWERS[name])
    with pytest.raises((ApiError, InvalidResponseError, TransportError)) as caught:
        caller.handwriting(url=URL)
    assert _fits(caught.value)


def test_attributes_have_what_was_sent(service: Service, caller: Caller) -> None:
    """The attributes have the text as it came: cleaning is for the message."""
    service.plays(answer({"error_code": "X.1", "error_msg": "a\x1b[31m\nb"}, status=400))
    with pytest.raises(ApiError) as caught:
        caller.handwriting(url=URL)
    assert caught.value.error_msg == "a\x1b[31m\nb"
    assert r"\x1b" not in str(caught.value)


@pytest.mark.parametrize(
    "arguments",
    [
        {"url": HOSTILE},
        {"char_set": HOSTILE},
        {"quick_mode": HOSTILE},
        {"time_limit": HOSTILE},
        {"headers": {"X-Trace": HOSTILE}},
        {"headers": {HOSTILE: "x"}},
        {"headers": {"X-Trace": {HOSTILE}}},
        {"url": UNSET, "image": Path(HOSTILE)},
        {"url": UNSET, "image": Path("a" * 10_000)},
    ],
)
def test_hostile_arguments(caller: Caller, arguments: dict[str, Any]) -> None:
    """Arguments that come from somebody else are shown in the same way."""
    with pytest.raises(OcrError) as caught:
        caller.handwriting(**({"url": URL} | arguments))
    assert _fits(caught.value)


def test_long_project_id(service: Service, caller: Caller) -> None:
    """Also a call with an address of any length fails with a short message."""
    service.plays(answer(b"", status=404))
    caller.settings["project_id"] = "p" * 10_000
    with pytest.raises(ApiError) as caught:
        caller.handwriting(url=URL)
    assert _fits(caught.value)


def test_hostile_member_names() -> None:
    """A path through names that a server chose is cleaned, too."""
    with pytest.raises(InvalidDataError) as caught:
        ImageSize.from_dict({HOSTILE: 1})
    assert _fits(caught.value)


def test_one_base() -> None:
    """One `except` catches everything that the package raises."""
    kinds = [getattr(errors, name) for name in errors.__all__]
    assert all(issubclass(kind, OcrError) for kind in kinds)
    assert {
        kind
        for kind in vars(huaweicloud_ocr).values()
        if isinstance(kind, type) and issubclass(kind, Exception)
    } == set(kinds)


@pytest.mark.parametrize("name", ["ConfigurationError", "InvalidRequestError", "InvalidDataError"])
def test_wrong_values_are_value_errors(name: str) -> None:
    """What a caller got wrong is a ValueError as well."""
    assert issubclass(getattr(errors, name), ValueError)
