"""Credentials that the service verifies, and the tokens that it gives."""

from __future__ import annotations

import datetime
import json
import logging
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from huaweicloud_ocr import AkSkAuth, AuthenticationError, Client, PasswordAuth, TokenAuth
from huaweicloud_ocr_emulator.recognition import Recogniser
from huaweicloud_ocr_emulator.settings import Settings
from huaweicloud_ocr_emulator.signatures import SignatureCheck

from .caller import HANDWRITING, Caller
from .conftest import serving
from .pictures import blank, encode, image

PICTURE = encode(blank(64, 32))


@pytest.fixture(scope="module")
def strict(recogniser: Recogniser) -> Iterator[Caller]:
    """A service that knows one key pair, one user and one token."""
    settings = Settings(
        ak="the-key",
        sk=SecretStr("the-secret"),
        user="anna",
        password=SecretStr("p4ss"),
        token=SecretStr("the-token"),
        expire_after=1,
    )
    with serving(recogniser, settings) as caller:
        yield Caller(caller.url, token=None)


def _client(url: str, auth: Any) -> Client:
    return Client(endpoint=url, project_id="projet ä", auth=auth, retries=0)


def _login(caller: Caller, **changes: Any) -> httpx.Response:
    user = {"name": "anna", "password": "p4ss", "domain": {"name": "d"}, **changes}
    body = {"auth": {"identity": {"methods": ["password"], "password": {"user": user}}}}
    return httpx.post(f"{caller.url}/v3/auth/tokens", json=body, trust_env=False)


def test_signature_that_verifies(strict: Caller) -> None:
    """What the client signs with the key pair of the service is accepted, odd characters of the path included."""
    with _client(strict.url, AkSkAuth("the-key", "the-secret", security_token="temporary")) as client:
        assert client.recognize_handwriting(image=PICTURE).result.words_block_count == 0


@pytest.mark.parametrize(
    "auth",
    [
        AkSkAuth("the-key", "another"),
        AkSkAuth("another", "the-secret"),
        AkSkAuth(
            "the-key",
            "the-secret",
            now=lambda: datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=1),
        ),
        TokenAuth("another"),
    ],
    ids=["secret", "key", "an hour old", "token"],
)
def test_credentials_that_do_not_verify(strict: Caller, auth: Any) -> None:
    """Another secret, key or token, and a signature of another time, are APIG.0301 with status 401."""
    with _client(strict.url, auth) as client, pytest.raises(AuthenticationError) as caught:
        client.recognize_handwriting(image=PICTURE)
    assert (caught.value.status, caught.value.error_code) == (401, "APIG.0301")


def test_changed_body(strict: Caller) -> None:
    """A signature is one over the body: with another body it does not verify."""
    signed = httpx.Request("POST", f"{strict.url}{HANDWRITING}", json={"image": image()})

    def keep(request: httpx.Request) -> httpx.Response:
        signed.headers.update(request.headers)
        return httpx.Response(500)

    http = httpx.Client(transport=httpx.MockTransport(keep))
    with (
        Client(
            endpoint=strict.url,
            project_id="some-project",
            auth=AkSkAuth("the-key", "the-secret"),
            retries=0,
            http_client=http,
        ) as client,
        pytest.raises(Exception, match="500"),
    ):
        client.recognize_handwriting(image=PICTURE, quick_mode=True)
    sent = {name: signed.headers[name] for name in ("authorization", "x-sdk-date", "content-type")}
    assert strict.error(HANDWRITING, {"image": image()}, **sent) == "APIG.0301"


def test_locked_key_pair() -> None:
    """Five failed signatures in a row lock the key pair for five minutes, as the operator does."""
    now = [0.0]
    check = SignatureCheck("key", "secret", scheme="SDK-HMAC-SHA256", monotonic=lambda: now[0])
    wrong = "SDK-HMAC-SHA256 Access=key, SignedHeaders=host;x-sdk-date, Signature=" + "0" * 64

    def reason() -> str:
        with pytest.raises(Exception, match=r"APIG\.0301") as caught:
            check.verify(wrong, {}, httpx.Headers(), b"")  # type: ignore[arg-type]
        return str(caught.value)

    assert not any("lock" in reason() for _ in range(4))
    assert reason().endswith("; as the fifth in a row it locks the key pair for 300 s")
    now[0] = 60.5
    assert reason().endswith("the key pair is locked after five failed signatures, for 240 s more")
    now[0] = 301.0
    assert "lock" not in reason()


