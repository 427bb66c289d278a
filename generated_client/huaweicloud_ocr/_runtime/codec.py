"""Models from JSON and back: types are checked, and what is wrong is named by its path.

A model whose attributes carry the names of the JSON members is decoded by msgspec straight from the bytes. A model with
renamed members or defaults, or one that keeps members it does not know, is built from the JSON member by member.
"""

from __future__ import annotations

import datetime
import functools
import os
import re
import types
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum, IntEnum
from typing import Annotated, Any, Final, Literal, TypeVar, cast, get_args, get_origin

import attrs
import msgspec

from .encoded import Base64
from .enums import is_closed_in_requests
from .errors import InvalidDataError
from .members import (
    IN_ANSWERS as IN_ANSWERS,
    IN_REQUESTS as IN_REQUESTS,
    REQUIRED as REQUIRED,
    UNKNOWN_MEMBERS as UNKNOWN_MEMBERS,
    WIRE_NAME as WIRE_NAME,
    hints_of,
    wire_name as wire_name,
)
from .structuring import Discriminator as Discriminator, Misfit, Structuring, json_type
from .text import one_line
from .times import without_leap_second
from .unset import UNSET

T = TypeVar("T")


_LARGE: Final = 256 * 1024
"""Characters of Base64 text that are not copied; fewer are faster copied than sent by themselves."""

_PLACE: Final = os.urandom(16).hex().encode()
"""Stands for such a text until all is written; in 128 random bits nothing else agrees with it."""


class NotJsonError(InvalidDataError):
    """What was to be read is no JSON at all."""


def decode(
    data: bytes, kind: type[T], check: Callable[[Any], str | None] | None = None, *, is_request: bool = False
) -> T:
    """Read JSON into a model, or into any type that models are made of.

    Args:
        data: The JSON.
        kind: The type.
        check: Returns what else is wrong with a model, so that it is another one of a union, or None.
        is_request: Whether it is the body of a request, which has other members than an answer where a description
            says that they are only read, or only written.

    Raises:
        InvalidDataError: It is not JSON, or it does not fit; with the JSON path.
    """
    ways: Sequence[Structuring] = _REQUESTED if is_request else _ANSWERED
    try:
        if check is not None:
            ways = [attrs.evolve(way, check=check) for way in ways]
        elif _is_direct(kind, is_sent=False):
            try:
                return msgspec.json.decode(data, type=kind, dec_hook=_decode_hook)
            except msgspec.ValidationError:
                ways = ways[1:]  # it may fit still, and there it is said better what does not
        value = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotJsonError(f"not JSON: {one_line(str(error), 120)}") from None
    return cast(T, _read(value, kind, ways))


def convert(value: Any, kind: type[T]) -> T:
    """Read what JSON decodes to (dict, list, str, …) into a model; whether it is sent or was answered does not matter.

    Raises:
        InvalidDataError: It does not fit; with the JSON path.
    """
    return cast(T, _fit(value, kind, _ON_ITS_OWN))


def check_type(value: Any, kind: Any, check: Callable[[Any], str | None] | None = None) -> None:
    """Hold a value to a type, as which it would be sent.

    Args:
        value: The value.
        kind: The type.
        check: Returns what else is wrong with a model that is made of a plain object, or None.

    Raises:
        InvalidDataError: It has another type, or an unknown value of an enum; with the JSON path.
    """
    if isinstance(kind, type) and attrs.has(kind) and not isinstance(value, kind):
        how = f": make one with {kind.__name__}.from_dict(…)" if value.__class__ is dict else ""
        raise _invalid(Misfit(f"Expected `{kind.__name__}`, got `{json_type(value)}`{how}", "$"))
    with _writable():
        plain = _plain(value)
    if check is None or not _holds_objects(value):
        _fit(plain, kind, _SENT)
    else:
        _read(plain, kind, [attrs.evolve(way, check=check) for way in _SENT])


def _holds_objects(value: Any) -> bool:
    """Whether a value is a dict, which may stand for a model, or holds one."""
    kind: Any = value.__class__
    if kind in _AS_THEY_ARE:
        return False
    if isinstance(value, dict):
        return True
    if isinstance(value, (list, tuple)):
        return any(map(_holds_objects, cast("list[Any]", value)))
    names = _wire_names(kind)
    return names is not None and any(_holds_objects(getattr(value, attribute)) for attribute, _ in names)


