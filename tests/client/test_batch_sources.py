"""Sources: what is found in folders, patterns and lists."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from huaweicloud_ocr.batch import TARGETS, BatchError, Sources

SUFFIXES = TARGETS["recognize_handwriting"].suffixes


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a few files in and below it."""
    monkeypatch.chdir(tmp_path)
    for name in (
        "a.png",
        "b.JPG",
        "c.txt",
        ".hidden.png",
        "d/e.tiff",
        "d/f/g.bmp",
        "d/f/h.webp",
        ".git/i.png",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return tmp_path


def found(*arguments: str | os.PathLike[str]) -> list[str]:
    """The names of sources, those of files from the current folder."""
    names = [source.name for source in Sources(arguments, SUFFIXES)]
    here = Path.cwd()
    return sorted(str(Path(name).relative_to(here)) if name.startswith("/") else name for name in names)


def test_folders(place: Path) -> None:
    """Files that end as the formats of the operation do, at any depth, in any case; nothing that is hidden."""
    assert found(place) == ["a.png", "b.JPG", "d/e.tiff", "d/f/g.bmp"]
    assert found("d") == ["d/e.tiff", "d/f/g.bmp"]


def test_formats_are_those_of_the_operation() -> None:
    """Web images may also be GIF and WEBP."""
    assert TARGETS["recognize_web_image"].suffixes - SUFFIXES == {".gif", ".webp"}


def test_links(place: Path) -> None:
    """Links to files are followed; links to folders are not, so circles end nothing and nothing comes twice."""
    (place / "link.png").symlink_to("a.png")
    (place / "d" / "up").symlink_to(place, target_is_directory=True)
    (place / "broken.png").symlink_to("nowhere.png")
    assert found(place) == ["a.png", "b.JPG", "broken.png", "d/e.tiff", "d/f/g.bmp", "link.png"]
    assert found("**/*.bmp") == ["d/f/g.bmp"]
    (place / "elsewhere").symlink_to(place / "d", target_is_directory=True)
    assert found("elsewhere") == ["elsewhere/e.tiff", "elsewhere/f/g.bmp"]


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.png", ["a.png"]),
        ("*", ["a.png", "b.JPG", "c.txt"]),
        (".*.png", [".hidden.png"]),
        ("d/*", ["d/e.tiff"]),
        ("*/f/?.bmp", ["d/f/g.bmp"]),
        ("**/*.[bt]*", ["c.txt", "d/e.tiff", "d/f/g.bmp"]),
        ("d/**", ["d/e.tiff", "d/f/g.bmp", "d/f/h.webp"]),
        ("**/f/g.bmp", ["d/f/g.bmp"]),
        ("x/*.png", []),
        ("a.png/*", []),
    ],
)
def test_patterns(place: Path, pattern: str, names: list[str]) -> None:
    """A pattern takes the files that fit, whatever they end in, and leaves folders out."""
    assert found(pattern) == names
    assert found(str(place / pattern)) == names


def test_a_name_with_brackets(place: Path) -> None:
    """A file or folder that is there is itself, though its name could be a pattern."""
    (place / "[1]").mkdir()
    (place / "[1]" / "x.png").touch()
    assert found("[1]") == ["[1]/x.png"]


def test_lists(place: Path) -> None:
    """A list has a path or an address a line; empty lines, CR LF and a mark at the start are no matter."""
    (place / "list.txt").write_bytes(
        "\ufeffa.png\r\n\r\n  b.png\nhttps://example.com/1.png\nfile:///x%20y.png\n#.png".encode()
    )
    (place / "x").mkdir()
    names = sorted(["  b.png", "#.png", "a.png", "https://example.com/1.png"])
    assert sorted(name for name in found_outside("list.txt") if name != "/x y.png") == names
    assert "/x y.png" in found_outside("list.txt")


def found_outside(argument: str) -> list[str]:
    """The names of sources, with those outside the current folder as they are."""
    here = f"{Path.cwd()}/"
    return [source.name.removeprefix(here) for source in Sources([argument], SUFFIXES)]


def test_a_list_from_standard_input(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` is a list that can be read once."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"a.png\nb.JPG\n")))
    sources = Sources(["-"], SUFFIXES)
    assert not sources.is_repeatable
    assert found("-") == ["a.png", "b.JPG"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a.png\n".encode("utf-16"), "list.txt is a list in UTF-16: save it as UTF-8"),
        (b"a.png\n\0\1\2", "list.txt, line 2: this is no list"),
        (b"x" * 100_000, "list.txt, line 1: this is no list"),
    ],
)
def test_what_is_no_list(place: Path, content: bytes, message: str) -> None:
    """A file that is no list is said to be none."""
    (place / "list.txt").write_bytes(content)
    with pytest.raises(BatchError, match=message):
        found("list.txt")


def test_single_files_and_addresses(place: Path) -> None:
    """A picture and an address are themselves."""
    assert found("a.png", "https://example.com/x") == ["a.png", "https://example.com/x"]


def test_what_is_not_there(place: Path) -> None:
    """A name without a file is said at once, with the name on one line."""
    with pytest.raises(BatchError, match=r"there is no file, folder or list 'sc\\nans'"):
        Sources(["sc\nans"], SUFFIXES)


def test_a_folder_that_goes_away(place: Path) -> None:
    """It is a source with a problem, too."""
    sources = Sources(["d/f"], SUFFIXES)
    (place / "d" / "f").rename(place / "g")
    assert [(Path(source.name).name, source.problem) for source in sources] == [
        ("f", "cannot list the folder: No such file or directory")
    ]


def test_a_walk_can_be_repeated(place: Path) -> None:
    """Each iteration looks anew."""
    sources = Sources([place], SUFFIXES)
    assert len(list(sources)) == len(list(sources)) == 4
