"""Binary content on its way as Base64 text."""

from __future__ import annotations

import binascii
import io
import os
from collections.abc import Sequence
from typing import BinaryIO, Final, TypeAlias, overload

import msgspec
import pybase64

from .decoding import Decoding
from .errors import InvalidRequestError
from .file_reading import read_file
from .unset import UNSET, Unset

_SHORT: Final = 64 * 1024
"""Characters that are decoded as a whole in less time than it takes to choose among them."""


class Base64:
    """Binary content as Base64 text, made once and sent as it is.

    Make one with `from_file` or `from_text`. Its repr tells only how much there is. What a service sends is kept as it
    came, be it Base64 or not: only who wants the content decodes it.
    """

    # Not an attrs class: those are objects to the codec, and this is a string.
    __slots__ = ("_encoded", "_is_plain")

    def __init__(self, encoded: bytes, *, is_plain: bool = False) -> None:
        self._encoded = encoded
        self._is_plain = is_plain  # known to be Base64, so that it is not decoded only to find that out

    @property
    def encoded(self) -> bytes:
        """The Base64 text as ASCII bytes."""
        return self._encoded

    @classmethod
    def from_file(cls, source: FileInput, *, max_length: int | None = None) -> Base64:
        """Encode a file.

        Args:
            source: Bytes, a path, or a binary file, which is read from where it stands to its end.
            max_length: How many characters the Base64 text may have; no more than that is read.

        Raises:
            InvalidRequestError: The file cannot be read, is too large, or is none of these.
        """
        limit = None if max_length is None else max_length // 4 * 3
        if isinstance(source, Base64):
            encoded, too_large = source, max_length is not None and len(source.encoded) > max_length
        else:
            content = read_file(source, limit, "or Base64.from_text(...)")
            too_large = limit is not None and len(content) > limit
            encoded = cls(b"" if too_large else pybase64.b64encode(content), is_plain=True)
            del content  # the variables of this function are in the report of an error
        if too_large:
            raise InvalidRequestError(
                f"the file is too large: at most {limit} bytes, which are {max_length} characters of Base64 text"
            )
        return encoded

    @classmethod
    def from_text(cls, text: str) -> Base64:
        """Take text that is Base64 already. It is not decoded here.

        Raises:
            InvalidRequestError: There are characters outside ASCII.
        """
        try:
            return cls(text.encode("ascii"))
        except UnicodeEncodeError as error:
            raise InvalidRequestError(
                f"not Base64: a character outside ASCII at offset {error.start}"
            ) from None

    @property
    def text(self) -> str:
        """The Base64 text."""
        return self.encoded.decode("ascii")

    def decode(self) -> bytes:
        """Return the binary content.

        Raises:
            InvalidRequestError: The text is not Base64.
        """
        try:
            content = pybase64.b64decode(self.encoded, validate=True)
        except binascii.Error:
            raise InvalidRequestError("not Base64: plain Base64 has no prefix, line breaks or gaps") from None
        self._is_plain = True
        return content

    def open(self) -> BinaryIO:
        """Return the binary content as a file, of which only what is read is decoded.

        Raises:
            InvalidRequestError: The text is not Base64.
        """
        if self._is_plain and len(self.encoded) > _SHORT:
            return io.BufferedReader(Decoding(self.encoded))
        return io.BytesIO(self.decode())

    def is_plain(self) -> bool:
        """Whether this is Base64, so that JSON has to escape nothing in it."""
        if not self._is_plain:
            try:
                self.decode()  # much faster than looking for characters that JSON escapes
            except InvalidRequestError:
                return False
        return True

    def json(self) -> bytes:
        """Return the text as a JSON string, quotes included."""
        return b"".join((b'"', self.encoded, b'"')) if self.is_plain() else msgspec.json.encode(self.text)

    def __eq__(self, other: object) -> bool:
        return self._encoded == other._encoded if isinstance(other, Base64) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._encoded)

    def __repr__(self) -> str:
        return f"<{_size(len(self.encoded) // 4 * 3 - self.encoded[-2:].count(b'='))}>"