def encode(value: Any) -> bytes:
    """Write a model, or what is made of models, as JSON in the order of the fields; absent members are left out.

    Raises:
        InvalidDataError: JSON cannot carry it: half of a surrogate pair, a value of another type, a circle.
    """
    return b"".join(encode_parts(value))


def encode_parts(value: Any) -> tuple[bytes, ...]:
    """Write as `encode` does, but leave long Base64 texts as parts of their own, which are not copied.

    Raises:
        InvalidDataError: A text holds half of a surrogate pair.
    """
    large: list[bytes] = []

    def hook(value: Any) -> Any:
        if isinstance(value, Base64) and len(value.encoded) >= _LARGE and value.is_plain():
            large.append(value.encoded)
            return msgspec.Raw(b'"%s"' % _PLACE)
        return _encode_hook(value)

    with _writable():
        text = msgspec.json.encode(_plain(value), enc_hook=hook)
    # Each stands in a JSON string, whose quotes are left to the parts around it.
    others = text.split(_PLACE)
    parts = [part for pair in zip(others, large, strict=False) for part in pair]
    return (*parts, others[-1])


def to_builtins(value: Any) -> Any:
    """Return a model as dicts, lists, strings, numbers, booleans and None, in the order of its fields.

    Raises:
        InvalidDataError: JSON cannot carry it.
    """
    with _writable():
        return msgspec.to_builtins(_plain(value), enc_hook=_builtin_hook)


@contextmanager
def _writable() -> Generator[None, None, None]:
    try:
        yield
    except UnicodeEncodeError as error:
        half = error.object[error.start]
        raise InvalidDataError(f"JSON cannot carry {half!r}, which is half of a surrogate pair") from None
    except RecursionError:
        raise InvalidDataError("JSON cannot carry what contains itself, or nests this deep") from None
    except (TypeError, ValueError, OverflowError) as error:  # the codec's own, or those of the hooks above
        raise InvalidDataError(f"JSON cannot carry this: {one_line(str(error), 120)}") from None


def _encode_hook(value: Any) -> Any:
    if isinstance(value, Base64):
        return msgspec.Raw(value.json())
    raise TypeError(f"a {type(value).__name__} cannot be written as JSON")


def _builtin_hook(value: Any) -> Any:
    if isinstance(value, Base64):
        return value.text
    raise TypeError(f"a {type(value).__name__} cannot be written as JSON")


def _decode_hook(kind: type[Any], value: Any) -> Any:
    if isinstance(value, kind):
        return value
    if kind is Base64:
        if not isinstance(value, str):
            raise TypeError(f"Expected `str`, got `{json_type(value)}`")
        return Base64(value.encode("ascii", "replace"))
    raise TypeError(f"a {kind.__name__} cannot be read from JSON")


_PATH: Final = re.compile(r"^(?P<what>.*?)(?: - at `(?P<path>\$.*)`)?$", re.DOTALL)


def _invalid(problem: Misfit) -> InvalidDataError:
    path = one_line(problem.path, 200)  # a server may choose the names of members
    return InvalidDataError(f"{one_line(problem.what, 400)} - at {path}", path=path)


def _fit(value: Any, kind: Any, ways: Sequence[Structuring]) -> Any:
    if _is_direct(kind, ways[0].is_sent):
        try:
            return ways[0].leaf(value, kind, "$")
        except Misfit:
            ways = ways[-1:]  # as above
    return _read(value, kind, ways)


def _read(value: Any, kind: Any, ways: Sequence[Structuring]) -> Any:
    """Read a value in the first of these ways in which it fits."""
    *others, last = ways
    try:
        for way in others:
            try:
                return way.read(value, kind)
            except Misfit:
                continue
        return last.read(value, kind)
    except Misfit as problem:
        raise _invalid(problem) from None
    except RecursionError as error:
        raise _invalid(Misfit(str(error), "$")) from None


def _sent_hook(kind: type[Any], value: Any) -> Any:
    # What a service sends is kept as it is; what is sent in place of a file has to be one.
    found = _decode_hook(kind, value)
    if kind is Base64 and isinstance(value, str) and not (value.isascii() and found.is_plain()):
        raise ValueError(
            "not Base64: pass Base64.from_file(...), or text without prefix, line breaks or gaps"
        )
    return found


