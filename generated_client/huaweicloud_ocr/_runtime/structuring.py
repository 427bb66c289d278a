"""What JSON decodes to becomes models, member by member.

This is for what msgspec alone does not read as the description says, and to say what is wrong where it does.
"""

from __future__ import annotations

import enum
import functools
import re
import types
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Final, Literal, Union, cast, get_args, get_origin

import attrs

from .absent import Unset
from .alternatives import in_order
from .enums import is_refused, listed
from .members import REQUIRED, UNKNOWN_MEMBERS, hints_of, wire_name
from .text import shown
from .unset import UNSET

_MOST_EXACT: Final = 2**53
"""Beyond it a number with a fraction no longer tells one integer from the next."""


class Misfit(Exception):
    """A value does not fit.

    Attributes:
        what: What is wrong.
        path: Where, as a JSON path.
        known: The values of which it is none, where it is a constant or a value of an enum.
    """

    def __init__(self, what: str, path: str, known: Iterable[Any] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.path = path
        self.known = tuple(known)


@attrs.frozen(eq=False)
class Discriminator:
    """Tells which model of a union a JSON object is: by the value of a member.

    Attributes:
        name: Name of the member.
        models: Names of classes by the values of the member.
        fallback: Name of the class of an object with another value, or None where it fits none.
    """

    name: str
    models: Mapping[str, str]
    fallback: str | None = None


@attrs.frozen
class Structuring:
    """How values are read.

    Attributes:
        leaf: Reads what is no composition of types; takes the value, its type and its path.
        is_sent: Whether it is for sending, where an enum is closed that is open in answers.
        side: Where the values stand, `IN_ANSWERS` or `IN_REQUESTS`, whose members have to be there; empty where nobody
            knows.
        takes_whole_floats: Whether 5.0 is an integer, as JSON Schema has it.
        check: Returns what else is wrong with a model, apart from the models in it, or None.
    """

    leaf: Callable[[Any, Any, str], Any]
    is_sent: bool
    side: str
    takes_whole_floats: bool
    check: Callable[[Any], str | None] | None = None

    def read(self, value: Any, kind: Any, path: str = "$") -> Any:
        """Read what JSON decodes to into a type.

        Raises:
            Misfit: It does not fit.
        """
        origin = get_origin(kind)
        if origin is Annotated:
            return self._discriminated(value, get_args(kind), path)
        if origin is Literal:
            return self._literal(value, get_args(kind), path)
        if isinstance(kind, type) and attrs.has(kind):
            return self._model(value, kind, path)
        if isinstance(kind, type) and issubclass(kind, enum.Enum):
            return self._enum(value, kind, path)
        if origin in (Union, types.UnionType):
            return self._union(value, get_args(kind), path)
        if origin is list:
            items = _expect(value, list, "array", path)
            return [
                self.read(item, get_args(kind)[0], f"{path}[{index}]") for index, item in enumerate(items)
            ]
        if origin is tuple:
            return self._tuple(value, get_args(kind), path)
        if origin is dict:
            members = _expect(value, dict, "object", path)
            return {
                name: self.read(item, get_args(kind)[1], f"{path}.{name}") for name, item in members.items()
            }
        return self.leaf(self._whole(value) if kind is int else value, kind, path)

    def _whole(self, value: Any) -> Any:
        if (
            type(value) is float
            and self.takes_whole_floats
            and value.is_integer()
            and abs(value) <= _MOST_EXACT
        ):
            return int(value)
        return value

    def _tuple(self, value: Any, kinds: tuple[Any, ...], path: str) -> Any:
        items = _expect(value, list, "array", path)
        if len(items) != len(kinds):
            raise Misfit(f"Expected `array` of length {len(kinds)}, got {len(items)}", path)
        parts = enumerate(zip(items, kinds, strict=True))
        return tuple(self.read(item, part, f"{path}[{index}]") for index, (item, part) in parts)

    def _literal(self, value: Any, known: tuple[Any, ...], path: str) -> Any:
        if any(isinstance(one, int) and not isinstance(one, bool) for one in known):
            value = self._whole(value)
        if any(value == one and type(value) is type(one) for one in known):
            return value
        raise _unknown(value, known, path)

    def _enum(self, value: Any, kind: type[enum.Enum], path: str) -> Any:
        is_text = issubclass(kind, str)
        value = value if is_text else self._whole(value)
        if not isinstance(value, str if is_text else int) or isinstance(value, bool):
            raise Misfit(f"Expected `{'str' if is_text else 'int'}`, got `{json_type(value)}`", path)
        try:
            member = kind(value)
        except ValueError:
            raise _unknown(value, [one.value for one in kind], path) from None
        if self.is_sent and is_refused(member):
            raise _unknown(value, [one.value for one in kind], path)
        return member

    def _model(self, value: Any, kind: type[Any], path: str) -> Any:
        members = dict(_expect(value, dict, "object", path))
        hints = hints_of(kind)
        arguments: dict[str, Any] = {}
        unknown: str | None = None
        for field in attrs.fields(kind):
            if UNKNOWN_MEMBERS in field.metadata:
                unknown = field.name
                continue
            name = wire_name(field)
            if name in members:
                arguments[field.alias] = self.read(members.pop(name), hints[field.name], f"{path}.{name}")
            elif field.metadata.get(REQUIRED, field.default is attrs.NOTHING) in (True, self.side):
                raise _missing(name, path)
            else:
                arguments[field.alias] = UNSET  # not its default: what was absent stays absent
        if unknown is not None:
            arguments[unknown] = self.read(members, hints[unknown], path)
        model = kind(**arguments)
        if self.check is not None and (problem := self.check(model)):
            raise Misfit(problem, path)
        return model

    def _discriminated(self, value: Any, annotated: tuple[Any, ...], path: str) -> Any:
        union, discriminator = annotated[0], cast(Discriminator, annotated[1])
        members = _expect(value, dict, "object", path)
        given = members.get(discriminator.name)
        wanted = discriminator.models.get(given) if isinstance(given, str) else None
        for kind in get_args(union):
            if getattr(kind, "__name__", "") == (wanted or discriminator.fallback):
                return self.read(value, kind, path)
        if discriminator.name not in members:
            raise _missing(discriminator.name, path)
        known = listed(discriminator.models)
        raise Misfit(f"`{discriminator.name}` is {shown(given, 80)}, not one of {known}", path)

    def _union(self, value: Any, kinds: tuple[Any, ...], path: str) -> Any:
        """Take the first member of the union that fits, of those as which the value was rather meant."""
        if not self.takes_whole_floats and _is_flat(kinds):
            return self.leaf(value, Union[kinds], path)  # noqa: UP007 - they are not known before
        if type(value) is float and float in kinds:
            return value  # though 5.0 were an integer, too
        problems: list[Misfit] = []
        for kind in in_order(value, kinds):
            if kind is Unset:
                continue
            try:
                return self.read(value, kind, path)
            except Misfit as problem:
                problems.append(problem)
        raise _none_of(value, problems, path)


@functools.cache
def _is_flat(kinds: tuple[Any, ...]) -> bool:
    """Whether a union is read at once, for there is no path in it."""
    return all(kind in (bool, float, int, str, types.NoneType) or kind is Unset for kind in kinds)


def _none_of(value: Any, problems: list[Misfit], path: str) -> Misfit:
    """Say once where a value fits none of several alternatives, and what each of them says."""
    # An alternative whose constant is another one is not what was meant.
    meant = [problem for problem in problems if len(problem.known) != 1 or problem.path == path] or problems
    places = {problem.path for problem in meant}
    if len(meant) == 1:
        return meant[0]
    if len(places) == 1 and all(problem.known for problem in meant):
        known = dict.fromkeys(one for problem in meant for one in problem.known)
        what = meant[0].what.partition(", not one of ")[0]
        return Misfit(f"{what}, not one of {listed(known)}", meant[0].path, known)
    expected = [match[1] for problem in meant if (match := _EXPECTED.fullmatch(problem.what))]
    if len(expected) == len(meant) and places == {path}:
        return Misfit(f"Expected `{' | '.join(dict.fromkeys(expected))}`, got `{json_type(value)}`", path)
    said: dict[str, None] = {}
    for problem in meant:
        below = problem.path.removeprefix(path).removeprefix(".")
        said[f"{problem.what} at {below}" if below else problem.what] = None
    return Misfit(f"fits none of {len(meant)} alternatives: {'; '.join(said)}", path)


_EXPECTED: Final = re.compile(r"Expected `([^`]*)`, got `[^`]*`")


def _unknown(value: Any, known: Iterable[Any], path: str) -> Misfit:
    known = list(known)
    plain = value.value if isinstance(value, enum.Enum) else value
    if not any(isinstance(plain, type(one)) for one in known):
        expected = " | ".join(dict.fromkeys(type(one).__name__ for one in known))
        return Misfit(f"Expected `{expected}`, got `{json_type(plain)}`", path)
    return Misfit(f"Invalid enum value {shown(plain, 80)}, not one of {listed(known)}", path, known)


def _missing(name: str, path: str) -> Misfit:
    return Misfit(f"Object missing required field `{name}`", path)


def _expect(value: Any, kind: type[Any], name: str, path: str) -> Any:
    if not isinstance(value, kind):
        raise Misfit(f"Expected `{name}`, got `{json_type(value)}`", path)
    return value


def json_type(value: object) -> str:
    """Return the name of a value's type, as JSON has it where it has one of its own."""
    names: dict[type[Any], str] = {dict: "object", list: "array", type(None): "null"}
    return names.get(type(value), type(value).__name__)
