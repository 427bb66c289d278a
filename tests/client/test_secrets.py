"""Tokens, keys and images stay where they belong."""

from __future__ import annotations

import copy
import logging
import pickle
import pprint
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from rich.pretty import pretty_repr

from huaweicloud_ocr import (
    AkSkAuth,
    Base64,
    Client,
    ConfigurationError,
    OcrError,
    PasswordAuth,
    TokenAuth,
)
from huaweicloud_ocr.models import HandwritingRequest, WebImageRequest
from huaweicloud_ocr.types import Auth, HttpRequest, RawResponse

from .calling import Caller
from .pictures import picture
from .service import Behaviour, Service, answer, raw, silence
from .variables import variables_of

URL = "https://example.com/a.jpg"
TOKEN = "token-that-nobody-may-see"
SECRET_KEY = "secret-key-that-nobody-may-see"
SECURITY_TOKEN = "security-token-that-nobody-may-see"
SECRETS = (TOKEN, SECRET_KEY, SECURITY_TOKEN)
AUTHS: dict[str, Auth] = {
    "token": TokenAuth(TOKEN),
    "key pair": AkSkAuth("access", SECRET_KEY, security_token=SECURITY_TOKEN),
}
FAILURES: dict[str, Behaviour] = {
    "error": answer({"error_code": "ModelArts.4103", "error_msg": "m"}, status=401),
    "broken": raw(b""),
    "silence": silence,
    "unreadable": answer(b"{"),
    "undocumented": answer(status=202),
}


def _tells(text: str) -> bool:
    return any(secret in text for secret in SECRETS)


def _reachable(value: object, seen: set[int]) -> Iterator[object]:
    """Walk through everything that hangs on an object, as an error reporter does."""
    if id(value) in seen or isinstance(value, (type, int, float, bool, type(None))):
        return
    seen.add(id(value))
    yield value
    parts: list[object] = []
    if isinstance(value, dict):
        parts = [*value.keys(), *value.values()]
    elif isinstance(value, (list, tuple, set, frozenset)):
        parts = list(value)
    elif isinstance(value, BaseException):
        parts = [value.args, value.__cause__, value.__context__, value.__dict__]
    elif hasattr(value, "__dict__"):
        parts = [vars(value)]
    for slot in (slot for kind in type(value).__mro__ for slot in getattr(kind, "__slots__", ())):
        parts.append(getattr(value, slot, None))
    for part in parts:
        yield from _reachable(part, seen)


@pytest.fixture(params=AUTHS)
def secretive(request: pytest.FixtureRequest, caller: Caller) -> Caller:
    """Calls with each way to authenticate, which wait only shortly."""
    caller.settings.update(auth=AUTHS[request.param], time_limit=0.05)
    return caller


@pytest.mark.parametrize("name", AUTHS)
def test_repr_of_authentication(name: str) -> None:
    """Authentication shows its kind alone."""
    auth = AUTHS[name]
    assert repr(auth) == str(auth) == f"{type(auth).__name__}(<hidden>)"


@pytest.mark.parametrize("name", AUTHS)
def test_inside_of_authentication(name: str) -> None:
    """Nothing that an object of one holds shows a secret; it is not pickled, and a copy of it is itself."""
    auth = AUTHS[name]
    assert not _tells(f"{vars(auth)} {pprint.pformat(vars(auth))} {pretty_repr(vars(auth))}")
    with pytest.raises(
        TypeError, match=f"^{type(auth).__name__} holds a secret and is not pickled: make one"
    ):
        pickle.dumps(auth)
    with pytest.raises(TypeError, match="a secret is not pickled"):
        pickle.dumps(vars(auth))
    assert copy.copy(auth) is copy.deepcopy(auth) is auth


@pytest.mark.parametrize(
    "make",
    [
        lambda: TokenAuth(f"{TOKEN}\n"),
        lambda: AkSkAuth("access", f"{SECRET_KEY}\n"),
        lambda: PasswordAuth("anna", TOKEN, domain=""),
        lambda: PasswordAuth("anna", f"{TOKEN}\ud800", domain="acme"),
    ],
)
def test_variables_of_a_refusal(make: Callable[[], object]) -> None:
    """A secret that is not usable, such as one with a line break, is not in the report of that error either."""
    with pytest.raises(ConfigurationError) as caught:
        make()
    assert not _tells(variables_of(caught.value))


