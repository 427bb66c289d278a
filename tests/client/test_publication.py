"""Operations that are not known to be published in every region."""

from __future__ import annotations

import asyncio
import warnings
from typing import Any

import pytest

from huaweicloud_ocr import AsyncClient, Client, NotPublishedWarning, OcrError, TokenAuth
from huaweicloud_ocr._runtime.publication import Publication
from huaweicloud_ocr.api.ocr import recognize_handwriting, recognize_web_image

URL = "https://example.com/a.jpg"
KNOWN = {
    "handwriting": ["cn-north-4"],
    "web-image": ["cn-north-4", "cn-south-1", "cn-east-3", "ap-southeast-2"],
}


class Unsent(Exception):
    """Ends a call before it is sent."""


class _Stop:
    def authenticate(self, request: Any) -> Any:
        raise Unsent


def _call(
    method: str, *, asynchronous: bool, times: int = 1, **settings: Any
) -> list[warnings.WarningMessage]:
    """Make calls that end before they are sent, and return the warnings."""
    settings = {"project_id": "p", "auth": _Stop(), **settings}

    async def run() -> None:
        async with AsyncClient(**settings) as client:
            for _ in range(times):
                with pytest.raises(Unsent):
                    await getattr(client, method)(url=URL)

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", NotPublishedWarning)
        if asynchronous:
            asyncio.run(run())
        else:
            with Client(**settings) as client:
                for _ in range(times):
                    with pytest.raises(Unsent):
                        getattr(client, method)(url=URL)
    return caught


@pytest.fixture(params=[False, True], ids=["Client", "AsyncClient"])
def asynchronous(request: pytest.FixtureRequest) -> bool:
    """Whether the calls are awaited."""
    return bool(request.param)


@pytest.mark.parametrize(
    ("method", "path", "region"),
    [
        ("recognize_handwriting", "handwriting", "cn-south-1"),
        ("recognize_handwriting", "handwriting", "la-south-2"),
        ("recognize_web_image", "web-image", "la-south-2"),
    ],
)
def test_warning(asynchronous: bool, method: str, path: str, region: str) -> None:
    """A call where the operation is not known to be published warns, and says where it is."""
    (warning,) = _call(method, asynchronous=asynchronous, region=region)
    assert str(warning.message) == (
        f"POST /v2/{{project_id}}/ocr/{path} is not known to be published in region '{region}', only in "
        f"{', '.join(KNOWN[path])}; the call is sent, and the service may refuse it"
    )


@pytest.mark.parametrize(
    ("method", "path"), [("recognize_handwriting", "handwriting"), ("recognize_web_image", "web-image")]
)
def test_no_warning(asynchronous: bool, method: str, path: str) -> None:
    """Where it is published there is nothing to say."""
    for region in KNOWN[path]:
        assert not _call(method, asynchronous=asynchronous, region=region)


def test_once(asynchronous: bool) -> None:
    """A client warns once of each operation."""
    assert len(_call("recognize_web_image", asynchronous=asynchronous, region="la-south-2", times=3)) == 1


def test_once_for_each_client_and_operation() -> None:
    """Another client warns again, and each operation is told on its own."""
    for _ in range(2):
        publication = Publication({"region": "la-south-2"})
        for operation in (recognize_handwriting.OPERATION, recognize_web_image.OPERATION):
            with pytest.warns(NotPublishedWarning, match=operation.path.rpartition("/")[2]):
                publication.check(operation)
            publication.check(operation)


def test_endpoint_counts_before_the_region(asynchronous: bool) -> None:
    """Who names an endpoint knows what is there."""
    settings: dict[str, Any] = {"endpoint": "http://127.0.0.1:1", "region": "la-south-2"}
    assert not _call("recognize_handwriting", asynchronous=asynchronous, **settings)


def test_the_caller_is_told(asynchronous: bool) -> None:
    """The warning points at the line that made the call, not into this package."""
    (warning,) = _call("recognize_web_image", asynchronous=asynchronous, region="la-south-2")
    assert warning.filename == __file__


def test_as_an_error() -> None:
    """Who turns the warning into an error stops the call before it is sent."""
    with (
        Client(project_id="p", auth=TokenAuth("t"), region="la-south-2") as client,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("error")
        with pytest.raises(NotPublishedWarning):
            client.recognize_handwriting(url=URL)


def test_it_is_a_warning() -> None:
    """The warning is one of its own, and no error of this package."""
    assert issubclass(NotPublishedWarning, UserWarning)
    assert not issubclass(NotPublishedWarning, OcrError)
