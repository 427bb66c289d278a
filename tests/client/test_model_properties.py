"""What holds for every value of every model."""

from __future__ import annotations

import copy
import enum
import json
import pickle
import types
from collections.abc import Callable
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from huaweicloud_ocr import UNSET, Base64, InvalidDataError, models
from huaweicloud_ocr._runtime import codec
from huaweicloud_ocr._runtime.absent import Unset
from huaweicloud_ocr._runtime.enums import OpenStrEnum

MODELS: list[Any] = [kind for name in models.__all__ if attrs.has(kind := getattr(models, name))]
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=20),
    int: st.integers(-(2**70), 2**70),
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    Base64: st.binary(max_size=30).map(Base64.from_file),
    Unset: st.just(UNSET),
}


def _values(kind: Any) -> st.SearchStrategy[Any]:
    """Return the values that an annotation of a model allows."""
    if kind in PLAIN:
        return PLAIN[kind]
    if isinstance(kind, type) and attrs.has(kind):
        hints = get_type_hints(kind)
        return st.builds(kind, **{field.name: _values(hints[field.name]) for field in attrs.fields(kind)})
    if isinstance(kind, type) and issubclass(kind, OpenStrEnum):
        return st.sampled_from(kind) | st.text(max_size=20).map(kind)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return st.sampled_from(kind)
    parts = [_values(part) for part in get_args(kind)]
    if get_origin(kind) in (Union, types.UnionType):
        return st.one_of(parts)
    if get_origin(kind) is tuple:
        return st.tuples(*parts)
    assert get_origin(kind) is list
    return st.lists(parts[0], max_size=3)


def _outcome(read: Callable[[], object]) -> object:
    """Return what was read, or the place where it was refused."""
    try:
        return read()
    except InvalidDataError as error:
        return error.path


VALUES = st.sampled_from(MODELS).flatmap(_values)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(VALUES)
def test_dict_there_and_back(value: Any) -> None:
    """Any model survives `to_dict` and `from_dict`."""
    assert type(value).from_dict(value.to_dict()) == value


@given(VALUES)
def test_dict_is_json(value: Any) -> None:
    """The dict of any model survives JSON."""
    assert type(value).from_dict(json.loads(json.dumps(value.to_dict()))) == value


@given(VALUES)
def test_json_there_and_back(value: Any) -> None:
    """Any model survives being written as JSON and read again, and JSON and dict tell the same."""
    written = codec.encode(value)
    assert codec.decode(written, type(value)) == value
    assert json.loads(written) == value.to_dict()


@given(VALUES)
def test_copies(value: Any) -> None:
    """Any model survives copying and pickling."""
    assert copy.copy(value) == copy.deepcopy(value) == pickle.loads(pickle.dumps(value)) == value


@given(VALUES)
def test_types_are_right(value: Any) -> None:
    """Any model that was made of the right types passes the check of its types."""
    codec.check_type(value, type(value))


@given(VALUES)
def test_repr_is_harmless(value: Any) -> None:
    """The repr of any model is one line without control characters."""
    assert repr(value).isprintable()


@pytest.mark.parametrize("model", MODELS)
@settings(max_examples=30)
@given(
    data=JSON | st.dictionaries(st.sampled_from(["result", "words", "image", "url", "width", "height"]), JSON)
)
def test_any_json(model: Any, data: object) -> None:
    """Any JSON either becomes the model or is refused at the same place, from bytes as from a dict."""
    readers: list[Callable[[], object]] = [
        lambda: codec.decode(json.dumps(data).encode(), model),
        lambda: model.from_dict(data),
    ]
    from_bytes, from_dict = map(_outcome, readers)
    assert from_bytes == from_dict


@pytest.mark.parametrize("model", MODELS)
@settings(max_examples=30)
@given(data=st.binary(max_size=30))
def test_any_bytes(model: Any, data: bytes) -> None:
    """Any bytes either become the model or raise our exception."""
    assert isinstance(_outcome(lambda: codec.decode(data, model)), (model, str))
