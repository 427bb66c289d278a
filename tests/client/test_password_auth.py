"""Tokens that are fetched with user and password."""

from __future__ import annotations

import copy
import datetime
import json
import logging
import pickle
import traceback
from collections.abc import Iterator
from typing import Any

import pytest

from huaweicloud_ocr import (
    ApiError,
    BrokenResponseError,
    Client,
    ConfigurationError,
    ConnectionFailedError,
    InvalidResponseError,
    OcrError,
    PasswordAuth,
)
from huaweicloud_ocr.types import HttpRequest

from .calling import Caller
from .identity import DAY, NOW, Clock, lifetime, refusal, serving, token, tokens
from .service import Behaviour, Service, answer, raw
from .variables import variables_of

URL = "https://example.com/a.jpg"
PASSWORD = 'pass-word "that" nobody may see ü'
REJECTED = answer(
    {"error_code": "APIG.0301", "error_msg": "Incorrect IAM authentication information."}, status=401
)


@pytest.fixture
def identity() -> Iterator[Service]:
    """A service that gives another token each time."""
    with serving(tokens()) as server:
        yield server


@pytest.fixture
def clock() -> Clock:
    """A clock that stands until it is moved."""
    return Clock()


@pytest.fixture
def auth(identity: Service, clock: Clock) -> PasswordAuth:
    """A user of that service."""
    return _auth(endpoint=identity.endpoint, now=clock)


@pytest.fixture
def caller(caller: Caller, auth: PasswordAuth) -> Caller:
    """Calls that are authenticated with the user's token."""
    caller.settings["auth"] = auth
    return caller


def _auth(**settings: Any) -> PasswordAuth:
    return PasswordAuth(
        **{"user": "anna", "password": PASSWORD, "domain": "acme", "project": "p", **settings}
    )


def _sent(service: Service) -> list[str | None]:
    return [one.header("X-Auth-Token") for one in service.received]


def _plays_expiries(identity: Service, *bodies: object) -> None:
    identity.plays(*(token(f"token-{number}", body=body) for number, body in enumerate(bodies, 1)))


# Asking for a token


def test_request(identity: Service, service: Service, caller: Caller) -> None:
    """User, password, domain and project are asked for a token, which goes along with the call."""
    caller.handwriting(url=URL)
    assert (identity.only.method, identity.only.target) == ("POST", "/v3/auth/tokens")
    assert identity.only.header("Content-Type") == "application/json"
    user = {"name": "anna", "password": PASSWORD, "domain": {"name": "acme"}}
    assert identity.only.json == {
        "auth": {
            "identity": {"methods": ["password"], "password": {"user": user}},
            "scope": {"project": {"name": "p"}},
        }
    }
    assert _sent(service) == ["token-1"]


def test_nothing_is_asked_for_before_a_call(identity: Service, caller: Caller) -> None:
    """Making a client and a user asks nobody."""
    with Client(**caller.settings):
        pass
    assert not identity.received


def test_a_call_that_breaks_the_description(identity: Service, caller: Caller) -> None:
    """A call that is not sent needs no token."""
    with pytest.raises(OcrError):
        caller.handwriting()
    assert not identity.received


def test_request_is_not_authenticated(identity: Service, caller: Caller) -> None:
    """Neither headers of the client nor its other proofs go to the service that gives tokens."""
    caller.settings.update(headers={"X-Trace": "t", "Authorization": "secret"})
    caller.handwriting(url=URL)
    assert identity.only.header("X-Trace") is None
    assert identity.only.header("Authorization") is None


@pytest.mark.parametrize(
    ("suffix", "target"),
    [
        ("", "/v3/auth/tokens"),
        ("/", "/v3/auth/tokens"),
        ("/iam", "/iam/v3/auth/tokens"),
        ("/v3/auth/tokens", "/v3/auth/tokens"),
    ],
)
def test_own_endpoint(identity: Service, caller: Caller, suffix: str, target: str) -> None:
    """An address of one's own may have a path, and may be that of tokens already."""
    caller.settings["auth"] = _auth(endpoint=identity.endpoint + suffix)
    caller.handwriting(url=URL)
    assert identity.only.target == target


