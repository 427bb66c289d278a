"""The sample pictures and what stands on them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs

ROOT = Path(__file__).resolve().parents[2]


@attrs.frozen
class Sample:
    """A picture: how it is recognised and the lines of text on it."""

    path: Path
    operation: str
    parameters: dict[str, Any]
    size: tuple[int, int]
    lines: list[str]


def _load() -> dict[str, Sample]:
    raw = json.loads((ROOT / "samples" / "expected.json").read_text(encoding="utf-8"))
    return {
        item["file"]: Sample(
            ROOT / "samples" / item["file"],
            item["operation"],
            item["parameters"],
            (item["width"], item["height"]),
            item["lines"],
        )
        for item in raw["samples"]
    }


SAMPLES = _load()
