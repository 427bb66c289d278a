"""Images that cannot be read, and images that are too large."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from huaweicloud_ocr import Base64, InvalidRequestError

from .calling import Caller
from .pictures import MOST_BYTES, padded, picture
from .service import Service

MOST_CHARACTERS = 10 * 1024 * 1024


class GivesText:
    """A file that breaks its promise to be binary."""

    def read(self, size: int = -1) -> str:
        """Read text."""
        return "text"


class Fails:
    """A file that cannot be read."""

    def read(self, size: int = -1) -> bytes:
        """Fail as a disk does."""
        raise OSError(5, "Input/output error")


class Damaged:
    """A file of an archive, which has exceptions of its own."""

    def read(self, size: int = -1) -> bytes:
        """Fail as an archive does."""
        raise zipfile.BadZipFile("Bad CRC-32")


class Awaited:
    """A file whose reading is awaited."""

    async def read(self, size: int = -1) -> bytes:
        """Read nothing."""
        return b""


def _closed(folder: Path) -> io.BytesIO:
    file = io.BytesIO(b"")
    file.close()
    return file


UNREADABLE: dict[str, tuple[Callable[[Path], object], str]] = {
    "string": (
        lambda folder: "note.jpg",
        "a plain string is ambiguous: pass a pathlib.Path, or Base64.from_text(...)",
    ),
    "text-mode file": (
        lambda folder: io.TextIOWrapper(io.BytesIO(picture())),
        "text mode: open it with mode 'rb'",
    ),
    "text in memory": (lambda folder: io.StringIO("text"), "text mode: open it with mode 'rb'"),
    "file that gives text": (
        lambda folder: GivesText(),
        "cannot read the GivesText: it gives a str, not bytes",
    ),
    "missing file": (lambda folder: folder / "none.jpg", "none.jpg': No such file or directory"),
    "folder": (lambda folder: folder, "Is a directory"),
    "name with a null": (lambda folder: Path("a\0b"), r"cannot read 'a\x00b': embedded null byte"),
    "closed file": (_closed, "cannot read the BytesIO: I/O operation on closed file."),
    "failing file": (lambda folder: Fails(), "cannot read the Fails: Input/output error"),
    "damaged file": (lambda folder: Damaged(), "cannot read the Damaged: Bad CRC-32"),
    "asynchronous file": (lambda folder: Awaited(), "it is an asynchronous file: await its read(), and pass"),
    "None": (lambda folder: None, "NoneType is no file: pass bytes, a pathlib.Path or a binary file"),
    "number": (lambda folder: 5, "int is no file: pass bytes, a pathlib.Path or a binary file"),
}


@pytest.mark.parametrize("source", UNREADABLE)
def test_unreadable_image(tmp_path: Path, service: Service, caller: Caller, source: str) -> None:
    """What is no readable image is refused with what it is and what to pass, and nothing is sent."""
    make, message = UNREADABLE[source]
    with pytest.raises(InvalidRequestError) as caught:
        caller.handwriting(image=make(tmp_path))
    assert str(caught.value).startswith("image: ")
    assert message in str(caught.value)
    assert not service.received


def test_the_reason_is_kept_as_the_cause(tmp_path: Path, caller: Caller) -> None:
    """The system's own exception is the cause of ours."""
    with pytest.raises(InvalidRequestError) as caught:
        caller.handwriting(image=tmp_path / "none.jpg")
    assert isinstance(caught.value.__cause__, FileNotFoundError)


def test_write_only_file(tmp_path: Path, caller: Caller) -> None:
    """A file that is open for writing only is refused."""
    with (
        (tmp_path / "note.jpg").open("wb") as file,
        pytest.raises(InvalidRequestError, match="cannot read the"),
    ):
        caller.handwriting(image=file)


class Endless:
    """A file without end that counts what was taken from it."""

    def __init__(self) -> None:
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        """Give as much as is asked for."""
        assert size > 0, "this would never end"
        part = picture()[:size] if self.taken == 0 else bytes(size)
        self.taken += len(part)
        return part


def test_too_large_file_is_not_read_to_its_end(service: Service, caller: Caller) -> None:
    """One byte past the limit is enough to refuse a file."""
    file = Endless()
    with pytest.raises(InvalidRequestError, match="image: the file is too large: at most 7864320 bytes"):
        caller.handwriting(image=file)
    assert file.taken == MOST_BYTES + 1
    assert not service.received


def test_too_large_path_is_not_read_to_its_end(caller: Caller) -> None:
    """A path is read no further than the limit, either."""
    with pytest.raises(InvalidRequestError, match="too large"):
        caller.handwriting(image=Path("/dev/zero"))


@pytest.mark.parametrize("make", [bytes, io.BytesIO, Base64.from_file], ids=["bytes", "file", "encoded"])
def test_largest_image(service: Service, caller: Caller, make: Callable[[bytes], object]) -> None:
    """An image of just the limit is sent."""
    caller.handwriting(image=make(padded(MOST_BYTES)))
    assert len(service.only.json["image"]) == MOST_CHARACTERS


@pytest.mark.parametrize("make", [bytes, io.BytesIO, Base64.from_file], ids=["bytes", "file", "encoded"])
def test_image_above_the_limit(service: Service, caller: Caller, make: Callable[[bytes], object]) -> None:
    """An image of one byte more is refused, and the message says how much is allowed."""
    message = "at most 7864320 bytes, which are 10485760 characters of Base64 text"
    with pytest.raises(InvalidRequestError, match=message):
        caller.web_image(image=make(padded(MOST_BYTES + 1)))
    assert not service.received


def test_base64_text_with_foreign_characters() -> None:
    """Text outside ASCII is not Base64, and the message says where it stops being so."""
    with pytest.raises(InvalidRequestError, match="not Base64: a character outside ASCII at offset 4"):
        Base64.from_text("QUJDä")


@pytest.mark.parametrize(
    "text", ["data:image/png;base64,QUJD", "QUJD\nQUJD", "QUJ", "QU=D", "Q U J D", "QUJ-"]
)
@pytest.mark.parametrize("length", [0, 300_000])
def test_text_that_is_not_plain_base64(service: Service, caller: Caller, text: str, length: int) -> None:
    """A prefix, line breaks, gaps and other alphabets are refused, in short and in long texts, before and behind."""
    for whole in (text + "A" * length, "A" * length + text):
        with pytest.raises(
            InvalidRequestError, match="image is not Base64: plain Base64 has no prefix, line breaks or gaps"
        ):
            caller.handwriting(image=Base64.from_text(whole))
    assert not service.received


def test_base64_knows_its_content() -> None:
    """Base64 gives back its text and its bytes."""
    encoded = Base64.from_file(b"\0\1\2")
    assert (encoded.text, encoded.encoded, encoded.decode()) == ("AAEC", b"AAEC", b"\0\1\2")


def test_base64_equality() -> None:
    """Two of the same content are equal and hash alike, whatever they were made from."""
    assert Base64.from_file(b"\0\1\2") == Base64.from_text("AAEC")
    assert len({Base64.from_file(b"\0\1\2"), Base64.from_text("AAEC")}) == 1
    assert Base64.from_file(b"\0") != "AA=="


@pytest.mark.parametrize("text", ['"', "\\", "\n", "\0", "\x7f", "A" * 8 + '"'])
def test_base64_cannot_break_out_of_json(text: str) -> None:
    """Text that is not Base64 is escaped when it is written as JSON."""
    assert json.loads(Base64.from_text(text).json()) == text
