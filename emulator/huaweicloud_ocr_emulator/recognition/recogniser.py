"""What reads pictures, shared by all who have some to be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from huaweicloud_ocr_emulator.recognition.char_set import CharSet
from huaweicloud_ocr_emulator.recognition.engine import Engine, Pixels
from huaweicloud_ocr_emulator.recognition.reading import Block, Reading


class Recogniser:
    """Reads pictures. Safe to be used by several threads at a time."""

    def __init__(self, engine: Engine, char_sets: Iterable[str]) -> None:
        """Prepare for some character sets.

        Raises:
            ValueError: One of the character sets is unknown.
        """
        self._engine = engine
        self._char_sets = {name: CharSet(name, engine.characters) for name in char_sets}

    def read(
        self,
        picture: Pixels,
        *,
        char_set: str = "general",
        single_line: bool = False,
        any_direction: bool = False,
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> list[Block]:
        """Return the blocks of text of a picture in reading order.

        Args:
            picture: The picture.
            char_set: Which characters the text consists of.
            single_line: Take the whole picture for one line instead of looking for lines. Twice as fast.
            any_direction: Find out first how the text is turned, by any angle. Half as fast.
            is_wanted: Asked before each step of the work, which takes some tenths of a second at most.

        Raises:
            Abandoned: What is read is not wanted any more.
        """
        reading = Reading(self._engine, self._char_sets[char_set], picture, is_wanted)
        return reading.single_line(any_direction) if single_line else reading.lines(any_direction)
