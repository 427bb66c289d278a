"""The modules of `huaweicloud_ocr.api`, one for each operation."""

from __future__ import annotations

import asyncio
import copy
import inspect
import pickle
from http import HTTPStatus
from types import ModuleType
from typing import Any

import pytest

from huaweicloud_ocr import (
    ApiError,
    AsyncClient,
    Client,
    ConfigurationError,
    InvalidRequestError,
    Response,
    TokenAuth,
)
from huaweicloud_ocr.api.ocr import recognize_handwriting, recognize_web_image
from huaweicloud_ocr.models import HandwritingRequest, HandwritingResponse, WebImageRequest, WebImageResponse

from .calling import Caller
from .service import HANDWRITING, WEB_IMAGE, Service, answer

URL = "https://example.com/a.jpg"
BODY = HandwritingRequest(url=URL)
MODULES: list[tuple[ModuleType, Any, dict[str, Any], type[Any]]] = [
    (recognize_handwriting, BODY, HANDWRITING, HandwritingResponse),
    (recognize_web_image, WebImageRequest(url=URL), WEB_IMAGE, WebImageResponse),
]


@pytest.mark.parametrize(("module", "body", "result", "model"), MODULES, ids=["handwriting", "web-image"])
def test_plain(
    service: Service, caller: Caller, module: ModuleType, body: Any, result: dict[str, Any], model: type[Any]
) -> None:
    """`sync` and `asyncio` send the body as it is, with its documented defaults, and return the model."""
    service.plays(answer(result))
    assert caller.plain(module, body=body) == model.from_dict(result)
    assert service.only.json == body.to_dict()
    assert service.only.json["url"] == URL
    assert service.only.json["detect_direction"] is False


@pytest.mark.parametrize(("module", "body", "result", "model"), MODULES, ids=["handwriting", "web-image"])
def test_detailed(
    service: Service, caller: Caller, module: ModuleType, body: Any, result: dict[str, Any], model: type[Any]
) -> None:
    """`sync_detailed` and `asyncio_detailed` return status, headers and content along with the model."""
    service.plays(answer(result, headers={"X-Request-Id": "r-1"}))
    response: Response[Any] = caller.detailed(module, body=body)
    assert response.status_code is HTTPStatus.OK
    assert response.headers["x-request-id"] == "r-1"
    assert response.headers["X-Request-Id"] == "r-1"
    assert model.from_dict(result) == response.parsed
    assert b"words_block_list" in response.content


def test_project_id_of_a_call(service: Service, caller: Caller) -> None:
    """A project id of the call replaces the client's for this call."""
    caller.plain(recognize_handwriting, body=BODY, project_id="other")
    assert service.only.target == "/v2/other/ocr/handwriting"


def test_project_id_of_the_call_alone(service: Service, caller: Caller) -> None:
    """A client without a project id makes calls that have one."""
    caller.settings["project_id"] = None
    caller.plain(recognize_handwriting, body=BODY, project_id="other")
    assert service.only.target == "/v2/other/ocr/handwriting"


@pytest.mark.parametrize("project_id", [None, ""])
def test_no_project_id(service: Service, caller: Caller, project_id: str | None) -> None:
    """Without any project id a call is refused with where to give it."""
    caller.settings["project_id"] = project_id
    client = "AsyncClient" if caller.asynchronous else "Client"
    with pytest.raises(InvalidRequestError) as caught:
        caller.plain(recognize_handwriting, body=BODY)
    assert str(caught.value) == (
        f"project_id is missing: pass it to {client}(…), or set HUAWEICLOUD_SDK_PROJECT_ID in the environment"
    )
    assert not service.received


@pytest.mark.parametrize("project_id", [".", ".."])
def test_project_id_that_leads_elsewhere(service: Service, caller: Caller, project_id: str) -> None:
    """A project id cannot turn the path into another one."""
    with pytest.raises(InvalidRequestError, match="which would name another path"):
        caller.plain(recognize_handwriting, body=BODY, project_id=project_id)
    assert not service.received