FileInput: TypeAlias = Base64 | bytes | bytearray | memoryview | os.PathLike[str] | BinaryIO
"""What a binary field takes: the bytes, a path, a binary file, or text that is encoded already (`Base64.from_text`)."""


def as_base64(source: FileInput) -> Base64:
    """Encode a file that a model is given."""
    return Base64.from_file(source)


def as_optional_base64(source: FileInput | Unset) -> Base64 | Unset:
    """Encode a file that a model is given, or pass on that there is none."""
    return UNSET if source is UNSET else Base64.from_file(source)


def as_base64_or_none(source: FileInput | None) -> Base64 | None:
    """Encode a file that a model is given, or pass on that it is null."""
    return None if source is None else Base64.from_file(source)


def as_optional_base64_or_none(source: FileInput | Unset | None) -> Base64 | Unset | None:
    """Encode a file that a model is given, or pass on that there is none, or that it is null."""
    return source if source is UNSET or source is None else Base64.from_file(source)


def as_base64_list(sources: Sequence[FileInput]) -> list[Base64]:
    """Encode the files that a model is given."""
    if not isinstance(sources, (list, tuple)):
        raise InvalidRequestError(f"a list of files is needed, not {type(sources).__name__}")
    return [Base64.from_file(source) for source in sources]


def as_optional_base64_list(sources: Sequence[FileInput] | Unset) -> list[Base64] | Unset:
    """Encode the files that a model is given, or pass on that there are none."""
    return UNSET if sources is UNSET else as_base64_list(sources)


@overload
def to_base64(name: str, source: FileInput, *, max_length: int | None = None) -> Base64: ...


@overload
def to_base64(name: str, source: FileInput | Unset, *, max_length: int | None = None) -> Base64 | Unset: ...


def to_base64(name: str, source: FileInput | Unset, *, max_length: int | None = None) -> Base64 | Unset:
    """Encode the file of the field with that name, or pass on that there is none.

    Raises:
        InvalidRequestError: The file cannot be read, is too large, or is none of what `FileInput` names.
    """
    if source is UNSET:
        return UNSET
    try:
        return Base64.from_file(source, max_length=max_length)
    except InvalidRequestError as error:
        raise InvalidRequestError(f"{name}: {error}") from error.__cause__


@overload
def to_base64_or_none(
    name: str, source: FileInput | None, *, max_length: int | None = None
) -> Base64 | None: ...


@overload
def to_base64_or_none(
    name: str, source: FileInput | Unset | None, *, max_length: int | None = None
) -> Base64 | Unset | None: ...


def to_base64_or_none(
    name: str, source: FileInput | Unset | None, *, max_length: int | None = None
) -> Base64 | Unset | None:
    """Encode the file of the field with that name as `to_base64` does, or pass on that it is null."""
    return None if source is None else to_base64(name, source, max_length=max_length)


@overload
def to_base64_list(
    name: str, sources: Sequence[FileInput], *, max_length: int | None = None
) -> list[Base64]: ...


@overload
def to_base64_list(
    name: str, sources: Sequence[FileInput] | Unset, *, max_length: int | None = None
) -> list[Base64] | Unset: ...


def to_base64_list(
    name: str, sources: Sequence[FileInput] | Unset, *, max_length: int | None = None
) -> list[Base64] | Unset:
    """Encode the files of the field with that name, or pass on that there are none.

    Raises:
        InvalidRequestError: One of them cannot be read or is too large, or it is not a list or tuple.
    """
    if sources is UNSET:
        return UNSET
    if not isinstance(sources, (list, tuple)):
        raise InvalidRequestError(f"{name}: a list of files is needed, not {type(sources).__name__}")
    return [
        to_base64(f"{name}[{index}]", source, max_length=max_length) for index, source in enumerate(sources)
    ]


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 100_000 else f"{count} bytes"
