"""The demonstration, as `nox -s demo` runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from .samples import ROOT, SAMPLES


def _demo(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "demo", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What the demonstration printed, and the folder with its pictures."""
    folder = tmp_path_factory.mktemp("demo")
    done = _demo("--output", str(folder))
    assert done.returncode == 0, done.stderr
    return done.stdout, folder


def test_demo_prints_the_text_of_every_sample(output: tuple[str, Path]) -> None:
    """Every line of every sample picture is printed."""
    for sample in SAMPLES.values():
        assert sample.path.name in output[0]
        for line in sample.lines:
            assert f"  {line}\n" in output[0]


def test_demo_draws_boxes_over_every_sample(output: tuple[str, Path]) -> None:
    """Every sample picture has an annotated copy of its own size that differs from it."""
    for sample in SAMPLES.values():
        with Image.open(sample.path) as plain, Image.open(output[1] / f"{sample.path.stem}.png") as annotated:
            assert annotated.size == sample.size
            assert ImageChops.difference(plain.convert("RGB"), annotated).getbbox() is not None


def test_demo_says_what_is_wrong_with_a_picture(tmp_path: Path) -> None:
    """A picture that cannot be read is named, and the demonstration ends with 1, without a traceback."""
    picture = tmp_path / "empty.png"
    picture.write_bytes(b"")
    done = _demo("--handwriting", str(picture), "--output", str(tmp_path / "out"))
    assert done.returncode == 1
    assert "image is empty" in done.stderr
    assert "Traceback" not in done.stderr
