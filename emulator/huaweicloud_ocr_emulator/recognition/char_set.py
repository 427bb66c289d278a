"""Which characters may be read, and reading by them.

A character set is applied to the probabilities, before the likeliest character is chosen: a 5 that looks most
like an S is still read as 5 among digits. Leaving letters out of the finished text would only lose it.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Probabilities: TypeAlias = NDArray[np.float32]
"""Steps × classes, see `Engine.read`."""

BLANK: Final = 0
"""The class of CTC that stands for nothing, and separates two equal characters."""

_LETTERS_OF: Final = {
    "digit": string.digits,
    "letter": string.ascii_letters,
    "digit_letter": string.digits + string.ascii_letters,
}
"""The characters that each narrow set prints."""

_LEAST_PROBABILITY: Final = 0.001
"""What is less likely than this, though the likeliest of its set, is a character of another set."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a line says.

    Attributes:
        words: The text; empty when nothing could be read.
        confidence: The mean probability of its characters, from 0 to 1; 0 when there are none.
    """

    words: str
    confidence: float


class CharSet:
    """A set of characters that can be read."""

    def __init__(self, name: str, characters: Sequence[str]) -> None:
        """Prepare a set for a network.

        Args:
            name: `general`, or one of the narrow sets `digit`, `letter` and `digit_letter`.
            characters: What each class of the network stands for.

        Raises:
            ValueError: There is no such set.
        """
        self.name = name
        self._printed: tuple[str, ...] = tuple(characters)
        self._candidates: NDArray[np.intp] | None = None
        if name == "general":
            return
        if name not in _LETTERS_OF:
            raise ValueError(f"no characters are known for the character set {name!r}")
        own = _LETTERS_OF[name]
        # The full-width forms of Chinese typography are the same letters and digits.
        plain = [unicodedata.normalize("NFKC", character) for character in characters]
        narrow = [
            len(character) == 1 and (character in own or (form in own and "\uff00" < character < "\uffef"))
            for character, form in zip(characters, plain, strict=True)
        ]
        self._printed = tuple(form if is_own else "" for form, is_own in zip(plain, narrow, strict=True))
        # Punctuation and spaces compete too, without being printed: otherwise each would become a digit or
        # letter.
        self._candidates = np.array(
            [
                index
                for index, character in enumerate(characters)
                if index == BLANK or narrow[index] or unicodedata.category(character)[0] in "PSZ"
            ],
            np.intp,
        )

    def read(self, probabilities: Probabilities) -> Text:
        """Return the likeliest text within this set.

        The probabilities are taken as they are, not scaled up to the set: the confidence tells how sure the
        network is of this text among all texts.
        """
        if self._candidates is None:
            classes = probabilities.argmax(axis=1)
            sureness = probabilities.max(axis=1)
        else:
            within = probabilities[:, self._candidates]
            sureness = within.max(axis=1)
            classes = self._candidates[within.argmax(axis=1)]
            classes = np.where(sureness < _LEAST_PROBABILITY, BLANK, classes)
        begins = np.ones(len(classes), np.bool_)
        begins[1:] = classes[1:] != classes[:-1]
        steps = [step for step in np.flatnonzero(begins) if self._printed[classes[step]]]
        if not steps:
            return Text("", 0.0)
        words = "".join([self._printed[int(classes[step])] for step in steps])
        return Text(words, float(sureness[steps].mean()))
