"""Text of others in our messages."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, strategies as st

from huaweicloud_ocr._runtime.text import is_visible_ascii, one_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("plain", "plain"),
        ("", ""),
        ("two\r\nlines", "two lines"),
        ("  spaces \t here ", "spaces here"),
        ("\x1b[31mred\x1b[0m", "[31mred [0m"),
        ("a\0b\x07c\x7fd\x9be", "a b c d e"),
        ("right\u202eto\u2066left", "right to left"),
        ("a\u2028b\u00a0c", "a b c"),
        ("\ud800", ""),
        ("手写 ü", "手写 ü"),
    ],
)
def test_one_line(text: str, line: str) -> None:
    """Control characters, directions and all white space become single spaces; letters stay."""
    assert one_line(text, 80) == line


@pytest.mark.parametrize(("length", "result"), [(9, 9), (10, 10), (11, 10), (1000, 10)])
def test_cut(length: int, result: int) -> None:
    """What is longer than the limit ends in an ellipsis at the limit."""
    line = one_line("a" * length, 10)
    assert len(line) == result
    assert line.endswith("…") == (length > 10)


def test_end_far_behind_spaces() -> None:
    """Something that is cut off shows, also behind much white space."""
    assert one_line("a" + " " * 10_000 + "b", 10) == "a…"


def test_long_text() -> None:
    """The length of a hostile text costs nothing."""
    text = "\x1b" * 50_000_000
    started = time.process_time()
    one_line(text, 80)
    assert time.process_time() - started < 0.1


@given(st.text(), st.integers(1, 30))
def test_any_text(text: str, limit: int) -> None:
    """Any text becomes one printable line within the limit."""
    line = one_line(text, limit)
    assert line.isprintable()
    assert len(line) <= limit
    assert line == line.strip()


@pytest.mark.parametrize(
    ("text", "visible"), [("", True), ("!~", True), ("a b", False), ("\x7f", False), ("ü", False)]
)
def test_visible_ascii(text: str, visible: bool) -> None:
    """Visible ASCII is what lies between the space and the delete character."""
    assert is_visible_ascii(text) == visible
