"""What the tests of batches share: folders of pictures that can be told apart, and services that are busy."""

from __future__ import annotations

import base64
import json
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from huaweicloud_ocr import AsyncClient, TokenAuth
from huaweicloud_ocr.batch import Batch, Outcome, Pacing, run

from .pictures import picture
from .service import Behaviour, Exchange, Received, Service, answer

QUICK = Pacing(first_delay=0.002, longest_delay=0.02, patience=20)
"""Waits that tests can afford."""


def folder(path: Path, count: int) -> Path:
    """Make a folder with pictures `0.png`, `1.png` and so on, each of which carries its number."""
    path.mkdir(exist_ok=True)
    for number in range(count):
        (path / f"{number}.png").write_bytes(picture() + b"#%d" % number)
    return path


def number_of(received: Received) -> int:
    """Which of the pictures of a folder a request carries."""
    return int(base64.b64decode(received.json["image"]).rpartition(b"#")[2])


def sent(service: Service) -> Counter[int]:
    """How often each of the pictures of a folder was sent."""
    return Counter(map(number_of, whole(service.received)))


def whole(received: Iterable[Received]) -> Iterator[Received]:
    """The requests that came whole; of a sender that was killed the last ones may not."""
    return (one for one in received if len(one.body) == int(one.header("content-length") or 0))


def lines(path: Path) -> list[Any]:
    """The whole lines of a results file."""
    return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]


def by_name(path: Path) -> dict[str, Any]:
    """The lines of a results file by the names of files; each comes once."""
    found = {Path(line["source"]).name: line for line in lines(path)}
    assert len(found) == len(lines(path))
    return found


def client(service: Service) -> AsyncClient:
    """A client of a service."""
    return AsyncClient(endpoint=service.endpoint, project_id="project-1", auth=TokenAuth("token-1"))


async def outcomes(service: Service, *arguments: Any, **settings: Any) -> list[Outcome[Any]]:
    """Run a batch of handwriting to its end."""
    async with client(service) as opened:
        batch: Batch[Any] = run(opened.recognize_handwriting, *arguments, **{"pacing": QUICK, **settings})
        return [outcome async for outcome in batch]


class Busy:
    """A service that serves only so many calls at once, and answers others that there are too many.

    It takes its time for the calls after the first until there are too many once, however slow the machine is.

    Attributes:
        most: How many came at once at most.
        refused: How many it refused.
    """

    def __init__(self, serves: int, refusal: Behaviour) -> None:
        self.serves = serves
        self.most = 0
        self.refused = 0
        self._refusal = refusal
        self._now = 0
        self._calls = 0
        self._changed = threading.Condition()

    def __call__(self, exchange: Exchange) -> None:
        """Answer a call."""
        with self._changed:
            self._now += 1
            self._calls += 1
            self.most = max(self.most, self._now)
            is_refused = self._now > self.serves
            self.refused += is_refused
            if is_refused:
                self._changed.notify_all()
            elif self._calls > 1:
                self._changed.wait_for(lambda: self.refused, timeout=5)
        try:
            exchange.service.over.wait(0.004)
            (self._refusal if is_refused else answer())(exchange)
        finally:
            with self._changed:
                self._now -= 1


def error(status: int, code: str = "", **headers: str) -> Behaviour:
    """Answer with an error of the service."""
    body = {"error_code": code, "error_msg": f"message of {code}", "request_id": "request-1"} if code else b""
    return answer(
        body, status=status, headers={name.replace("_", "-"): text for name, text in headers.items()}
    )


def is_number(numbers: set[int], then: Behaviour, otherwise: Behaviour | None = None) -> Behaviour:
    """Treat some of the pictures of a folder in another way than the others."""

    def act(exchange: Exchange) -> None:
        (then if number_of(exchange.last) in numbers else otherwise or answer())(exchange)

    return act
