"""From a picture on disk to its text: generated client, HTTP, local service, real recogniser."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from PIL import Image

from demo.service import running_service
from huaweicloud_ocr import ApiError, AsyncClient, Base64, Client, InvalidRequestError, TokenAuth, models
from huaweicloud_ocr.api.ocr import recognize_handwriting, recognize_web_image

from .conftest import PROJECT_ID, TOKEN
from .samples import ROOT, SAMPLES, Sample

Block = models.HandwritingWordsBlock | models.WebImageWordsBlock

HANDWRITING = [sample for sample in SAMPLES.values() if sample.operation == "recognizeHandwriting"]
WEB_IMAGES = [sample for sample in SAMPLES.values() if sample.operation == "recognizeWebImage"]


def _name(sample: Sample) -> str:
    return sample.path.name


@pytest.mark.parametrize("sample", HANDWRITING, ids=_name)
def test_handwriting_is_read_right(client: Client, sample: Sample) -> None:
    """Each handwritten sample gives its lines, in reading order, as text blocks."""
    result = client.recognize_handwriting(image=sample.path, **sample.parameters).result
    assert [block.words for block in result.words_block_list] == sample.lines
    assert result.words_block_count == len(sample.lines)
    assert {block.type for block in result.words_block_list} == {models.BlockType.TEXT}


@pytest.mark.parametrize("sample", WEB_IMAGES, ids=_name)
def test_web_image_is_read_right(client: Client, sample: Sample) -> None:
    """Each web sample gives its lines, and its size where that is asked for."""
    result = client.recognize_web_image(image=sample.path, **sample.parameters).result
    assert [block.words for block in result.words_block_list] == sample.lines
    assert isinstance(result.extracted_data, models.ExtractedData)
    assert result.extracted_data.image_size == models.ImageSize(width=sample.size[0], height=sample.size[1])


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=_name)
def test_boxes_lie_in_the_picture_and_read_clockwise(client: Client, sample: Sample) -> None:
    """Each block has four corners within the picture, clockwise from the top left, and a confidence from 0 to 1."""
    blocks: list[Block] = []
    if sample.operation == "recognizeHandwriting":
        blocks += client.recognize_handwriting(image=sample.path, **sample.parameters).result.words_block_list
    else:
        blocks += client.recognize_web_image(image=sample.path, **sample.parameters).result.words_block_list
    for block in blocks:
        assert 0 <= block.confidence <= 1
        assert all(0 <= x <= sample.size[0] and 0 <= y <= sample.size[1] for x, y in block.location)
        assert _area(block.location) > 0


def _area(corners: tuple[tuple[int, int], ...]) -> float:
    """Return the signed area of a polygon; positive when it is clockwise with y downwards."""
    following = [*corners[1:], corners[0]]
    return (
        sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in zip(corners, following, strict=True)) / 2
    )


async def test_asynchronous_client_reads_the_same(endpoint: str, client: Client) -> None:
    """Both clients give the same answer."""
    sample = HANDWRITING[0]
    async with AsyncClient(endpoint=endpoint, project_id=PROJECT_ID, auth=TokenAuth(TOKEN)) as asynchronous:
        response = await asynchronous.recognize_handwriting(image=sample.path)
    assert response == client.recognize_handwriting(image=sample.path)


async def test_operation_modules_read_the_same(endpoint: str, client: Client) -> None:
    """The stock entry points below the methods give the same answer, the detailed ones with status and headers."""
    picture = SAMPLES["web-banner.webp"].path.read_bytes()
    body = models.WebImageRequest(image=Base64.from_file(picture))
    expected = recognize_web_image.sync(client=client, body=body)
    detailed = recognize_web_image.sync_detailed(client=client, body=body)
    assert (detailed.status_code, detailed.parsed) == (200, expected)
    assert detailed.headers["x-request-id"]
    async with AsyncClient(endpoint=endpoint, project_id=PROJECT_ID, auth=TokenAuth(TOKEN)) as asynchronous:
        assert await recognize_web_image.asyncio(client=asynchronous, body=body) == expected
        assert (await recognize_web_image.asyncio_detailed(client=asynchronous, body=body)).parsed == expected


@pytest.fixture
def file_server() -> Iterator[str]:
    """Address of a web server on the loopback interface that serves the samples."""
    handler = functools.partial(_QuietHandler, directory=str(ROOT / "samples"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class _QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def test_picture_by_its_address_is_read_the_same(client: Client, file_server: str) -> None:
    """`url` gives the same text as the picture itself."""
    sample = SAMPLES["number.png"]
    by_url = client.recognize_handwriting(url=f"{file_server}/number.png", char_set="digit", quick_mode=True)
    assert [block.words for block in by_url.result.words_block_list] == sample.lines


def test_wrong_token_is_told_with_what_to_do(endpoint: str) -> None:
    """A token that the service does not know raises with code, meaning, remedy and request id."""
    with (
        Client(endpoint=endpoint, project_id=PROJECT_ID, auth=TokenAuth("another")) as client,
        pytest.raises(ApiError) as caught,
    ):
        client.recognize_handwriting(image=SAMPLES["number.png"].path)
    error = caught.value
    assert (error.status, error.error_code, error.retryable) == (401, "APIG.0301", False)
    assert error.request_id
    assert error.remedy
    assert "another" not in str(error)


def test_picture_that_is_not_at_its_address(client: Client, file_server: str) -> None:
    """A picture that cannot be fetched raises the documented error, which may pass."""
    with pytest.raises(ApiError) as caught:
        client.recognize_web_image(url=f"{file_server}/nothing.png")
    assert (caught.value.error_code, caught.value.retryable) == ("ModelArts.4603", True)


def test_private_address_is_not_fetched(file_server: str) -> None:
    """As it comes, the service reaches no address that is not public."""
    with (
        running_service() as endpoint,
        Client(endpoint=endpoint, project_id=PROJECT_ID, auth=TokenAuth("any")) as client,
        pytest.raises(ApiError) as caught,
    ):
        client.recognize_web_image(url=f"{file_server}/number.png")
    assert caught.value.error_code == "ModelArts.4601"


SIDES = ((7, 40), (8, 40), (14, 40), (15, 40), (8192, 16), (8193, 16))
PICTURES = [("PNG", size) for size in SIDES]
PICTURES += [(kind, (40, 40)) for kind in ("JPEG", "BMP", "TIFF", "GIF", "WEBP", "PPM")]


@pytest.mark.parametrize(("kind", "size"), PICTURES)
def test_client_and_service_refuse_the_same(
    endpoint: str, client: Client, tmp_path: Path, kind: str, size: tuple[int, int]
) -> None:
    """A picture that the client refuses is refused by the service too, and the other way round."""
    picture = tmp_path / "picture"
    Image.new("RGB", size, "white").save(picture, kind)
    for operation, model in (
        (recognize_handwriting, models.HandwritingRequest),
        (recognize_web_image, models.WebImageRequest),
    ):
        body = model(image=Base64.from_file(picture))
        answer = httpx.post(
            f"{endpoint}{operation.OPERATION.path.replace('{project_id}', PROJECT_ID)}",
            json=body.to_dict(),
            headers={"X-Auth-Token": TOKEN},
            timeout=30,
        )
        try:
            operation.sync(client=client, body=body)
            allowed = True
        except InvalidRequestError:
            allowed = False
        assert (answer.status_code == 200) is allowed, answer.text
