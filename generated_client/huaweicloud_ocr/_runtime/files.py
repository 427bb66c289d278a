"""Files that travel as they are, beside text or alone."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, TypeAlias, overload

from .errors import InvalidRequestError
from .file_reading import read_file
from .unset import UNSET, Unset


class File:
    """A file with its name and media type. Its repr tells only how much there is.

    Attributes:
        payload: The content.
        file_name: Name under which it goes, or None for that of its path or else of its field.
        mime_type: What it is sent as, or None for what the description has for its field, or that of its name's
            ending.
    """

    # Not an attrs class: those are objects to the codec.
    __slots__ = ("file_name", "mime_type", "payload")

    def __init__(
        self,
        payload: bytes | bytearray | memoryview | os.PathLike[str] | BinaryIO,
        file_name: str | None = None,
        mime_type: str | None = None,
    ) -> None:
        """Read a file.

        Args:
            payload: Bytes, a path, or a binary file, which is read from where it stands to its end.
            file_name: Name under which it goes.
            mime_type: What it is sent as.

        Raises:
            InvalidRequestError: The file cannot be read, or is none of these.
        """
        self.payload = read_file(payload, None)
        path = payload if isinstance(payload, os.PathLike) else None
        self.file_name = Path(path).name if path is not None and file_name is None else file_name
        self.mime_type = mime_type

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, File) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[bytes, str | None, str | None]:
        return self.payload, self.file_name, self.mime_type

    def __repr__(self) -> str:
        return f"<{self.file_name or ''!r}, {len(self.payload)} bytes>"


PlainFile: TypeAlias = File | bytes | bytearray | memoryview | os.PathLike[str] | BinaryIO
"""What a field for a file takes: a `File`, the bytes, a path, or a binary file."""


def as_file(source: PlainFile) -> File:
    """Read a file that a model is given."""
    return source if isinstance(source, File) else File(source)


def as_optional_file(source: PlainFile | Unset) -> File | Unset:
    """Read a file that a model is given, or pass on that there is none."""
    return UNSET if source is UNSET else as_file(source)


def as_file_or_none(source: PlainFile | None) -> File | None:
    """Read a file that a model is given, or pass on that it is null."""
    return None if source is None else as_file(source)


def as_optional_file_or_none(source: PlainFile | Unset | None) -> File | Unset | None:
    """Read a file that a model is given, or pass on that there is none, or that it is null."""
    return source if source is UNSET or source is None else as_file(source)


def as_file_list(sources: Sequence[PlainFile]) -> list[File]:
    """Read the files that a model is given."""
    if not isinstance(sources, (list, tuple)):
        raise InvalidRequestError(f"a list of files is needed, not {type(sources).__name__}")
    return [as_file(source) for source in sources]


def as_optional_file_list(sources: Sequence[PlainFile] | Unset) -> list[File] | Unset:
    """Read the files that a model is given, or pass on that there are none."""
    return UNSET if sources is UNSET else as_file_list(sources)


@overload
def to_file(name: str, source: PlainFile) -> File: ...


@overload
def to_file(name: str, source: PlainFile | Unset) -> File | Unset: ...


def to_file(name: str, source: PlainFile | Unset) -> File | Unset:
    """Read the file of the field with that name, or pass on that there is none.

    Raises:
        InvalidRequestError: The file cannot be read, or is none of what `PlainFile` names.
    """
    try:
        return as_optional_file(source)
    except InvalidRequestError as error:
        raise InvalidRequestError(f"{name}: {error}") from error.__cause__


@overload
def to_file_or_none(name: str, source: PlainFile | None) -> File | None: ...


@overload
def to_file_or_none(name: str, source: PlainFile | Unset | None) -> File | Unset | None: ...


def to_file_or_none(name: str, source: PlainFile | Unset | None) -> File | Unset | None:
    """Read the file of the field with that name as `to_file` does, or pass on that it is null."""
    return None if source is None else to_file(name, source)


@overload
def to_file_list(name: str, sources: Sequence[PlainFile]) -> list[File]: ...


@overload
def to_file_list(name: str, sources: Sequence[PlainFile] | Unset) -> list[File] | Unset: ...


def to_file_list(name: str, sources: Sequence[PlainFile] | Unset) -> list[File] | Unset:
    """Read the files of the field with that name, or pass on that there are none.

    Raises:
        InvalidRequestError: One of them cannot be read, or it is not a list or tuple.
    """
    try:
        return as_optional_file_list(sources)
    except InvalidRequestError as error:
        raise InvalidRequestError(f"{name}: {error}") from error.__cause__
