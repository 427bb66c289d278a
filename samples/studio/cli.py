"""The command that makes the pictures."""

from __future__ import annotations

import argparse
import sys
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from PIL import Image

from .banner import shop_banner
from .fonts import FONTSOURCE_FILES, FontError, FontShelf
from .notes import chinese_note, english_note, number_strip
from .sample import Sample, SampleError, read_samples

FOLDER = Path(__file__).resolve().parent.parent

Maker: TypeAlias = Callable[[Sample, FontShelf, np.random.Generator], Image.Image]

MAKERS: Mapping[str, Maker] = {
    "handwritten-note.jpg": english_note,
    "handwritten-note-zh.jpg": chinese_note,
    "number.png": number_strip,
    "web-banner.webp": shop_banner,
}

ENCODER_OPTIONS: Mapping[str, Mapping[str, Any]] = {
    ".jpg": {"quality": 86, "optimize": True},
    ".png": {"optimize": True},
    ".webp": {"quality": 90, "method": 6},
}


def make(sample: Sample, fonts: FontShelf, folder: Path) -> Path:
    """Make one picture and return its file in `folder`."""
    maker = MAKERS.get(sample.file)
    if maker is None:
        raise SampleError(f"expected.json: nothing makes {sample.file!r}; give it a maker in studio/cli.py")
    # Each picture has its own seed, so that a change to one leaves the others as they are.
    rng = np.random.default_rng(zlib.crc32(sample.file.encode()))
    path = folder / sample.file
    maker(sample, fonts, rng).save(path, **ENCODER_OPTIONS[path.suffix])
    return path


def _named_file(text: str) -> tuple[str, Path]:
    name, separator, file = text.partition("=")
    if not separator or name not in FONTSOURCE_FILES:
        raise argparse.ArgumentTypeError(
            f"give NAME=FILE, NAME one of {', '.join(FONTSOURCE_FILES)}; not {text!r}"
        )
    return name, Path(file)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the pictures and print their names and sizes; return the exit status."""
    parser = argparse.ArgumentParser(description="Make the sample pictures.")
    parser.add_argument(
        "--fontsource",
        type=Path,
        default=Path("node_modules/@fontsource"),
        metavar="DIR",
        help="where npm put the fonts (default: %(default)s)",
    )
    parser.add_argument(
        "--font",
        type=_named_file,
        action="append",
        default=[],
        metavar="NAME=FILE",
        help=f"another file for one font; NAME is one of {', '.join(FONTSOURCE_FILES)}",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=FOLDER,
        metavar="DIR",
        help="where the pictures go (default: beside expected.json)",
    )
    options = parser.parse_args(arguments)

    fonts = FontShelf(options.fontsource, dict(options.font))
    options.out.mkdir(parents=True, exist_ok=True)
    try:
        for sample in read_samples(FOLDER / "expected.json"):
            path = make(sample, fonts, options.out)
            print(f"{path}  {sample.width}x{sample.height}  {path.stat().st_size / 1000:.0f} kB")
    except (FontError, SampleError) as error:
        print(f"make_samples.py: {error}", file=sys.stderr)
        return 1
    return 0
