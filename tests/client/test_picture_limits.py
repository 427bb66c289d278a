"""The picture's format and size, checked from its header before a byte is sent."""

from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given, strategies as st

from huaweicloud_ocr import InvalidRequestError
from huaweicloud_ocr._runtime.image_limits import image_format, image_size

from .calling import Caller
from .pictures import FORMATS, LONGEST, SHORTEST, picture
from .service import WEB_IMAGE, Service, answer

OPERATIONS = list(FORMATS)
ALL = FORMATS["recognize_web_image"]
CASES = [(operation, kind) for operation in OPERATIONS for kind in FORMATS[operation]]


def _recognize(service: Service, caller: Caller, operation: str, data: bytes) -> None:
    if operation == "recognize_web_image":
        service.plays(answer(WEB_IMAGE))
    caller.use(lambda client: getattr(client, operation)(image=data))


@pytest.mark.parametrize(("operation", "kind"), CASES)
def test_smallest_and_largest_picture(service: Service, caller: Caller, operation: str, kind: str) -> None:
    """A picture of each format whose sides are just within the limits is sent."""
    _recognize(service, caller, operation, picture(kind, SHORTEST[operation], LONGEST))
    _recognize(service, caller, operation, picture(kind, LONGEST, SHORTEST[operation]))
    assert len(service.received) == 2


@pytest.mark.parametrize(("operation", "kind"), CASES)
def test_too_short_a_side(service: Service, caller: Caller, operation: str, kind: str) -> None:
    """A picture with a side one pixel too short is refused with its size and the limit."""
    shortest = SHORTEST[operation]
    for width, height in ((shortest - 1, 100), (100, shortest - 1)):
        with pytest.raises(InvalidRequestError) as caught:
            _recognize(service, caller, operation, picture(kind, width, height))
        assert (
            str(caught.value)
            == f"image is {width} x {height} pixels: no side may be shorter than {shortest} pixels"
        )
    assert not service.received


@pytest.mark.parametrize(("operation", "kind"), CASES)
def test_too_long_a_side(service: Service, caller: Caller, operation: str, kind: str) -> None:
    """A picture with a side one pixel too long is refused with its size and the limit."""
    for width, height in ((LONGEST + 1, 20), (20, LONGEST + 1)):
        with pytest.raises(InvalidRequestError) as caught:
            _recognize(service, caller, operation, picture(kind, width, height))
        assert (
            str(caught.value) == f"image is {width} x {height} pixels: no side may be longer than 8192 pixels"
        )
    assert not service.received


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_handwriting_does_not_take(service: Service, caller: Caller, kind: str) -> None:
    """A format that only web images may have is refused for handwriting, with those that are taken."""
    with pytest.raises(InvalidRequestError) as caught:
        caller.handwriting(image=picture(kind))
    assert str(caught.value) == f"image is a {kind} picture: the formats are JPEG, PNG, BMP, TIFF"
    assert not service.received


@pytest.mark.parametrize(
    "data",
    [
        b"garbage",
        b"\0" * 100_000,
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"RIFF\0\0\0\0WAVEfmt ",
    ],
)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_no_picture(service: Service, caller: Caller, operation: str, data: bytes) -> None:
    """What is no picture of a known format is refused with the formats that are taken."""
    with pytest.raises(InvalidRequestError) as caught:
        _recognize(service, caller, operation, data)
    formats = ", ".join(FORMATS[operation])
    assert str(caught.value) == f"image is no picture of a known format: the formats are {formats}"
    assert not service.received


def test_empty_file(service: Service, caller: Caller) -> None:
    """An empty file is said to be empty."""
    with pytest.raises(InvalidRequestError, match="image is empty: the formats are"):
        caller.handwriting(image=b"")
    assert not service.received


@pytest.mark.parametrize(("operation", "kind"), CASES)
def test_truncated_header(service: Service, caller: Caller, operation: str, kind: str) -> None:
    """A picture whose header is cut off is refused."""
    head = picture(kind)[: 9 if kind == "GIF" else 14]
    with pytest.raises(InvalidRequestError) as caught:
        _recognize(service, caller, operation, head)
    assert str(caught.value) == f"image is a broken {kind} file: its header tells no width and height"
    assert not service.received


def test_size_behind_long_metadata(service: Service, caller: Caller) -> None:
    """The size is found behind metadata of any length."""
    data = picture("JPEG")
    comment = b"\xff\xfe" + struct.pack(">H", 65535) + bytes(65533)
    caller.handwriting(image=data[:2] + comment * 3 + data[2:])
    assert len(service.received) == 1


def test_size_at_the_end_of_a_tiff(service: Service, caller: Caller) -> None:
    """The directory of a TIFF file may stand at its end."""
    entries = [(256, 3, 1, 5), (257, 3, 1, 40)]
    directory = struct.pack("<H", 2) + b"".join(struct.pack("<HHLL", *entry) for entry in entries) + bytes(4)
    data = b"II*\0" + struct.pack("<L", 200_008) + bytes(200_000) + directory
    with pytest.raises(InvalidRequestError, match="image is 5 x 40 pixels"):
        caller.handwriting(image=data)
    assert not service.received


def test_orientation_does_not_matter(service: Service, caller: Caller) -> None:
    """The size is that of the stored picture: a turn by EXIF changes neither its shorter nor its longer side."""
    exif = b"Exif\0\0MM\0*" + struct.pack(">LHHHLHHL", 8, 1, 0x0112, 3, 1, 6, 0, 0)
    data = picture("JPEG", 40, 20)
    caller.handwriting(image=data[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + data[2:])
    assert len(service.received) == 1


@pytest.mark.parametrize("kind", ALL)
def test_header_tells_format_and_size(kind: str) -> None:
    """Format and size are read from each format."""
    data = picture(kind, 31, 17)
    assert (image_format(data), image_size(io.BytesIO(data))) == (kind, (31, 17))


@pytest.mark.parametrize(("width", "height"), [(0, 17), (31, 0), (0, 0)])
def test_picture_without_extent(width: int, height: int) -> None:
    """A header that tells a size of nothing tells no size."""
    data = bytearray(picture("PNG", 31, 17))
    data[16:24] = struct.pack(">LL", width, height)
    assert image_size(io.BytesIO(data)) is None


def test_top_down_bitmap() -> None:
    """A bitmap whose rows come top down has a negative height and is as high all the same."""
    data = bytearray(picture("BMP", 31, 17))
    data[22:26] = struct.pack("<l", -17)
    assert image_size(io.BytesIO(data)) == (31, 17)


@given(st.binary(max_size=200), st.sampled_from(ALL), st.integers(0, 100))
def test_hostile_headers(noise: bytes, kind: str, offset: int) -> None:
    """No header makes the reading of a size fail or gives a size that is none."""
    data = picture(kind)
    size = image_size(io.BytesIO(data[:offset] + noise + data[offset + len(noise) :]))
    assert size is None or min(size) > 0