class _Unsent(Exception):
    """Carries the request that would have been sent."""


def _address_and_project(auth: PasswordAuth, **variables: str) -> tuple[str, str]:
    def send(request: HttpRequest) -> Any:
        raise _Unsent(request)

    with pytest.raises(_Unsent) as caught:
        auth.for_server(variables).refresh(send)
    request: HttpRequest = caught.value.args[0]
    return request.url, json.loads(request.content or b"")["auth"]["scope"]["project"]["name"]


def test_region_of_the_client() -> None:
    """Address and project are those of the client's region."""
    assert _address_and_project(_auth(project=None), region="cn-east-3") == (
        "https://iam.cn-east-3.myhuaweicloud.com/v3/auth/tokens",
        "cn-east-3",
    )


def test_own_region() -> None:
    """A region of its own counts before that of the client."""
    assert _address_and_project(_auth(project=None, region="cn-south-1"), region="cn-east-3") == (
        "https://iam.cn-south-1.myhuaweicloud.com/v3/auth/tokens",
        "cn-south-1",
    )


def test_own_project() -> None:
    """A project of its own is asked for, in whatever region."""
    url, project = _address_and_project(_auth(project="cn-east-3_team"), region="cn-east-3")
    assert (url, project) == ("https://iam.cn-east-3.myhuaweicloud.com/v3/auth/tokens", "cn-east-3_team")


@pytest.mark.parametrize(
    ("settings", "missing"),
    [({}, "pass region or endpoint"), ({"endpoint": "http://h", "project": None}, "pass region or project")],
)
def test_client_with_an_endpoint_of_its_own(settings: Any, missing: str) -> None:
    """Where the client's address tells no region, the password goes nowhere until somebody says where."""
    with pytest.raises(ConfigurationError, match="the client has an endpoint of its own") as caught:
        Client(endpoint="http://127.0.0.1:1", auth=_auth(**settings))
    assert f"{missing} to PasswordAuth(…)" in str(caught.value)


def test_unknown_region() -> None:
    """An unknown region is refused with the known ones, when the object is made."""
    with pytest.raises(ConfigurationError, match=r"'cn-nort-4' is not known\. Did you mean 'cn-north-4'"):
        _auth(region="cn-nort-4")


@pytest.mark.parametrize("name", ["user", "password", "domain", "project"])
@pytest.mark.parametrize("value", ["", 5, b"secret", "\ud800"])
def test_unusable_texts(name: str, value: object) -> None:
    """What cannot be a name or a password is refused without showing it."""
    with pytest.raises(ConfigurationError, match=f"^PasswordAuth: {name} ") as caught:
        _auth(**{name: value})
    assert "secret" not in str(caught.value)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("margin", [-1, float("nan"), float("inf"), "5", None, True, 86401])
def test_unusable_margin(margin: Any) -> None:
    """A margin is a number of seconds, at most a day."""
    with pytest.raises(ConfigurationError, match="margin"):
        _auth(margin=margin)


def test_unusable_endpoint() -> None:
    """An endpoint that is no address is refused when the object is made."""
    with pytest.raises(ConfigurationError, match="is not an http or https address"):
        _auth(endpoint="iam.example.com")


# Keeping it


def test_one_token_for_many_calls(identity: Service, service: Service, caller: Caller) -> None:
    """The token is kept, also for other clients that use the same object."""
    for _ in range(3):
        caller.handwriting(url=URL)
    assert len(identity.received) == 1
    assert _sent(service) == ["token-1"] * 3


def test_a_token_for_each_region(clock: Clock) -> None:
    """Clients of one region share a token; those of another have another."""
    auth = _auth(project=None, now=clock)
    one, same, other = (
        auth.for_server({"region": region}) for region in ("cn-north-4", "cn-north-4", "cn-east-3")
    )
    assert one is same
    assert one is not other


