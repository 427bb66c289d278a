"""What the local service makes of its cores: pictures a second beside the bare engine, waiting, and memory."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pybase64

from measured import FailedError
from table import duration, memory, table, verdict

SAMPLES: Final = Path(__file__).resolve().parents[1] / "samples"
CLIENTS: Final = (1, 4, 16, 64)
_LEAST: Final = 0.9
_MOST_GROWTH: Final = 1.15

_ABOUT: Final = f"""\
Starts the service as a process of its own with as many workers as there are cores, and calls it over loopback from
another, on connections that stay open: 1, 4, 16 and 64 clients at a time, each with the next picture as soon as it has
an answer. Right before each of these the bare engine: the same pictures, decoded and read by as many threads as there
are cores, in a process without a service. With one client only one core can be busy, so that its measure is one thread.
All pictures are read equally often, for they differ in what they cost.

Memory is what the service process holds after each tenth of --calls calls with pictures of mixed sizes. What the last
pictures leave to the allocator goes up and down by a hundred megabytes, so that medians of three are compared.

The limits: at least {_LEAST} of the bare engine's rate; memory of the last three tenths at most {_MOST_GROWTH} times
that of the second to the fourth.
"""
_EXITS: Final = """\
example: python benchmarks/service.py --quick

exit codes: 0 all limits are kept; 1 one is not; 2 nothing could be measured
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables and what does not hold, and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python benchmarks/service.py",
        description=_ABOUT,
        epilog=_EXITS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--seconds", type=float, default=None, help="for each rate (default: 20; 6 with --quick)"
    )
    parser.add_argument(
        "--rounds", type=int, default=None, help="how often in turn (default: 3; 2 with --quick)"
    )
    parser.add_argument(
        "--calls", type=int, default=None, help="for memory (default: 2000; 300 with --quick)"
    )
    parser.add_argument("--quick", action="store_true", help="a short run")
    parser.add_argument("--bare", type=int, metavar="THREADS", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    options.seconds = options.seconds or (6.0 if options.quick else 20.0)
    options.rounds = options.rounds or (2 if options.quick else 3)
    options.calls = options.calls or (300 if options.quick else 2000)
    if options.bare:
        print(json.dumps(_bare(options.bare, options.seconds)))
        return 0
    print(
        f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{_cores()} processors; medians of {options.rounds} rounds of {options.seconds:g} s"
    )
    try:
        held = _rates(options.seconds, options.rounds)
        held = _memory(options.calls) and held
    except FailedError as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 2
    return 0 if held else 1


def _rates(seconds: float, rounds: int) -> bool:
    bodies = _bodies()
    bare: dict[int, list[float]] = {count: [] for count in CLIENTS}
    found: dict[int, list[tuple[float, list[float]]]] = {count: [] for count in CLIENTS}
    with _service() as (url, _):
        asyncio.run(_load(url, bodies, clients=_cores(), seconds=2))  # not counted
        for _ in range(rounds):
            for count in CLIENTS:
                bare[count].append(_bare_rate(_threads(count), seconds))
                found[count].append(asyncio.run(_load(url, bodies, clients=count, seconds=seconds)))
    rows: list[list[str]] = []
    ratios: dict[int, float] = {}
    for count, runs in found.items():
        threads, peers = _threads(count), bare[count]
        ratios[count] = statistics.median(rate / peer for (rate, _), peer in zip(runs, peers, strict=True))
        waits = sorted(wait for _, all_waits in runs for wait in all_waits)
        rows += [
            [f"bare engine, {_counted(threads, 'thread')}", f"{statistics.median(peers):.2f}/s", *[""] * 4],
            [
                f"service, {_counted(count, 'client')}",
                f"{statistics.median(rate for rate, _ in runs):.2f}/s",
                f"{ratios[count]:.2f}",
                *(duration(_quantile(waits, share)) for share in (0.5, 0.95, 0.99)),
            ],
        ]
    print(f"\n{table(('pictures a second', 'rate', 'of bare', 'p50', 'p95', 'p99'), rows)}\n")
    verdicts = [
        verdict(
            f"{_counted(count, 'client')}, as a part of the bare engine's rate", ratio, _LEAST, at_least=True
        )
        for count, ratio in ratios.items()
    ]
    return all(verdicts)


def _memory(calls: int) -> bool:
    dice = random.Random(1)
    bodies = _mixed(dice)
    tenth = max(1, calls // 10)
    with _service() as (url, process):
        sizes = [_resident(process.pid)]
        for _ in range(10):
            chosen = [dice.choice(bodies) for _ in range(tenth)]
            asyncio.run(_load(url, chosen, clients=4, calls=tenth))
            sizes.append(_resident(process.pid))
    rows = [[f"{tenth * number} calls", memory(size)] for number, size in enumerate(sizes)]
    print(f"\n{table(('memory after', 'held'), rows)}\n")
    growth = statistics.median(sizes[-3:]) / statistics.median(sizes[2:5])
    return verdict("memory of the last three tenths, of the second to the fourth", growth, _MOST_GROWTH)


@contextmanager
def _service() -> Iterator[tuple[str, subprocess.Popen[str]]]:
    command = [sys.executable, "-m", "huaweicloud_ocr_emulator", "--port", "0", "--queue", "128"]
    command += ["--log-level", "warning"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            if not line.startswith("listening on "):
                raise FailedError("the service did not start")
            yield line.removeprefix("listening on ").strip(), process
        finally:
            process.terminate()


async def _load(
    url: str,
    bodies: Sequence[bytes],
    *,
    clients: int,
    seconds: float = float("inf"),
    calls: int | None = None,
) -> tuple[float, list[float]]:
    """Call for some seconds, or so often; return calls a second and how long each took."""
    address = urlsplit(url)
    numbers = iter(range(calls)) if calls is not None else iter(int, 1)
    waits: list[float] = []
    began = time.perf_counter()

    async def one(first: int) -> None:
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        turn, lap = first, _lap(clients, len(bodies))
        for _ in numbers:
            if (turn - first) % lap == 0 and time.perf_counter() - began > seconds:
                break
            sent = time.perf_counter()
            writer.write(bodies[turn % len(bodies)])
            turn += 1
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise FailedError(f"a call ended with {head.splitlines()[0].decode()}")
            length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
            waits.append(time.perf_counter() - sent)
        writer.close()

    await asyncio.gather(*(one(number) for number in range(clients)))
    return len(waits) / (time.perf_counter() - began), waits


def _bodies() -> list[bytes]:
    return [_request(operation, file) for operation, file in _samples()]


def _samples() -> list[tuple[str, bytes]]:
    listed: list[dict[str, Any]] = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))[
        "samples"
    ]
    paths = {"recognizeHandwriting": "handwriting", "recognizeWebImage": "web-image"}
    return [(paths[sample["operation"]], (SAMPLES / sample["file"]).read_bytes()) for sample in listed]


def _mixed(dice: random.Random) -> list[bytes]:
    """Return calls with the samples in forty sizes."""
    import io

    from PIL import Image

    found: list[bytes] = []
    for number in range(40):
        operation, file = _samples()[number % len(_samples())]
        with Image.open(io.BytesIO(file)) as opened:
            scale = dice.uniform(0.3, 1.6)
            resized = opened.convert("RGB").resize(
                (round(opened.width * scale), round(opened.height * scale))
            )
        written = io.BytesIO()
        resized.save(written, "JPEG")
        found.append(_request(operation, written.getvalue()))
    return found


def _request(operation: str, file: bytes) -> bytes:
    body = b'{"image":"%s"}' % pybase64.b64encode(file)
    head = (
        f"POST /v2/project/ocr/{operation} HTTP/1.1\r\nHost: loopback\r\nX-Auth-Token: any\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _bare_rate(threads: int, seconds: float) -> float:
    command = [sys.executable, __file__, "--bare", str(threads), "--seconds", str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise FailedError(f"the bare engine: {done.stderr[-2000:]}")
    return float(json.loads(done.stdout))


def _bare(threads: int, seconds: float) -> float:
    """Return pictures a second that so many threads decode and read."""
    import io

    from PIL import Image

    from huaweicloud_ocr_emulator.picture import decode_pixels
    from huaweicloud_ocr_emulator.service import load_recogniser

    recogniser = load_recogniser()
    files = [file for _, file in _samples()]
    for file in files:
        recogniser.read(decode_pixels(Image.open(io.BytesIO(file))))
    began = time.perf_counter()

    def work(first: int) -> int:
        count, lap = 0, _lap(threads, len(files))
        while count % lap or time.perf_counter() - began < seconds:
            recogniser.read(decode_pixels(Image.open(io.BytesIO(files[(first + count) % len(files)]))))
            count += 1
        return count

    with ThreadPoolExecutor(threads) as pool:
        counts = list(pool.map(work, range(threads)))
    return sum(counts) / (time.perf_counter() - began)


def _lap(count: int, pictures: int) -> int:
    """Return how many calls each one makes until all together have had every picture."""
    return max(1, pictures // count)


def _threads(clients: int) -> int:
    """Return how many cores so many clients can keep busy."""
    return min(clients, _cores())


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number > 1)}"


def _quantile(values: Sequence[float], share: float) -> float:
    return values[min(len(values) - 1, int(len(values) * share))]


def _resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _cores() -> int:
    return len(os.sched_getaffinity(0))


if __name__ == "__main__":
    sys.exit(main())
