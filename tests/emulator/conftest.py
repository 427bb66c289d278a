"""The service on a free port of this machine, with the real models, loaded once."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from pydantic import SecretStr

from huaweicloud_ocr_emulator.app import create_app
from huaweicloud_ocr_emulator.contract import Contract
from huaweicloud_ocr_emulator.recognition import Recogniser
from huaweicloud_ocr_emulator.server import Server, base_url
from huaweicloud_ocr_emulator.service import load_recogniser
from huaweicloud_ocr_emulator.settings import ENVIRONMENT_PREFIX, Settings

from .caller import Caller
from .process import Process, running

TOKEN = "the-one-token"


@contextmanager
def serving(
    recogniser: Recogniser | None,
    settings: Settings | None = None,
    contract: Contract | None = None,
    *,
    loading: Callable[[], Recogniser] = load_recogniser,
) -> Iterator[Caller]:
    """Serve over HTTP for as long as the context lasts."""
    with served_by(Server(create_app(settings, recogniser, contract, load=loading))) as caller:
        yield caller


@contextmanager
def served_by(server: Server) -> Iterator[Caller]:
    """Let a server run for as long as the context lasts."""
    # The socket listens already: what is sent before the service is ready waits there.
    with socket.create_server(("127.0.0.1", 0)) as bound:
        thread = threading.Thread(target=server.run_on, args=(bound,))
        thread.start()
        try:
            yield Caller(base_url(bound))
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="session", autouse=True)
def no_settings_of_the_environment() -> Iterator[None]:
    """No variable of who runs the tests changes the services in them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.upper().startswith(ENVIRONMENT_PREFIX)]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def recogniser() -> Recogniser:
    """The real recogniser."""
    return load_recogniser()


@pytest.fixture(scope="session")
def caller(recogniser: Recogniser) -> Iterator[Caller]:
    """Calls a service with the default settings."""
    with serving(recogniser) as caller:
        yield caller


@pytest.fixture(scope="session")
def guarded(recogniser: Recogniser) -> Iterator[Caller]:
    """Calls a service that expects one token, without sending any unless told."""
    with serving(recogniser, Settings(token=SecretStr(TOKEN))) as caller:
        yield Caller(caller.url, token=None)


@pytest.fixture(scope="session")
def fetching(recogniser: Recogniser) -> Iterator[Caller]:
    """Calls a service that fetches pictures from private addresses too."""
    settings = Settings(allow_private_urls=True, fetch_seconds=2)
    with serving(recogniser, settings) as caller:
        yield caller


@pytest.fixture(scope="session")
def process() -> Iterator[Process]:
    """Calls a service in a process of its own, which waits two seconds for requests and fetches from this machine."""
    with running("--body-seconds", "2", "--recognition-seconds", "20", "--allow-private-urls") as process:
        yield process