def _leaf(value: Any, kind: Any, path: str, hook: Callable[[type[Any], Any], Any] = _decode_hook) -> Any:
    if kind is datetime.datetime and isinstance(value, str):
        value = without_leap_second(value) or value
    try:
        return msgspec.convert(value, kind, dec_hook=hook)
    except (msgspec.ValidationError, RecursionError, UnicodeEncodeError) as error:
        match = _PATH.match(str(error))
        what, inner = (match["what"], match["path"] or "$") if match else (str(error), "$")
        raise Misfit(what, path + inner[1:]) from None


def _received(side: str) -> tuple[Structuring, Structuring]:
    return (
        Structuring(_leaf, is_sent=False, side=side, takes_whole_floats=False),
        Structuring(_leaf, is_sent=False, side=side, takes_whole_floats=True),
    )


_ANSWERED: Final = _received(IN_ANSWERS)
_REQUESTED: Final = _received(IN_REQUESTS)
_ON_ITS_OWN: Final = _received("")
_SENT: Final = (
    Structuring(
        functools.partial(_leaf, hook=_sent_hook), is_sent=True, side=IN_REQUESTS, takes_whole_floats=False
    ),
)


def _is_direct(kind: Any, is_sent: bool) -> bool:
    """Whether msgspec alone reads `kind` as the description says."""
    found = _direct.get((kind, is_sent))
    if found is None:
        found = _direct[kind, is_sent] = _names_match(kind, is_sent, set()) and _is_decodable(kind)
    return found


_direct: Final[dict[tuple[Any, bool], bool]] = {}


def _is_decodable(kind: Any) -> bool:
    try:
        msgspec.json.Decoder(kind, dec_hook=_decode_hook)
    except TypeError:  # a union whose members have the same JSON type
        return False
    return True


def _names_match(kind: Any, is_sent: bool, seen: set[Any]) -> bool:
    """Whether all models in `kind` have just the members that JSON has, under their names and without defaults."""
    if kind in seen:
        return True
    seen.add(kind)
    if isinstance(kind, type) and attrs.has(kind):
        fields = attrs.fields(kind)
        if any(field.metadata or field.default not in (attrs.NOTHING, UNSET) for field in fields):
            return False
        return all(_names_match(hints_of(kind)[field.name], is_sent, seen) for field in fields)
    if get_origin(kind) is Literal:
        return not _is_odd(get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        if is_sent and is_closed_in_requests(kind):
            return False
        return not issubclass(kind, IntEnum) or not _is_odd(member.value for member in kind)
    parts = get_args(kind)
    return get_origin(kind) is not Annotated and all(_names_match(part, is_sent, seen) for part in parts)


def _is_odd(values: Iterable[Any]) -> bool:
    """Whether msgspec does not know some of these constants: booleans, and integers beyond 64 bits."""
    return any(
        isinstance(value, bool) or (isinstance(value, int) and not -(2**63) <= value < 2**63)
        for value in values
    )


def _plain(value: Any) -> Any:
    """Return a value as what msgspec writes as the description says, with the members under their own names."""
    kind: Any = value.__class__
    if kind in _AS_THEY_ARE:
        return value
    names = _wire_names(kind)
    if names is not None:
        members: dict[str, Any] = {}
        for attribute, name in names:
            item = getattr(value, attribute)
            if item is UNSET:
                continue
            if name is None:
                _check_unnamed(item, names)
                members.update({key: _plain(part) for key, part in item.items()})
            else:
                members[name] = _plain(item)
        return members
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in cast("list[Any]", value)]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in cast("dict[str, Any]", value).items()}
    if value is UNSET:
        raise TypeError("UNSET cannot be written as JSON: it stands for a member that is absent")
    return value


def _check_unnamed(members: Mapping[str, Any], names: Iterable[tuple[str, str | None]]) -> None:
    """Hold the members that a model keeps without an attribute to having none."""
    for attribute, name in names:
        if name is not None and name in members:
            raise InvalidDataError(
                f"additional_properties holds {name!r}, for which there is the attribute {attribute}: "
                f"pass {attribute}=… instead"
            )


_AS_THEY_ARE: Final = frozenset({Base64, types.NoneType, bool, float, int, str})


@functools.cache
def _wire_names(kind: Any) -> tuple[tuple[str, str | None], ...] | None:
    """Return the attributes of a model's class with their members' names, None for one that keeps unknown members.

    Return None where it is no model's class.
    """
    if not attrs.has(kind):
        return None
    return tuple(
        (field.name, None if UNKNOWN_MEMBERS in field.metadata else wire_name(field))
        for field in attrs.fields(kind)
    )
