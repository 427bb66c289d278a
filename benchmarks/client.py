"""How fast the generated client is, beside the operator's SDK, the stock generator's client, httpx and a raw socket."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Final

import environments
from environments import PEERS, ROOT, Environment
from measured import Contender, FailedError, Runs, in_turn, measure
from sink import BLOCKS, WORDS, answer
from starting import FIRST_ANSWERS, IMPORTS
from table import duration, memory, table, verdict
from workers import Times, Worker, ask_in_turn, workers

OURS: Final = "ours"
SIGNED: Final = "ours, signed"
SDK: Final = "huaweicloudsdkocr"
STOCK: Final = "openapi-python-client"
HTTPX: Final = "bare httpx"
RAW: Final = "raw socket"
ORJSON: Final = "orjson.loads"

LARGE: Final = 7_000_000
SMALL: Final = 20_000
CALLS: Final = 1_000
TASKS: Final = 32

_ABOUT: Final = f"""\
Measures the generated client and others in turn in one run: a round that does not count, then as many as --rounds
says. Figures are medians. A figure of another is the median of what each round is of the same round of the other.

Each has a virtual environment of its own with its dependencies and nothing else, and a process of its own that is
kept; only in (d) each run is a new process. All call the same service on loopback, over plain HTTP on connections that
stay open. It is a process of its own that reads what it is sent and gives an answer that was made beforehand.

What each does from the path of a picture to the words of its first block:
  {OURS}: the method of the client, with a token; checks the picture and the request
  {SIGNED}: the same with a key pair, as the operator's SDK does
  {SDK}: the operator's SDK; file and Base64 by the standard library; signs
  {STOCK}: the stock client; the body is a dict, for which it has no model; standard library; a token
  {HTTPX}: httpx.Client.post(json=…), response.json(); standard library; a token
  {RAW}: file, Base64 with SIMD (pybase64), three sends, orjson; copies nothing

(a) a picture of 7 MB  (b) one of 20 KB  (c) the body of an answer with {BLOCKS} blocks as what the caller gets
(d) the import in a new process, and import, client and first answer (20 KB)  (e) {CALLS} calls over {TASKS} tasks
Memory is what the process holds at most during one call of (a), above what it held before, a call of (b) included.
"""
_EXITS: Final = """\
example: python benchmarks/client.py --quick

