"""The bundled description, as other teams get it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.bundle import bundle
from generator.document import Document

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def document() -> dict[str, Any]:
    """The description as one document."""
    return bundle(Document.load(ROOT / "openapi" / "openapi.yaml")).document
