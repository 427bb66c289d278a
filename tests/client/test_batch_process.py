"""A batch as a process: killed, interrupted, and started again."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest

from .batches import by_name, error, folder, is_number, lines, number_of, sent, whole
from .service import Exchange, Service, answer, raw, silence

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are sent")

ROOT = Path(__file__).parents[2]


@contextmanager
def process(service: Service, *arguments: str | Path) -> Iterator[subprocess.Popen[str]]:
    """Start a batch that has a group of processes of its own, and leave nothing of it."""
    command = [sys.executable, "-m", "tests.client.batch_process", "--endpoint", service.endpoint]
    with subprocess.Popen(
        [*command, *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "NO_PROXY": "*", "COLUMNS": "200"},
    ) as started:
        try:
            yield started
        finally:
            started.kill()


def finished(service: Service, *arguments: str | Path) -> tuple[int, str, str]:
    """Run a batch to its end; its exit code, and what it wrote."""
    with process(service, *arguments) as started:
        output, errors = started.communicate(timeout=60)
    return started.returncode, output, errors


def wait_for_requests(service: Service, started: subprocess.Popen[str], count: int) -> None:
    """Wait until so many requests have come, or the process is over."""
    until = monotonic() + 30
    while len(service.received) < count and started.poll() is None:
        assert monotonic() < until
        service.over.wait(0.002)


@pytest.mark.long
def test_kill_at_any_moment(service: Service, tmp_path: Path) -> None:
    """Killed again and again, a run ends with one line a picture, and none was sent again that had its line."""
    count = 400
    place, results = folder(tmp_path / "p", count), tmp_path / "out.jsonl"
    arguments = (place, "--results", results, "--concurrency", "16")
    chance = random.Random(20261121)
    kills: list[tuple[int, set[int]]] = []
    while len(kills) < 12:
        with process(service, *arguments) as started:
            wait_for_requests(service, started, len(service.received) + chance.randrange(1, 60))
            service.over.wait(chance.random() * 0.01)
            started.send_signal(signal.SIGKILL)
            if started.wait() != -signal.SIGKILL:
                break
        on_disk = {int(Path(line["source"]).stem) for line in lines(results)} if results.exists() else set()
        kills.append((len(service.received), on_disk))
    code, output, _ = finished(service, *arguments)
    assert code == 0
    assert len(kills) >= 8
    assert set(by_name(results)) == {f"{number}.png" for number in range(count)}
    assert {line["status"] for line in lines(results)} == {"ok"}
    for mark, on_disk in kills:
        assert not on_disk & set(map(number_of, whole(service.received[mark:])))
    # What was under way at a kill comes again, and nothing else does.
    assert sent(service).total() <= count + 16 * len(kills)
    assert output.splitlines()[1].split("\t") == ["ok", str(count - len(kills[-1][1])), str(count)]


def test_interrupted_once(service: Service, tmp_path: Path) -> None:
    """Ctrl-C finishes what is under way, says how to go on, and ends with 130; the next run does the rest."""
    place, results = folder(tmp_path / "p", 40), tmp_path / "out.jsonl"
    service.plays(answer(), slow)
    with process(service, place, "--results", results, "--concurrency", "4") as started:
        wait_for_requests(service, started, 5)
        started.send_signal(signal.SIGINT)
        output, errors = started.communicate(timeout=30)
    assert started.returncode == 130
    assert "calls that are under way; once more stops at once" in errors
    assert errors.endswith("stopped; the same command goes on\n")
    assert "ok\t5\t5" in output
    assert len(lines(results)) == len(service.received) == 5
    service.plays(answer())
    assert finished(service, place, "--results", results)[0] == 0
    assert sent(service) == dict.fromkeys(range(40), 1)


def slow(exchange: Exchange) -> None:
    """Answer after a while, in which a signal arrives."""
    exchange.service.over.wait(0.3)
    answer()(exchange)


def test_interrupted_twice(service: Service, tmp_path: Path) -> None:
    """A second Ctrl-C ends the process although the service says nothing."""
    place, results = folder(tmp_path / "p", 10), tmp_path / "out.jsonl"
    service.plays(answer(), silence)
    with process(service, place, "--results", results, "--concurrency", "4") as started:
        wait_for_requests(service, started, 5)
        started.send_signal(signal.SIGINT)
        assert started.stderr is not None
        assert "once more stops at once" in started.stderr.readline()
        started.send_signal(signal.SIGINT)
        assert started.wait(timeout=10) == 130
    assert len(lines(results)) == 1
    service.over.set()
    service.plays(answer())
    assert finished(service, place, "--results", results)[0] == 0
    assert len(by_name(results)) == 10


def test_terminated(service: Service, tmp_path: Path) -> None:
    """SIGTERM is the same as Ctrl-C, and ends with 143; a pause for throttling does not hold it up."""
    place, results = folder(tmp_path / "p", 10), tmp_path / "out.jsonl"
    service.plays(answer(), error(429, "APIG.0308"))
    with process(service, place, "--results", results, "--concurrency", "4") as started:
        wait_for_requests(service, started, 2)
        started.send_signal(signal.SIGTERM)
        started.communicate(timeout=30)
    assert started.returncode == 143
    assert len(lines(results)) == 1


def test_outcomes_by_code(service: Service, tmp_path: Path) -> None:
    """The table counts this run and the file as a whole; the exit code says that something failed."""
    place, results = folder(tmp_path / "p", 6), tmp_path / "out.jsonl"
    failing = is_number({1, 2}, error(400, "AIS.0103"), is_number({3}, error(400, "AIS.0104\x1b[2J")))
    service.plays(failing)
    code, output, errors = finished(service, place, "--results", results)
    assert code == 1
    assert output.splitlines() == [
        "outcome\tthis run\tresults file",
        "ok\t3\t3",
        "AIS.0103\t2\t2",
        "AIS.0104 [2J\t1\t1",
    ]
    assert "6 tried in" in errors
    assert errors.endswith(
        f'3 fail again unless something is changed: the lines with "status":"failed" in {results} say what; '
        "--retry-failed then tries them again\n"
    )
    assert "same command" not in errors
    service.plays(answer())
    code, output, errors = finished(service, place, "--results", results, "--retry-failed", "all")
    assert (code, output.splitlines()[1:]) == (0, ["ok\t3\t6"])
    assert "3 were done before" in errors


def test_what_may_succeed_later(service: Service, tmp_path: Path) -> None:
    """The same command is advised for what it tries again, as long as there is some."""
    place, results = folder(tmp_path / "p", 2), tmp_path / "out.jsonl"
    service.plays(is_number({1}, raw(b"HTTP/1.1 200 OK\r\n")))
    _, _, errors = finished(service, place, "--results", results, "--concurrency", "1")
    assert errors.splitlines()[1:] == ["1 may succeed later: the same command tries it again"]
    _, _, errors = finished(service, place, "--results", results, "--retry-failed", "none")
    assert errors.splitlines()[1:] == [
        "1 may succeed later: without --no-retry-failed, the same command tries it again"
    ]
    service.plays(answer())
    assert finished(service, place, "--results", results)[2].count("\n") == 1


@pytest.mark.parametrize(
    ("status", "arguments", "code", "message"),
    [
        (401, (), 3, "APIG.0301"),
        (200, ("--char-set", "digits"), 2, "char_set: 'digits' is not known"),
        (200, ("missing",), 2, "there is no file, folder or list 'missing'"),
        (200, ("--concurrency", "0"), 2, "concurrency is 0"),
    ],
)
def test_what_does_not_serve(
    service: Service, tmp_path: Path, status: int, arguments: tuple[str, ...], code: int, message: str
) -> None:
    """Wrong use, and settings that the service refuses, have exit codes of their own and a message of their own."""
    if status != 200:
        service.plays(error(status, "APIG.0301"))
    found, _, errors = finished(
        service, folder(tmp_path / "p", 3), *arguments, "--results", tmp_path / "out.jsonl"
    )
    assert (found, message in errors, "Traceback" in errors) == (code, True, False)
    assert len(service.received) <= 1


def test_nothing_found(service: Service, tmp_path: Path) -> None:
    """A folder without pictures is wrong use."""
    code, _, errors = finished(service, folder(tmp_path / "p", 0), "--results", tmp_path / "out.jsonl")
    assert code == 2
    assert "nothing was found to send" in errors
