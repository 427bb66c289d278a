"""`python -m demo`: recognise the sample pictures, or pictures of your own."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import attrs

from huaweicloud_ocr import Client, OcrError, TokenAuth
from huaweicloud_ocr.models import (
    HandwritingResponse,
    HandwritingWordsBlock,
    WebImageResponse,
    WebImageWordsBlock,
)

from .annotate import annotate
from .service import running_service

_ROOT: Final = Path(__file__).resolve().parents[1]
_SAMPLES: Final = _ROOT / "samples"
_OUTPUT: Final = _ROOT / "build" / "demo"


@attrs.frozen
class Job:
    """A picture to recognise: how, and the text that it is known to hold, if it is."""

    picture: Path
    operation: str
    parameters: dict[str, Any]
    expected: list[str] | None


def main() -> int:
    """Recognise pictures with the local service and say what they hold."""
    parser = argparse.ArgumentParser(
        prog="python -m demo", description="Recognise the sample pictures, or your own."
    )
    parser.add_argument(
        "--handwriting", nargs="+", type=Path, default=[], metavar="PICTURE", help="pictures with handwriting"
    )
    parser.add_argument(
        "--web-image", nargs="+", type=Path, default=[], metavar="PICTURE", help="pictures from the web"
    )
    parser.add_argument(
        "--output", type=Path, default=_OUTPUT, metavar="DIR", help="where annotated pictures go"
    )
    options = parser.parse_args()
    own = [Job(path, "recognizeHandwriting", {}, None) for path in options.handwriting]
    own += [Job(path, "recognizeWebImage", {}, None) for path in options.web_image]
    print("Starting the local service…", flush=True)
    with (
        running_service() as endpoint,
        Client(
            endpoint=endpoint, project_id="0123456789abcdef0123456789abcdef", auth=TokenAuth("any")
        ) as client,
    ):
        print(f"It listens on {endpoint}\n", flush=True)
        results = [_recognise(client, job, options.output) for job in own or _samples()]
    return 0 if all(results) else 1


def _samples() -> Iterator[Job]:
    for sample in json.loads((_SAMPLES / "expected.json").read_text(encoding="utf-8"))["samples"]:
        yield Job(_SAMPLES / sample["file"], sample["operation"], sample["parameters"], sample["lines"])


def _recognise(client: Client, job: Job, output: Path) -> bool:
    """Recognise one picture, print its text and draw its blocks; return whether the text is as expected."""
    print(f"{job.picture.name}  {job.operation} {job.parameters or ''}".rstrip())
    response: HandwritingResponse | WebImageResponse
    try:
        if job.operation == "recognizeHandwriting":
            response = client.recognize_handwriting(image=job.picture, **job.parameters)
        else:
            response = client.recognize_web_image(image=job.picture, **job.parameters)
    except OcrError as error:
        print(f"  {error}\n", file=sys.stderr)
        return False
    blocks: list[HandwritingWordsBlock | WebImageWordsBlock] = [*response.result.words_block_list]
    for number, block in enumerate(blocks, start=1):
        print(f"  {number:2}  {block.confidence:.2f}  {block.words}")
    if isinstance(response, WebImageResponse) and response.result.extracted_data:
        print(f"  {response.result.extracted_data}")
    annotated = output / f"{job.picture.stem}.png"
    annotate(job.picture, blocks, annotated)
    print(f"  → {_shown(annotated)}")
    right = job.expected is None or [block.words for block in blocks] == job.expected
    if not right:
        print(f"  expected: {job.expected}", file=sys.stderr)
    print(flush=True)
    return right


def _shown(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


if __name__ == "__main__":
    sys.exit(main())
