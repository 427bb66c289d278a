"""Secrets that are looked for in everything that anybody may print: repr, text, log, traceback."""

from __future__ import annotations

import asyncio
import copy
import io
import logging
import pickle
import string
import traceback
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from huaweicloud_ocr import AkSkAuth, Base64, CallEnded, Client, OcrError, TokenAuth, models, types
from huaweicloud_ocr.models import HandwritingRequest
from huaweicloud_ocr.testing import FakeOcr
from huaweicloud_ocr.types import Auth, HttpRequest, RawResponse, Response

from .faults.peers import Peer, answer, resets, says, says_nothing
from .pictures import picture

_LETTERS = string.ascii_letters + string.digits


@attrs.frozen
class Canaries:
    """Texts that must not be seen anywhere, and a client's settings that are full of them."""

    token: str
    secret_key: str
    security_token: str
    header: str
    image: bytes

    @property
    def hidden(self) -> tuple[str, ...]:
        """What is looked for; of the picture its text as Base64, and its bytes as Python shows them."""
        text = Base64.from_file(self.image).text
        return (
            self.token,
            self.secret_key,
            self.security_token,
            self.header,
            text[40:80],
            repr(self.image)[40:70],
        )

    def auths(self) -> list[Auth]:
        """Every way to authenticate."""
        return [
            TokenAuth(self.token),
            AkSkAuth("access", self.secret_key, security_token=self.security_token),
        ]

    def assert_hidden(self, *shown: object) -> None:
        """Fail when a canary is in a text, or in the repr or text of an object."""
        for value in shown:
            for text in (value,) if isinstance(value, str) else (repr(value), str(value)):
                for canary in self.hidden:
                    assert canary not in text


# The beginning keeps them from being a word that is there anyway.
_SECRETS = st.text(_LETTERS, min_size=10, max_size=40).map(lambda text: f"canary{text}")
CANARIES = st.builds(
    Canaries,
    token=_SECRETS,
    secret_key=_SECRETS,
    security_token=_SECRETS,
    header=_SECRETS,
    image=st.binary(min_size=60, max_size=100).map(lambda tail: picture() + tail),
)
STEPS = [
    ("answer", lambda fake: None),
    ("fail", lambda fake: fake.fail("ModelArts.4103")),
    ("throttle", lambda fake: fake.throttle()),
    ("time_out", lambda fake: fake.time_out()),
    ("refuse", lambda fake: fake.refuse()),
    ("reset", lambda fake: fake.reset()),
    ("truncate", lambda fake: fake.truncate()),
    ("garble", lambda fake: fake.garble()),
    ("respond", lambda fake: fake.respond(502, b"<html>")),
    ("unknown", lambda fake: fake.respond(207, b"{}")),
]


