"""The service on a free port of this machine, with the real models, loaded once."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from huaweicloud_ocr_emulator.app import create_app, load_recogniser
from huaweicloud_ocr_emulator.contract import Contract
from huaweicloud_ocr_emulator.recognition import Recogniser
from huaweicloud_ocr_emulator.server import Server, base_url
from huaweicloud_ocr_emulator.settings import Settings

from .caller import Caller

TOKEN = "the-one-token"


@contextmanager
def serving(
    recogniser: Recogniser, settings: Settings | None = None, contract: Contract | None = None
) -> Iterator[Caller]:
    """Serve over HTTP for as long as the context lasts."""
    server = Server(create_app(settings, recogniser, contract))
    # The socket listens already: what is sent before the service is ready waits there.
    with socket.create_server(("127.0.0.1", 0)) as bound:
        thread = threading.Thread(target=server.run_on, args=(bound,))
        thread.start()
        try:
            yield Caller(base_url(bound))
        finally:
            server.should_exit = True
            thread.join()


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
    with serving(recogniser, Settings(token=TOKEN)) as caller:
        yield Caller(caller.url, token=None)


@pytest.fixture(scope="session")
def fetching(recogniser: Recogniser) -> Iterator[Caller]:
    """Calls a service that fetches pictures from private addresses too."""
    settings = Settings(allow_private_urls=True, fetch_seconds=2)
    with serving(recogniser, settings) as caller:
        yield caller
