"""A caller that holds every answer to the description."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import httpx
import jsonschema_rs

HANDWRITING = "/v2/some-project/ocr/handwriting"
WEB_IMAGE = "/v2/some-project/ocr/web-image"

_SUCCESS = {HANDWRITING: "HandwritingResponse", WEB_IMAGE: "WebImageResponse"}


@cache
def description() -> dict[str, Any]:
    """Return the description that is bundled with the service."""
    source = resources.files("huaweicloud_ocr_emulator") / "openapi.json"
    document: dict[str, Any] = json.loads(source.read_bytes())
    return document


def error_codes() -> dict[str, Any]:
    """Return the catalogue of errors."""
    codes: dict[str, Any] = description()["components"]["schemas"]["Error"]["properties"]["error_code"]
    return dict(codes["x-error-codes"])


@cache
def _validator(schema: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator({**description(), "$ref": f"#/components/schemas/{schema}"})


@dataclass(frozen=True)
class Caller:
    """Calls a service at an address."""

    url: str
    token: str | None = "any"

    def post(self, path: str, body: bytes | dict[str, Any], **headers: str) -> httpx.Response:
        """Send a body, and check that the answer keeps to the description."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {"Content-Type": "application/json", **headers}
        if self.token is not None:
            sent.setdefault("X-Auth-Token", self.token)
        return self.send("POST", path, content=content, headers=sent)

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send a request as it is, and check that the answer keeps to the description."""
        # There is no TLS here: without `verify` the certificate authorities are not loaded for each call.
        response = httpx.request(
            method, self.url + path, timeout=30, trust_env=False, verify=False, **options
        )
        assert len(response.headers["X-Request-Id"]) == 32
        if response.is_success:
            if schema := _SUCCESS.get(path):
                _validator(schema).validate(response.json())
            return response
        error = response.json()
        _validator("Error").validate(error)
        assert error["request_id"] == response.headers["X-Request-Id"]
        entry = error_codes()[error["error_code"]]
        assert error["error_msg"] == entry["message"]
        assert entry["status"] in (None, response.status_code)
        return response

    @contextmanager
    def connection(self) -> Iterator[socket.socket]:
        """Open a connection for what no HTTP client sends."""
        address = httpx.URL(self.url)
        with socket.create_connection((address.host, address.port or 80), timeout=10) as connection:
            yield connection

    def error(self, path: str, body: bytes | dict[str, Any], **headers: str) -> str:
        """Send a body, and return the error code of the answer."""
        response = self.post(path, body, **headers)
        assert not response.is_success, response.text
        code: str = response.json()["error_code"]
        return code

    def blocks(self, path: str, **parameters: Any) -> list[dict[str, Any]]:
        """Send parameters, and return the blocks of the answer."""
        response = self.post(path, parameters)
        assert response.status_code == 200, response.text
        result = response.json()["result"]
        blocks: list[dict[str, Any]] = result["words_block_list"]
        assert result["words_block_count"] == len(blocks)
        return blocks

    def words(self, path: str, **parameters: Any) -> list[str]:
        """Send parameters, and return the words of each block of the answer."""
        return [block["words"] for block in self.blocks(path, **parameters)]