@pytest.fixture(scope="module")
def log() -> Iterator[io.StringIO]:
    """Everything that is logged by anyone, however unimportant."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.NOTSET)
    yield stream
    root.setLevel(level)
    root.removeHandler(handler)


def _traceback(error: BaseException) -> str:
    return "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())


def _called(fake: FakeOcr, given: dict[str, Any], call: dict[str, Any]) -> object:
    with fake.client(**given) as client:
        return client.recognize_handwriting(**call), client


async def _awaited(fake: FakeOcr, given: dict[str, Any], call: dict[str, Any]) -> object:
    async with fake.async_client(**given) as client:
        return await client.recognize_handwriting(**call), client


@pytest.mark.parametrize("step", STEPS, ids=[name for name, _ in STEPS])
@pytest.mark.parametrize("asynchronous", [False, True], ids=["Client", "AsyncClient"])
@settings(max_examples=5)
@given(canaries=CANARIES)
def test_calls(log: io.StringIO, step: Any, asynchronous: bool, canaries: Canaries) -> None:
    """However a call ends, what can be seen of it shows no secret and no picture."""
    log.seek(0)
    log.truncate()
    for auth in canaries.auths():
        events: list[Any] = []
        fake = FakeOcr()
        step[1](fake)
        given: dict[str, Any] = {
            "auth": auth,
            "headers": {"X-Private": canaries.header},
            "observers": [events.append],
            "retries": 1,
        }
        call: dict[str, Any] = {"image": canaries.image, "headers": {"X-Own": canaries.header}}
        seen: list[object] = [auth, fake, fake.recognize_handwriting]
        try:
            seen.append(
                asyncio.run(_awaited(fake, given, call)) if asynchronous else _called(fake, given, call)
            )
        except OcrError as error:
            logging.getLogger("application").exception("it failed")
            copies = [copy.copy(error), pickle.loads(pickle.dumps(error))]
            seen += [error, *copies, error.__cause__, vars(error), "".join(traceback.format_exception(error))]
        assert isinstance(events[-1], CallEnded)
        assert len(fake.calls) >= 1
        canaries.assert_hidden(
            *seen, *events, events, *fake.calls, fake.calls, *(call.body for call in fake.calls)
        )
    assert log.getvalue()
    canaries.assert_hidden(log.getvalue())


@given(canaries=CANARIES)
def test_objects(canaries: Canaries) -> None:
    """No public class that may hold a secret or a picture shows it."""
    encoded = Base64.from_file(canaries.image)
    request = HttpRequest(
        method="POST",
        url=f"https://a.example/b?key={canaries.token}",
        headers={"Authorization": canaries.secret_key, "X-Other": canaries.header},
        content=encoded.encoded,
        time_limit=1.0,
    )
    raw = RawResponse(
        status_code=200, headers={"Set-Cookie": canaries.token}, content=canaries.token.encode()
    )
    objects: list[object] = [
        encoded,
        request,
        request.headers,
        raw,
        raw.headers,
        Response(status_code=200, headers=raw.headers, content=raw.content, parsed=None),
        types.File(canaries.image),
    ]
    kinds: list[Any] = [getattr(models, name) for name in models.__all__]
    for kind in kinds:
        if "image" in getattr(kind, "__annotations__", ()):
            model = kind(image=encoded)
            objects += [model, attrs.evolve(model), pickle.loads(pickle.dumps(model))]
    for auth in canaries.auths():
        objects += [auth, auth.authenticate(request), Client(auth=auth, project_id="p")]
    canaries.assert_hidden(*objects, objects, {"held": objects})
    canaries.assert_hidden(*(f"{value} {value!r:>5}" for value in objects))
    assert HandwritingRequest(image=encoded).image == encoded


PEERS = {
    "reset": resets,
    "silence": says_nothing,
    "half": says(answer()[:-9]),
    "not HTTP": says(b"SSH\r\n"),
    "no JSON": says(answer(b"{")),
    "error": says(answer(b"{}", status="401 Unauthorized")),
}
CANARY = Canaries(
    "canary-token", "canary-key", "canary-security", "canary-header", picture() + bytes(range(90))
)


@pytest.mark.parametrize("name", PEERS)
@pytest.mark.parametrize("number", [0, 1], ids=["token", "key pair"])
def test_locals_of_a_traceback(name: str, number: int) -> None:
    """Reporters of errors show the local variables of a traceback, those of the HTTP library too."""
    with Peer(PEERS[name]) as peer:
        client = Client(
            endpoint=peer.endpoint,
            project_id="p",
            auth=CANARY.auths()[number],
            headers={"X-Private": CANARY.header},
            time_limit=0.2,
            retries=0,
        )
        with client, pytest.raises(OcrError) as caught:
            client.recognize_handwriting(image=CANARY.image)
    lines = _traceback(caught.value).splitlines()
    CANARY.assert_hidden("\n".join(line for line in lines if not _is_argument(line)))


def _is_argument(line: str) -> bool:
    """Whether a line shows what the caller gave, as the caller's own line does."""
    return line.strip().startswith("image = b")
