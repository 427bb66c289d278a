"""How well the local service reads, beside the bare engine with its defaults and Tesseract."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import reduce
from importlib.metadata import version
from itertools import compress
from multiprocessing import get_context
from operator import add
from pathlib import Path
from statistics import fmean
from typing import Any, Final, TypeAlias

import attrs

from labelled import Errors, Item, items, vertical
from measured import FailedError
from readers import BARE, OURS, TESSERACT, TESSERACT_MISSING, Outcome, Task, carry_out, has_tesseract
from table import duration, table, verdict

ANGLES: Final = (0, 10, 45, 90, 137, 180, 270)
MEGAPIXELS: Final = 12
FONT: Final = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")

MOST_OF_ALL: Final = 6.5
MOST_OF_HANDWRITING: Final = 12.0
MOST_OF_WEB: Final = 1.0
MOST_OF_CHAR_SET: Final = 1.5
MOST_MORE_TURNED: Final = 1.5

_ABOUT: Final = f"""\
Reads labelled pictures and prints the share of wrong characters (CER, in percent): left out, put in or others, over
letters and digits after NFKC and without white space. Figures are over all characters of a row, not means of
pictures. Times are seconds of processor time a picture, since others may keep the machine busy.

PICTURES is a folder with a labels.json: an array of objects with file, endpoint (handwriting or web-image), class,
text (an array of lines) and, where they apply, char_set and single_line. The case of letters counts except for the
classes web_word and hw_synth_font.

  {OURS}: the recogniser of the local service, called as a request with these parameters calls it
  {BARE}: rapidocr.RapidOCR() with its defaults, which knows no such parameters
  {TESSERACT}: the program with chi_sim+eng and its defaults; for single lines --psm 7

(a) each class as it is  (b) quick_mode for handwriting of one line  (c) char_set where the label names one, and where
letters and digits of other handwriting lie wholly within one  (d) pages of several lines, enlarged to {MEGAPIXELS}
megapixels  (e) columns of Chinese, drawn here  (f) every picture turned, with detect_direction and without

held to: all pictures {MOST_OF_ALL} %, handwriting {MOST_OF_HANDWRITING} %, web images {MOST_OF_WEB} %, char_set as
labelled {MOST_OF_CHAR_SET} %; with detect_direction at every angle at most {MOST_MORE_TURNED} points more than upright
without it.
"""
_EXITS: Final = """\
example: python benchmarks/recognition.py pictures/

exit codes: 0 all limits are kept; 1 one is not; 2 nothing could be measured
"""

Measure: TypeAlias = Callable[[Sequence[Task]], list[Outcome]]


@attrs.frozen
class Case:
    """What one row of a table is about.

    Attributes:
        name: What the row is called.
        items: The pictures.
        parameter: How ours is called, see `Recogniser.read`.
        pixels: What becomes of the pictures first, see `labelled.pixels`.
    """

    name: str
    items: Sequence[Item]
    parameter: Callable[[Item], dict[str, Any]] = lambda item: {}
    pixels: dict[str, Any] = attrs.field(factory=dict[str, Any])

    def tasks(self, reader: str, *, with_parameter: bool = True) -> list[Task]:
        """Return what a reader has to do."""
        return [
            Task(reader, item, self.pixels, self.parameter(item) if with_parameter else {})
            for item in self.items
        ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables and what does not hold, and return the exit code."""
    options = _options(arguments)
    try:
        pictures = items(options.pictures)
        others = [BARE, *([TESSERACT] if has_tesseract() else [])]
        print(
            f"{len(pictures)} pictures; rapidocr {version('rapidocr')}, onnxruntime {version('onnxruntime')}"
        )
        if TESSERACT not in others:
            print(TESSERACT_MISSING)
        with _pool(options.processes) as measure:
            held = _by_class(measure, pictures, others)
            held &= _by_parameter(measure, pictures, others, options.font)
            held &= _turned(measure, pictures, options.angles)
    except FailedError as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 2
    return 0 if held else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python benchmarks/recognition.py",
        description=_ABOUT,
        epilog=_EXITS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("pictures", type=Path, metavar="PICTURES", help="a folder with a labels.json")
    parser.add_argument(
        "--angles",
        type=_angles,
        default=ANGLES,
        metavar="N,N",
        help=f"degrees clockwise (default: {','.join(map(str, ANGLES))})",
    )
    parser.add_argument(
        "--font",
        type=Path,
        default=FONT,
        help="what columns are drawn with (default: that of fonts-noto-cjk)",
    )
    parser.add_argument(
        "--processes",
        type=int,
        default=os.cpu_count(),
        metavar="N",
        help="at the same time (default: all cores)",
    )
    return parser.parse_args(arguments)