def test_renewal_before_expiry(identity: Service, service: Service, caller: Caller, clock: Clock) -> None:
    """Five minutes before its expiry a token is renewed."""
    _plays_expiries(identity, lifetime(NOW + DAY), lifetime(NOW + 2 * DAY))
    caller.handwriting(url=URL)
    clock.pass_(hours=23, minutes=54)
    caller.handwriting(url=URL)
    assert _sent(service) == ["token-1"] * 2
    clock.pass_(minutes=1)
    caller.handwriting(url=URL)
    assert _sent(service)[2:] == ["token-2"]


def test_own_margin(identity: Service, service: Service, caller: Caller, clock: Clock) -> None:
    """How long before is a setting."""
    _plays_expiries(identity, lifetime(NOW + DAY), lifetime(NOW + 2 * DAY))
    caller.settings["auth"] = _auth(endpoint=identity.endpoint, now=clock, margin=3600)
    caller.handwriting(url=URL)
    clock.pass_(hours=23)
    caller.handwriting(url=URL)
    assert _sent(service) == ["token-1", "token-2"]


def test_a_short_life(identity: Service, service: Service, caller: Caller, clock: Clock) -> None:
    """A token that lives shorter than the margin is kept for half of its life."""
    _plays_expiries(identity, lifetime(NOW + datetime.timedelta(minutes=4)))
    caller.handwriting(url=URL)
    clock.pass_(seconds=119)
    caller.handwriting(url=URL)
    assert len(identity.received) == 1
    clock.pass_(seconds=1)
    caller.handwriting(url=URL)
    assert len(identity.received) == 2


UNTRUE_EXPIRIES: dict[str, object] = {
    "no body": b"",
    "no JSON": b"{",
    "deep JSON": b"[" * 100_000,
    "a list": [],
    "no token": {},
    "token is text": {"token": "t"},
    "no expiry": lifetime(None),
    "null": {"token": {"expires_at": None}},
    "a number": lifetime(1767323045),
    "no time": lifetime("tomorrow"),
    "the past": lifetime(NOW - DAY),
    "before it was issued": lifetime(NOW - DAY, NOW),
}


@pytest.mark.parametrize("name", UNTRUE_EXPIRIES)
def test_untrue_expiry(identity: Service, caller: Caller, clock: Clock, name: str) -> None:
    """A token whose expiry is unknown, or cannot be true, is kept for an hour, and not fetched for each call."""
    _plays_expiries(identity, UNTRUE_EXPIRIES[name])
    caller.handwriting(url=URL)
    clock.pass_(minutes=54)
    caller.handwriting(url=URL)
    assert len(identity.received) == 1
    clock.pass_(minutes=2)
    caller.handwriting(url=URL)
    assert len(identity.received) == 2


@pytest.mark.parametrize("years", [1, 7000])
def test_expiry_in_years(identity: Service, caller: Caller, clock: Clock, years: int) -> None:
    """No token is kept for more than a day, whatever its answer says."""
    _plays_expiries(identity, lifetime(NOW.replace(year=NOW.year + years)))
    caller.handwriting(url=URL)
    clock.pass_(days=1)
    caller.handwriting(url=URL)
    assert len(identity.received) == 2


@pytest.mark.parametrize("hours", [-48, -1, 1, 48])
def test_clock_that_is_wrong(
    identity: Service, service: Service, caller: Caller, clock: Clock, hours: int
) -> None:
    """Where this machine's clock is wrong, the token is renewed all the same, and not for each call."""
    _plays_expiries(identity, lifetime(NOW + DAY, NOW))
    clock.pass_(hours=hours)
    caller.handwriting(url=URL)
    clock.pass_(hours=20)
    caller.handwriting(url=URL)
    assert len(identity.received) == 1
    clock.pass_(hours=4)
    caller.handwriting(url=URL)
    assert len(identity.received) == 2


