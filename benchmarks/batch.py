"""What a batch of very many pictures costs: memory along the way, calls a second, and how long a restart takes.

    python benchmarks/batch.py --pictures 100000

The pictures are tiny and lie in one folder, the service is on loopback and answers at once, so that nothing but the
batch itself counts. Beside it stands the same number of calls without a batch: tasks that share an iterator.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from table import table

_PICTURE: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000010000000100800000000"
    "3a98a0bd0000000e49444154789c6360a03b60000000110001d87fa2470000000049454e44ae426082"
)
"""A PNG of 16 x 16 pixels."""

_STEPS: Final = 10


def memory() -> int:
    """Bytes that this process holds in memory at the moment."""
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


async def batch(endpoint: str, folder: Path, results: Path, concurrency: int, expected: int) -> None:
    """Run the batch, and print what it holds along the way."""
    from huaweicloud_ocr import AsyncClient, TokenAuth
    from huaweicloud_ocr.batch import run

    began = time.perf_counter()
    async with AsyncClient(endpoint=endpoint, project_id="project", auth=TokenAuth("token")) as client:
        made = run(client.recognize_handwriting, folder, results=results, concurrency=concurrency)
        count = 0
        async for outcome in made:
            assert outcome.ok, outcome.error
            count += 1
            if count % max(1, expected // _STEPS) == 0:
                _say(count, began)
        _say(made.tally.tried, began)


async def plain(endpoint: str, folder: Path, concurrency: int) -> None:
    """Make the same calls without a batch."""
    from huaweicloud_ocr import AsyncClient, TokenAuth

    began = time.perf_counter()
    paths = iter(folder.iterdir())
    count = 0
    async with AsyncClient(endpoint=endpoint, project_id="project", auth=TokenAuth("token")) as client:

        async def work() -> None:
            nonlocal count
            for path in paths:
                await client.recognize_handwriting(image=path)
                count += 1

        await asyncio.gather(*(work() for _ in range(concurrency)))
    _say(count, began)


def _say(count: int, began: float) -> None:
    said = {"count": count, "seconds": time.perf_counter() - began, "bytes": memory()}
    print(json.dumps(said), flush=True)


@contextmanager
def sink() -> Iterator[str]:
    """Serve in another process."""
    script = Path(__file__).parent / "batch_sink.py"
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()


def measure(kind: str, endpoint: str, folder: Path, results: Path, concurrency: int, count: int) -> list[Any]:
    """Run a process of a kind, and return what it said."""
    arguments = [kind, endpoint, folder, results, concurrency, count]
    command = [sys.executable, __file__, "--child", *map(str, arguments)]
    environment = {**os.environ, "NO_PROXY": "*", "no_proxy": "*"}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    return [json.loads(line) for line in done.stdout.splitlines()]


def main() -> None:
    """Measure, and print tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pictures", type=int, default=100_000)
    parser.add_argument("--concurrency", type=int, default=16)
    options = parser.parse_args()
    count, concurrency = options.pictures, options.concurrency
    with tempfile.TemporaryDirectory() as place, sink() as endpoint:
        folder, results = Path(place, "pictures"), Path(place, "out.jsonl")
        folder.mkdir()
        for number in range(count):
            (folder / f"{number:06}.png").write_bytes(_PICTURE)
        few = Path(place, "few")
        few.mkdir()
        for number in range(2000):
            (few / f"{number:06}.png").write_bytes(_PICTURE)
        without = measure("plain", endpoint, few, results, concurrency, 2000)[-1]
        with_few = measure("batch", endpoint, few, Path(place, "few.jsonl"), concurrency, 2000)[-1]
        run = measure("batch", endpoint, folder, results, concurrency, count)
        began = time.perf_counter()
        again = measure("batch", endpoint, folder, results, concurrency, count)[-1]
        restart = time.perf_counter() - began
    rows = [
        (f"{step['count']:,} done", f"{step['bytes'] / 1e6:.1f}", f"{step['count'] / step['seconds']:.0f}")
        for step in run
    ]
    print(table(("batch", "MB in memory", "calls a second"), rows))
    print(
        table(
            ("beside it", "MB in memory", "calls a second"),
            [
                (
                    "2,000 calls without a batch",
                    f"{without['bytes'] / 1e6:.1f}",
                    f"{2000 / without['seconds']:.0f}",
                ),
                (
                    "2,000 calls in a batch",
                    f"{with_few['bytes'] / 1e6:.1f}",
                    f"{2000 / with_few['seconds']:.0f}",
                ),
                (f"restart with {count:,} done, {restart:.1f} s", f"{again['bytes'] / 1e6:.1f}", ""),
            ],
        )
    )


def child(kind: str, endpoint: str, folder: str, results: str, concurrency: str, count: str) -> None:
    """Do what is measured."""
    if kind == "plain":
        asyncio.run(plain(endpoint, Path(folder), int(concurrency)))
    else:
        asyncio.run(batch(endpoint, Path(folder), Path(results), int(concurrency), int(count)))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(*sys.argv[2:])
    else:
        main()
