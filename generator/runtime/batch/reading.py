"""What a results file says, read by those who want the results."""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import Any

import msgspec

from ..json_value import JsonValue
from .done import key_of
from .errors import BatchError
from .lines import decode_head


def read(results: str | PathLike[str]) -> Iterator[dict[str, JsonValue]]:
    """Yield the line that counts for each source of a results file: the last one.

    The file is read twice, and only keys of sources are kept in memory. A last line that is not complete is left out.

    Raises:
        BatchError: It is no results file.
        OSError: It cannot be read.
    """
    last: dict[bytes, int] = {}
    with Path(results).open("rb") as file:
        for number, (offset, line) in enumerate(_lines(file), 1):
            head = decode_head(line)
            if head is None:
                raise BatchError(f"{Path(results)}, line {number}: this is no line of a results file")
            last[key_of(head.source)] = offset
        counts = set(last.values())
        last.clear()
        file.seek(0)
        for offset, line in _lines(file):
            if offset in counts:
                yield msgspec.json.decode(line)


def _lines(file: Any) -> Iterator[tuple[int, bytes]]:
    offset = 0
    for line in file:
        if line.endswith(b"\n"):
            yield offset, line
        offset += len(line)