def test_times_without_a_zone(identity: Service, caller: Caller, clock: Clock) -> None:
    """A time without a zone is taken for UTC."""
    _plays_expiries(identity, lifetime("2026-01-02T04:04:05"))
    caller.handwriting(url=URL)
    clock.pass_(minutes=54)
    caller.handwriting(url=URL)
    clock.pass_(minutes=2)
    caller.handwriting(url=URL)
    assert len(identity.received) == 2


def test_renewal_that_fails(identity: Service, service: Service, caller: Caller, clock: Clock) -> None:
    """While a token is still valid, calls go on though it could not be renewed; that is tried again later."""
    identity.plays(token("token-1"), refusal(503), token("token-2", body=lifetime(NOW + 2 * DAY)))
    caller.handwriting(url=URL)
    clock.pass_(hours=23, minutes=56)
    caller.handwriting(url=URL)
    caller.handwriting(url=URL)
    assert len(identity.received) == 2
    clock.pass_(seconds=30)
    caller.handwriting(url=URL)
    assert _sent(service) == ["token-1"] * 3 + ["token-2"]


def test_renewal_that_fails_too_late(identity: Service, caller: Caller, clock: Clock) -> None:
    """With a token that has expired no call is sent."""
    identity.plays(token("token-1"), refusal(503))
    caller.handwriting(url=URL)
    clock.pass_(hours=24)
    with pytest.raises(ApiError, match="503"):
        caller.handwriting(url=URL)


# A token that is rejected


def test_token_that_expired(identity: Service, service: Service, caller: Caller) -> None:
    """A token that the service does not accept is fetched anew, and the call repeated with the new one."""
    service.plays(answer(), REJECTED, answer())
    caller.handwriting(url=URL)
    assert caller.handwriting(url=URL).result.words_block_count == 1
    assert _sent(service) == ["token-1", "token-1", "token-2"]
    assert [one.body for one in service.received[1:]] == [service.received[1].body] * 2
    assert len(identity.received) == 2


def test_token_that_is_rejected_again(identity: Service, service: Service, caller: Caller) -> None:
    """A call is repeated once; what is then rejected is the caller's to know."""
    service.plays(REJECTED)
    with pytest.raises(ApiError, match=r"APIG\.0301"):
        caller.handwriting(url=URL)
    assert _sent(service) == ["token-1", "token-2"]


def test_tokens_that_are_all_rejected(
    identity: Service, service: Service, caller: Caller, clock: Clock
) -> None:
    """Where new tokens are rejected like old ones, no more are asked for, but for one a minute."""
    service.plays(REJECTED)
    for _ in range(5):
        with pytest.raises(ApiError, match=r"APIG\.0301"):
            caller.handwriting(url=URL)
    assert len(identity.received) == 2
    clock.pass_(minutes=1)
    with pytest.raises(ApiError):
        caller.handwriting(url=URL)
    assert len(identity.received) == 3


def test_other_errors(identity: Service, service: Service, caller: Caller) -> None:
    """An error that is not about who calls leaves the token alone."""
    service.plays(answer({"error_code": "APIG.0308", "error_msg": "m"}, status=429))
    with pytest.raises(ApiError):
        caller.use(lambda client: client.recognize_handwriting(url=URL))
    assert len(identity.received) == 1


def test_new_token_that_is_refused(identity: Service, service: Service, caller: Caller) -> None:
    """When no new token is given for one that expired, the error is that of the service that gives tokens."""
    service.plays(REJECTED)
    identity.plays(token(), refusal())
    with pytest.raises(ApiError, match="The username or password is wrong") as caught:
        caller.handwriting(url=URL)
    assert caught.value.url.endswith("/v3/auth/tokens")
    assert len(service.received) == 1


# Refusals and other errors of the service that gives tokens


