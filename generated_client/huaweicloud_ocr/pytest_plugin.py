# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

"""The fixture that pytest finds by itself where this package is installed; it loads nothing until a test uses it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .testing import FakeOcr


@pytest.fixture
def fake_ocr() -> Iterator[FakeOcr]:
    """A fake of the service: clients that are made in the test call it; see `huaweicloud_ocr.testing`."""
    from .testing import FakeOcr

    with FakeOcr() as fake:
        yield fake
