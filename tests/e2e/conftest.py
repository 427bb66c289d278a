"""The local service as a user starts it: a process of its own on a free port of the loopback interface."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from demo.service import running_service
from huaweicloud_ocr import Client, TokenAuth

PROJECT_ID = "0123456789abcdef0123456789abcdef"
TOKEN = "a-token-that-nobody-else-has"


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """Address of a running service that knows one token and fetches private addresses."""
    with running_service("--token", TOKEN, "--allow-private-urls") as address:
        yield address


@pytest.fixture
def client(endpoint: str) -> Iterator[Client]:
    """A client of the running service."""
    with Client(endpoint=endpoint, project_id=PROJECT_ID, auth=TokenAuth(TOKEN)) as client:
        yield client
