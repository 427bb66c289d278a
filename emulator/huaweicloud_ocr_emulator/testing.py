"""The service for tests of your own: real HTTP, real recognition, on a free port of this machine.

Where this package is installed, pytest has the fixture `ocr_emulator`, which starts the service once a run:

    def test_my_code(ocr_emulator):
        assert read_meter("meter.jpg", endpoint=ocr_emulator.url) == "30482"

`running` does the same without pytest, and with settings of your own, to rehearse throttling, faults or credentials.
"""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from huaweicloud_ocr import AsyncClient, Client
    from huaweicloud_ocr_emulator.settings import Settings

_SECONDS_TO_START: Final = 60.0


class Emulator:
    """A service that runs.

    Attributes:
        url: Its address, for the client's `endpoint`.
    """

    def __init__(self, url: str) -> None:
        self.url = url

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.url}>"

    def client(self, **settings: Any) -> Client:
        """Return a client of the service, with settings of your own where you give some; close it, or use `with`."""
        from huaweicloud_ocr import Client

        return Client(**self._settings(settings))

    def async_client(self, **settings: Any) -> AsyncClient:
        """Return an asynchronous client of the service; see `client`."""
        from huaweicloud_ocr import AsyncClient

        return AsyncClient(**self._settings(settings))

    def _settings(self, given: dict[str, Any]) -> dict[str, Any]:
        from huaweicloud_ocr import TokenAuth

        return {"endpoint": self.url, "project_id": "local", "auth": TokenAuth("any"), **given}


@contextmanager
def running(**settings: Any) -> Generator[Emulator]:
    """Serve in a thread of this process for as long as the context lasts.

    Nothing but what is given counts, no variable of the environment.

    Args:
        settings: As those of `huaweicloud_ocr_emulator.settings.Settings`, such as `rate_limit="60/min"`. Without
            `port` it takes any free one.

    Raises:
        TypeError: There is no such setting.
        ValueError: A setting is not usable.
        RuntimeError: The service did not start.
    """
    # What the service needs takes a second to import, which is for those alone who start one.
    from huaweicloud_ocr_emulator.app import create_app
    from huaweicloud_ocr_emulator.listening import CannotListen, listen
    from huaweicloud_ocr_emulator.server import Server, base_url
    from huaweicloud_ocr_emulator.throttle import UnknownFault

    chosen = _settings({"port": 0, **settings})
    started = threading.Event()
    problems: list[Exception] = []

    def tell(problem: Exception | None) -> None:
        if problem is not None:
            problems.append(problem)
        started.set()

    try:
        bound = listen(chosen.host, chosen.port)
    except CannotListen as error:
        raise RuntimeError(f"the OCR emulator did not start: {error}") from None
    with bound:
        try:
            server = Server(create_app(chosen, on_ready=tell))
        except UnknownFault as error:
            raise ValueError(f"fault: {error}") from None
        thread = threading.Thread(target=server.run_on, args=(bound,), name="ocr-emulator")
        thread.start()
        try:
            if not started.wait(_SECONDS_TO_START) or problems:
                why = problems[0] if problems else f"it was not ready after {_SECONDS_TO_START:g} s"
                raise RuntimeError(f"the OCR emulator did not start: {why}")
            yield Emulator(base_url(bound))
        finally:
            server.should_exit = True
            thread.join()


def _settings(given: dict[str, Any]) -> Settings:
    from pydantic import ValidationError

    from huaweicloud_ocr_emulator.settings import Settings, explicit
    from huaweicloud_ocr_emulator.wrong_settings import did_you_mean, tell

    for name in given:
        if name not in Settings.model_fields:
            meant = did_you_mean(name.replace("-", "_"), Settings.model_fields)
            raise TypeError(
                f"there is no setting {name}{meant or ': huaweicloud-ocr-emulator --help tells which there are'}"
            )
    try:
        return explicit(**given)
    except ValidationError as error:
        # pydantic's own words have a link to its site, and the values of secrets that are no text.
        raise ValueError(tell(error, str, str)) from None
