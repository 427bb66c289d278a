"""The pace of a batch: it falls when the service throttles, and rises again."""

from __future__ import annotations

import asyncio
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from huaweicloud_ocr import ApiError
from huaweicloud_ocr._runtime.batch.pace import Pace
from huaweicloud_ocr.batch import Batch, BatchError, Pacing, run

from .batches import QUICK, Busy, client, error, folder, lines, outcomes
from .service import Exchange, Service, answer


async def test_a_service_that_takes_only_a_few_calls(service: Service, tmp_path: Path) -> None:
    """Against a service that serves three calls at once everything is recognised, and few calls are refused."""
    busy = Busy(3, error(429, "APIG.0308"))
    service.plays(busy)
    lowest = 12
    async with client(service) as opened:
        place = folder(tmp_path / "p", 150)
        batch: Batch[Any] = run(opened.recognize_handwriting, place, concurrency=12, pacing=QUICK)
        async for outcome in batch:
            assert outcome.ok
            lowest = min(lowest, batch.tally.limit)
    assert batch.tally.recognised == 150
    assert lowest <= 6
    assert 0 < busy.refused < 75


async def test_throttling_does_not_use_up_attempts(service: Service, tmp_path: Path) -> None:
    """A source is throttled as often as it takes, and recognised in the end."""
    service.plays(answer(), *[error(429, "APIG.0308")] * 8, answer())
    found = await outcomes(service, folder(tmp_path / "p", 2), concurrency=1, retries=1)
    assert sorted(outcome.attempts for outcome in found) == [1, 9]
    assert all(outcome.ok for outcome in found)


@pytest.mark.parametrize("code", ["APIG.0308", "ModelArts.4401"])
async def test_throttling_is_known_by_its_code(service: Service, tmp_path: Path, code: str) -> None:
    """Whatever status comes with it, a code that means throttling slows the run down and uses up no attempts."""
    service.plays(answer(), *[error(400, code)] * 3, answer())
    found = await outcomes(service, folder(tmp_path / "p", 2), concurrency=1, retries=0)
    assert sorted(outcome.attempts for outcome in found) == [1, 4]
    assert all(outcome.ok for outcome in found)


async def test_patience_ends(service: Service, tmp_path: Path) -> None:
    """A run that is throttled all the time stops, and its sources count as not tried."""
    service.plays(answer(), error(429, "APIG.0308"))
    results = tmp_path / "out.jsonl"
    pacing = Pacing(first_delay=0.01, longest_delay=0.02, patience=0.1)
    with pytest.raises(ApiError, match=r"APIG\.0308"):
        await outcomes(service, folder(tmp_path / "p", 9), results=results, pacing=pacing)
    assert len(lines(results)) == 1


async def test_retry_after_holds_for_all(service: Service, tmp_path: Path) -> None:
    """When the service asks one call to wait, no other begins until then."""
    times: list[float] = []

    def refuse(exchange: Exchange) -> None:
        error(429, "APIG.0308", Retry_After="1")(exchange)
        times.append(monotonic())

    def note(exchange: Exchange) -> None:
        times.append(monotonic())
        answer()(exchange)

    service.plays(answer(), refuse, note)
    async with client(service) as opened:
        place = folder(tmp_path / "p", 12)
        async for _ in run(opened.recognize_handwriting, place, concurrency=1, pacing=QUICK):
            pass
    assert times[1] - times[0] >= 0.95


def pace(most: int, **settings: float) -> Pace:
    """A pace that the first answer has opened."""
    made = Pace(most, Pacing(**{"first_delay": 0.0, "longest_delay": 0.0, **settings}))
    made.answered(0)
    return made


async def begin(pace: Pace, count: int) -> list[int | None]:
    """Begin calls."""
    return [await pace.begin() for _ in range(count)]


async def test_the_first_call_goes_out_alone() -> None:
    """Others begin when it was answered."""
    made = Pace(8, Pacing())
    first = await made.begin()
    others = [asyncio.create_task(made.begin()) for _ in range(7)]
    await asyncio.sleep(0)
    assert made.active == 1
    assert first is not None
    made.answered(first)
    made.end()
    await asyncio.gather(*others)
    assert made.active == 7


async def test_one_burst_is_one_cut() -> None:
    """Calls that were under way together are throttled together, which halves the limit once."""
    made = pace(16)
    cuts = await begin(made, 16)
    for cut in cuts:
        assert cut is not None
        made.slow_down(cut, None)
        made.end()
    assert made.limit == 8
    (cut,) = await begin(made, 1)
    assert cut is not None
    made.slow_down(cut, None)
    assert made.limit == 1


async def test_the_limit_grows_by_one_a_round() -> None:
    """As many successes as the limit allows raise it by one, up to what was asked for."""
    made = pace(8)
    (*_, cut) = await begin(made, 8)
    assert cut is not None
    made.slow_down(cut, None)
    for _ in range(8):
        made.end()
    assert made.limit == 4
    for expected in (5, 6, 7, 8, 8):
        for _ in range(made.limit + 1):
            made.answered(made.cuts)
        assert made.limit == expected


async def test_old_answers_do_not_raise_the_limit() -> None:
    """A call that began before the cut says nothing about the limit after it."""
    made = pace(8)
    old, cut, *_ = await begin(made, 8)
    assert old is not None
    assert cut is not None
    made.slow_down(cut, None)
    for _ in range(20):
        made.answered(old)
    assert made.limit == 4


async def test_waits_grow_and_end() -> None:
    """Each cut without a success in between makes the wait up to twice as long; a success starts anew."""
    made = pace(8, first_delay=10, longest_delay=35)
    for least, most in ((5, 10), (10, 20), (17.5, 35), (17.5, 35)):
        made._resume = made.now
        made.slow_down(made.cuts, None)
        assert least - 0.1 < made.pause <= most
    made.answered(made.cuts)
    made._resume = made.now
    made.slow_down(made.cuts, 3.0)
    assert 3 - 0.1 < made.pause <= 10


async def test_what_the_service_asks_for_has_a_limit() -> None:
    """No service can make a run wait for longer than ten minutes at a time."""
    made = pace(8)
    made.slow_down(0, 1e9)
    assert 599 < made.pause <= 600


@pytest.mark.parametrize("value", [-1, float("nan"), 1e9, True, "1"])
def test_waits_have_a_range(value: Any) -> None:
    """What is no number of seconds, or more than a day, is refused when it is given."""
    with pytest.raises(BatchError, match=r"Pacing: patience is .* from 0 to 86400 is needed"):
        Pacing(patience=value)


async def test_stopping_lets_nobody_begin() -> None:
    """Those who wait get to know, at once and also in a pause."""
    made = pace(1)
    made.slow_down(0, 100.0)
    waiting = [asyncio.create_task(made.begin()) for _ in range(3)]
    await asyncio.sleep(0)
    made.stop()
    assert await asyncio.gather(*waiting) == [None, None, None]
    assert await made.begin() is None


async def test_a_cancelled_wait_gives_its_place_away() -> None:
    """Who is cancelled just when it may begin leaves the place to the next."""
    made = pace(1)
    await made.begin()
    first, second = (asyncio.create_task(made.begin()) for _ in range(2))
    await asyncio.sleep(0)
    made.end()
    first.cancel()
    assert await second == 0
    assert made.active == 1
