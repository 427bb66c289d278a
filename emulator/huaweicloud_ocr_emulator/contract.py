"""What the bundled OpenAPI description says, in the shape in which the service needs it.

Paths, schemas, limits of pictures, error messages, statuses and header names come from here and from nowhere
else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Final
from urllib.parse import quote

import jsonschema_rs

from huaweicloud_ocr_emulator.failures import STATUS_WHERE_NONE_IS_DOCUMENTED, ErrorCode
from huaweicloud_ocr_emulator.faults import BodyCheck, alternatives_of
from huaweicloud_ocr_emulator.operations import IMPLEMENTATIONS

_BASE: Final = "urn:huaweicloud-ocr-emulator:openapi"
_METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_JSON: Final = "application/json"


class ContractError(Exception):
    """The bundled description is missing, damaged, or lacks what this version of the service needs."""


@dataclass(frozen=True, slots=True)
class ImageLimits:
    """What a picture has to be like (`x-image-limits` of the request schema).

    Attributes:
        formats: The names of the formats as Pillow knows them, such as `JPEG`.
        min_side: Pixels that the shorter side has at least.
        max_side: Pixels that the longer side has at most.
        max_base64_length: Characters that the Base64 text of the file has at most.
    """

    formats: tuple[str, ...]
    min_side: int
    max_side: int
    max_base64_length: int

    @property
    def max_file_size(self) -> int:
        """Bytes of the largest file whose Base64 text is within the limit."""
        return self.max_base64_length // 4 * 3


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where an operation of the description is called.

    Attributes:
        operation_id: Its `operationId`.
        method: Its HTTP method in upper case.
        path: Its path template, such as `/v2/{project_id}/ocr/handwriting`.
    """

    operation_id: str
    method: str
    path: str


@dataclass(frozen=True, slots=True)
class Operation(Endpoint):
    """An operation of the description that this service has.

    Attributes:
        limits: What its pictures have to be like.
        parameters: The names of all parameters of the request body.
        defaults: The default value of every parameter of the request body that has one.
    """

    limits: ImageLimits
    parameters: tuple[str, ...]
    defaults: Mapping[str, Any]
    _request: BodyCheck = field(repr=False)
    _response: BodyCheck = field(repr=False)

    def request_faults(self, body: object) -> list[str]:
        """Return what breaks the schema of the request body, without repeating any value."""
        return self._request.faults(body)

    def response_faults(self, body: object) -> list[str]:
        """Return what breaks the schema of a successful answer, without repeating any value."""
        return self._response.faults(body)


@dataclass(frozen=True, slots=True)
class Answer:
    """How an error code is answered.

    Attributes:
        status: The HTTP status.
        message: The text for `error_msg`.
    """

    status: int
    message: str


@dataclass(frozen=True, slots=True)
class Contract:
    """The bundled description.

    Attributes:
        version: The version of the contract, `info.version`.
        operations: The operations that this service has, in the order of the description.
        missing: The operations that it does not have.
        errors: How each error code of the catalogue is answered that has a message.
        token_header: Name of the header that carries the token.
        signature_header: Name of the header that carries an AK/SK signature.
        signature_scheme: The word with which such a signature begins.
    """

    version: str
    operations: tuple[Operation, ...]
    missing: tuple[Endpoint, ...]
    errors: Mapping[str, Answer]
    token_header: str
    signature_header: str
    signature_scheme: str

    @property
    def max_base64_length(self) -> int:
        """Characters of Base64 text in the largest picture that any operation takes."""
        return max(operation.limits.max_base64_length for operation in self.operations)


@cache
def load_contract() -> Contract:
    """Return what the service needs from the description that is bundled with this package.

    Raises:
        ContractError: It is missing, damaged, or lacks something.
    """
    source = resources.files("huaweicloud_ocr_emulator") / "openapi.json"
    try:
        document = json.loads(source.read_bytes())
    except FileNotFoundError:
        raise ContractError(f"{source} is missing: install huaweicloud-ocr-emulator again") from None
    except ValueError as error:
        raise ContractError(
            f"{source} is not JSON ({error}): install huaweicloud-ocr-emulator again"
        ) from None
    return read_contract(document)