exit codes: 0 all limits are kept; 1 one is not; 2 nothing could be measured
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables and what does not hold, and return the exit code."""
    options = _options(arguments)
    print(
        f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} processors; httpx {version('httpx')}, {environments.SDK}, {STOCK} {version(STOCK)}; "
        f"medians of {options.rounds} rounds"
    )
    try:
        with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
            held = _measure(Path(name), options.rounds, quick=options.quick)
    except FailedError as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 2
    return 0 if held else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python benchmarks/client.py",
        description=_ABOUT,
        epilog=_EXITS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--rounds", type=_count, metavar="N", help="rounds that count (default: 15; 5 with --quick)"
    )
    parser.add_argument("--quick", action="store_true", help="a short run: fewer rounds, fewer calls in each")
    options = parser.parse_args(arguments)
    options.rounds = options.rounds or (5 if options.quick else 15)
    return options


def _count(text: str) -> int:
    number = int(text)
    if number < 2:
        raise argparse.ArgumentTypeError("two or more are needed")
    return number


def _measure(folder: Path, rounds: int, *, quick: bool) -> bool:
    """Measure all there is; return whether all limits are kept."""
    made = environments.make(folder, _stock_client(folder))
    large, small, blocks = folder / "large.jpg", folder / "small.jpg", folder / "blocks.json"
    large.write_bytes(_picture(LARGE))
    small.write_bytes(_picture(SMALL))
    blocks.write_bytes(answer(BLOCKS))
    with _sink() as endpoint:
        commands = {
            OURS: _command(made, "ours", endpoint),
            SIGNED: _command(made, "ours", endpoint, "signed"),
            SDK: _command(made, "operator_sdk", endpoint),
            STOCK: _command(made, "stock", endpoint),
            HTTPX: _command(made, "bare_httpx", endpoint),
            RAW: _command(made, "raw_socket", endpoint),
        }
        peaks = _peaks(commands, small, large, rounds)
        with workers(commands) as peers:
            _check(peers, small)
            held = [
                _large(ask_in_turn(peers, "call", large, rounds=rounds, times=1 if quick else 3), peaks),
                _small(ask_in_turn(peers, "call", small, rounds=rounds, times=20 if quick else 100)),
                _parsing(peers, blocks, rounds),
                _concurrent(peers, small, min(rounds, 7), CALLS // 4 if quick else CALLS),
            ]
        held.append(_starting(made, endpoint, small, rounds))
    return all(held)


def _stock_client(folder: Path) -> Path:
    """Have the stock generator make its client of the bundled description."""
    bundled, stock = folder / "openapi.json", folder / "generated"
    measure([sys.executable, "-m", "generator", "bundle", "--output", str(bundled)], folder=ROOT)
    program = str(Path(sysconfig.get_path("scripts"), STOCK))
    command = [program, "generate", "--meta", "none", "--path", str(bundled), "--output-path", str(stock)]
    measure(command, folder=folder)
    return stock


def _picture(size: int) -> bytes:
    """Return a file of that size that begins as a JPEG picture of 1024 x 1024 pixels does."""
    head = bytes.fromhex("ffd8 ffc00011 08 0400 0400 03 012200 021101 031101 ffda")
    return (head + bytes(range(256)) * (size // 256 + 1))[:size]


@contextmanager
def _sink() -> Iterator[str]:
    with workers({"sink": [sys.executable, str(PEERS.parent / "sink.py")]}) as started:
        yield f"http://127.0.0.1:{started['sink'].line().strip()}"


def _command(made: Mapping[str, Environment], peer: str, *arguments: str) -> list[str]:
    return [*made[peer].python, str(PEERS / f"{peer}.py"), *arguments]


def _check(peers: Mapping[str, Worker], picture: Path) -> None:
    for name, worker in peers.items():
        if (words := worker.ask("words", picture)) != WORDS:
            raise FailedError(f"{name} read {words!r}, not {WORDS!r}")


def _peaks(
    commands: Mapping[str, Sequence[str]], small: Path, large: Path, rounds: int
) -> dict[str, list[int]]:
    """Return how much more memory each held during a large call, each time in a new process."""
    found: dict[str, list[int]] = {name: [] for name in commands}
    for _ in range(min(rounds, 3)):
        with workers(commands) as peers:
            for name, worker in peers.items():
                worker.ask("words", small)
                found[name].append(worker.ask("peak", large))
    return found


def _large(found: Mapping[str, Times], peaks: Mapping[str, Sequence[int]]) -> bool:
    text = LARGE / 3 * 4
    head = ("(a) 7 MB", "time", "", "of raw", f"of {SDK}", "memory", "of the text")
    rows = [
        [
            name,
            *_time_and_spread(times),
            f"{times.of(found[RAW]):.2f}",
            f"{times.of(found[SDK]):.2f}",
            memory(_middle(peaks[name])),
            f"{_middle(peaks[name]) / text:.1f}",
        ]
        for name, times in found.items()
    ]
    _print(head, rows)
    held = (
        verdict("7 MB, as a part of a raw socket's time", found[OURS].of(found[RAW]), 2.5),
        verdict(f"7 MB, signed, as a part of {SDK}'s time", found[SIGNED].of(found[SDK]), 1 / 3),
        verdict("7 MB, memory as a part of the Base64 text", _middle(peaks[OURS]) / text, 3),
        verdict("7 MB, signed, memory as a part of the Base64 text", _middle(peaks[SIGNED]) / text, 3),
    )
    return all(held)


def _small(found: Mapping[str, Times]) -> bool:
    rows = [
        [name, *_time_and_spread(times), f"{times.of(found[HTTPX]):.2f}", f"{times.of(found[SDK]):.2f}"]
        for name, times in found.items()
    ]
    _print(("(b) 20 KB", "time", "", "of httpx", f"of {SDK}"), rows)
    held = (
        verdict("20 KB, as a part of bare httpx's time", found[OURS].of(found[HTTPX]), 1.15),
        verdict(f"20 KB, signed, as a part of {SDK}'s time", found[SIGNED].of(found[SDK]), 0.5),
    )
    return all(held)


def _parsing(peers: Mapping[str, Worker], body: Path, rounds: int) -> bool:
    # The raw socket's peer reads with orjson, the one of httpx with the standard library.
    asked = {OURS: peers[OURS], ORJSON: peers[RAW], "json.loads": peers[HTTPX], STOCK: peers[STOCK]}
    found = ask_in_turn(asked, "parse", body, rounds=rounds, times=10)
    rows = [
        [name, *_time_and_spread(times), f"{times.of(found[ORJSON]):.2f}"] for name, times in found.items()
    ]
    _print((f"(c) {BLOCKS} blocks", "time", "", "of orjson"), rows)
    what = f"{BLOCKS} blocks to models, as a part of orjson's time to dicts and lists"
    return verdict(what, found[OURS].of(found[ORJSON]), 1.5)


def _concurrent(peers: Mapping[str, Worker], picture: Path, rounds: int, calls: int) -> bool:
    asked = {name: peers[name] for name in (OURS, STOCK, HTTPX)}
    found = ask_in_turn(asked, "tasks", picture, rounds=rounds, times=calls, tasks=TASKS)
    rows = [
        [name, f"{1 / times.median:.0f}/s", f"±{times.spread / 2:.0%}", f"{found[HTTPX].of(times):.2f}"]
        for name, times in found.items()
    ]
    _print((f"(e) {calls} calls, {TASKS} tasks", "rate", "", "of httpx"), rows)
    what = "rate, as a part of bare httpx.AsyncClient's"
    return verdict(what, found[HTTPX].of(found[OURS]), 0.9, at_least=True)


def _starting(made: Mapping[str, Environment], endpoint: str, picture: Path, rounds: int) -> bool:
    names = {OURS: "ours", SDK: "operator_sdk", STOCK: "stock", HTTPX: "bare_httpx"}
    imports, answers = (
        {
            name: Contender([*made[peer].python, "-c", codes[peer], endpoint, str(picture)])
            for name, peer in names.items()
        }
        for codes in (IMPORTS, FIRST_ANSWERS)
    )
    empty = {"python -c pass": Contender([*made["bare_httpx"].python, "-c", "pass"])}
    first = {name: _times(runs) for name, runs in in_turn(answers, rounds, folder=PEERS).items()}
    found = {name: _times(runs) for name, runs in in_turn({**imports, **empty}, rounds, folder=PEERS).items()}
    head = ("(d) new process", "import", "", "of httpx", f"of {SDK}", "first answer", "", "of httpx")
    rows = [
        [
            name,
            *_time_and_spread(times),
            f"{times.of(found[HTTPX]):.2f}",
            f"{times.of(found[SDK]):.2f}",
            *(_time_and_spread(first[name]) if name in first else ("", "")),
            f"{first[name].of(first[HTTPX]):.2f}" if name in first else "",
        ]
        for name, times in found.items()
    ]
    _print(head, rows)
    held = (
        verdict("import, as a part of httpx's", found[OURS].of(found[HTTPX]), 1.2),
        verdict(f"import, as a part of {SDK}'s", found[OURS].of(found[SDK]), 0.25),
        verdict("import and first answer, as a part of bare httpx's", first[OURS].of(first[HTTPX]), 1.4),
    )
    return all(held)


def _times(runs: Runs) -> Times:
    return Times(tuple(run.seconds for run in runs.all))


def _print(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    print(f"\n{table(head, rows)}\n")


def _time_and_spread(times: Times) -> tuple[str, str]:
    return duration(times.median), f"±{times.spread / 2:.0%}"


def _middle(sizes: Sequence[int]) -> float:
    return float(sorted(sizes)[len(sizes) // 2])


if __name__ == "__main__":
    sys.exit(main())
