"""The content of a file that a caller names in one of several ways."""

from __future__ import annotations

import inspect
import io
import os
from typing import Any, BinaryIO, Final

from .errors import InvalidRequestError
from .text import one_line, shown

_PART: Final = 1024 * 1024


def read_file(
    source: bytes | bytearray | memoryview | os.PathLike[str] | BinaryIO,
    limit: int | None,
    instead_of_text: str = "bytes or a binary file",
) -> bytes:
    """Read a file, at most one byte past the limit: enough to see that it is too large.

    Args:
        source: The file.
        limit: Bytes that it may have.
        instead_of_text: What to pass in the place of a text that is no path.

    Raises:
        InvalidRequestError: It cannot be read, or is no binary file.
    """
    if isinstance(source, (bytes, bytearray, memoryview)):
        return bytes(source)
    if isinstance(source, str):
        raise InvalidRequestError(f"a plain string is ambiguous: pass a pathlib.Path, {instead_of_text}")
    if isinstance(source, io.TextIOBase):
        raise InvalidRequestError("the file is open in text mode: open it with mode 'rb'")
    try:
        if isinstance(source, os.PathLike):
            with open(source, "rb", buffering=0) as file:  # noqa: PTH123 - any os.PathLike
                return _read_file(file, limit, os.fstat(file.fileno()).st_size)
        if hasattr(source, "read"):
            return _read_file(source, limit)
    except Exception as error:  # a file of an archive, a database or a network has exceptions of its own
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        name = shown(source, 200) if isinstance(source, os.PathLike) else f"the {type(source).__name__}"
        if isinstance(source, os.PathLike) and isinstance(error, (OSError, ValueError)):
            name = repr(os.fspath(source))
        raise InvalidRequestError(f"cannot read {one_line(name, 200)}: {one_line(reason, 120)}") from error
    raise InvalidRequestError(
        f"{type(source).__name__} is no file: pass bytes, a pathlib.Path or a binary file"
    )


def _read_file(file: BinaryIO, limit: int | None, size: int = 0) -> bytes:
    """Read to the end or past the limit, at first as much as the file should have: then there is but one part."""
    parts: list[bytes] = []
    left = _PART if limit is None else limit + 1
    wanted = size + 1 if size else left
    # Pipes and sockets may give less than was asked for before they end.
    while left > 0:
        part: Any = file.read(wanted if limit is None else min(wanted, left))
        if not isinstance(part, bytes):
            if inspect.iscoroutine(part):
                part.close()
                raise ValueError("it is an asynchronous file: await its read(), and pass the bytes")
            raise ValueError(f"it gives a {type(part).__name__}, not bytes")
        if not part:
            break
        parts.append(part)
        left -= len(part) if limit is not None else 0
        wanted = _PART
    return parts[0] if len(parts) == 1 else b"".join(parts)
