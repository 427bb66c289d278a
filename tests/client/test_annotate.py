"""Annotated copies of pictures: what is drawn, where it is written."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from huaweicloud_ocr._runtime.cli.annotate import AnnotationError, annotate, copies
from huaweicloud_ocr._runtime.cli.badges import place_badges
from huaweicloud_ocr._runtime.cli.blocks import Block

from .command_line import run
from .service import Service, answer

COLOUR = (220, 38, 127)
BOX = ((60.0, 40.0), (140.0, 40.0), (140.0, 60.0), (60.0, 60.0))
GREY = (200, 200, 200)


def encoded(image: Image.Image, kind: str = "PNG", exif: Image.Exif | None = None) -> bytes:
    """Return a picture as a file."""
    file = io.BytesIO()
    image.save(file, kind, **({"exif": exif} if exif else {}))
    return file.getvalue()


def drawn(content: bytes, folder: Path, *blocks: Block) -> Image.Image:
    """Annotate a picture and open the copy."""
    copy = folder / "new" / "copy.png"
    annotate(content, blocks, copy)
    with Image.open(copy) as opened:
        assert (opened.format, opened.mode) == ("PNG", "RGB")
        opened.load()
        return opened


def is_line(colour: object) -> bool:
    """Return whether a pixel is of the colour of boxes, edges of lines being mixed with the ground."""
    assert isinstance(colour, tuple)
    return bool(colour[1] < 120 and colour[0] > 180)


def pixel(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    """Return the colour of a pixel."""
    found = image.getpixel((x, y))
    assert isinstance(found, tuple)
    return tuple(int(part) for part in found)


def test_box(tmp_path: Path) -> None:
    """The sides of a box run along its corners, and the inside stays as it was."""
    image = drawn(encoded(Image.new("RGB", (200, 100), GREY)), tmp_path, Block("x", BOX, 0.5))
    for x, y in ((100, 40), (100, 60), (60, 50), (140, 50), (60, 40), (140, 60)):
        assert is_line(image.getpixel((x, y))), (x, y)
    for x, y in ((100, 50), (70, 45), (100, 30), (150, 50)):
        assert image.getpixel((x, y)) == GREY, (x, y)


def test_number_and_confidence(tmp_path: Path) -> None:
    """Before each box stands a badge; with a confidence it is wider than with a number alone."""
    plain = encoded(Image.new("RGB", (800, 400), GREY))
    box = tuple((4 * x, 4 * y) for x, y in BOX)
    alone = drawn(plain, tmp_path, Block("x", box, None))
    both = drawn(plain, tmp_path, Block("x", box, 0.5))

    def columns(image: Image.Image) -> int:
        return sum(any(image.getpixel((x, y)) != GREY for y in range(170, 230)) for x in range(235))

    def white(image: Image.Image) -> int:
        return sum(min(pixel(image, x, y)) > 205 for x in range(235) for y in range(400))

    assert 15 <= columns(alone) < columns(both) <= 235
    assert 0 < white(alone) < white(both)


def test_order(tmp_path: Path) -> None:
    """Badges do not cover the text of any block when there is room beside it."""
    second = tuple((x, y + 30) for x, y in BOX)
    placed = place_badges((200, 100), [("1  0.50", BOX), ("2  0.50", second)])
    assert [badge.text for badge in placed] == ["1  0.50", "2  0.50"]
    for badge in placed:
        left, top, right, bottom = badge.box
        assert right < 60 or bottom < 40 or left > 140 or top > 90
        assert left >= 0
        assert top >= 0


def test_rotation_in_exif(tmp_path: Path) -> None:
    """A rotation in EXIF data is not carried out: boxes are in pixels of the picture as sent."""
    exif = Image.Exif()
    exif[0x0112] = 6
    content = encoded(Image.new("RGB", (200, 100), GREY), "JPEG", exif)
    image = drawn(content, tmp_path, Block("x", BOX, 0.5))
    assert image.size == (200, 100)
    assert is_line(image.getpixel((100, 40)))
    assert not image.getexif()


@pytest.mark.parametrize(
    ("image", "kind", "ground"),
    [
        (Image.new("L", (200, 100), 200), "BMP", GREY),
        (Image.new("P", (200, 100), 0), "GIF", (0, 0, 0)),
        (Image.new("RGBA", (200, 100), (0, 0, 0, 0)), "PNG", (255, 255, 255)),
        (Image.new("CMYK", (200, 100), (0, 0, 0, 55)), "JPEG", GREY),
        (Image.new("I;16", (200, 100), 200 * 256), "TIFF", GREY),
        (Image.new("1", (200, 100), 1), "TIFF", (255, 255, 255)),
    ],
    ids=["grey", "palette", "transparent", "cmyk", "16 bits", "1 bit"],
)
def test_kinds_of_pictures(
    tmp_path: Path, image: Image.Image, kind: str, ground: tuple[int, int, int]
) -> None:
    """Every kind of picture is drawn on in colour, on white where it is transparent."""
    found = drawn(encoded(image, kind), tmp_path, Block("x", BOX, 0.5))
    assert is_line(found.getpixel((100, 40)))
    corner = pixel(found, 199, 99)
    assert max(abs(one - other) for one, other in zip(corner, ground, strict=True)) <= 2


def test_several_frames(tmp_path: Path) -> None:
    """Of several frames the first is drawn on, as it is the one that is read."""
    file = io.BytesIO()
    first = Image.new("RGB", (200, 100), GREY)
    first.save(file, "TIFF", save_all=True, append_images=[Image.new("RGB", (10, 10))])
    assert drawn(file.getvalue(), tmp_path, Block("x", BOX, 0.5)).size == (200, 100)


@pytest.mark.parametrize(
    "box",
    [
        (),
        ((1.0, 1.0),) * 4,
        ((-500.0, -500.0), (900.0, -500.0), (900.0, 900.0), (-500.0, 900.0)),
        ((190.0, 2.0), (60.0, 90.0), (50.0, 80.0)),
    ],
    ids=["none", "a point", "beyond the edges", "three corners"],
)
def test_odd_boxes(tmp_path: Path, box: tuple[tuple[float, float], ...]) -> None:
    """A box that is none, or is not within the picture, does no harm."""
    assert drawn(encoded(Image.new("RGB", (200, 100), GREY)), tmp_path, Block("x", box, 1.0)).size == (
        200,
        100,
    )


@pytest.mark.parametrize("content", [b"", b"no picture", encoded(Image.new("L", (400, 400)))[:-40]])
def test_undecodable(tmp_path: Path, content: bytes) -> None:
    """What cannot be decoded is told, and leaves no file."""
    with pytest.raises(AnnotationError, match="cannot be drawn on"):
        annotate(content, [], tmp_path / "copy.png")
    assert not list(tmp_path.iterdir())


def test_names_of_copies(tmp_path: Path) -> None:
    """No two pictures have the same copy, and no copy replaces a picture."""
    names = ["a/x.png", "b/X.jpg", "-", str(tmp_path / "y.annotated.png"), str(tmp_path / "y.png")]
    assert [path.relative_to(tmp_path).as_posix() for path in copies(names, tmp_path)] == [
        "x.annotated.png",
        "X-2.annotated.png",
        "stdin.annotated.png",
        "y.annotated.annotated.png",
        "y-2.annotated.png",
    ]


def test_command(service: Service, tmp_path: Path) -> None:
    """`--annotate` writes a copy of each picture to a folder, which is made, and the text as ever."""
    file, out = tmp_path / "note.jpg", tmp_path / "deep" / "out"
    file.write_bytes(encoded(Image.new("RGB", (200, 100), GREY), "JPEG"))
    block = {
        "words": "hello",
        "type": "text",
        "confidence": 0.5,
        "location": [[60, 40], [140, 40], [140, 60], [60, 60]],
    }
    service.plays(answer({"result": {"words_block_count": 1, "words_block_list": [block]}}))
    done = run("handwriting", file, "--annotate", out, "--endpoint", service.endpoint)
    assert (done.code, done.output, done.errors) == (0, "hello\n", "")
    assert [path.name for path in out.iterdir()] == ["note.annotated.png"]
    with Image.open(out / "note.annotated.png") as copy:
        assert is_line(copy.getpixel((100, 40)))


def test_command_without_a_copy(service: Service, tmp_path: Path) -> None:
    """A copy that cannot be written is told, the text is there, and the end is 1."""
    file = tmp_path / "note.png"
    file.write_bytes(encoded(Image.new("RGB", (200, 100), GREY)))
    (tmp_path / "taken").write_bytes(b"")
    done = run("handwriting", file, "--annotate", tmp_path / "taken" / "x", "--endpoint", service.endpoint)
    assert (done.code, done.output) == (1, "hello\n")
    assert "cannot be written" in done.errors
