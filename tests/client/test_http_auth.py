"""Proofs that the HTTP library adds."""

from __future__ import annotations

import functools
import subprocess
import sys
from base64 import b64encode
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx
import pytest

from huaweicloud_ocr import AsyncClient, Client, ConfigurationError, PasswordAuth, TokenAuth

from .calling import Caller
from .identity import serving, token
from .service import Service, answer

URL = "https://example.com/a.jpg"
BASIC = f"Basic {b64encode(b'anna:pass').decode()}"
CLIENTS = pytest.mark.parametrize("client_class", [Client, AsyncClient])


class TwoSteps(httpx.Auth):
    """Answers a challenge, as digest authentication does."""

    requires_response_body = True

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send the request, and again with what the answer asks for."""
        response = yield request
        request.headers["X-Answer"] = response.text
        yield request


def _stamp(request: httpx.Request, *, value: str = "stamped") -> httpx.Request:
    request.headers["X-Stamp"] = value
    return request


def test_a_class_of_the_library(service: Service, caller: Caller) -> None:
    """A way to authenticate of httpx serves as it is."""
    caller.settings["auth"] = httpx.BasicAuth("anna", "pass")
    caller.handwriting(url=URL)
    assert service.only.header("Authorization") == BASIC
    assert service.only.header("X-Auth-Token") is None


@pytest.mark.parametrize(
    "auth", [_stamp, functools.partial(_stamp, value="stamped"), lambda one: _stamp(one)]
)
def test_a_function(service: Service, caller: Caller, auth: Any) -> None:
    """So does a function that adds the proof to the library's request."""
    caller.settings["auth"] = auth
    caller.handwriting(url=URL)
    assert service.only.header("X-Stamp") == "stamped"


def test_a_challenge(service: Service, caller: Caller) -> None:
    """So does one that takes several requests."""
    service.plays(answer(b"challenge", status=401), answer())
    caller.settings["auth"] = TwoSteps()
    caller.handwriting(url=URL)
    assert [one.header("X-Answer") for one in service.received] == [None, "challenge"]


def test_beside_one_of_this_package(service: Service, caller: Caller) -> None:
    """It may stand beside those of this package."""
    caller.settings["auth"] = [TokenAuth("token-1"), _stamp]
    caller.handwriting(url=URL)
    assert (service.only.header("X-Auth-Token"), service.only.header("X-Stamp")) == ("token-1", "stamped")


def test_not_for_the_service_that_gives_tokens(service: Service, caller: Caller) -> None:
    """It does not go to the service that gives tokens; neither does that of an HTTP client of one's own."""
    with serving(token()) as identity:
        password = PasswordAuth("anna", "pass", domain="acme", project="p", endpoint=identity.endpoint)
        caller.settings["auth"] = [password, _stamp]
        caller.handwriting(url=URL)
        with httpx.Client(auth=("anna", "pass")) as http_client:
            other = PasswordAuth("anna", "pass", domain="acme", project="p", endpoint=identity.endpoint)
            settings = {**caller.settings, "auth": other}
            Client(**settings, http_client=http_client).recognize_handwriting(url=URL)
    assert [one.header("X-Stamp") for one in identity.received] == [None, None]
    assert [one.header("Authorization") for one in identity.received] == [None, None]
    assert service.received[1].header("Authorization") == BASIC


@CLIENTS
def test_two_of_the_library(client_class: Any) -> None:
    """Two of them cannot be added to one request."""
    with pytest.raises(ConfigurationError, match=r"more than one httpx\.Auth"):
        client_class(auth=[_stamp, httpx.BasicAuth("a", "b")])


async def _asynchronous(request: httpx.Request) -> httpx.Request:
    return request


@CLIENTS
@pytest.mark.parametrize("auth", [_asynchronous, httpx.BasicAuth, ("anna", "pass")])
def test_unusable(client_class: Any, auth: Any) -> None:
    """What httpx could not use is refused when the client is made."""
    with pytest.raises(ConfigurationError, match=r"or an httpx\.Auth$"):
        client_class(auth=auth)


@CLIENTS
def test_repr(client_class: Any) -> None:
    """A client shows the kind of it alone: a function may hold secrets among its arguments."""
    client = client_class(auth=functools.partial(_stamp, value="secret"))
    assert repr(client).endswith("auth=partial)")


def test_the_library_is_not_imported_for_it() -> None:
    """Asking whether something is of the library's kind does not import it."""
    code = (
        "import sys; from huaweicloud_ocr._runtime import proofs; "
        "sys.modules.pop('httpx', None); proofs.proofs([], {}); "
        "from huaweicloud_ocr._runtime.authentication import BearerAuth; "
        "proofs.proofs(BearerAuth('t'), {}); print('httpx' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_no_secrets_from_a_netrc_file(
    service: Service, caller: Caller, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Passwords that a `.netrc` file has for the host are not sent: nobody asked for that."""
    for name in (".netrc", "_netrc"):
        (tmp_path / name).write_text("machine 127.0.0.1 login anna password pass\n", encoding="utf-8")
        (tmp_path / name).chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    caller.handwriting(url=URL)
    assert service.only.header("Authorization") is None


def test_a_netrc_file_on_request(service: Service, caller: Caller, tmp_path: Path) -> None:
    """Who wants them says so."""
    path = tmp_path / "secrets"
    path.write_text("machine 127.0.0.1 login anna password pass\n", encoding="utf-8")
    caller.settings["auth"] = httpx.NetRCAuth(str(path))
    caller.handwriting(url=URL)
    assert service.only.header("Authorization") == BASIC
