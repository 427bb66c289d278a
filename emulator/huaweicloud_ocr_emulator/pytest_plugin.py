"""The fixture that pytest finds by itself where this package is installed; it loads nothing until a test uses it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from huaweicloud_ocr_emulator.testing import Emulator


@pytest.fixture(scope="session")
def ocr_emulator() -> Iterator[Emulator]:
    """The OCR service on this machine, with real recognition: any token will do.

    See `huaweicloud_ocr_emulator.testing` for one with settings of its own.
    """
    from huaweicloud_ocr_emulator.testing import running

    with running() as emulator:
        yield emulator
