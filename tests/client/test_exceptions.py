"""What holds for every exception of the package."""

from __future__ import annotations

import copy
import pickle
import pydoc
import subprocess
import sys
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
from huaweicloud_ocr.error_codes import ERROR_CODES, ERROR_KINDS
from huaweicloud_ocr.models import ImageSize

from .calling import Caller
from .service import Service, answer, raw

URL = "https://example.com/a.jpg"
HOSTILE = "\x1b[31mred\x1b[0m\r\n\t\0\x07\u202e\u2028\ud800 \x9b" + "long " * 100_000


def _recognize(endpoint: str = "http://127.0.0.1:1", **arguments: Any) -> None:
    with Client(endpoint=endpoint, project_id="p", auth=TokenAuth("t"), retries=0) as client:
        client.recognize_handwriting(**arguments)


class PageError(errors.ImageSizeError):
    """An exception that a caller derives."""

    page: int


FAILURES: dict[str, tuple[type[OcrError], Callable[[str], object]]] = {
    "configuration": (errors.ConfigurationError, lambda endpoint: _recognize("nowhere")),
    "request": (errors.InvalidRequestError, lambda endpoint: _recognize()),
    "image": (errors.InvalidRequestError, lambda endpoint: _recognize(image=b"garbage")),
    "data": (errors.InvalidDataError, lambda endpoint: ImageSize.from_dict({"width": 1})),
    "error": (errors.ImageSizeError, lambda endpoint: _recognize(endpoint, url=URL)),
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


KINDS = {kind.error: kind for kind in ERROR_KINDS.values()}


def _of_kind(service: Service, kind: type[ApiError]) -> OcrError:
    """Let the service answer with a code of a kind and return the exception."""
    code = next(code for code, entry in ERROR_CODES.items() if entry.kind == KINDS[kind].name)
    service.plays(answer({"error_code": code, "error_msg": "m"}, status=400, headers={"Retry-After": "3"}))
    with pytest.raises(OcrError) as caught:
        _recognize(service.endpoint, url=URL)
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


@pytest.mark.parametrize("kind", KINDS)
def test_pickle_and_copy_of_each_kind(service: Service, kind: type[ApiError]) -> None:
    """The exception of each kind survives pickling and copying."""
    error = _of_kind(service, kind)
    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert _same(error, other)


def test_subclasses_of_the_callers_own(service: Service) -> None:
    """A class that a caller derives survives pickling with what it adds."""
    known = _failure(service, "error")
    assert isinstance(known, ApiError)
    error = PageError.__new__(PageError, *known.args)
    error.__dict__.update(known.__dict__, page=7)
    copied = pickle.loads(pickle.dumps(error))
    assert (type(copied), copied.page, str(copied)) == (PageError, 7, str(known))


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


def test_a_copy_has_notes_of_its_own(service: Service) -> None:
    """What is noted on a copy is not noted on the exception that it was made from."""
    error = _failure(service, "error")
    error.add_note("page 7")
    copied = copy.copy(error)
    copied.add_note("of 12")
    assert (error.__notes__, copied.__notes__) == (["page 7"], ["page 7", "of 12"])


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


@pytest.mark.parametrize("kind", KINDS)
def test_message_of_each_kind(service: Service, kind: type[ApiError]) -> None:
    """Also with the longest remedy a message stays short."""
    message = str(_of_kind(service, kind))
    assert len(message) < 500
    assert message.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "attempts", "retryable"),
    [
        ("configuration", 0, False),
        ("request", 0, False),
        ("data", 0, False),
        ("response", 1, False),
        ("error", 1, False),
        ("transport", 1, True),
        ("broken", 1, False),
    ],
)
def test_attempts(service: Service, name: str, attempts: int, retryable: bool) -> None:
    """Every exception tells how many requests were sent, and whether the same call may simply be repeated."""
    error = _failure(service, name)
    assert (error.attempts, error.retryable) == (attempts, retryable)


def _fits(error: OcrError) -> bool:
    message = str(error)
    return len(message) < 800 and message.count("\n") <= 1 and message.replace("\n", "").isprintable()


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


def test_tree() -> None:
    """`help()` of the module shows each exception below its base, with what it means."""
    tree = pydoc.plain(pydoc.render_doc(errors))
    for name in errors.__all__:
        assert f" {name} " in tree.replace("\n", " ")
    for kind in KINDS.values():
        assert f"─ {kind.error.__name__} " in tree
        assert kind.meaning.split(",")[0].rstrip(".")[1:40] in (errors.__doc__ or "")


@pytest.mark.parametrize("code", ERROR_CODES)
def test_codes_of_a_class(code: str) -> None:
    """The docstring of each exception lists the codes that it is raised for."""
    owners = [kind.name for error, kind in KINDS.items() if f"`{code}`" in (error.__doc__ or "")]
    assert owners == [ERROR_CODES[code].kind]


def test_statuses_of_a_class() -> None:
    """The docstring of each exception tells the statuses that it is raised for without a known code."""
    for error, kind in KINDS.items():
        assert all(str(status) in (error.__doc__ or "") for status in kind.statuses)


def test_exceptions_load_nothing_else() -> None:
    """To name an exception neither the HTTP library nor the models have to be loaded."""
    code = (
        "import sys, types; package = types.ModuleType('huaweicloud_ocr'); package.__path__ = [sys.argv[1]];"
        "sys.modules['huaweicloud_ocr'] = package; import huaweicloud_ocr.errors;"
        "print({'httpx', 'attrs', 'msgspec', 'email.utils', 'huaweicloud_ocr.models'} & set(sys.modules))"
    )
    folder = str(Path(huaweicloud_ocr.__file__).parent)
    done = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_one_base() -> None:
    """One `except` catches everything that the package raises."""
    kinds = [getattr(errors, name) for name in errors.__all__]
    assert all(issubclass(kind, OcrError) for kind in kinds)
    assert {
        kind
        for kind in (getattr(huaweicloud_ocr, name) for name in huaweicloud_ocr.__all__)
        if isinstance(kind, type) and issubclass(kind, Exception) and not issubclass(kind, Warning)
    } == set(kinds)


@pytest.mark.parametrize("name", ["ConfigurationError", "InvalidRequestError", "InvalidDataError"])
def test_wrong_values_are_value_errors(name: str) -> None:
    """What a caller got wrong is a ValueError as well."""
    assert issubclass(getattr(errors, name), ValueError)
