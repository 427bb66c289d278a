"""The argument that a source becomes."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any, Final

from ..encoded import Base64
from ..errors import InvalidRequestError
from ..failures import UnreadableSourceError
from ..file_reading import read_file
from ..files import File
from .sources import Source
from .target import Target

# A pipe would otherwise wait for somebody who writes to it.
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


def to_argument(source: Source, target: Target) -> dict[str, Any]:
    """Read a source, and return the argument that takes it by its name.

    Raises:
        UnreadableSourceError: It cannot be read.
        InvalidRequestError: It is too large, or is an address where none is taken.
    """
    if source.problem:
        raise UnreadableSourceError(source.problem)
    if source.path is None:
        if not target.url:
            raise InvalidRequestError("the operation takes files, not addresses")
        return {target.url: source.name}
    try:
        descriptor = os.open(source.path, _FLAGS)
        with open(descriptor, "rb") as file:  # noqa: PTH123 - a descriptor is no path
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise UnreadableSourceError("it is a device or a pipe: only regular files are read")
            if target.encoded:
                return {target.file: Base64.from_file(file, max_length=target.max_base64_length)}
            return {target.file: File(read_file(file, None), file_name=Path(source.path).name)}
    except (OSError, ValueError) as error:
        cause = error.__cause__ if isinstance(error, InvalidRequestError) else error
        if isinstance(error, InvalidRequestError) and not isinstance(cause, OSError):
            raise
        assert isinstance(cause, (OSError, ValueError))
        raise UnreadableSourceError.because(cause) from cause
