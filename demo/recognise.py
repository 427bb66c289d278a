"""One picture: the call, the text that it gives, and the copy with its blocks."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from huaweicloud_ocr import Client, OcrError
from huaweicloud_ocr._runtime.cli.annotate import annotate
from huaweicloud_ocr._runtime.cli.blocks import Block
from huaweicloud_ocr.models import (
    ExtractedData,
    HandwritingResponse,
    HandwritingWordsBlock,
    ImageSize,
    WebImageResponse,
    WebImageWordsBlock,
)

from .jobs import Job
from .service import ServiceLog

_LINES_OF_LOG: Final = 20


def recognise(client: Client, job: Job, copy: Path, log: ServiceLog) -> bool:
    """Recognise one picture, print its text and draw its blocks; return whether the text is as expected.

    Raises:
        AnnotationError: The copy cannot be written.
    """
    print(job, flush=True)
    # What was logged before is not about this call.
    log.new_lines()
    response: HandwritingResponse | WebImageResponse
    try:
        if job.operation == "recognizeHandwriting":
            response = client.recognize_handwriting(image=job.picture, **job.parameters)
        else:
            response = client.recognize_web_image(image=job.picture, **job.parameters)
    except OcrError as error:
        _complain(str(error).splitlines())
        if lines := log.new_lines():
            _complain(["the log of the service:", *(f"  {line}" for line in lines[-_LINES_OF_LOG:])])
        print(flush=True)
        return False
    blocks: list[HandwritingWordsBlock | WebImageWordsBlock] = [*response.result.words_block_list]
    for number, block in enumerate(blocks, start=1):
        print(f"  {number:2}  {block.confidence:.2f}  {block.words}")
    if not blocks:
        print("  no text")
    if size := _image_size(response):
        print(f"  image_size: {size.width} × {size.height}")
    drawn = [Block(block.words, block.location, block.confidence) for block in blocks]
    annotate(job.picture.read_bytes(), drawn, copy)
    print(f"  → {_shown(copy)}", flush=True)
    right = job.expected is None or [block.words for block in blocks] == job.expected
    if not right:
        _complain(["expected:", *(f"  {line}" for line in job.expected or [])])
    print(flush=True)
    return right


def _image_size(response: HandwritingResponse | WebImageResponse) -> ImageSize | None:
    data = response.result.extracted_data if isinstance(response, WebImageResponse) else None
    size = data.image_size if isinstance(data, ExtractedData) else None
    return size if isinstance(size, ImageSize) else None


def _complain(lines: Iterable[str]) -> None:
    for line in lines:
        print(f"  {line}", file=sys.stderr, flush=True)


def _shown(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
