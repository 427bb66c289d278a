"""The fake that each generated package has for tests of the code that uses it."""

from __future__ import annotations

import asyncio
import functools
import inspect
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from generator.fakes import OF_A_FAKE
from generator.runtime.fake_service import FakeService

from .corpus.cases import Case, _names, repeating_at_once
from .corpus.documents import CorpusDocument, documents
from .corpus.packages import Packages, operations

DOCUMENTS = documents()
CALLS = [
    pytest.param(document, case, id=f"{document.name}-{number}")
    for document in DOCUMENTS
    for number, case in enumerate(document.cases, 1)
    if case.get("call", "").startswith("client.")
    and case.get("raises") not in ("ConfigurationError", "InvalidRequestError")
]


def _fake(packages: Packages, document: CorpusDocument) -> Any:
    package = packages.of(document)
    testing = sys.modules[f"{package.__name__}.testing"]
    return getattr(
        testing,
        next(
            name
            for name in testing.__all__
            if name.startswith("Fake") and name not in ("FakeCall", "FakeOperation", "FakeTokens")
        ),
    )()


@pytest.mark.parametrize("document", [pytest.param(document, id=document.name) for document in DOCUMENTS])
def test_every_operation_is_faked(packages: Packages, document: CorpusDocument) -> None:
    """The fake of a document has each operation, and makes both clients."""
    fake = _fake(packages, document)
    assert {operation.name for operation in fake._operations} == set(
        operations(packages.of(document)).values()
    )
    with fake:
        fake.client().close()
        asyncio.run(fake.async_client().aclose())


@pytest.mark.parametrize(("document", "case"), CALLS)
@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
def test_what_a_client_sends_is_understood(
    packages: Packages, document: CorpusDocument, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the clients send for any construct keeps to the description in the eyes of the fake, too."""
    for name, value in case.get("environment", {}).items():
        monkeypatch.setenv(name, value)
    package = packages.of(document)
    transport = sys.modules[f"{package.__name__}._runtime.fake_transport"]
    for asynchronous in (False, True):
        fake, names = _fake(packages, document), _names(package)
        answer = case.get("answer", {})
        content = (json.dumps(answer["json"]) if "json" in answer else answer.get("text", "")).encode(
            answer.get("encoding", "utf-8")
        )
        kind = answer.get("type", "application/json" if "json" in answer else None)
        headers = {**({"Content-Type": kind} if kind else {}), **answer.get("headers", {})}
        fake.respond(answer.get("status", 200 if content else 204), content, headers=headers)
        make = names["AsyncClient" if asynchronous else "Client"]
        http = (transport.async_http_client if asynchronous else transport.http_client)(fake.handle)
        retries = repeating_at_once(names)
        settings = {**names, "Client": functools.partial(make, http_client=http, retries=retries)}
        try:
            names["client"] = eval(case.get("client", 'Client(endpoint="https://api.example.com")'), settings)
            result = eval(case["call"], names)
            if inspect.iscoroutine(result):
                asyncio.run(result)
        except Exception as error:
            if isinstance(error, AssertionError) or "raises" not in case:
                raise
        fake.check()
        for call in fake.calls:
            assert repr(call).startswith(f"<{call.operation}(")
        assert fake.calls or "raises" in case


def test_media_types_of_an_answer(packages: Packages) -> None:
    """A fake answers an operation of several media types as the one that a value fits."""
    (document,) = (one for one in DOCUMENTS if one.name == "answers/by_media_type")
    job = packages.of(document).models.Job(name="dig")
    with _fake(packages, document) as fake:
        client = fake.client()
        for value in (job, "a,b", b"PNG"):
            fake.get_job.answer(value)
            assert client.get_job() == value


def test_reserved_names() -> None:
    """No operation hides what a fake has: all that is public there is reserved."""
    of_some = {"tokens"}  # only where the description says where tokens come from
    assert {name for name in dir(FakeService) if not name.startswith("_")} | of_some == OF_A_FAKE


NAMES = """
openapi: 3.1.0
info: {title: T, version: '1'}
security: [{key: []}]
paths:
  /a: {get: {operationId: client, responses: {'204': {description: d}}}}
  /c:
    get:
      operationId: fail
      responses:
        '200':
          description: d
          content:
            application/json:
              schema: {$ref: '#/components/schemas/FakeCall'}
              examples: {first: {value: {name: "'''\\n"}}, odd: {externalValue: 'http://a'}}
components:
  securitySchemes: {key: {type: apiKey, in: query, name: key}}
  schemas:
    FakeCall: {type: object, required: [name], properties: {name: {type: string}}}
    FakeMyApi: {type: object, properties: {call: {$ref: '#/components/schemas/FakeCall'}}}
"""


def test_odd_names(tmp_path: Path) -> None:
    """Operations and models named like something of the fake keep out of its way, and hostile examples are text."""
    from generator.generate import generate

    (tmp_path / "openapi.yaml").write_text(NAMES, encoding="utf-8")
    generate(tmp_path / "openapi.yaml", tmp_path / "out", "my_api")
    sys.path.insert(0, str(tmp_path / "out"))
    try:
        from my_api import testing  # type: ignore[import-not-found]
    finally:
        sys.path.pop(0)
    with testing.FakeMyApiService() as fake:
        client = fake.client()
        assert client.client() is None
        assert client.fail() == fake.fail_.example("first")
        assert fake.fail_.example().name == "'''\n"
        fake.client_.assert_called(1)
