"""The codec, with models that this API does not have: renamed members, unknown members, unions, references back."""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Callable
from typing import Any, Literal

import attrs
import pytest

from huaweicloud_ocr import UNSET, Base64, InvalidDataError
from huaweicloud_ocr._runtime import codec
from huaweicloud_ocr._runtime.absent import Unset
from huaweicloud_ocr._runtime.codec import UNKNOWN_MEMBERS, WIRE_NAME
from huaweicloud_ocr._runtime.model import Model
from huaweicloud_ocr.models import BlockType, CharSet

HOSTILE = "\x1b[31m\n" + "a" * 10_000


@attrs.frozen(kw_only=True)
class Renamed(Model):
    """Members whose names in JSON are no names of attributes."""

    process_time: int = attrs.field(metadata={WIRE_NAME: "processTime"})
    class_: str | Unset = attrs.field(default=UNSET, metadata={WIRE_NAME: "class"})


@attrs.frozen(kw_only=True)
class Open(Model):
    """Members without names are kept."""

    a: int | Unset = UNSET
    additional_properties: dict[str, str] = attrs.field(factory=dict, metadata={UNKNOWN_MEMBERS: True})


@attrs.frozen(kw_only=True)
class Cat(Model):
    """One of a union."""

    lives: int


@attrs.frozen(kw_only=True)
class Dog(Model):
    """The other of a union."""

    tricks: list[str]


@attrs.frozen(kw_only=True)
class Tree(Model):
    """A model that refers back to itself."""

    name: str
    children: list[Tree] | Unset = UNSET


@attrs.frozen(kw_only=True)
class Holder(Model):
    """Renamed models in every place."""

    one: Renamed | Unset = UNSET
    many: list[Renamed] | Unset = UNSET
    pair: tuple[Renamed, Renamed] | Unset = UNSET
    named: dict[str, Renamed] | Unset = UNSET
    maybe: Renamed | Unset | None = UNSET
    pet: Cat | Dog | Unset = UNSET
    either: list[Cat] | list[Dog] | Unset = UNSET
    tree: Tree | Unset = UNSET


@attrs.frozen(kw_only=True)
class Pets(Model):
    """Unions whose members have the same JSON type, and no renamed member anywhere."""

    pet: Cat | Dog
    day: datetime.date | str | Unset = UNSET


@attrs.frozen(kw_only=True)
class Scalars(Model):
    """What is a text in JSON and something else in Python, in a model that is read member by member."""

    at: datetime.datetime | Unset = attrs.field(default=UNSET, metadata={WIRE_NAME: "theTime"})
    on: datetime.date | Unset = UNSET
    id: uuid.UUID | Unset = UNSET
    data: Base64 | Unset = UNSET
    kind: BlockType | Unset = UNSET
    char_set: CharSet | Unset = UNSET
    version: Literal["one"] | Unset = UNSET
    number: int | float | Unset | None = UNSET
    day_or_text: datetime.date | str | Unset = UNSET


RENAMED = {"processTime": 3, "class": "x"}
VALUES: list[tuple[Any, dict[str, Any]]] = [
    (Renamed, RENAMED),
    (Renamed, {"processTime": 3}),
    (Open, {"a": 1, "x": "y", "z": ""}),
    (Open, {}),
    (Holder, {"one": RENAMED, "many": [RENAMED, {"processTime": 4}], "pair": [RENAMED, RENAMED]}),
    (Holder, {"named": {"a b": RENAMED, "class": {"processTime": 5}}, "maybe": None}),
    (Holder, {"maybe": RENAMED, "pet": {"tricks": ["sit"]}, "either": [{"tricks": []}]}),
    (Holder, {"pet": {"lives": 9}, "either": [{"lives": 9}, {"lives": 8}], "many": []}),
    (Holder, {"tree": {"name": "a", "children": [{"name": "b", "children": []}, {"name": "c"}]}}),
    (Pets, {"pet": {"tricks": ["sit"]}, "day": "tomorrow"}),
    (Tree, {"name": "a", "children": [{"name": "b"}]}),
    (
        Scalars,
        {"theTime": "2026-01-02T03:04:05Z", "on": "2026-01-02", "id": "12345678-1234-5678-1234-567812345678"},
    ),
    (Scalars, {"data": "AAEC", "kind": "formula", "char_set": "digit", "version": "one", "number": None}),
    (Scalars, {"number": 2.5, "day_or_text": "2026-01-02"}),
    (Scalars, {"number": 2, "day_or_text": "tomorrow"}),
]