def test_token_of_a_login(strict: Caller) -> None:
    """`PasswordAuth` gets a token of the service and calls with it; when it expires, it gets another one."""
    auth = PasswordAuth("anna", "p4ss", domain="d", project="p", endpoint=strict.url, margin=0)
    with _client(strict.url, auth) as client:
        client.recognize_handwriting(image=PICTURE)
    answer = _login(strict)
    token = answer.headers["X-Subject-Token"]
    issued, expires = (
        datetime.datetime.fromisoformat(answer.json()["token"][name]) for name in ("issued_at", "expires_at")
    )
    assert (answer.status_code, (expires - issued).total_seconds()) == (201, 1)
    assert strict.post(HANDWRITING, {"image": image()}, **{"X-Auth-Token": token}).status_code == 200


def test_token_that_expires(recogniser: Recogniser) -> None:
    """A token that has expired is APIG.0307 with status 401; a client with a password gets another one and goes on."""
    with serving(recogniser, Settings(expire_after=0.7)) as caller:
        token = _login(caller).headers["X-Subject-Token"]
        with _client(
            caller.url, PasswordAuth("u", "p", domain="d", project="p", endpoint=caller.url)
        ) as client:
            client.recognize_handwriting(image=PICTURE)
            time.sleep(0.8)
            client.recognize_handwriting(image=PICTURE)
        response = caller.post(HANDWRITING, {"image": image()}, **{"X-Auth-Token": token})
    assert (response.status_code, response.json()["error_code"]) == (401, "APIG.0307")


def test_login_where_only_a_token_is_set(guarded: Caller) -> None:
    """Once a token is set, and no user, nobody gets another token by logging in."""
    answer = _login(guarded, name="evil")
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, 401)
    assert "X-Subject-Token" not in answer.headers


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "berta"}, "401: another user than the one of --user"),
        ({"password": "wrong"}, "401: another password than the one of --password"),
        ({"password": "\ud800"}, "400: the body is not JSON"),
        ({"domain": {}}, "400: auth.identity.password.user.domain.name is missing"),
        ({"password": 5}, "400: auth.identity.password.user.password is no text"),
    ],
)
def test_login_that_is_refused(
    strict: Caller, caplog: pytest.LogCaptureFixture, changes: dict[str, Any], said: str
) -> None:
    """A wrong name or password is 401 in the form of Keystone, and the log says which, or what the body lacks."""
    caplog.set_level(logging.INFO)
    body = json.dumps(
        {
            "auth": {
                "identity": {
                    "methods": ["password"],
                    "password": {
                        "user": {"name": "anna", "password": "p4ss", "domain": {"name": "d"}, **changes}
                    },
                }
            }
        }
    )
    answer = httpx.post(f"{strict.url}/v3/auth/tokens", content=body, trust_env=False)
    assert answer.json()["error"]["code"] == answer.status_code
    assert f"tokens, {said} (" in caplog.text
    assert len(answer.headers["X-Request-Id"]) == 32


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "the body is not JSON"),
        (b"[]", "the body is no object"),
        (b"{}", "auth is missing"),
        (b'{"auth": {"identity": {"methods": []}}}', "auth.identity.password is missing"),
        (b"[" * 1000, "the body is not JSON"),
    ],
)
def test_login_without_the_form_of_one(strict: Caller, body: bytes, said: str) -> None:
    """What is no login is 400 in the form of Keystone, which says what is not as it should be."""
    answer = httpx.post(f"{strict.url}/v3/auth/tokens", content=body, trust_env=False)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, 400)
    assert answer.json()["error"]["message"].endswith(f": {said}.")
