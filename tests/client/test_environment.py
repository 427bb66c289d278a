"""Settings that a client takes from the environment."""

from __future__ import annotations

from typing import Any

import pytest

from huaweicloud_ocr import AkSkAuth, AsyncClient, Client, ConfigurationError, TokenAuth
from huaweicloud_ocr.auth import from_environment

from .calling import Caller
from .service import Service

URL = "https://example.com/a.jpg"
AK, SK, TOKEN, PROJECT, OF_IAM = (
    f"HUAWEICLOUD_SDK_{name}" for name in ("AK", "SK", "SECURITY_TOKEN", "PROJECT_ID", "TOKEN")
)
VALUES = {
    OF_IAM: "token-of-the-environment",
    AK: "access-1",
    SK: "secret-key-1",
    TOKEN: "security-token-1",
    PROJECT: "project-of-the-environment",
}
CLIENTS = pytest.mark.parametrize("client_class", [Client, AsyncClient])


@pytest.fixture
def caller(caller: Caller) -> Caller:
    """Calls of a client that is given neither credentials nor a project."""
    del caller.settings["auth"], caller.settings["project_id"]
    return caller


def _set(monkeypatch: pytest.MonkeyPatch, *names: str, **others: str) -> None:
    for name in names:
        monkeypatch.setenv(name, VALUES[name])
    for name, value in others.items():
        monkeypatch.setenv(f"HUAWEICLOUD_SDK_{name}", value)


def test_key_pair(service: Service, caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """Key pair and project come from the environment; the call is signed."""
    _set(monkeypatch, AK, SK, PROJECT)
    caller.handwriting(url=URL)
    assert "Access=access-1," in (service.only.header("Authorization") or "")
    assert service.only.header("X-Security-Token") is None
    assert service.only.target == "/v2/project-of-the-environment/ocr/handwriting"


def test_temporary_key_pair(service: Service, caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """The token of a temporary key pair comes from the environment, too."""
    _set(monkeypatch, AK, SK, TOKEN, PROJECT)
    caller.handwriting(url=URL)
    assert service.only.header("X-Security-Token") == "security-token-1"


@pytest.mark.parametrize("others", [(), (AK,), (AK, SK, TOKEN)])
def test_token(
    service: Service, caller: Caller, monkeypatch: pytest.MonkeyPatch, others: tuple[str, ...]
) -> None:
    """A token counts before a key pair, as in the order of the description and for the command line."""
    _set(monkeypatch, OF_IAM, PROJECT, *others)
    caller.handwriting(url=URL)
    assert service.only.header("X-Auth-Token") == "token-of-the-environment"
    assert service.only.header("Authorization") is None


def test_arguments_win(service: Service, caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a client is given counts before the environment."""
    _set(monkeypatch, AK, SK, PROJECT)
    caller.settings.update(auth=TokenAuth("token-1"), project_id="project-1")
    caller.handwriting(url=URL)
    assert service.only.header("Authorization") is None
    assert service.only.header("X-Auth-Token") == "token-1"
    assert service.only.target == "/v2/project-1/ocr/handwriting"


def test_an_argument_hides_half_a_pair(
    service: Service, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where credentials are given, nobody looks at those of the environment."""
    _set(monkeypatch, AK)
    caller.settings.update(auth=TokenAuth("token-1"), project_id="p")
    caller.handwriting(url=URL)
    assert service.only.header("X-Auth-Token") == "token-1"


def test_an_empty_argument_is_one(service: Service, caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project that is given, though empty, is not replaced: that would be another account's bill."""
    _set(monkeypatch, AK, SK, PROJECT)
    caller.settings["project_id"] = ""
    with pytest.raises(ValueError, match="project_id is missing"):
        caller.handwriting(url=URL)
    assert not service.received


@CLIENTS
def test_nothing_at_all(client_class: Any) -> None:
    """Without credentials a client is not made; the message names both ways to give them."""
    with pytest.raises(ConfigurationError) as caught:
        client_class(project_id="p")
    assert str(caught.value) == (
        "there are no credentials: pass auth=TokenAuth(…) or PasswordAuth(…) or AkSkAuth(…), "
        f"or set {OF_IAM}; or {AK} and {SK} in the environment"
    )


@CLIENTS
@pytest.mark.parametrize(
    ("found", "message"),
    [
        ([AK], f"the environment has {AK}, but {SK} is missing: set it too, or pass auth"),
        ([SK], f"the environment has {SK}, but {AK} is missing: set it too, or pass auth"),
        ([SK, TOKEN], f"the environment has {SK} and {TOKEN}, but {AK} is missing: set it too, or pass auth"),
        ([TOKEN], f"the environment has {TOKEN}, but {AK} and {SK} are missing: set them too, or pass auth"),
    ],
)
def test_half_a_pair(
    client_class: Any, monkeypatch: pytest.MonkeyPatch, found: list[str], message: str
) -> None:
    """Where a part is missing, the message names its variable, and shows no value."""
    _set(monkeypatch, *found)
    with pytest.raises(ConfigurationError) as caught:
        client_class(project_id="p")
    assert str(caught.value) == message


@pytest.mark.parametrize("empty", [AK, SK])
def test_empty_variables(monkeypatch: pytest.MonkeyPatch, empty: str) -> None:
    """A variable that is empty is not set."""
    _set(monkeypatch, AK, SK)
    monkeypatch.setenv(empty, "")
    with pytest.raises(ConfigurationError, match=f"but {empty} is missing"):
        Client(project_id="p")


@pytest.mark.parametrize("value", ["secret key", "secret\n", "sécret", "\udcff"])
def test_unusable_values(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """A value that no header carries is told by the names of the variables, and not shown."""
    _set(monkeypatch, AK, SK=value)
    with pytest.raises(ConfigurationError) as caught:
        Client(project_id="p")
    message = str(caught.value)
    assert message.startswith(f"in the environment ({AK} and {SK}): AkSkAuth: secret_key is empty, or holds")
    assert value not in message
    assert message.isprintable()


def test_from_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a client would take can be had without one."""
    _set(monkeypatch, AK, SK)
    assert isinstance(from_environment(), AkSkAuth)


@CLIENTS
def test_the_environment_is_read_once(client_class: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client keeps what it found when it was made."""
    _set(monkeypatch, AK, SK, PROJECT)
    client = client_class()
    monkeypatch.setenv(PROJECT, "other")
    assert client.parameter("project_id") == VALUES[PROJECT]


@CLIENTS
def test_documentation(client_class: Any) -> None:
    """The documentation names the variables."""
    assert all(name in client_class.__doc__ for name in VALUES)
