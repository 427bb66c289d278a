"""Cases of the corpus, carried out with the package of their document."""

from __future__ import annotations

import asyncio
import datetime
import email
import enum
import functools
import inspect
import io
import json
import math
import sys
import typing
import uuid
import warnings
from collections.abc import Callable, Mapping
from email.message import Message
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl

import attrs
import httpx
import pytest

from .documents import CorpusDocument
from .packages import operations

Case = dict[str, Any]

_CLIENT = 'Client(endpoint="https://api.example.com")'


class Service:
    """A service that answers each call the same, and remembers what came."""

    def __init__(self, answer: Mapping[str, Any]) -> None:
        self.requests: list[httpx.Request] = []
        self._answer = answer
        self.transport = httpx.MockTransport(self._handle)

    def _handle(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = dict(self._answer)
        content = json.dumps(answer["json"]) if "json" in answer else answer.get("text", "")
        kind = answer.get("type", "application/json" if "json" in answer else None)
        headers = {**({"Content-Type": kind} if kind else {}), **answer.get("headers", {})}
        status = answer.get("status", 200 if content else 204)
        return httpx.Response(
            status, headers=headers, content=content.encode(answer.get("encoding", "utf-8"))
        )


def carry_out(case: Case, document: CorpusDocument, package: ModuleType) -> None:
    """Carry out a case, a call both with the synchronous and with the asynchronous client."""
    if "types" in case:
        _check_types(case["types"], package)
    if "read" in case:
        name = operations(package)[document.operations()[0]]
        case = {"call": f"client.{name}()", "answer": {"json": case["read"]}, **case}
    if "call" not in case:
        _check_values(case.get("then", {}), _names(package))
        return
    with pytest.MonkeyPatch.context() as patch:
        for name, value in case.get("environment", {}).items():
            patch.setenv(name, value)
        _carry_out(case, package)


def _carry_out(case: Case, package: ModuleType) -> None:
    for asynchronous in (False, True) if case["call"].startswith("client.") else (False,):
        names = _names(package)
        _call(case, names, asynchronous)
        if "read" in case and "raises" not in case:
            _check_reading(case, names)
        _check_values(case.get("then", {}), names)


def repeating_at_once(names: Mapping[str, Any]) -> Any:
    """Return when a client repeats calls: as often as by default, without the waits in between."""
    return names["Retry"](first_delay=0)


def _call(case: Case, names: dict[str, Any], asynchronous: bool) -> None:
    service = Service(case.get("answer", {}))
    kind = names["AsyncClient" if asynchronous else "Client"]
    http: Any = (httpx.AsyncClient if asynchronous else httpx.Client)(transport=service.transport)
    settings = {
        **names,
        "Client": functools.partial(kind, http_client=http, retries=repeating_at_once(names)),
    }

    def call() -> Any:
        names["client"] = eval(case.get("client", _CLIENT), settings)
        result = eval(case["call"], names)
        return asyncio.run(result) if inspect.iscoroutine(result) else result

    if "warns" in case:
        names["result"] = _warned(call, case["warns"])
    elif "raises" in case:
        with pytest.raises(eval(case["raises"], names)) as caught:
            call()
        names["error"] = caught.value
        phrases = case.get("says", [])
        for phrase in [phrases] if isinstance(phrases, str) else phrases:
            assert phrase in str(caught.value), f"the message is {str(caught.value)!r}, without {phrase!r}"
        if case["raises"] in ("InvalidRequestError", "ConfigurationError"):
            assert not service.requests, "something was sent"
    else:
        names["result"] = call()
    if "sends" in case:
        expected = case["sends"] if isinstance(case["sends"], list) else [case["sends"]]
        for one, request in zip(expected, service.requests, strict=True):
            _check_request(one, request)


def _warned(call: Callable[[], Any], expected: str | list[str]) -> Any:
    """Return what a call gives that warns of these, and of nothing else, each time at the line of who makes it."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = call()
    texts = [expected] if isinstance(expected, str) else expected
    _agree("what is warned of", [str(one.message) for one in caught], texts)
    for one in caught:
        _agree("the kind of warning", one.category, DeprecationWarning)
        _agree("the place of the warning", one.filename in ("<string>", __file__), True)
    return result


def _check_reading(case: Case, names: dict[str, Any]) -> None:
    """Hold what was read to what is written, and `from_dict` to what reads the answers of the service."""
    result = names["result"]
    _agree("what is written back", shown(result), case.get("writes", case["read"]))
    if hasattr(type(result), "from_dict"):
        _agree("from_dict", type(result).from_dict(case["read"]), result)
        _agree("from_dict of to_dict", type(result).from_dict(result.to_dict()), result)


def _check_values(expected: Mapping[str, Any], names: dict[str, Any]) -> None:
    for expression, value in expected.items():
        found = shown(eval(expression, names))
        # As JSON, true is not 1, and 1 is not 1.0.
        _agree(expression, json.dumps(found, sort_keys=True), json.dumps(value, sort_keys=True))


def _check_types(expected: Mapping[str, str], package: ModuleType) -> None:
    # Annotations stand for what the codec reads, and those of the client for what it has not yet imported.
    names = {**_names(package), "Unset": import_module(f"{package.__name__}._runtime.absent").Unset}
    for kind in [value for value in names.values() if isinstance(value, enum.EnumType)]:
        values = f"{kind.__name__}Value"
        names[values] = getattr(sys.modules[kind.__module__], values, None)
    for place, code in expected.items():
        owner, _, member = place.partition(".")
        function = getattr(package.Client, owner, None)
        seen = {**names, **function.__globals__} if function else None
        hints = typing.get_type_hints(names[owner] if function is None else function, localns=seen)
        _agree(place, hints[member or "return"], eval(code, names) or type(None))


def _check_request(expected: str | Mapping[str, Any], request: httpx.Request) -> None:
    if isinstance(expected, str):
        expected = {"request": expected}
    for key, value in expected.items():
        match key:
            case "request":
                target = value.partition(" ")[2]
                url = str(request.url) if "://" in target else request.url.raw_path.decode()
                found: Any = f"{request.method} {url}"
            case "headers":
                found = {name: request.headers.get(name) for name in value}
            case "json":
                found = json.loads(request.content)
            case "text":
                found = request.content.decode("utf-8")
            case "form":
                _agree("type", request.headers["Content-Type"], "application/x-www-form-urlencoded")
                pairs = parse_qsl(request.content.decode(), keep_blank_values=True, strict_parsing=True)
                found = [list(pair) for pair in pairs]
            case "parts":
                found = _parts(request)
            case "time_limit":
                found = request.extensions["timeout"]["read"]
            case _:
                raise AssertionError(f"{key!r} in `sends` means nothing")
        _agree(key, found, value)


def _parts(request: httpx.Request) -> list[dict[str, Any]]:
    head = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n".encode()
    message = email.message_from_bytes(head + request.content)
    assert message.get_content_type() == "multipart/form-data"
    parts = message.get_payload()
    assert isinstance(parts, list)
    return [_part(part) for part in parts if isinstance(part, Message)]


def _part(part: Message) -> dict[str, Any]:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    found = {"name": part.get_param("name", header="Content-Disposition"), "content": content.decode()}
    if (filename := part.get_filename()) is not None:
        found["filename"] = filename
    if part["Content-Type"] is not None:
        found["type"] = part["Content-Type"]
    return found


def _agree(what: str, found: Any, expected: Any) -> None:
    # Only a test module has its assertions explained by pytest.
    assert found == expected, f"{what} is {found!r}, not {expected!r}"


def _names(package: ModuleType) -> dict[str, Any]:
    """Return what expressions may name: what users import, and a little of the standard library."""
    found: dict[str, Any] = {"package": package}
    for module in (asyncio, attrs, datetime, inspect, io, math, typing, uuid):
        found[module.__name__] = module
    found["Path"] = Path
    found["Literal"] = typing.Literal
    for source in (package.models, package.errors, package.types, package):
        found.update({name: getattr(source, name) for name in source.__all__})
    return found


def shown(value: Any) -> Any:
    """Return a value as JSON shows it; absent is `UNSET`, and a class is its name."""
    match value:
        case type():
            return value.__name__
        case enum.Enum():
            return value.value
        case datetime.date() | datetime.time():
            return value.isoformat()
        case uuid.UUID():
            return str(value)
        case bytes():
            return value.decode("latin-1")
        case list() | tuple():
            return [shown(item) for item in value]
        case Mapping():
            return {name: shown(item) for name, item in value.items()}
        case _ if hasattr(value, "to_dict"):
            return value.to_dict()
        case _ if type(value).__name__ == "Base64":
            return value.text
        case _ if type(value).__name__ == "UnsetType":
            return "UNSET"
        case _:
            return value
