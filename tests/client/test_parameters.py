"""Parameters as text in a path, a query or a header."""

from __future__ import annotations

import datetime
import uuid
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, strategies as st

from huaweicloud_ocr import UNSET, InvalidRequestError
from huaweicloud_ocr._runtime.parameters import encode_headers, encode_query, fill_path
from huaweicloud_ocr.models import CharSet

VALUES: list[tuple[Any, str]] = [
    ("text", "text"),
    (5, "5"),
    (2.5, "2.5"),
    (True, "true"),
    (False, "false"),
    (CharSet.DIGIT, "digit"),
    (datetime.date(2026, 1, 2), "2026-01-02"),
    (datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC), "2026-01-02T03:04:05+00:00"),
    (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
]


@pytest.mark.parametrize(("value", "text"), VALUES)
def test_header(value: Any, text: str) -> None:
    """A value is written as the description's formats write it."""
    assert encode_headers({"X": value}) == {"X": text}


@pytest.mark.parametrize(("value", "text"), VALUES)
def test_query(value: Any, text: str) -> None:
    """A query has the same text, percent-encoded."""
    assert parse_qsl(encode_query({"x": value})) == [("x", text)]


@pytest.mark.parametrize(("value", "text"), VALUES)
def test_path(value: Any, text: str) -> None:
    """A path has the same text, percent-encoded."""
    assert fill_path("/{x}/y", {"x": value}) == f"/{text.replace(':', '%3A').replace('+', '%2B')}/y"


def test_query_of_several() -> None:
    """Each item of a list is a pair of its own, and absent parameters stay away."""
    assert (
        encode_query({"a": ["x y", "z"], "b": UNSET, "c": None, "d": (), "e&": "ü+"})
        == "a=x%20y&a=z&e%26=%C3%BC%2B"
    )


def test_empty_query() -> None:
    """No parameters make no query."""
    assert encode_query({}) == encode_query({"a": UNSET}) == ""


def test_header_of_several() -> None:
    """A list becomes one header with commas, and absent parameters stay away."""
    assert encode_headers({"A": ["x", 5], "B": UNSET, "C": None}) == {"A": "x,5"}


def test_header_without_padding() -> None:
    """White space around a value does not belong to it."""
    assert encode_headers({"A": "  x y\t"}) == {"A": "x y"}


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_path_that_would_be_another(value: str) -> None:
    """A value that would change the path is refused."""
    with pytest.raises(InvalidRequestError, match=r"x is '.*', which would name another path"):
        fill_path("/{x}/y", {"x": value})


def test_braces_in_a_path() -> None:
    """A value cannot stand for another parameter."""
    assert fill_path("/{a}/{b}", {"a": "{b}", "b": "2"}) == "/%7Bb%7D/2"


@pytest.mark.parametrize("value", [b"bytes", {"a": 1}, object, 1j])
def test_unusable_value(value: Any) -> None:
    """A value of a kind that no parameter has is refused with its name."""
    for encode in (encode_headers, encode_query, lambda values: fill_path("/{X}", values)):
        with pytest.raises(InvalidRequestError, match="X cannot be "):
            encode({"X": value})


def test_half_of_a_surrogate_pair() -> None:
    """Text that UTF-8 cannot carry is refused with its name."""
    for encode in (encode_headers, encode_query, lambda values: fill_path("/{X}", values)):
        with pytest.raises(InvalidRequestError, match="X holds half of a surrogate pair"):
            encode({"X": "a\ud800"})


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=4))
def test_any_query(values: dict[str, str]) -> None:
    """Any query is visible ASCII and is read back as it was."""
    text = encode_query(values)
    assert text.isascii()
    assert " " not in text
    assert parse_qsl(text, keep_blank_values=True) == list(values.items())


@given(st.text(min_size=1, max_size=10).filter(lambda text: text not in (".", "..")))
def test_any_path(value: str) -> None:
    """Any value stays one segment."""
    assert fill_path("/a/{x}/b", {"x": value}).count("/") == 3