def test_headers_of_a_call(service: Service, caller: Caller) -> None:
    """A call's headers go along with it."""
    caller.plain(recognize_handwriting, body=BODY, headers={"X-Trace": "t-1"})
    assert service.only.header("X-Trace") == "t-1"


def test_detailed_raises_like_the_plain_one(service: Service, caller: Caller) -> None:
    """A failure is an exception also where the whole answer is asked for."""
    service.plays(answer({"error_code": "AIS.0101", "error_msg": "m"}, status=400))
    with pytest.raises(ApiError, match=r"400 AIS\.0101 m"):
        caller.detailed(recognize_handwriting, body=BODY)


def test_response_survives_copying(service: Service, caller: Caller) -> None:
    """A detailed answer can be pickled and copied."""
    response = caller.detailed(recognize_handwriting, body=BODY)
    assert pickle.loads(pickle.dumps(response)) == copy.deepcopy(response) == response


async def test_calls_in_a_loop_that_runs_already(service: Service) -> None:
    """The asynchronous functions work in the loop they are awaited in."""
    async with AsyncClient(endpoint=service.endpoint, project_id="p", auth=TokenAuth("t")) as client:
        response = await recognize_handwriting.asyncio(client=client, body=BODY)
    assert response.result.words_block_count == 1


@pytest.mark.parametrize("name", ["recognize_handwriting", "recognize_web_image"])
def test_both_clients_have_the_same_methods(name: str) -> None:
    """A method takes the same arguments on both clients."""
    plain, asynchronous = getattr(Client, name), getattr(AsyncClient, name)
    assert inspect.signature(plain) == inspect.signature(asynchronous)
    assert inspect.getdoc(plain) == (inspect.getdoc(asynchronous) or "").replace("await ", "")
    assert asyncio.iscoroutinefunction(asynchronous)


@pytest.mark.parametrize("name", ["recognize_handwriting", "recognize_web_image"])
def test_arguments_are_named(name: str) -> None:
    """All arguments of a method are keywords, so that their order may change."""
    kinds = {
        parameter.kind for parameter in list(inspect.signature(getattr(Client, name)).parameters.values())[1:]
    }
    assert kinds == {inspect.Parameter.KEYWORD_ONLY}


@pytest.mark.parametrize("module", [recognize_handwriting, recognize_web_image])
@pytest.mark.parametrize("name", ["sync", "sync_detailed"])
def test_asynchronous_client_for_a_synchronous_function(module: ModuleType, name: str) -> None:
    """A synchronous function that is given an `AsyncClient` says so, and which functions take it."""
    client = AsyncClient(project_id="p", auth=TokenAuth("t"))
    with pytest.raises(ConfigurationError) as caught:
        getattr(module, name)(client=client, body=BODY)
    assert str(caught.value) == (
        "client is AsyncClient: a Client is needed; for this one there are `asyncio` and `asyncio_detailed`"
    )


@pytest.mark.parametrize("module", [recognize_handwriting, recognize_web_image])
@pytest.mark.parametrize("name", ["asyncio", "asyncio_detailed"])
def test_synchronous_client_for_an_asynchronous_function(module: ModuleType, name: str) -> None:
    """The same holds the other way round."""
    with (
        Client(project_id="p", auth=TokenAuth("t")) as client,
        pytest.raises(ConfigurationError) as caught,
    ):
        asyncio.run(getattr(module, name)(client=client, body=BODY))
    assert str(caught.value) == (
        "client is Client: an AsyncClient is needed; for this one there are `sync` and `sync_detailed`"
    )


@pytest.mark.parametrize("client", [None, "client", Client])
def test_no_client(client: Any) -> None:
    """Whatever else is no client is told as such."""
    with pytest.raises(ConfigurationError, match=r"a Client is needed$"):
        recognize_handwriting.sync(client=client, body=BODY)