def test_wrong_password(identity: Service, service: Service, caller: Caller) -> None:
    """A wrong password is told with what to do, and who asked whom."""
    identity.plays(refusal())
    with pytest.raises(ApiError) as caught:
        caller.handwriting(url=URL)
    error = caught.value
    assert (error.status, error.error_code, error.error_msg) == (
        401,
        None,
        "The username or password is wrong.",
    )
    assert (error.request_id, error.method, error.retry) == ("iam-1", "POST", "after_fix")
    assert error.url == f"{identity.endpoint}/v3/auth/tokens"
    assert str(error).startswith("401 The username or password is wrong. (POST http://127.0.0.1:")
    assert "Check user, password, domain, project and region" in str(error)
    assert not service.received


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_a_refusal_is_not_repeated(identity: Service, caller: Caller, clock: Clock, status: int) -> None:
    """Who was refused is not asked for again, ever: a few wrong passwords lock an account."""
    identity.plays(refusal(status))
    for _ in range(3):
        with pytest.raises(ApiError, match=str(status)):
            caller.handwriting(url=URL)
        clock.pass_(days=1)
    assert len(identity.received) == 1


@pytest.mark.parametrize("failure", [refusal(500), refusal(503), refusal(429), raw(b"")])
def test_other_failures_are_repeated(
    identity: Service, service: Service, caller: Caller, failure: Behaviour
) -> None:
    """What was no refusal is tried again with the next call."""
    identity.plays(failure, token())
    with pytest.raises(OcrError):
        caller.use(lambda client: client.recognize_handwriting(url=URL))
    caller.handwriting(url=URL)
    assert _sent(service)[-1:] == ["token-1"]


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        ({"error": {"code": 401, "message": "m", "title": "t"}}, None, "m"),
        ({"error": {"code": "IAM.1", "message": "m"}}, "IAM.1", "m"),
        ({"error": {"error_code": "IAM.2", "error_msg": "m"}}, "IAM.2", "m"),
        ({"error_code": "IAM.3", "error_msg": "m"}, "IAM.3", "m"),
        ({"error": {"title": "t"}}, None, "t"),
        ({"error": {"message": ["m"]}}, None, None),
        ({"error": "m"}, None, None),
        ([], None, None),
        (b"<html>", None, None),
        (b"", None, None),
        ({"error_code": "a\x1b[31m\n" * 100, "error_msg": "b\r\n"}, "a", "b"),
    ],
)
def test_forms_of_a_refusal(
    identity: Service, caller: Caller, body: object, code: str | None, message: str | None
) -> None:
    """Code and text are found in any form in which they come, and made fit for a terminal."""
    identity.plays(answer(body, status=401))
    with pytest.raises(ApiError) as caught:
        caller.handwriting(url=URL)
    assert (caught.value.error_code or "")[:1] == (code or "")[:1]
    assert caught.value.error_msg == message
    assert str(caught.value).replace("\n", "").isprintable()


@pytest.mark.parametrize("headers", [{}, {"X-Subject-Token": ""}, {"X-Subject-Token": "a b"}])
@pytest.mark.parametrize("status", [200, 201])
def test_success_without_a_token(
    identity: Service, caller: Caller, status: int, headers: dict[str, str]
) -> None:
    """A success without a usable token is told as an answer that does not fit."""
    identity.plays(answer(lifetime(NOW + DAY), status=status, headers=headers))
    with pytest.raises(InvalidResponseError, match=r"POST http://127\.0\.0\.1:\d+/v3/auth/tokens has"):
        caller.handwriting(url=URL)