def _angles(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


@contextmanager
def _pool(processes: int) -> Iterator[Measure]:
    # Forked, the engine's threads would be missing in the child.
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        yield lambda tasks: list(pool.map(carry_out, tasks))


def _by_class(measure: Measure, pictures: Sequence[Item], others: Sequence[str]) -> bool:
    whole = Case("all", pictures)
    found = {reader: measure(whole.tasks(reader)) for reader in (OURS, *others)}
    groups = {
        name: [item.group == name for item in pictures] for name in sorted({item.group for item in pictures})
    }
    groups["all handwriting"] = [item.operation == "handwriting" for item in pictures]
    groups["all web images"] = [item.operation == "web-image" for item in pictures]
    groups["all"] = [True for _ in pictures]
    rows: list[list[str]] = []
    rates: dict[str, float] = {}
    for name, chosen in groups.items():
        if any(chosen):
            of_group = {reader: list(compress(outcomes, chosen)) for reader, outcomes in found.items()}
            rows.append([name, *_sizes(of_group[OURS]), *_figures(of_group)])
            rates[name] = _rate(of_group[OURS])
    print("\n(a) by class\n")
    print(table(("", "pictures", "characters", OURS, *_HEAD), rows), end="\n\n")
    limits = {"all": MOST_OF_ALL, "all handwriting": MOST_OF_HANDWRITING, "all web images": MOST_OF_WEB}
    held = [verdict(f"{name}, %", rates[name], limit) for name, limit in limits.items() if name in rates]
    return all(held)


def _by_parameter(measure: Measure, pictures: Sequence[Item], others: Sequence[str], font: Path) -> bool:
    written = [item for item in pictures if item.operation == "handwriting"]
    labelled = Case(
        "(c) char_set as labelled",
        [item for item in written if item.char_set],
        lambda item: {"char_set": item.char_set},
    )
    cases = [
        Case(
            "(b) quick_mode", [item for item in written if item.is_line], lambda item: {"single_line": True}
        ),
        labelled,
        Case(
            "(c) char_set, other labels",
            [item for item in written if not item.char_set and item.narrowest_set],
            lambda item: {"char_set": item.narrowest_set},
        ),
        Case(
            f"(d) {MEGAPIXELS} megapixels",
            [item for item in pictures if not item.is_line],
            pixels={"megapixels": MEGAPIXELS},
        ),
        Case("(d) the same as they are", [item for item in pictures if not item.is_line]),
    ]
    if font.exists():
        cases.append(Case("(e) columns of Chinese", vertical(), pixels={"font": font}))
    else:
        print(
            f"no font {font}, so no columns are drawn: apt-get install -y fonts-noto-cjk, or name one with --font"
        )
    rows: list[list[str]] = []
    of_char_set = 0.0
    print("\n(b) to (e) by parameter and kind of picture\n")
    for case in cases:
        if not case.items:
            continue
        found = {reader: measure(case.tasks(reader)) for reader in (OURS, *others)}
        plain = measure(case.tasks(OURS, with_parameter=False)) if case.parameter(case.items[0]) else None
        without = f"{_rate(plain):.2f}" if plain else ""
        sizes = _sizes(found[OURS])
        ours, *figures = _figures(found)
        rows.append([case.name, *sizes, ours, without, *figures])
        if case is labelled:
            of_char_set = _rate(found[OURS])
    print(table(("", "pictures", "characters", OURS, "without", *_HEAD), rows), end="\n\n")
    return verdict("char_set as labelled, %", of_char_set, MOST_OF_CHAR_SET)


def _turned(measure: Measure, pictures: Sequence[Item], angles: Sequence[int]) -> bool:
    upright = _rate(measure(Case("", pictures).tasks(OURS)))
    rows: list[list[str]] = []
    more: list[float] = []
    for angle in angles:
        case = Case(f"{angle}°", pictures, lambda item: {"any_direction": True}, {"degrees": angle})
        found = measure(case.tasks(OURS))
        plain = measure(case.tasks(OURS, with_parameter=False))
        more.append(_rate(found) - upright)
        ratio = _seconds(found) / _seconds(plain)
        rows.append(
            [
                case.name,
                f"{_rate(found):.2f}",
                f"{_rate(plain):.2f}",
                duration(_seconds(found)),
                f"{ratio:.2f}",
            ]
        )
    print("\n(f) turned, with detect_direction\n")
    print(table(("", OURS, "without", "time", "of without"), rows), end="\n\n")
    return verdict("detect_direction, points above upright at the worst angle", max(more), MOST_MORE_TURNED)


_HEAD: Final = (BARE, TESSERACT, "time", "of bare", "of Tesseract")


def _figures(found: Mapping[str, Sequence[Outcome]]) -> list[str]:
    """Return the error rate of each reader, the time of ours, and what that is of the others'."""
    rates = [f"{_rate(found[reader]):.2f}" if reader in found else "" for reader in (OURS, BARE, TESSERACT)]
    own = _seconds(found[OURS])
    ratios = [
        f"{own / _seconds(found[reader]):.2f}" if reader in found else "" for reader in (BARE, TESSERACT)
    ]
    return [*rates, duration(own), *ratios]


def _sizes(outcomes: Sequence[Outcome]) -> list[str]:
    return [str(len(outcomes)), str(_errors(outcomes).characters)]


def _rate(outcomes: Sequence[Outcome]) -> float:
    return _errors(outcomes).rate


def _errors(outcomes: Sequence[Outcome]) -> Errors:
    return reduce(add, (outcome.errors for outcome in outcomes))


def _seconds(outcomes: Sequence[Outcome]) -> float:
    """Return the time of a picture, the mean."""
    return fmean(outcome.seconds for outcome in outcomes)


if __name__ == "__main__":
    sys.exit(main())
