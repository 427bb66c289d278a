"""How long generating takes, and how much memory, beside the stock generator on the same documents."""

from __future__ import annotations

import argparse
import platform
import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Final

from measured import Contender, FailedError, Runs, in_turn, measure
from table import duration, memory, table, verdict

ROOT: Final = Path(__file__).resolve().parents[1]
STOCK: Final = "openapi-python-client"
OURS: Final = "python -m generator"
SIZES: Final = (10, 100, 1_000)

MOST_OF_STOCK: Final = 1.0
MOST_OF_FULL: Final = 0.25
MOST_OF_STEP: Final = 1.25
"""How much dearer a further operation of the larger document may be; the rest is the noise of measuring."""

_ABOUT: Final = """\
Measures whole processes, start of the interpreter included, in turn in one run: one round that does not count, then
as many as --rounds says; the figures are medians. Both generators run from this interpreter's environment, the stock
one with its own templates and its ruff hooks (`generate --meta none`).

First this project's own description: the full generation of its client, which also reads many files, bundles and
checks; the same with unchanged input; the check alone; and the stock generator on the bundled description.
Then documents of 10, 100 and 1,000 operations, each with models of its own, made by benchmarks/documents.py.

held to: full generation takes no longer than the stock generator; unchanged input takes at most a quarter of full
generation; time and memory grow linearly, that is, a further operation costs no more in a large document than in a
small one (1.25 times at most, for noise).
"""
_EXITS: Final = """\
example: python benchmarks/generate.py --quick

exit codes: 0 all of that holds; 1 something does not; 2 nothing could be measured
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables and what does not hold, and return the exit code."""
    options = _options(arguments)
    try:
        with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
            print(
                f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} "
                f"{platform.machine()}; {STOCK} {version(STOCK)}; medians of {options.rounds} rounds\n"
            )
            kept = _own(Path(name), options.rounds)
            if options.sizes:
                kept &= _growth(Path(name), options.sizes, options.rounds)
    except FailedError as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 2
    return 0 if kept else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python benchmarks/generate.py",
        description=_ABOUT,
        epilog=_EXITS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--rounds", type=_count, metavar="N", help="rounds that count (default: 7; 3 with --quick)"
    )
    parser.add_argument(
        "--sizes",
        type=_counts,
        metavar="N,N,N",
        help=f"operations of the generated documents (default: {','.join(map(str, SIZES))}; 10,50,250 with --quick)",
    )
    parser.add_argument("--quick", action="store_true", help="a short run: fewer rounds, smaller documents")
    options = parser.parse_args(arguments)
    options.rounds = options.rounds or (3 if options.quick else 7)
    options.sizes = options.sizes or ((10, 50, 250) if options.quick else SIZES)
    return options


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("one or more are needed")
    return number


def _counts(text: str) -> tuple[int, ...]:
    return tuple(sorted({_count(part) for part in text.split(",")}))


def _own(folder: Path, rounds: int) -> bool:
    """Measure this project's description; return whether what it is held to holds."""
    bundled, fresh, same, stock = (folder / name for name in ("openapi.json", "fresh", "same", "stock"))
    measure(_generator("bundle", "--output", bundled), folder=ROOT)
    measure(_generator("generate", "--output", same), folder=ROOT)
    runs = in_turn(
        {
            STOCK: Contender(_stock(bundled, stock), partial(_remove, stock)),
            "full generation": Contender(_generator("generate", "--output", fresh), partial(_remove, fresh)),
            "unchanged input": Contender(_generator("generate", "--output", same)),
            "check alone": Contender(_generator("check")),
        },
        rounds,
        folder=ROOT,
    )
    full = runs["full generation"].seconds
    rows = [
        [
            name,
            duration(found.seconds),
            f"±{found.spread / 2:.0%}",
            f"{found.seconds / runs[STOCK].seconds:.2f}",
            f"{found.seconds / full:.2f}",
            memory(found.bytes),
        ]
        for name, found in runs.items()
    ]
    print(f"This project's description: {_files(fresh)} files from ours, {_files(stock)} from {STOCK}\n")
    print(table(("", "time", "", "of stock", "of full", "memory"), rows), end="\n\n")
    of_stock = full / runs[STOCK].seconds
    of_full = runs["unchanged input"].seconds / full
    held = (
        verdict("full generation, as a part of the stock generator's time", of_stock, MOST_OF_STOCK),
        verdict("unchanged input, as a part of full generation's time", of_full, MOST_OF_FULL),
    )
    return all(held)


