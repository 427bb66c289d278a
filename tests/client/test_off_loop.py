"""Files that an asynchronous client reads while other tasks go on."""

from __future__ import annotations

import asyncio
import io
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from huaweicloud_ocr import AsyncClient, TokenAuth
from huaweicloud_ocr._runtime.off_loop import off_loop

from .pictures import picture
from .service import Service

SMALL, LARGE = 64 * 1024, 64 * 1024 + 1


def _file(path: Path, size: int) -> Path:
    path.write_bytes(bytes(size))
    return path


SOURCES: dict[str, tuple[bool, Callable[[Path], Any]]] = {
    "small file": (False, lambda path: _file(path, SMALL)),
    "large file": (True, lambda path: _file(path, LARGE)),
    "small file that is open": (False, lambda path: _file(path, SMALL).open("rb")),
    "large file that is open": (True, lambda path: _file(path, LARGE).open("rb")),
    "file of another kind": (True, lambda path: type("Other", (), {"read": None})()),
    "bytes": (False, lambda path: bytes(LARGE)),
    "bytes as a file": (False, lambda path: io.BytesIO(bytes(LARGE))),
    "several files": (True, lambda path: [b"", _file(path, LARGE)]),
    "no file": (False, lambda path: path),
    "nothing": (False, lambda path: None),
}


@pytest.mark.parametrize("name", SOURCES)
async def test_where(tmp_path: Path, name: str) -> None:
    """What can take long is read in another thread, and what is small or in memory at once."""
    is_elsewhere, make = SOURCES[name]
    source = make(tmp_path / "file")
    found = await off_loop(source, threading.get_ident)
    assert (found != threading.get_ident()) == is_elsewhere
    if hasattr(source, "close"):
        source.close()


@pytest.mark.parametrize("is_given_up", [False, True])
async def test_others_go_on(service: Service, tmp_path: Path, is_given_up: bool) -> None:
    """While a file is waited for, other tasks run, and who gives up does not wait for it."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    async with AsyncClient(endpoint=service.endpoint, project_id="p", auth=TokenAuth("t")) as client:
        waiting = asyncio.create_task(client.recognize_handwriting(image=pipe))
        await client.recognize_handwriting(image=picture())
        assert not waiting.done()
        if is_given_up:
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
        await asyncio.to_thread(pipe.write_bytes, picture())
        if not is_given_up:
            assert (await waiting).result.words_block_count == 1
    assert len(service.received) == (1 if is_given_up else 2)