@pytest.mark.parametrize(("kind", "data"), VALUES)
def test_there_and_back(kind: Any, data: dict[str, Any]) -> None:
    """Every kind of member is read from JSON and from a dict, and written back under its own name."""
    value = codec.decode(json.dumps(data).encode(), kind)
    assert value == kind.from_dict(data)
    assert value.to_dict() == data
    assert json.loads(codec.encode(value)) == data
    codec.check_type(value, type(value))


def test_renamed_members_have_their_own_attributes() -> None:
    """A renamed member is known in Python by its attribute, in JSON by its own name alone."""
    assert Renamed.from_dict(RENAMED) == Renamed(process_time=3, class_="x")
    with pytest.raises(InvalidDataError, match="Object missing required field `processTime`"):
        Renamed.from_dict({"process_time": 3})


def test_the_union_takes_the_model_that_fits() -> None:
    """A member of a union becomes the first model whose required members are there."""
    assert Holder.from_dict({"pet": {"tricks": []}}).pet == Dog(tricks=[])
    assert Holder.from_dict({"pet": {"lives": 9, "tricks": []}}).pet == Cat(lives=9)


def test_types_of_texts() -> None:
    """Texts become what their annotation says."""
    value = Scalars.from_dict(
        {"theTime": "2026-01-02T03:04:05Z", "day_or_text": "2026-01-02", "data": "AAEC"}
    )
    assert value.at == datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
    assert value.day_or_text == datetime.date(2026, 1, 2)
    assert value.data == Base64.from_file(b"\0\1\2")


def test_lists_of_models() -> None:
    """A list of models is read and written like a model."""
    values = codec.decode(b'[{"processTime": 1}, {"processTime": 2}]', list[Renamed])
    assert values == [Renamed(process_time=1), Renamed(process_time=2)]
    assert json.loads(codec.encode(values)) == [{"processTime": 1}, {"processTime": 2}]


def test_unknown_members_are_ignored() -> None:
    """A model that does not keep unknown members reads past them, renamed or not."""
    assert Renamed.from_dict({**RENAMED, "new": {"deep": 1}}) == Renamed.from_dict(RENAMED)
    assert Cat.from_dict({"lives": 9, "new": 1}) == Cat(lives=9)


def test_whole_numbers_with_a_fraction_are_integers() -> None:
    """5.0 is an integer to JSON Schema, in a model that msgspec reads and in one that it does not."""
    assert codec.decode(b'{"lives": 9.0}', Cat) == Cat(lives=9)
    assert codec.decode(b'{"processTime": 3.0}', Renamed) == Renamed(process_time=3)
    assert isinstance(codec.decode(b'{"lives": 9.0}', Cat).lives, int)
    assert str(codec.decode(b'{"number": 5.0}', Scalars).number) == "5.0"
    with pytest.raises(InvalidDataError, match=r"Expected `int`, got `float` - at \$\.lives"):
        codec.decode(b'{"lives": 9.5}', Cat)
    with pytest.raises(InvalidDataError, match=r"Expected `int`, got `float` - at \$\.lives"):
        codec.check_type(Cat(lives=9.0), Cat)  # type: ignore[arg-type]


def test_absent_list_stays_apart_from_an_empty_one() -> None:
    """Absent, empty and null are three different things."""
    assert Holder.from_dict({}).many is UNSET
    assert Holder.from_dict({"many": []}).many == []
    assert Holder.from_dict({"maybe": None}).maybe is None


