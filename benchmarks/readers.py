"""What reads pictures: ours, the engine that it is made of by itself, and Tesseract."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import time
from functools import cache
from importlib import import_module
from typing import Any, Final

import attrs
from PIL import Image

from huaweicloud_ocr_emulator.recognition import Engine, Pixels, Recogniser
from labelled import Errors, Item, errors, pixels
from measured import FailedError

OURS: Final = "ours"
BARE: Final = "bare engine"
TESSERACT: Final = "Tesseract"

TESSERACT_MISSING: Final = (
    "Tesseract is not installed, so its columns are empty: "
    "apt-get install -y tesseract-ocr tesseract-ocr-chi-sim"
)


@attrs.frozen
class Task:
    """One picture for one reader.

    Attributes:
        reader: `OURS`, `BARE` or `TESSERACT`.
        item: Which picture.
        pixels: What becomes of it first, see `labelled.pixels`.
        options: How ours is called, see `Recogniser.read`; of the others `single_line` means Tesseract.
    """

    reader: str
    item: Item
    pixels: dict[str, Any] = attrs.field(factory=dict[str, Any])
    options: dict[str, Any] = attrs.field(factory=dict[str, Any])


@attrs.frozen
class Outcome:
    """What came of a task: errors, and seconds of processor time."""

    errors: Errors
    seconds: float


def carry_out(task: Task) -> Outcome:
    """Read a picture.

    Raises:
        FailedError: The reader failed.
    """
    picture = pixels(task.item, **task.pixels)
    if task.reader == OURS:
        ours = _ours()
        began = time.process_time()
        words = [block.words for block in ours.read(picture, **task.options)]
        seconds = time.process_time() - began
    elif task.reader == BARE:
        bare = _bare()
        began = time.process_time()
        words = list(bare(picture).txts or ())
        seconds = time.process_time() - began
    else:
        words, seconds = _tesseract(picture, is_line=bool(task.options.get("single_line")))
    return Outcome(errors(task.item, words, task.options.get("char_set")), seconds)


def has_tesseract() -> bool:
    """Tell whether Tesseract is here, with what it needs to read Chinese."""
    if not shutil.which("tesseract"):
        return False
    found = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
    return {"eng", "chi_sim"} <= set(found.stdout.split())


@cache
def _ours() -> Recogniser:
    return Recogniser(Engine(), ["general", "digit", "letter", "digit_letter"])


@cache
def _bare() -> Any:
    rapidocr: Any = import_module("rapidocr")
    # Its defaults but for what it says.
    return rapidocr.RapidOCR(params={"Global.log_level": "critical"})


def _tesseract(picture: Pixels, *, is_line: bool) -> tuple[list[str], float]:
    file = io.BytesIO()
    Image.fromarray(picture[:, :, ::-1]).save(file, "PNG")
    page = ["--psm", "7"] if is_line else []
    began = os.times()
    found = subprocess.run(
        ["tesseract", "stdin", "stdout", "-l", "chi_sim+eng", *page],
        input=file.getvalue(),
        capture_output=True,
        check=False,
    )
    ended = os.times()
    if found.returncode:
        raise FailedError(f"tesseract: exit code {found.returncode}\n{found.stderr.decode(errors='replace')}")
    seconds = ended.children_user + ended.children_system - began.children_user - began.children_system
    return found.stdout.decode(errors="replace").splitlines(), seconds
