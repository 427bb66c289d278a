"""Models from JSON and back: types are checked, and what is wrong is named by its path.

A model whose attributes carry the names of the JSON members is decoded by msgspec straight from the bytes. A model with
renamed members or defaults, or one that keeps members it does not know, is built from the JSON member by member.
"""

from __future__ import annotations

import functools
import os
import re
import types
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from enum import IntEnum
from typing import Annotated, Any, Final, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import attrs
import msgspec

from .absent import Unset
from .encoded import Base64
from .errors import InvalidDataError
from .text import one_line, shown
from .unset import UNSET

T = TypeVar("T")

WIRE_NAME: Final = "wire_name"
"""Key in a field's metadata: name of the JSON member, where it differs from the attribute's."""

REQUIRED: Final = "required"
"""Key in a field's metadata: the member has to be there, though the attribute has a default."""

UNKNOWN_MEMBERS: Final = "unknown_members"
"""Key in a field's metadata: this field keeps the members that the model does not know."""

_LARGE: Final = 256 * 1024
"""Characters of Base64 text that are not copied; fewer are faster copied than sent by themselves."""

_PLACE: Final = os.urandom(16).hex().encode()
"""Stands for such a text until all is written; in 128 random bits nothing else agrees with it."""


def decode(data: bytes, kind: type[T]) -> T:
    """Read JSON into a model, or into any type that models are made of.

    Raises:
        InvalidDataError: It is not JSON, or it does not fit; with the JSON path.
    """
    if _is_direct(kind):
        try:
            return msgspec.json.decode(data, type=kind, dec_hook=_decode_hook)
        except msgspec.ValidationError as error:
            raise _invalid(error) from None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise InvalidDataError(f"not JSON: {one_line(str(error), 120)}") from None
    try:
        value = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidDataError(f"not JSON: {one_line(str(error), 120)}") from None
    return convert(value, kind)


def convert(value: Any, kind: type[T]) -> T:
    """Read what JSON decodes to (dict, list, str, …) into a model.

    Raises:
        InvalidDataError: It does not fit; with the JSON path.
    """
    try:
        return cast(T, _leaf(value, kind, "$") if _is_direct(kind) else _structure(value, kind, "$"))
    except RecursionError as error:
        raise _invalid(error) from None


def check_type(value: Any, kind: Any) -> None:
    """Hold a value to a type, as which it would be sent.

    Raises:
        InvalidDataError: It has another type; with the JSON path.
    """
    if isinstance(kind, type) and attrs.has(kind) and not isinstance(value, kind):
        raise _misfit(f"Expected `{kind.__name__}`, got `{_json_type(value)}`", "$")
    with _writable():
        plain = _plain(value)
    convert(plain, kind)


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


def wire_name(field: attrs.Attribute[Any]) -> str:
    """Return the name of a field's JSON member."""
    return cast(str, field.metadata.get(WIRE_NAME, field.name))


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
            raise TypeError(f"Expected `str`, got `{_json_type(value)}`")
        return Base64(value.encode("ascii", "replace"))
    raise TypeError(f"a {kind.__name__} cannot be read from JSON")


_PATH: Final = re.compile(r"^(?P<what>.*?)(?: - at `(?P<path>\$.*)`)?$", re.DOTALL)


def _invalid(error: Exception, base: str = "$") -> InvalidDataError:
    match = _PATH.match(str(error))
    what, inner = (match["what"], match["path"] or "$") if match else (str(error), "$")
    return _misfit(what, base + inner[1:])


def _misfit(what: str, path: str) -> InvalidDataError:
    path = one_line(path, 200)  # a server may choose the names of members
    return InvalidDataError(f"{one_line(what, 400)} - at {path}", path=path)


def _leaf(value: Any, kind: Any, path: str) -> Any:
    try:
        return msgspec.convert(value, kind, dec_hook=_decode_hook)
    except (msgspec.ValidationError, RecursionError, UnicodeEncodeError) as error:
        raise _invalid(error, path) from None


def _hints(kind: type[Any]) -> Mapping[str, Any]:
    found = _type_hints.get(kind)
    if found is None:
        found = _type_hints[kind] = get_type_hints(kind, include_extras=True)
    return found


_type_hints: Final[dict[type[Any], Mapping[str, Any]]] = {}


def _is_direct(kind: Any) -> bool:
    """Whether msgspec alone reads `kind` as the description says."""
    found = _direct.get(kind)
    if found is None:
        found = _direct[kind] = _names_match(kind, set()) and _is_decodable(kind)
    return found


_direct: Final[dict[Any, bool]] = {}


def _is_decodable(kind: Any) -> bool:
    try:
        msgspec.json.Decoder(kind, dec_hook=_decode_hook)
    except TypeError:  # a union whose members have the same JSON type
        return False
    return True


def _names_match(kind: Any, seen: set[Any]) -> bool:
    """Whether all models in `kind` have just the members that JSON has, under their names and without defaults."""
    if kind in seen:
        return True
    seen.add(kind)
    if isinstance(kind, type) and attrs.has(kind):
        fields = attrs.fields(kind)
        if any(field.metadata or field.default not in (attrs.NOTHING, UNSET) for field in fields):
            return False
        return all(_names_match(_hints(kind)[field.name], seen) for field in fields)
    if get_origin(kind) is Literal:
        return not _is_odd(get_args(kind))
    if isinstance(kind, type) and issubclass(kind, IntEnum):
        return not _is_odd(member.value for member in kind)
    return get_origin(kind) is not Annotated and all(_names_match(part, seen) for part in get_args(kind))