@pytest.mark.parametrize("name", AUTHS)
def test_repr_of_a_client(name: str) -> None:
    """A client shows no secret."""
    assert repr(Client(auth=AUTHS[name])) == (
        f"Client(endpoint='https://ocr.cn-north-4.myhuaweicloud.com', auth={type(AUTHS[name]).__name__}(<hidden>))"
    )


@pytest.mark.parametrize("name", AUTHS)
def test_repr_of_a_request(name: str) -> None:
    """A request that is ready to be sent shows method and address, and its headers show names."""
    request = HttpRequest(
        method="GET", url="http://h/p?key=secret", headers={}, content=b"secret", time_limit=1.0
    )
    signed = AUTHS[name].authenticate(request)
    assert repr(signed) == "<HttpRequest GET http://h/p>"
    assert not _tells(f"{signed.headers!r} {signed.headers}")


def test_repr_of_an_answer() -> None:
    """An answer shows status and length."""
    response = RawResponse(status_code=200, headers={"Set-Cookie": TOKEN}, content=b"text of a private note")
    assert repr(response) == "<RawResponse 200, 22 bytes>"
    assert repr(response.headers) == "<Headers Set-Cookie>"


@pytest.mark.parametrize("name", FAILURES)
def test_errors(service: Service, secretive: Caller, name: str) -> None:
    """No secret is in an error: neither in its text, nor in its traceback, nor in what hangs on it."""
    service.plays(FAILURES[name])
    with pytest.raises(OcrError) as caught:
        secretive.handwriting(url=URL)
    error = caught.value
    assert not _tells("".join(traceback.format_exception(error)))
    assert not _tells(variables_of(error))
    for found in _reachable(error, set()):
        assert not (isinstance(found, str) and _tells(found))
        assert not (isinstance(found, bytes) and _tells(found.decode("latin-1")))


@pytest.mark.parametrize("name", FAILURES)
def test_pickled_errors(service: Service, secretive: Caller, name: str) -> None:
    """No secret is in a pickled error."""
    service.plays(FAILURES[name])
    with pytest.raises(OcrError) as caught:
        secretive.handwriting(url=URL)
    assert not _tells(pickle.dumps(caught.value).decode("latin-1"))


@pytest.mark.parametrize("name", ["ok", *FAILURES])
def test_logs(service: Service, secretive: Caller, caplog: pytest.LogCaptureFixture, name: str) -> None:
    """No secret is in a log, however much is logged."""
    caplog.set_level(logging.DEBUG)
    service.plays(FAILURES.get(name, answer()))
    try:
        secretive.handwriting(image=picture())
    except OcrError as error:
        logging.getLogger("test").exception("it failed", exc_info=error)
    assert caplog.records
    assert not _tells(caplog.text)


def test_signature_without_the_secret_key(service: Service, caller: Caller) -> None:
    """The secret key itself never travels."""
    caller.settings["auth"] = AUTHS["key pair"]
    caller.handwriting(url=URL)
    assert SECRET_KEY not in str(service.only)


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "<0 bytes>"),
        (3, "<3 bytes>"),
        (1, "<1 bytes>"),
        (99_999, "<99999 bytes>"),
        (100_000, "<0.1 MB>"),
        (7_000_000, "<7.0 MB>"),
    ],
)
def test_repr_of_an_image(size: int, shown: str) -> None:
    """An image shows how much there is, in a model as well."""
    image = Base64.from_file(bytes(size))
    assert repr(image) == str(image) == shown
    assert repr(HandwritingRequest(image=image)).startswith(f"HandwritingRequest(image={shown}, url=UNSET, ")


def test_images_in_errors(service: Service, caller: Caller) -> None:
    """No error carries the image that was sent."""
    service.plays(FAILURES["error"])
    text = Base64.from_file(picture()).text
    with pytest.raises(OcrError) as caught:
        caller.handwriting(image=picture())
    assert not any(
        isinstance(found, (str, bytes)) and text in str(found) for found in _reachable(caught.value, set())
    )


@pytest.mark.parametrize(
    "duplicate", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))]
)
def test_copied_image(duplicate: Any) -> None:
    """A copied image is the same image and shows as little."""
    request = WebImageRequest(image=Base64.from_file(picture()))
    assert duplicate(request) == request
    assert repr(duplicate(request)) == repr(request)