def _growth(folder: Path, sizes: Sequence[int], rounds: int) -> bool:
    """Measure documents of these sizes; return whether time and memory grow linearly."""
    ours: dict[int, Runs] = {}
    stock: dict[int, Runs] = {}
    for size in sizes:
        spec, mine, theirs = folder / f"{size}.json", folder / f"ours{size}", folder / f"theirs{size}"
        # In a process of its own: a child's peak of memory is never below what its parent held when it began.
        measure([sys.executable, "benchmarks/documents.py", str(size), str(spec)], folder=ROOT)
        runs = in_turn(
            {
                OURS: Contender(
                    _generator("generate", "--spec", spec, "--output", mine, "--package", "big"),
                    partial(_remove, mine),
                ),
                STOCK: Contender(_stock(spec, theirs), partial(_remove, theirs)),
            },
            rounds if size < SIZES[-1] else min(rounds, 3),
            folder=ROOT,
            warm_up=False,
        )
        ours[size], stock[size] = runs[OURS], runs[STOCK]
        _remove(mine)
        _remove(theirs)
    print("\nGenerated documents; “each more” is what one operation more costs, from the size before\n")
    head = ("", "operations", "time", "grows", "each more", "memory", "grows", "each more")
    rows = [row for name, found in ((OURS, ours), (STOCK, stock)) for row in _growth_rows(name, found)]
    print(table(head, rows), end="\n\n")
    if len(sizes) < 3:
        return True
    held = (
        verdict(
            "time of one operation more, last step beside the one before",
            _bend(ours, "seconds"),
            MOST_OF_STEP,
        ),
        verdict(
            "memory of one operation more, last step beside the one before",
            _bend(ours, "bytes"),
            MOST_OF_STEP,
        ),
    )
    return all(held)


def _growth_rows(name: str, found: Mapping[int, Runs]) -> list[list[str]]:
    first = next(iter(found))
    rows = [[name, f"{first:,}", duration(found[first].seconds), "", "", memory(found[first].bytes), "", ""]]
    for small, large in pairwise(found):
        one, other, more = found[small], found[large], large - small
        rows.append(
            [
                name,
                f"{large:,}",
                duration(other.seconds),
                f"x{other.seconds / one.seconds:.1f}",
                f"{(other.seconds - one.seconds) / more * 1000:.1f} ms",
                memory(other.bytes),
                f"x{other.bytes / one.bytes:.1f}",
                f"{(other.bytes - one.bytes) / more / 1024:.0f} KiB",
            ]
        )
    return rows


def _bend(found: Mapping[int, Runs], what: str) -> float:
    """Return how many times as dear an operation of the last step is as one of the step before; 1 is a line."""
    (a, b), (c, d) = list(pairwise(found))[-2:]
    before = (getattr(found[b], what) - getattr(found[a], what)) / (b - a)
    last = (getattr(found[d], what) - getattr(found[c], what)) / (d - c)
    return float(last / before) if before > 0 else 1.0


def _generator(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "generator", *map(str, arguments)]


def _stock(spec: Path, output: Path) -> list[str]:
    program = str(Path(sysconfig.get_path("scripts"), STOCK))
    return [program, "generate", "--meta", "none", "--path", str(spec), "--output-path", str(output)]


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _files(folder: Path) -> int:
    return sum(1 for path in folder.rglob("*") if path.is_file() and ".ruff_cache" not in path.parts)


if __name__ == "__main__":
    sys.exit(main())