ELSEWHERE: dict[str, Behaviour] = {
    "not found": answer({"error_code": "APIG.0101", "error_msg": "The API does not exist"}, status=404),
    "no such method": answer(b"", status=405),
    "page of a server": answer(b"<html>", status=400),
    "page of a login": answer(b"<html>", status=401),
    "page as a success": answer(b"<html>"),
    "redirect": answer(b"", status=302, headers={"Location": "/login"}),
    "no HTTP": raw(b"SSH-2.0-x\r\n"),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_no_identity_service(identity: Service, caller: Caller, name: str) -> None:
    """Where no identity service answers, the address is what is to be checked, and not the password."""
    identity.plays(ELSEWHERE[name])
    with pytest.raises(OcrError, match="Check `endpoint` and `region` of PasswordAuth") as caught:
        caller.handwriting(url=URL)
    assert "password" not in str(caught.value)
    assert f"{identity.endpoint}/v3/auth/tokens" in str(caught.value)


def test_unknown_project(identity: Service, caller: Caller) -> None:
    """A 404 in the form of an identity service is about a domain or a project."""
    identity.plays(refusal(404, "Could not find project: p."))
    with pytest.raises(ApiError, match="Check user, password, domain, project and region"):
        caller.handwriting(url=URL)


@pytest.mark.parametrize("failure", [refusal(503), token("the token"), raw(b"")])
def test_observers_see_who_failed(
    identity: Service, service: Service, caller: Caller, caplog: pytest.LogCaptureFixture, failure: Behaviour
) -> None:
    """An attempt that got no token is told and logged with the address that gave none."""
    identity.plays(failure)
    seen: list[Any] = []
    caller.settings["observers"] = [seen.append]
    with caplog.at_level(logging.DEBUG, "huaweicloud_ocr"), pytest.raises(OcrError):
        caller.handwriting(url=URL)
    url = f"{identity.endpoint}/v3/auth/tokens"
    assert [(event.method, event.url) for event in seen] == [("POST", url)] * 2
    assert {event.path for event in seen} == {"/v2/{project_id}/ocr/handwriting"}
    (line,) = [record.getMessage() for record in caplog.records if record.name == "huaweicloud_ocr"]
    assert line.startswith(f"POST {url}: ")


def test_observers_see_a_rejection_without_a_new_token(
    identity: Service, service: Service, caller: Caller
) -> None:
    """Where a rejected token cannot be renewed, the attempt is told as rejected, and the call by what it raised."""
    service.plays(REJECTED)
    identity.plays(token(), refusal())
    seen: list[Any] = []
    caller.settings["observers"] = [seen.append]
    with pytest.raises(ApiError):
        caller.handwriting(url=URL)
    assert [(event.status, event.url) for event in seen] == [
        (401, f"{service.endpoint}/v2/project-1/ocr/handwriting"),
        (401, f"{identity.endpoint}/v3/auth/tokens"),
    ]


def test_redirect(identity: Service, service: Service, caller: Caller) -> None:
    """A password is not carried to another address."""
    identity.plays(answer(b"", status=307, headers={"Location": f"{service.endpoint}/elsewhere"}))
    with pytest.raises(ApiError, match="307"):
        caller.handwriting(url=URL)
    assert not service.received


def test_no_connection(caller: Caller) -> None:
    """A service that is not there is told by its own address."""
    with serving(tokens()) as gone:
        endpoint = gone.endpoint
    caller.settings["auth"] = _auth(endpoint=endpoint)
    with pytest.raises(ConnectionFailedError, match=r"/v3/auth/tokens\)\n.*Check `endpoint`") as caught:
        caller.handwriting(url=URL)
    assert caught.value.url == f"{endpoint}/v3/auth/tokens"


def test_broken_answer(identity: Service, caller: Caller) -> None:
    """An answer that breaks off is told as such."""
    identity.plays(raw(b"HTTP/1.1 201 Created\r\nX-Subject-Token: secret\r\nContent-Length: 9\r\n\r\n{"))
    with pytest.raises(BrokenResponseError, match="/v3/auth/tokens"):
        caller.handwriting(url=URL)


# Secrets


FAILURES: dict[str, Behaviour] = {
    "refused": refusal(),
    "echo in a text": refusal(message=f"no such password: {PASSWORD}"),
    "echo of the body": answer({"sent": PASSWORD}, status=400),
    "echo as bytes": answer(f"<p>{PASSWORD}</p>".encode(), status=500),
    "unusable token": token("the token-1 nobody"),
    "broken": raw(b"HTTP/1.1 201 Created\r\nX-Subject-Token: token-1\r\nContent-Length: 9\r\n\r\n{"),
    "gone": raw(b""),
}


def _tells(text: str) -> bool:
    return any(secret in text for secret in (PASSWORD, json.dumps(PASSWORD)[1:-1], "token-1"))


def test_repr(auth: PasswordAuth, caller: Caller) -> None:
    """Nothing of it is shown, by a client neither."""
    assert repr(auth) == str(auth) == "PasswordAuth(<hidden>)"
    with Client(**caller.settings) as client:
        assert repr(client).endswith("auth=PasswordAuth(<hidden>))")


def test_no_pickle(auth: PasswordAuth) -> None:
    """It is not pickled, and nothing is that holds it; a copy is the same object, so that its token is kept once."""
    for one in (auth, auth.for_server({})):
        with pytest.raises(TypeError, match="holds a secret and is not pickled: make one in each process"):
            pickle.dumps(one)
        assert copy.copy(one) is copy.deepcopy(one) is one


@pytest.mark.parametrize("name", FAILURES)
def test_errors(identity: Service, caller: Caller, name: str) -> None:
    """Neither password nor token is in an error, its traceback or its pickle, even if the answer has it."""
    identity.plays(FAILURES[name])
    with pytest.raises(OcrError) as caught:
        caller.handwriting(url=URL)
    error = caught.value
    assert not _tells("".join(traceback.format_exception(error)))
    assert not _tells(variables_of(error))
    assert not _tells(pickle.dumps(error).decode("utf-8", "replace"))
    response = getattr(error, "response", None)
    if response is not None:
        assert not _tells(f"{dict(response.headers)} {response.content.decode('utf-8')}")


@pytest.mark.parametrize(
    ("password", "message", "shown"),
    [
        ("password", "The username or password is wrong.", "The username or password is wrong."),
        ("wrong", "The username or password is wrong.", "The username or password is wrong."),
        ("wrong", "no such password: 'wrong'", "no such password: '<hidden>'"),
        ("p", "The password is wrong: p", "The password is wrong: <hidden>"),
        ("hunter", "sent x=%3Dhunter%22", "sent x=%3D<hidden>%22"),
        ("or!", 'for "or!", not "or"', 'for "<hidden>", not "or"'),
        ("s3cr", "lines\ns3cr\n", "lines <hidden>"),
        ("long-enough", "xlong-enoughx", "x<hidden>x"),
    ],
)
def test_short_password(identity: Service, caller: Caller, password: str, message: str, shown: str) -> None:
    """A short password is hidden where it stands by itself, and leaves the words of the message as they are."""
    identity.plays(refusal(message=message))
    caller.settings["auth"] = _auth(password=password, endpoint=identity.endpoint)
    with pytest.raises(ApiError) as caught:
        caller.handwriting(url=URL)
    assert caught.value.error_msg == shown


@pytest.mark.parametrize("name", ["ok", *FAILURES])
def test_logs(identity: Service, caller: Caller, caplog: pytest.LogCaptureFixture, name: str) -> None:
    """Neither password nor token is in a log, however much is logged."""
    caplog.set_level(logging.DEBUG)
    identity.plays(FAILURES.get(name, token()))
    try:
        caller.handwriting(url=URL)
    except OcrError as error:
        logging.getLogger("test").exception("it failed", exc_info=error)
    assert caplog.records
    assert not _tells(caplog.text)


def test_log_of_other_headers(caller: Caller, caplog: pytest.LogCaptureFixture) -> None:
    """What else the HTTP library logs of an answer is left as it is."""
    caplog.set_level(logging.DEBUG)
    caller.handwriting(url=URL)
    assert "(b'X-Subject-Token', b'<hidden>')" in caplog.text
    assert "(b'Content-Type', b'application/json')" in caplog.text
