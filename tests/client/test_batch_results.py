"""Results files: what a run that was killed leaves, and what is no results file."""

from __future__ import annotations

import os
import resource
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from huaweicloud_ocr._runtime.batch.done import key_of
from huaweicloud_ocr._runtime.batch.lines import encode_line, encode_parameters
from huaweicloud_ocr._runtime.batch.outcome import Outcome
from huaweicloud_ocr._runtime.batch.results import Results
from huaweicloud_ocr.batch import BatchError, UnreadableSourceError, read

from .batches import by_name, folder, lines, outcomes
from .service import Service

PARAMETERS = encode_parameters({"char_set": "digit"})

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
RESULTS = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


def line(name: str, result: object = None, *, failed: bool = False) -> bytes:
    """The line of a source."""
    error = UnreadableSourceError("it is gone") if failed else None
    outcome = Outcome(source=name, result=result, error=error, attempts=1, duration=0.5)
    return encode_line(outcome, "recognize_handwriting", PARAMETERS)


@contextmanager
def opened(path: Path) -> Iterator[Results]:
    """Open a results file as the next run would."""
    results = Results(path, "recognize_handwriting", PARAMETERS)
    try:
        yield results
    finally:
        results.close()


@given(st.dictionaries(TEXT, RESULTS, min_size=1, max_size=5), st.data())
@settings(max_examples=300, deadline=None)
def test_a_torn_line_is_removed(found: dict[str, object], data: st.DataObject) -> None:
    """Wherever the last line breaks off: whole lines stay, and the torn one is removed or completed."""
    whole = [line(name, result) for name, result in found.items()]
    cut = data.draw(st.integers(0, len(whole[-1])))
    zeros = data.draw(st.sampled_from([0, 0, 1, 5000])) if cut < len(whole[-1]) - 1 else 0
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "out.jsonl")
        path.write_bytes(b"".join(whole[:-1]) + whole[-1][:cut] + b"\0" * zeros)
        with opened(path) as results:
            is_whole = cut >= len(whole[-1]) - 1
            names = list(found) if is_whole else list(found)[:-1]
            assert len(results.done) == len(names)
            assert all(results.done.skips(key_of(name), "all") for name in names)
            results.append(line("\n"))
        assert path.read_bytes() == b"".join(whole if is_whole else whole[:-1]) + line("\n")


@given(st.binary(min_size=1, max_size=200), st.booleans())
@settings(max_examples=300, deadline=None)
def test_what_others_wrote_is_left_alone(foreign: bytes, has_lines: bool) -> None:
    """A file with anything else in it is refused, with the line, and not a byte of it changes."""
    if foreign.strip(b"\0 \r\n\t\v\f") == b"" or line("a").startswith(foreign.rstrip(b"\0")):
        return
    before = (line("a") if has_lines else b"") + foreign
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "out.jsonl")
        path.write_bytes(before)
        with pytest.raises(BatchError, match=r"line \d+: this is no line of a results file"), opened(path):
            pass
        assert path.read_bytes() == before


@pytest.mark.parametrize(
    "tail",
    [b'{"source":"a\tb', b'{"source": "a"', b'{"sauce"', b'{"source":"a"}\n', b"[1, 2]", b"PK\x03\x04"],
)
def test_only_what_a_run_begins_is_cut_off(tmp_path: Path, tail: bytes) -> None:
    """What looks like a line but is none that a run writes is not cut off."""
    path = tmp_path / "out.jsonl"
    path.write_bytes(line("a") + tail)
    with (
        pytest.raises(BatchError, match=r"line 2: .* nothing was changed"),
        opened(path),
    ):
        pass
    assert path.read_bytes() == line("a") + tail


def test_the_last_line_of_a_source_counts(tmp_path: Path) -> None:
    """A source that failed and was recognised later is done; `read` gives its result alone."""
    path = tmp_path / "out.jsonl"
    path.write_bytes(line("a", failed=True) + line("b", failed=True) + line("a", 1) + line("b", failed=True))
    with opened(path) as results:
        assert results.done.recognised == 1
        assert results.done.failures() == {"unreadable-source": 1}
    assert [(found["source"], found["status"]) for found in read(path)] == [("a", "ok"), ("b", "failed")]


def test_reading_leaves_a_torn_line_out(tmp_path: Path) -> None:
    """Results can be read while a run writes them; a file that holds none is refused."""
    path = tmp_path / "out.jsonl"
    path.write_bytes(line("a", {"text": "网"}) + line("b")[:30])
    assert [found["result"] for found in read(path)] == [{"text": "网"}]
    path.write_bytes(b"hello\n")
    with pytest.raises(BatchError, match="line 1: this is no line"):
        list(read(path))


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit of the size of files")
async def test_a_full_disk_stops_the_run(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run ends with what is wrong, whole lines stay, and the next run goes on from there."""
    import signal

    place, path = folder(tmp_path / "p", 30), tmp_path / "out.jsonl"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, before[1]))
    try:
        with pytest.raises(BatchError, match="cannot be written"):
            await outcomes(service, place, results=path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert path.read_bytes().endswith(b"\n")
    kept = len(lines(path))
    assert 0 < kept < 30
    service.received.clear()
    await outcomes(service, place, results=path)
    assert len(service.received) == 30 - kept
    assert len(by_name(path)) == 30


@pytest.mark.parametrize(
    ("name", "message"),
    [("", "is a directory|Is a directory|no regular file"), ("missing/out.jsonl", "No such file")],
)
def test_files_that_cannot_be_written(tmp_path: Path, name: str, message: str) -> None:
    """Folders, and files in folders that are not there, are refused with the reason."""
    with pytest.raises(BatchError, match=message), opened(tmp_path / name):
        pass


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipes_are_no_results_files(tmp_path: Path) -> None:
    """A pipe cannot be gone on with, and is not waited for."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BatchError, match="no regular file"), opened(tmp_path / "pipe"):
        pass
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_an_empty_file_is_taken(tmp_path: Path) -> None:
    """A file that was only made, by a tool for temporary files for example, is fine."""
    path = tmp_path / "out.jsonl"
    path.touch()
    with opened(path) as results:
        assert len(results.done) == 0
