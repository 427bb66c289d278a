"""Client and local service know what the description says, and nothing of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import attrs
import pytest

import huaweicloud_ocr
from huaweicloud_ocr import client, error_codes, models
from huaweicloud_ocr._runtime.checks import ExactlyOneOf
from huaweicloud_ocr._runtime.image_limits import ImageLimits
from huaweicloud_ocr.api.ocr import recognize_handwriting, recognize_web_image
from huaweicloud_ocr_emulator.contract import load_contract

ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = {"recognizeHandwriting": recognize_handwriting, "recognizeWebImage": recognize_web_image}
REQUESTS = {"recognizeHandwriting": models.HandwritingRequest, "recognizeWebImage": models.WebImageRequest}


def _check(model: Any, kind: type[Any]) -> Any:
    (found,) = (check for check in model.__checks__ if isinstance(check, kind))
    return found


def test_the_service_serves_the_description(document: dict[str, Any]) -> None:
    """The document that the local service carries is the bundled description."""
    path = ROOT / "emulator" / "huaweicloud_ocr_emulator" / "openapi.json"
    assert json.loads(path.read_text(encoding="utf-8")) == document


def test_versions_are_the_contracts(document: dict[str, Any]) -> None:
    """Client and service tell the version of the contract that they follow."""
    assert huaweicloud_ocr.__version__ == load_contract().version == document["info"]["version"]


def test_operations_have_the_paths_of_the_description(document: dict[str, Any]) -> None:
    """Each operation is called at its path, with its method, in both."""
    described = {item["post"]["operationId"]: ("POST", path) for path, item in document["paths"].items()}
    of_client = {
        name: (module.OPERATION.method, module.OPERATION.path) for name, module in OPERATIONS.items()
    }
    of_service = {
        operation.operation_id: (operation.method, operation.path) for operation in load_contract().operations
    }
    assert of_client == of_service == described


@pytest.mark.parametrize("name", OPERATIONS)
def test_picture_limits_are_the_descriptions(document: dict[str, Any], name: str) -> None:
    """Formats, sides and Base64 size are the same in description, client and service."""
    limits = document["components"]["schemas"][REQUESTS[name].__name__]["x-image-limits"]
    of_client = attrs.asdict(_check(REQUESTS[name], ImageLimits))
    (of_service,) = (
        operation.limits for operation in load_contract().operations if operation.operation_id == name
    )
    for key, value in limits.items():
        expected = tuple(value) if isinstance(value, list) else value
        assert of_client[key] == getattr(of_service, key) == expected


@pytest.mark.parametrize("name", OPERATIONS)
def test_exactly_one_of_is_the_descriptions(document: dict[str, Any], name: str) -> None:
    """The group of which exactly one has to be given reaches the client."""
    branches = document["components"]["schemas"][REQUESTS[name].__name__]["oneOf"]
    assert _check(REQUESTS[name], ExactlyOneOf).fields == tuple(branch["required"][0] for branch in branches)


def test_error_codes_are_the_descriptions(document: dict[str, Any]) -> None:
    """The client knows each code with message, status, meaning, remedy and advice on retries."""
    described = document["components"]["schemas"]["Error"]["properties"]["error_code"]["x-error-codes"]
    known = {code: attrs.asdict(entry) for code, entry in error_codes.ERROR_CODES.items()}
    assert known == {code: {"code": code, **entry} for code, entry in described.items()}
    assert len(described) == 43


def test_error_kinds_are_the_descriptions(document: dict[str, Any]) -> None:
    """The client has an exception for each kind, which knows what the kind means and when it is meant."""
    described = document["components"]["schemas"]["Error"]["properties"]["error_code"]["x-error-kinds"]
    for name, kind in error_codes.ERROR_KINDS.items():
        known = attrs.asdict(kind)
        assert issubclass(known.pop("error"), huaweicloud_ocr.ApiError)
        assert known == {"name": name, **described[name], "statuses": tuple(described[name]["statuses"])}
    assert set(error_codes.ERROR_KINDS) == set(described)
    assert len({kind.error for kind in error_codes.ERROR_KINDS.values()}) == len(described) == 14


def test_service_answers_with_the_messages_of_the_description(document: dict[str, Any]) -> None:
    """What the service can answer are documented codes, with their documented text and status."""
    described = document["components"]["schemas"]["Error"]["properties"]["error_code"]["x-error-codes"]
    answers = load_contract().errors
    assert answers
    for code, answer in answers.items():
        assert answer.message == described[code]["message"]
        assert described[code]["status"] in (None, answer.status)


def test_error_fields_are_the_descriptions(document: dict[str, Any]) -> None:
    """The exception finds code, text and request id where the description says that they are."""
    fields = document["components"]["schemas"]["Error"]["x-error-fields"]
    known = error_codes.ERROR_FORMAT
    assert {"code": known.code, "message": known.message, "request_id": known.request_id} == fields


def test_regions_are_the_descriptions(document: dict[str, Any]) -> None:
    """The client takes the regions of the server's variable, no others."""
    (server,) = document["servers"]
    region = server["variables"]["region"]
    assert client.SERVER.url == server["url"]
    assert client.SERVER.variables == {"region": tuple(region["enum"])}
    assert list(get_args(client.Region)) == region["enum"]
