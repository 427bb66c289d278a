"""From probabilities to text."""

from __future__ import annotations

import numpy as np
import pytest

from huaweicloud_ocr_emulator.recognition.char_set import CharSet, Probabilities, Text

CHARACTERS = ["", "0", "5", "S", "a", "(", " ", "中", "５", "ö"]


def steps(*likely: dict[str, float]) -> Probabilities:
    """Make probabilities: each step with what is likely there, blank being the empty string."""
    table = np.zeros((len(likely), len(CHARACTERS)), np.float32)
    for row, step in zip(table, likely, strict=True):
        for character, probability in step.items():
            row[CHARACTERS.index(character)] = probability
    return table


def read(char_set: str, *likely: dict[str, float]) -> Text:
    """Read steps with a character set."""
    return CharSet(char_set, CHARACTERS).read(steps(*likely))


def test_repetitions_are_one_character() -> None:
    """The same character at successive steps is printed once, and twice with a blank between."""
    assert read("general", {"5": 1}, {"5": 1}, {"": 1}, {"5": 1}).words == "55"


def test_confidence_is_the_mean() -> None:
    """The confidence is the mean probability of the printed characters, each at its first step."""
    assert read("general", {"0": 0.5}, {"0": 0.9}, {"": 1}, {"S": 1}) == Text("0S", 0.75)


def test_nothing_but_blanks() -> None:
    """Steps without a character are an empty text without confidence."""
    assert read("general", {"": 1}, {"": 1}) == Text("", 0.0)


def test_set_is_applied_before_the_likeliest_is_chosen() -> None:
    """A 5 that looks more like an S is read as 5 among digits, with the confidence of a 5."""
    assert read("digit", {"S": 0.625, "5": 0.25, "": 0.125}) == Text("5", 0.25)


@pytest.mark.parametrize(("likely", "words"), [({"(": 0.9, "0": 0.05}, ""), ({" ": 0.6, "0": 0.3}, "")])
def test_punctuation_competes_in_silence(likely: dict[str, float], words: str) -> None:
    """Punctuation and spaces are not printed, and no digit is printed in their place."""
    assert read("digit", likely).words == words


def test_punctuation_separates() -> None:
    """Two equal characters with punctuation between them are two."""
    assert read("digit", {"5": 1}, {"(": 1}, {"5": 1}).words == "55"


def test_what_is_hardly_possible_is_dropped() -> None:
    """A character of another set is not replaced by one of this set that is next to impossible there."""
    assert read("digit", {"中": 0.9995, "0": 0.0005}).words == ""


@pytest.mark.parametrize(
    ("char_set", "words"),
    [("digit", "055"), ("letter", "Sa"), ("digit_letter", "05Sa5"), ("general", "05Sa(中５ö")],
)
def test_sets(char_set: str, words: str) -> None:
    """Narrow sets hold ASCII digits and letters, and print full-width forms as those."""
    likely = [{character: 1.0} for character in "05Sa(中５ö"]
    assert read(char_set, *likely).words == words


def test_unknown_set() -> None:
    """A set without known characters is refused instead of taken for another."""
    with pytest.raises(ValueError, match="'roman'"):
        CharSet("roman", CHARACTERS)
