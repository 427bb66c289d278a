"""Whole processes, measured: how long one takes, and how much memory the largest of it and its children held."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import attrs

_SHOWN_OF_A_FAILURE = 2000


class FailedError(Exception):
    """A process that was to be measured ended with an error; the text says which, and what it printed."""


@attrs.frozen
class Run:
    """One run of a process.

    Attributes:
        seconds: From its start until it was gone, by the clock on the wall.
        bytes: The most memory that it, or any process that it started and waited for, held at once.
    """

    seconds: float
    bytes: int


@attrs.frozen
class Runs:
    """All runs of one process that count."""

    all: tuple[Run, ...]

    @property
    def seconds(self) -> float:
        """Median of the time."""
        return statistics.median(run.seconds for run in self.all)

    @property
    def bytes(self) -> float:
        """Median of the memory."""
        return statistics.median(run.bytes for run in self.all)

    @property
    def spread(self) -> float:
        """How far the slowest run is from the fastest, as a part of the median."""
        times = [run.seconds for run in self.all]
        return (max(times) - min(times)) / self.seconds


@attrs.frozen
class Contender:
    """What is measured.

    Attributes:
        command: What to run.
        before: What to do before each run, outside the measured time.
    """

    command: Sequence[str]
    before: Callable[[], None] = lambda: None


def in_turn(
    contenders: Mapping[str, Contender], rounds: int, *, folder: Path, warm_up: bool = True
) -> dict[str, Runs]:
    """Measure all contenders, one after the other in each round, so that a busy moment hits none of them alone.

    Args:
        contenders: What to measure, by name.
        rounds: How many runs of each count.
        folder: Where the processes run.
        warm_up: Whether one more round, which does not count, comes first.

    Raises:
        FailedError: A process ended with an error.
    """
    found: dict[str, list[Run]] = {name: [] for name in contenders}
    for number in range(-1 if warm_up else 0, rounds):
        for name, contender in contenders.items():
            contender.before()
            run = measure(contender.command, folder=folder)
            if number >= 0:
                found[name].append(run)
    return {name: Runs(tuple(runs)) for name, runs in found.items()}


def measure(command: Sequence[str], *, folder: Path) -> Run:
    """Run a process in a folder until it ends.

    Raises:
        FailedError: It ended with an error.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert process.stdout is not None
    with process.stdout as pipe:
        printed = pipe.read()
    # Unlike `wait`, this tells the use of resources of this one process and its children.
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        tail = printed.decode("utf-8", "replace")[-_SHOWN_OF_A_FAILURE:]
        raise FailedError(f"{' '.join(command)}: exit code {process.returncode}\n{tail}")
    return Run(seconds, _bytes(usage))


def _bytes(usage: resource.struct_rusage) -> int:
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _environment() -> dict[str, str]:
    """Return an environment in which the tools of this interpreter come first, ruff among them."""
    scripts = sysconfig.get_path("scripts")
    environment = {**os.environ, "PATH": os.pathsep.join((scripts, os.environ.get("PATH", "")))}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # compiling all modules anew would be what is measured
    return environment