def _is_odd(values: Iterable[Any]) -> bool:
    """Whether msgspec does not know some of these constants: booleans, and integers beyond 64 bits."""
    return any(
        isinstance(value, bool) or (isinstance(value, int) and not -(2**63) <= value < 2**63)
        for value in values
    )


@functools.cache
def _is_flat(kinds: tuple[Any, ...]) -> bool:
    """Whether msgspec reads a union, and has no path of its own in it."""
    return all(kind in _AS_THEY_ARE - {Base64} or kind is Unset for kind in kinds)


@attrs.frozen(eq=False)
class Discriminator:
    """Tells which model of a union a JSON object is: by the value of a member.

    Attributes:
        name: Name of the member.
        models: Names of classes by the values of the member.
    """

    name: str
    models: Mapping[str, str]


def _structure(value: Any, kind: Any, path: str) -> Any:
    origin = get_origin(kind)
    if origin is Annotated:
        return _structure_discriminated(value, get_args(kind), path)
    if origin is Literal and _is_odd(get_args(kind)):
        return _structure_literal(value, get_args(kind), path)
    if isinstance(kind, type) and attrs.has(kind):
        return _structure_model(value, kind, path)
    if isinstance(kind, type) and issubclass(kind, IntEnum) and not _is_direct(kind):
        return _structure_integer(value, kind, path)
    if origin in (Union, types.UnionType):
        return _structure_union(value, get_args(kind), path)
    if origin is list:
        items = _expect(value, list, "array", path)
        return [_structure(item, get_args(kind)[0], f"{path}[{index}]") for index, item in enumerate(items)]
    if origin is tuple:
        kinds = get_args(kind)
        items = _expect(value, list, "array", path)
        if len(items) != len(kinds):
            raise _misfit(f"Expected `array` of length {len(kinds)}, got {len(items)}", path)
        parts = enumerate(zip(items, kinds, strict=True))
        return tuple(_structure(item, part, f"{path}[{index}]") for index, (item, part) in parts)
    if origin is dict:
        members = _expect(value, dict, "object", path)
        return {name: _structure(item, get_args(kind)[1], f"{path}.{name}") for name, item in members.items()}
    return _leaf(value, kind, path)


def _structure_literal(value: Any, known: tuple[Any, ...], path: str) -> Any:
    if any(value == one and type(value) is type(one) for one in known):
        return value
    raise _misfit(f"Expected {' or '.join(map(repr, known))}, got {shown(value, 80)}", path)


def _structure_integer(value: Any, kind: type[IntEnum], path: str) -> IntEnum:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _misfit(f"Expected `int`, got `{_json_type(value)}`", path)
    try:
        return kind(value)
    except ValueError:
        raise _misfit(f"Invalid enum value {shown(int(value), 80)}", path) from None


def _structure_model(value: Any, kind: type[Any], path: str) -> Any:
    members = dict(_expect(value, dict, "object", path))
    hints = _hints(kind)
    arguments: dict[str, Any] = {}
    unknown: str | None = None
    for field in attrs.fields(kind):
        if UNKNOWN_MEMBERS in field.metadata:
            unknown = field.name
            continue
        name = wire_name(field)
        if name in members:
            arguments[field.alias] = _structure(members.pop(name), hints[field.name], f"{path}.{name}")
        elif field.default is attrs.NOTHING or REQUIRED in field.metadata:
            raise _misfit(f"Object missing required field `{name}`", path)
        else:
            arguments[field.alias] = UNSET  # not its default: what was absent stays absent
    if unknown is not None:
        arguments[unknown] = _structure(members, hints[unknown], path)
    return kind(**arguments)


def _structure_discriminated(value: Any, annotated: tuple[Any, ...], path: str) -> Any:
    union, discriminator = annotated[0], cast(Discriminator, annotated[1])
    members = _expect(value, dict, "object", path)
    given = members.get(discriminator.name)
    wanted = discriminator.models.get(given) if isinstance(given, str) else None
    for kind in get_args(union):
        if getattr(kind, "__name__", "") == wanted:
            return _structure(value, kind, path)
    raise _misfit(f"`{discriminator.name}` is {shown(given, 80)}, which names no schema", path)


def _structure_union(value: Any, kinds: tuple[Any, ...], path: str) -> Any:
    """Take the first member of the union that fits."""
    if _is_flat(kinds):
        return _leaf(value, Union[kinds], path)  # noqa: UP007 - they are not known before
    problems: list[InvalidDataError] = []
    for kind in kinds:
        if kind is Unset:
            continue
        try:
            return _structure(value, kind, path)
        except InvalidDataError as error:
            problems.append(error)
    if len(problems) == 1:
        raise problems[0]
    raise _misfit(f"fits none of {len(problems)} alternatives: {'; '.join(map(str, problems))}", path)


def _expect(value: Any, kind: type[Any], name: str, path: str) -> Any:
    if not isinstance(value, kind):
        raise _misfit(f"Expected `{name}`, got `{_json_type(value)}`", path)
    return value


def _json_type(value: object) -> str:
    names: dict[type[Any], str] = {dict: "object", list: "array", type(None): "null"}
    return names.get(type(value), type(value).__name__)


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
