"""The demonstration, as `nox -s demo` runs it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from .samples import ROOT, SAMPLES

NOTE, BANNER = SAMPLES["handwritten-note.jpg"], SAMPLES["web-banner.webp"]


def _demo(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "demo", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What the demonstration printed, and the folder with its pictures."""
    folder = tmp_path_factory.mktemp("demo")
    done = _demo("--output", folder)
    assert done.returncode == 0, done.stderr
    return done.stdout, folder


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    """What it printed of pictures of one's own, and the folder that they lie in, beside the annotated copies."""
    folder = tmp_path_factory.mktemp("own")
    Image.new("RGB", (64, 32), "white").save(folder / "blank.png")
    (folder / "empty.png").write_bytes(b"")
    (folder / "cut.jpg").write_bytes(NOTE.path.read_bytes()[:50_000])
    options: list[str | Path] = [
        "--handwriting",
        folder / "blank.png",
        "--handwriting",
        folder / "empty.png",
        folder / "cut.jpg",
    ]
    # The same picture twice has the same name, as pictures of two folders can have.
    options += ["--web-image", BANNER.path, "--web-image", BANNER.path]
    return _demo(*options, "--output", folder), folder


def test_demo_prints_the_text_of_every_sample(output: tuple[str, Path]) -> None:
    """Every line of every sample picture is printed."""
    for sample in SAMPLES.values():
        assert sample.path.name in output[0]
        for line in sample.lines:
            assert f"  {line}\n" in output[0]


def test_demo_prints_how_a_sample_is_recognised(output: tuple[str, Path]) -> None:
    """The operation stands beside the picture with its parameters, and what was asked for below the text."""
    assert "number.png  recognizeHandwriting  quick_mode=true, char_set=digit\n" in output[0]
    assert 'web-banner.webp  recognizeWebImage  extract_type=["image_size"]\n' in output[0]
    assert "  image_size: 1200 × 400\n" in output[0]


def test_demo_draws_boxes_over_every_sample(output: tuple[str, Path]) -> None:
    """Every sample picture has an annotated copy of its own size that differs from it."""
    for sample in SAMPLES.values():
        with (
            Image.open(sample.path) as plain,
            Image.open(output[1] / f"{sample.path.stem}.annotated.png") as annotated,
        ):
            assert annotated.size == sample.size
            assert ImageChops.difference(plain.convert("RGB"), annotated).getbbox() is not None


def test_demo_is_what_the_readme_shows(output: tuple[str, Path]) -> None:
    """The README shows what is printed, but for the folder; confidences may differ from machine to machine."""
    printed = output[0].partition("\n\n")[2].replace(str(output[1]), "build/demo").strip()
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"```\n{_without_confidences(printed)}\n```" in _without_confidences(readme)


def _without_confidences(text: str) -> str:
    return re.sub(r"^( +\d+  )\d\.\d\d  ", r"\1", text, flags=re.MULTILINE)


def test_demo_says_what_is_wrong_with_a_picture(own: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    """A picture that cannot be read is told, and the demonstration ends with 1, without a traceback."""
    assert own[0].returncode == 1
    assert "  image is empty" in own[0].stderr
    assert "Traceback" not in own[0].stderr


def test_demo_indents_errors(own: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    """Every line of an error stands below the picture that it is about."""
    assert len(own[0].stderr.splitlines()) > 2
    assert all(line.startswith("  ") for line in own[0].stderr.splitlines())


def test_demo_shows_the_log_of_a_call_that_failed(own: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    """What the service logged about a call that failed is shown, and nothing of the other calls."""
    log = own[0].stderr.partition("the log of the service:\n")[2].splitlines()
    assert [line for line in log if "AIS.0104" in line] == log[:1]
    assert "recognizeWebImage" not in own[0].stderr


def test_demo_says_that_there_is_no_text(own: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    """A picture without text is told to have none."""
    assert "blank.png  recognizeHandwriting\n  no text\n" in own[0].stdout


def test_demo_reads_every_picture_that_is_named(own: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    """An option that is given twice adds to what it named before."""
    assert own[0].stdout.count("web-banner.webp  recognizeWebImage\n") == 2


def test_demo_overwrites_no_picture(own: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    """Pictures of one name have each an annotated copy, and no copy takes the place of a picture."""
    copies = {"blank.annotated.png", "web-banner.annotated.png", "web-banner-2.annotated.png"}
    assert {path.name for path in own[1].iterdir()} == {"blank.png", "cut.jpg", "empty.png"} | copies
    with Image.open(own[1] / "blank.png") as picture:
        assert picture.getcolors() == [(64 * 32, (255, 255, 255))]


def test_demo_cannot_write(tmp_path: Path) -> None:
    """A folder that cannot be written to is told in one line, without a traceback."""
    (tmp_path / "file").touch()
    done = _demo("--handwriting", NOTE.path, "--output", tmp_path / "file")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("demo: ")
