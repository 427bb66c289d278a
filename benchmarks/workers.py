"""Processes that are kept and asked again and again: the sink, and a worker for each peer."""

from __future__ import annotations

import json
import statistics
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Final

import attrs

from measured import FailedError


@attrs.frozen
class Times:
    """Seconds that one peer took, by rounds."""

    all: tuple[float, ...]

    @property
    def median(self) -> float:
        """Median of the rounds."""
        return statistics.median(self.all)

    @property
    def spread(self) -> float:
        """How far the quarter of slow rounds is from the quarter of fast ones, as a part of the median."""
        low, _, high = statistics.quantiles(self.all, n=4)
        return (high - low) / self.median

    def of(self, other: Times) -> float:
        """Return the median of what the rounds are of another's: a busy moment counts for both sides."""
        return statistics.median(mine / theirs for mine, theirs in zip(self.all, other.all, strict=True))


class Worker:
    """A process that carries out one task after the other."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command: Final = command
        self._errors: Final[IO[bytes]] = tempfile.TemporaryFile()  # noqa: SIM115 - `end` closes it
        self._process: Final = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, text=True
        )

    def line(self) -> str:
        """Return the next line that it prints.

        Raises:
            FailedError: It ended instead.
        """
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            code = self._process.wait()
            self._errors.seek(0)
            tail = self._errors.read().decode("utf-8", "replace")[-2000:]
            raise FailedError(f"{' '.join(self._command)}: exit code {code}\n{tail}")
        return line

    def ask(self, what: str, path: Path, *, times: int = 1, tasks: int = 1) -> Any:
        """Have a task done, and return what came of it."""
        assert self._process.stdin is not None
        task = {"what": what, "path": str(path), "times": times, "tasks": tasks}
        with suppress(BrokenPipeError):  # it has ended: what it printed last says why
            print(json.dumps(task), file=self._process.stdin, flush=True)
        return json.loads(self.line())

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()
        self._errors.close()


@contextmanager
def workers(commands: Mapping[str, Sequence[str]]) -> Iterator[dict[str, Worker]]:
    """Start workers, and end them in any case."""
    started: dict[str, Worker] = {}
    try:
        for name, command in commands.items():
            started[name] = Worker(command)
        yield started
    finally:
        for worker in started.values():
            worker.end()


def ask_in_turn(
    peers: Mapping[str, Worker], what: str, path: Path, *, rounds: int, times: int, tasks: int = 1
) -> dict[str, Times]:
    """Have all workers do the same, one after the other in each round; a first round does not count."""
    found: dict[str, list[float]] = {name: [] for name in peers}
    for number in range(-1, rounds):
        for name, worker in peers.items():
            seconds = worker.ask(what, path, times=times, tasks=tasks)
            if number >= 0:
                found[name].append(seconds)
    return {name: Times(tuple(all_times)) for name, all_times in found.items()}
