"""Files that travel as they are, beside text or alone."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, TypeAlias

from .errors import InvalidRequestError
from .file_reading import read_file
from .unset import UNSET, Unset


class File:
    """A file with its name and media type. Its repr tells only how much there is.

    Without a name it goes under the name of its field.
    """

    # Not an attrs class: those are objects to the codec.
    __slots__ = ("content", "media_type", "name")

    def __init__(
        self, content: bytes, *, name: str = "", media_type: str = "application/octet-stream"
    ) -> None:
        self.content = content
        self.name = name
        self.media_type = media_type

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, File):
            return NotImplemented
        return (self.content, self.name, self.media_type) == (other.content, other.name, other.media_type)

    def __hash__(self) -> int:
        return hash((self.content, self.name, self.media_type))

    def __repr__(self) -> str:
        return f"<{self.name!r}, {len(self.content)} bytes>"


PlainFile: TypeAlias = File | bytes | bytearray | memoryview | os.PathLike[str] | BinaryIO
"""What a field for a file takes: a `File`, the bytes, a path, or a binary file."""


def to_file(name: str, source: PlainFile | Unset) -> File | Unset:
    """Read the file of the field with that name, or pass on that there is none.

    Raises:
        InvalidRequestError: The file cannot be read, or is none of what `PlainFile` names.
    """
    if source is UNSET or isinstance(source, File):
        return source
    try:
        content = read_file(source, None)
    except InvalidRequestError as error:
        raise InvalidRequestError(f"{name}: {error}") from error.__cause__
    return File(content, name=Path(source).name if isinstance(source, os.PathLike) else "")


def to_file_list(name: str, sources: Sequence[PlainFile] | Unset) -> list[File] | Unset:
    """Read the files of the field with that name, or pass on that there is none.

    Raises:
        InvalidRequestError: One of them cannot be read, or it is not a list or tuple.
    """
    if sources is UNSET:
        return UNSET
    if not isinstance(sources, (list, tuple)):
        raise InvalidRequestError(f"{name}: a list of files is needed, not {type(sources).__name__}")
    files = [to_file(name, source) for source in sources]
    return [file for file in files if file is not UNSET]