def read_contract(document: dict[str, Any]) -> Contract:
    """Take what the service needs from a description, bundled into one document.

    Of operations that the service does not have nothing is asked but where they are called.

    Raises:
        ContractError: It lacks something that this version of the service needs.
    """
    try:
        return _read(document)
    except (KeyError, TypeError, ValueError, StopIteration) as error:
        what = f"{type(error).__name__} {error}"
        raise ContractError(f"this version cannot serve the description: {what}") from error


def _read(document: dict[str, Any]) -> Contract:
    registry = jsonschema_rs.Registry([(_BASE, document)])
    schemes = list(document["components"]["securitySchemes"].values())
    signature = next(scheme for scheme in schemes if "x-signature" in scheme)
    token = next(scheme for scheme in schemes if scheme["type"] == "apiKey" and "x-signature" not in scheme)
    endpoints = list(_endpoints(document))
    return Contract(
        version=document["info"]["version"],
        operations=tuple(
            _operation(found, document, registry)
            for found in endpoints
            if found.operation_id in IMPLEMENTATIONS
        ),
        missing=tuple(found for found in endpoints if found.operation_id not in IMPLEMENTATIONS),
        errors=_errors(document),
        token_header=token["name"],
        signature_header=signature["name"],
        signature_scheme=signature["x-signature"],
    )


def _endpoints(document: dict[str, Any]) -> Iterator[Endpoint]:
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                yield Endpoint(item[method]["operationId"], method.upper(), path)


def _operation(endpoint: Endpoint, document: dict[str, Any], registry: jsonschema_rs.Registry) -> Operation:
    where = ("paths", endpoint.path, endpoint.method.lower())
    request = (*where, "requestBody", "content", _JSON, "schema")
    response = (*where, "responses", "200", "content", _JSON, "schema")
    schema = _resolve(document, request)
    limits = schema["x-image-limits"]
    members = {name: _resolve(document, (*request, "properties", name)) for name in schema["properties"]}
    return Operation(
        operation_id=endpoint.operation_id,
        method=endpoint.method,
        path=endpoint.path,
        limits=ImageLimits(
            formats=tuple(limits["formats"]),
            min_side=limits["min_side"],
            max_side=limits["max_side"],
            max_base64_length=limits["max_base64_length"],
        ),
        parameters=tuple(members),
        defaults={name: member["default"] for name, member in members.items() if "default" in member},
        _request=BodyCheck(_validator(request, registry), alternatives_of(schema)),
        _response=BodyCheck(_validator(response, registry)),
    )


def _errors(document: dict[str, Any]) -> dict[str, Answer]:
    catalogue = document["components"]["schemas"]["Error"]["properties"]["error_code"]["x-error-codes"]
    answers = {
        code: Answer(int(entry["status"] or STATUS_WHERE_NONE_IS_DOCUMENTED.get(code, 400)), entry["message"])
        for code, entry in catalogue.items()
        if isinstance(entry["message"], str)
    }
    if lacking := [code for code in ErrorCode if code not in answers]:
        raise KeyError(f"messages of {', '.join(lacking)}")
    return answers


def _resolve(document: dict[str, Any], pointer: tuple[str, ...]) -> dict[str, Any]:
    """Return the object at a path, following references on the way; what stands beside a `$ref` is kept."""
    current: Any = document
    for key in pointer:
        current = _follow(document, current)[key]
    return _follow(document, current)


def _follow(document: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in node:
        return node
    keys = [key.replace("~1", "/").replace("~0", "~") for key in node["$ref"].removeprefix("#/").split("/")]
    return {**_resolve(document, tuple(keys)), **{key: value for key, value in node.items() if key != "$ref"}}


def _validator(
    pointer: tuple[str, ...], registry: jsonschema_rs.Registry
) -> jsonschema_rs.Draft202012Validator:
    fragment = "/".join(key.replace("~", "~0").replace("/", "~1") for key in pointer)
    # `mask` keeps the values of requests and answers out of the messages.
    return jsonschema_rs.Draft202012Validator(
        {"$ref": f"{_BASE}#/{quote(fragment)}"}, registry=registry, mask="the value", offline=True
    )