@pytest.mark.parametrize(
    ("kind", "data", "message"),
    [
        (Renamed, {"class": "x"}, "Object missing required field `processTime` - at $"),
        (Renamed, {"processTime": "3"}, "Expected `int`, got `str` - at $.processTime"),
        (Renamed, {"processTime": 3, "class": None}, "Expected `str`, got `null` - at $.class"),
        (Renamed, [], "Expected `object`, got `array` - at $"),
        (Open, {"x": 5}, "Expected `str`, got `int` - at $.x"),
        (Holder, {"one": 5}, "Expected `object`, got `int` - at $.one"),
        (Holder, {"many": {}}, "Expected `array`, got `object` - at $.many"),
        (Holder, {"many": [RENAMED, {}]}, "Object missing required field `processTime` - at $.many[1]"),
        (Holder, {"pair": [RENAMED]}, "Expected `array` of length 2, got 1 - at $.pair"),
        (Holder, {"pair": [RENAMED, {}]}, "Object missing required field `processTime` - at $.pair[1]"),
        (Holder, {"named": {"a": 1}}, "Expected `object`, got `int` - at $.named.a"),
        (Holder, {"named": []}, "Expected `object`, got `array` - at $.named"),
        (
            Holder,
            {"maybe": 5},
            "Expected `object | null`, got `int` - at $.maybe",
        ),
        (
            Holder,
            {"tree": {"name": "a", "children": [{}]}},
            "Object missing required field `name` - at $.tree.children[0]",
        ),
        (
            Holder,
            {"pet": {}},
            "fits none of 2 alternatives: Object missing required field `lives`; "
            "Object missing required field `tricks` - at $.pet",
        ),
        (Scalars, {"on": "tomorrow"}, "Invalid RFC3339 encoded date - at $.on"),
        (Scalars, {"id": "1"}, "Invalid UUID - at $.id"),
        (Scalars, {"version": "two"}, "Invalid enum value 'two', not one of 'one' - at $.version"),
        (Scalars, {"data": 5}, "Expected `str`, got `int` - at $.data"),
    ],
)
def test_what_does_not_fit(kind: Any, data: Any, message: str) -> None:
    """What does not fit is refused with its place, from JSON as from a dict."""
    readers: list[Callable[[], object]] = [
        lambda: codec.decode(json.dumps(data).encode(), kind),
        lambda: kind.from_dict(data),
    ]
    for read in readers:
        with pytest.raises(InvalidDataError) as caught:
            read()
        assert str(caught.value) == message
        assert caught.value.path == message.rpartition(" at ")[2]


@pytest.mark.parametrize(
    "data", [{"named": {HOSTILE: 1}}, {"pet": {HOSTILE: 1}}, {"named": {HOSTILE: {"processTime": HOSTILE}}}]
)
def test_hostile_names(data: Any) -> None:
    """Names that a server chose are cleaned and cut in message and path."""
    with pytest.raises(InvalidDataError) as caught:
        Holder.from_dict(data)
    assert (str(caught.value) + caught.value.path).isprintable()
    assert len(str(caught.value)) < 1000
    assert len(caught.value.path) <= 200


@pytest.mark.parametrize("kind", [Tree, Holder])
@pytest.mark.parametrize("depth", [20, 200, 2_000, 200_000])
def test_deep_nesting(kind: Any, depth: int) -> None:
    """JSON of any depth is read whole or refused, and nothing but our own exception comes out."""
    text = (
        b'{"tree":' * (kind is Holder)
        + b'{"name":"a","children":[' * depth
        + b"]}" * depth
        + b"}" * (kind is Holder)
    )
    try:
        found = codec.decode(text, kind)
    except InvalidDataError:
        assert depth > 20
    else:
        assert codec.encode(found) == text


def test_what_cannot_be_written() -> None:
    """Half of a surrogate pair, which JSON cannot carry, is refused."""
    with pytest.raises(
        InvalidDataError, match=r"JSON cannot carry '\\ud800', which is half of a surrogate pair"
    ):
        codec.encode(Dog(tricks=["a\ud800"]))


WRONG: Any = "3"
ABSENT: Any = UNSET


@pytest.mark.parametrize(
    ("value", "kind", "message"),
    [
        (Renamed(process_time=WRONG), Renamed, "Expected `int`, got `str` - at $.processTime"),
        ([Cat(lives=3), Cat(lives=WRONG)], list[Cat], "Expected `int`, got `str` - at $[1].lives"),
        (Cat(lives=ABSENT), Cat, "Object missing required field `lives` - at $"),
    ],
)
def test_check_of_types(value: object, kind: Any, message: str) -> None:
    """A model that was made of other types than it says is found out."""
    with pytest.raises(InvalidDataError) as caught:
        codec.check_type(value, kind)
    assert str(caught.value) == message
