"""A batch from Python: what comes of each source, and when a run stops."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from huaweicloud_ocr import (
    ApiError,
    AsyncClient,
    Client,
    ConnectionFailedError,
    InvalidRequestError,
    TokenAuth,
)
from huaweicloud_ocr.batch import BatchError, read, run, run_sync
from huaweicloud_ocr.models import HandwritingResponse

from .batches import QUICK, by_name, client, error, folder, is_number, lines, outcomes, sent
from .pictures import MOST_BYTES, padded, picture
from .service import HANDWRITING, Service, answer, silence


async def test_each_picture_gets_a_line(service: Service, tmp_path: Path) -> None:
    """Each picture of a folder is sent once, and its line has the answer, the operation and the parameters."""
    results = tmp_path / "out.jsonl"
    found = await outcomes(service, folder(tmp_path / "p", 30), results=results, char_set="digit")
    assert sorted(sent(service).items()) == [(number, 1) for number in range(30)]
    assert all(isinstance(outcome.result, HandwritingResponse) for outcome in found)
    assert {outcome.source for outcome in found} == {line["source"] for line in lines(results)}
    line = by_name(results)["7.png"]
    assert line["duration"] > 0
    del line["duration"]
    assert line == {
        "source": str(tmp_path / "p" / "7.png"),
        "status": "ok",
        "result": HANDWRITING,
        "attempts": 1,
        "operation": "recognize_handwriting",
        "parameters": {"char_set": "digit"},
    }


async def test_a_line_is_on_disk_before_its_outcome(service: Service, tmp_path: Path) -> None:
    """Whoever gets an outcome can rely on its line."""
    results = tmp_path / "out.jsonl"
    async with client(service) as opened:
        async for outcome in run(opened.recognize_handwriting, folder(tmp_path / "p", 20), results=results):
            assert outcome.source in {line["source"] for line in lines(results)}


async def test_failures_get_a_line_and_the_run_goes_on(service: Service, tmp_path: Path) -> None:
    """What the service refuses has code, message, remedy and request id; the others have their results."""
    service.plays(is_number({3}, error(400, "AIS.0104")))
    results = tmp_path / "out.jsonl"
    await outcomes(service, folder(tmp_path / "p", 8), results=results)
    found = by_name(results)
    failed = found.pop("3.png")
    assert failed["status"] == "failed"
    assert failed["error"] == {
        "code": "AIS.0104",
        "message": "message of AIS.0104",
        "remedy": failed["error"]["remedy"],
        "retryable": False,
        "request_id": "request-1",
    }
    assert "undamaged" in failed["error"]["remedy"]
    assert {line["status"] for line in found.values()} == {"ok"}


async def test_what_cannot_be_read_or_sent_gets_a_line(service: Service, tmp_path: Path) -> None:
    """Missing, empty, too large and foreign files, folders and pipes fail alone, and nothing is sent of them."""
    place = folder(tmp_path / "p", 2)
    (place / "empty.png").write_bytes(b"")
    (place / "foreign.png").write_bytes(b"%PDF-1.7")
    (place / "large.png").write_bytes(padded(MOST_BYTES + 1))
    (place / "folder.png").mkdir()
    names = ["0.png", "1.png", "empty.png", "foreign.png", "large.png", "folder.png", "missing.png"]
    if hasattr(os, "mkfifo"):
        os.mkfifo(place / "pipe.png")
        names.append("pipe.png")
    results = tmp_path / "out.jsonl"
    await outcomes(service, [place / name for name in names], results=results)
    found = by_name(results)
    assert set(found) == set(names)
    codes = {name: line["error"]["code"] for name, line in found.items() if line["status"] == "failed"}
    unreadable = dict.fromkeys(("folder.png", "missing.png", "pipe.png"), "unreadable-source")
    invalid = dict.fromkeys(("empty.png", "foreign.png", "large.png"), "invalid-request")
    assert codes == {name: code for name, code in {**unreadable, **invalid}.items() if name in names}
    assert all(line["attempts"] == 0 for name, line in found.items() if name in codes)
    assert len(service.received) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
async def test_names_that_are_not_utf_8(service: Service, tmp_path: Path) -> None:
    """A file whose name is not UTF-8 has a `file:` URI in its line, and is known by it in the next run."""
    place = tmp_path / "p"
    place.mkdir()
    Path(os.fsdecode(os.fsencode(place) + b"/\xff\xfe.png")).write_bytes(picture() + b"#1")
    results = tmp_path / "out.jsonl"
    assert len(await outcomes(service, place, results=results)) == 1
    assert await outcomes(service, place, results=results) == []
    uri = lines(results)[0]["source"]
    assert uri == f"{place.as_uri()}/%FF%FE.png"
    assert await outcomes(service, [uri], results=results) == []
    assert len(service.received) == 1


async def test_addresses(service: Service, tmp_path: Path) -> None:
    """Addresses are sent as addresses; one that the description does not allow fails alone."""
    found = await outcomes(service, ["https://example.com/1.png", "https://example.com/é"])
    assert [received.json["url"] for received in service.received] == ["https://example.com/1.png"]
    assert sorted(outcome.code for outcome in found) == ["", "invalid-request"]


async def test_a_source_given_twice_is_sent_once(service: Service, tmp_path: Path) -> None:
    """The same file under the same path comes once, however it is written."""
    place = folder(tmp_path / "p", 1)
    found = await outcomes(service, [place / "0.png", str(place / "0.png"), place / ".." / "p" / "0.png"])
    assert len(found) == len(service.received) == 1


async def test_a_restart_sends_only_what_is_missing(service: Service, tmp_path: Path) -> None:
    """The same run once more sends what has no line; what has one is not sent again."""
    place, results = folder(tmp_path / "p", 5), tmp_path / "out.jsonl"
    await outcomes(service, place, results=results)
    folder(tmp_path / "p", 9)
    found = await outcomes(service, place, results=results)
    assert {Path(outcome.source).name for outcome in found} == {"5.png", "6.png", "7.png", "8.png"}
    assert set(sent(service).values()) == {1}
    assert len(by_name(results)) == 9


@pytest.mark.parametrize(
    ("retry_failed", "again"), [("none", set()), ("retryable", {1}), ("all", {1, 2}), (None, {1})]
)
async def test_what_failed_is_tried_again(
    service: Service, tmp_path: Path, retry_failed: str | None, again: set[int]
) -> None:
    """By default a restart tries again what may succeed later; it can try all again, or none."""
    place, results = folder(tmp_path / "p", 3), tmp_path / "out.jsonl"
    safe = error(500, "ModelArts.4107")
    service.plays(is_number({1}, safe, is_number({2}, error(400, "AIS.0103"))))
    await outcomes(service, place, results=results, retries=0)
    service.received.clear()
    service.plays(answer())
    settings = {} if retry_failed is None else {"retry_failed": retry_failed}
    await outcomes(service, place, results=results, **settings)
    assert set(sent(service)) == again
    last = {Path(str(line["source"])).name: line["status"] for line in read(results)}
    assert last == {f"{number}.png": "ok" if number in {0, *again} else "failed" for number in range(3)}


async def test_other_parameters_need_another_file(service: Service, tmp_path: Path) -> None:
    """A results file of other parameters, or of another operation, is refused and left as it is."""
    place, results = folder(tmp_path / "p", 1), tmp_path / "out.jsonl"
    await outcomes(service, place, results=results, char_set="digit")
    before = results.read_bytes()
    with pytest.raises(BatchError, match=r'holds results of .* with \{"char_set":"digit"\}'):
        await outcomes(service, place, results=results, char_set="letter")
    async with client(service) as opened:
        with pytest.raises(BatchError, match="this run is recognize_web_image"):
            async for _ in run(opened.recognize_web_image, place, results=results):
                pass
    assert results.read_bytes() == before
    assert len(service.received) == 1


async def test_how_a_call_is_made_is_no_parameter(service: Service, tmp_path: Path) -> None:
    """Headers, which may hold secrets, and time limits are not in the file, and may change."""
    place, results = folder(tmp_path / "p", 2), tmp_path / "out.jsonl"
    await outcomes(service, place, results=results, headers={"X-Secret": "secret-1"}, time_limit=5)
    await outcomes(service, place, results=results, time_limit=6)
    assert b"secret-1" not in results.read_bytes()
    assert service.received[0].header("x-secret") == "secret-1"
    assert len(service.received) == 2


async def test_wrong_parameters_are_found_before_the_first_source(service: Service, tmp_path: Path) -> None:
    """A value that no source could be sent with ends the run before anything is sent or written."""
    place, results = folder(tmp_path / "p", 3), tmp_path / "out.jsonl"
    with pytest.raises(InvalidRequestError, match="char_set"):
        await outcomes(service, place, results=results, char_set="digits")
    async with AsyncClient(endpoint=service.endpoint, auth=TokenAuth("t")) as opened:
        with pytest.raises(InvalidRequestError, match="project_id is missing"):
            async for _ in run(opened.recognize_handwriting, place, results=results):
                pass
    assert not results.exists()
    assert not service.received


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"chars": "digit"}, "unexpected keyword argument 'chars'"),
        ({"image": b""}, "image: this is what a batch fills in"),
        ({"concurrency": 0}, "concurrency is 0: a whole number from 1 to 1000"),
        ({"concurrency": True}, "concurrency is True"),
        ({"retries": -1}, "retries is -1"),
        ({"retry_failed": "some"}, "retry_failed has to be one of retryable, all, none"),
        ({"char_set": object()}, "cannot be written as JSON"),
    ],
)
async def test_settings_that_are_not_usable(
    service: Service, tmp_path: Path, settings: dict[str, Any], message: str
) -> None:
    """Whatever does not serve is said when the batch is made."""
    async with client(service) as opened:
        with pytest.raises(BatchError, match=message):
            run(opened.recognize_handwriting, folder(tmp_path / "p", 1), **settings)


async def test_a_call_that_takes_no_file(service: Service) -> None:
    """Something that is no method of the client is refused, with what can be passed."""
    with pytest.raises(BatchError, match=r"pass one of client\.recognize_handwriting, client\.recognize_web"):
        run(asyncio.sleep, "scans")


@pytest.mark.parametrize("status", [401, 403])
async def test_refused_credentials_are_used_once(service: Service, tmp_path: Path, status: int) -> None:
    """The first call goes out alone: when it is refused the run stops, and no source counts as tried."""
    service.plays(error(status, "APIG.0301"))
    results = tmp_path / "out.jsonl"
    with pytest.raises(ApiError, match=r"APIG\.0301"):
        await outcomes(service, folder(tmp_path / "p", 50), results=results, concurrency=16)
    assert len(service.received) == 1
    assert results.read_bytes() == b""


@pytest.mark.parametrize("code", ["ModelArts.4204", "ModelArts.4106", "APIG.0101", "ModelArts.0203"])
async def test_what_all_sources_would_fail_of(service: Service, tmp_path: Path, code: str) -> None:
    """A missing subscription, a restricted account, a wrong address or token stop the run by their codes."""
    service.plays(error(400, code))
    results = tmp_path / "out.jsonl"
    with pytest.raises(ApiError, match=code):
        await outcomes(service, folder(tmp_path / "p", 20), results=results, concurrency=8)
    assert len(service.received) == 1
    assert results.read_bytes() == b""


async def test_credentials_that_expire_in_between(service: Service, tmp_path: Path) -> None:
    """The run stops, what was recognised is kept, and the next run goes on with the rest."""
    place, results = folder(tmp_path / "p", 40), tmp_path / "out.jsonl"
    service.plays(*[answer()] * 15, error(401, "APIG.0307"))
    with pytest.raises(ApiError, match=r"APIG\.0307"):
        await outcomes(service, place, results=results, concurrency=4)
    assert len(lines(results)) == 15
    assert len(service.received) <= 15 + 4
    service.plays(answer())
    await outcomes(service, place, results=results)
    assert len(by_name(results)) == 40


async def test_a_service_that_is_not_there(tmp_path: Path) -> None:
    """When nothing ever gets through the run stops after a few attempts, and no source counts as tried."""
    with Service() as gone:
        pass
    results = tmp_path / "out.jsonl"
    with pytest.raises(ConnectionFailedError) as caught:
        await outcomes(gone, folder(tmp_path / "p", 40), results=results, concurrency=16)
    assert caught.value.__notes__ == ["Nothing got through, so the run was stopped."]
    assert results.read_bytes() == b""


async def test_passing_faults_are_repeated(service: Service, tmp_path: Path) -> None:
    """What the service says may succeed later is tried again, and the line says how often."""
    service.plays(answer(), error(503), error(503, "ModelArts.4402"), answer())
    results = tmp_path / "out.jsonl"
    await outcomes(service, folder(tmp_path / "p", 3), results=results, concurrency=1)
    assert sorted(line["attempts"] for line in lines(results)) == [1, 1, 3]
    assert {line["status"] for line in lines(results)} == {"ok"}


async def test_one_source_that_never_gets_through(service: Service, tmp_path: Path) -> None:
    """As long as others get through, a source that does not is given up after its attempts."""
    service.plays(is_number({2}, error(503)))
    results = tmp_path / "out.jsonl"
    await outcomes(service, folder(tmp_path / "p", 30), results=results, concurrency=2, retries=2)
    failed = by_name(results)["2.png"]
    assert failed["error"]["code"] == "http-503"
    assert len([line for line in lines(results) if line["status"] == "ok"]) == 29


@pytest.mark.parametrize(("unanswered", "times"), [(False, 1), (True, 3)])
async def test_what_was_sent_but_not_answered(
    service: Service, tmp_path: Path, unanswered: bool, times: int
) -> None:
    """It is not repeated in the same run unless that is asked for, since it may have been carried out."""
    service.plays(silence)
    found = await outcomes(
        service, folder(tmp_path / "p", 1), time_limit=0.05, unanswered=unanswered, retries=2
    )
    assert [(outcome.code, outcome.attempts) for outcome in found] == [("time-limit", times)]


async def test_answers_that_do_not_fit(service: Service, tmp_path: Path) -> None:
    """An answer that breaks the description fails its source alone."""
    service.plays(is_number({1}, answer(b"<html>")))
    found = await outcomes(service, folder(tmp_path / "p", 4))
    assert sorted(outcome.code for outcome in found) == ["", "", "", "invalid-response"]


async def test_stopping_finishes_what_is_under_way(service: Service, tmp_path: Path) -> None:
    """After `stop` the outcomes of calls under way still come, and no other call begins."""
    results = tmp_path / "out.jsonl"
    async with client(service) as opened:
        batch = run(opened.recognize_handwriting, folder(tmp_path / "p", 60), results=results, concurrency=4)
        count = 0
        async for _ in batch:
            count += 1
            if count == 10:
                batch.stop()
    assert 10 <= count < 60
    assert count == len(lines(results)) == len(service.received)


async def test_leaving_early_frees_the_file(service: Service, tmp_path: Path) -> None:
    """After an iteration that was left, the same file can be gone on with at once."""
    place, results = folder(tmp_path / "p", 30), tmp_path / "out.jsonl"
    async with client(service) as opened:
        async with run(opened.recognize_handwriting, place, results=results, concurrency=4) as batch:
            async for _ in batch:
                break
        async for _ in run(opened.recognize_handwriting, place, results=results):
            pass
    assert len(by_name(results)) == 30


async def test_cancelling_closes_everything(service: Service, tmp_path: Path) -> None:
    """A task that is cancelled in the middle leaves neither tasks nor a locked file."""
    place, results = folder(tmp_path / "p", 10), tmp_path / "out.jsonl"
    service.plays(silence)
    task = asyncio.create_task(outcomes(service, place, results=results, concurrency=4))
    while not service.received:
        await asyncio.sleep(0.005)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert asyncio.all_tasks() == {asyncio.current_task()}
    service.over.set()
    service.plays(answer())
    await outcomes(service, place, results=results)
    assert len(by_name(results)) == 10


async def test_two_runs_cannot_write_the_same_file(service: Service, tmp_path: Path) -> None:
    """The second run is told, and the first is not disturbed."""
    place, results = folder(tmp_path / "p", 10), tmp_path / "out.jsonl"
    async with client(service) as opened:
        async for _ in run(opened.recognize_handwriting, place, results=results, concurrency=1):
            with pytest.raises(BatchError, match="another run is writing"):
                await outcomes(service, place, results=results)
    assert len(by_name(results)) == 10


async def test_a_batch_is_run_once(service: Service, tmp_path: Path) -> None:
    """A second iteration would find nothing to do, or do all again: it is refused."""
    async with client(service) as opened:
        batch = run(opened.recognize_handwriting, folder(tmp_path / "p", 1))
        assert len([outcome async for outcome in batch]) == 1
        with pytest.raises(BatchError, match="run once"):
            [outcome async for outcome in batch]


async def test_sources_are_taken_as_they_are_needed(service: Service, tmp_path: Path) -> None:
    """An iterable without end is no problem: sources are taken while the run goes on."""
    place = folder(tmp_path / "p", 1)
    taken = 0

    def endless() -> Iterator[Path]:
        nonlocal taken
        while True:
            taken += 1
            (place / f"{taken}.png").write_bytes(picture())
            yield place / f"{taken}.png"

    async with client(service) as opened:
        batch = run(opened.recognize_handwriting, endless(), concurrency=2)
        count = 0
        async for _ in batch:
            count += 1
            if count == 20:
                batch.stop()
    assert taken <= 600


async def test_a_faulty_iterable_ends_the_run(service: Service, tmp_path: Path) -> None:
    """What an iterable raises reaches the caller; what is no source is named."""

    def faulty() -> Iterator[Path]:
        yield folder(tmp_path / "p", 1) / "0.png"
        raise LookupError("no more")

    with pytest.raises(LookupError, match="no more"):
        await outcomes(service, faulty())
    with pytest.raises(BatchError, match="a source is int"):
        await outcomes(service, [1])


def test_threads(service: Service, tmp_path: Path) -> None:
    """A synchronous client does the same in threads, with the same file."""
    place, results = folder(tmp_path / "p", 20), tmp_path / "out.jsonl"
    with Client(endpoint=service.endpoint, project_id="p", auth=TokenAuth("t")) as opened:
        for outcome in run_sync(opened.recognize_handwriting, place, results=results, pacing=QUICK):
            assert isinstance(outcome.result, HandwritingResponse)
            break
        rest = list(run_sync(opened.recognize_handwriting, place, results=results, pacing=QUICK))
    assert len(by_name(results)) == 20
    assert 0 < len(rest) < 20
    gc.collect()


def test_errors_of_threads_reach_the_caller(service: Service, tmp_path: Path) -> None:
    """What stops a run stops it there, too."""
    service.plays(error(403))
    with (
        Client(endpoint=service.endpoint, project_id="p", auth=TokenAuth("t")) as opened,
        pytest.raises(ApiError),
    ):
        list(run_sync(opened.recognize_handwriting, folder(tmp_path / "p", 5)))
