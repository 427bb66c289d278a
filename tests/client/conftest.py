"""What the tests of the client share."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest

from huaweicloud_ocr import TokenAuth

from .calling import Caller
from .service import Service


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep loopback away from a proxy that this machine may use."""
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture(autouse=True)
def _no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep out what the environment of this machine says about who calls."""
    for name in os.environ:
        if name.startswith("HUAWEICLOUD_SDK_"):
            monkeypatch.delenv(name)


@pytest.fixture
def service() -> Iterator[Service]:
    """A server that answers each request with handwriting, unless the test says otherwise."""
    with Service() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.005})
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()
    assert not server.failures


@pytest.fixture(params=["Client", "AsyncClient"])
def caller(request: pytest.FixtureRequest, service: Service) -> Caller:
    """Calls to the server, once with each client."""
    return Caller(
        asynchronous=request.param == "AsyncClient",
        endpoint=service.endpoint,
        project_id="project-1",
        auth=TokenAuth("token-1"),
        time_limit=10,
        retries=0,
    )
