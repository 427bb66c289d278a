"""What there is to recognise."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import attrs

_SAMPLES: Final = Path(__file__).resolve().parents[1] / "samples"


@attrs.frozen
class Job:
    """A picture to recognise: how, and the text that it is known to hold, if it is."""

    picture: Path
    operation: str
    parameters: dict[str, Any] = attrs.field(factory=dict[str, Any])
    expected: list[str] | None = None

    def __str__(self) -> str:
        """Return the picture's name, the operation and its parameters."""
        parameters = ", ".join(f"{name}={_shown(value)}" for name, value in self.parameters.items())
        return "  ".join(part for part in (self.picture.name, self.operation, parameters) if part)


def jobs_of(handwriting: Sequence[Path], web_images: Sequence[Path]) -> list[Job]:
    """Return a job for each picture; without any, those of the sample pictures."""
    own = [Job(path, "recognizeHandwriting") for path in handwriting]
    own += [Job(path, "recognizeWebImage") for path in web_images]
    return own or list(_samples())


def _samples() -> Iterator[Job]:
    for sample in json.loads((_SAMPLES / "expected.json").read_text(encoding="utf-8"))["samples"]:
        yield Job(_SAMPLES / sample["file"], sample["operation"], sample["parameters"], sample["lines"])


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
