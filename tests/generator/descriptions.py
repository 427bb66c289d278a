"""Small descriptions, written to a folder, and what is said about them."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from pathlib import Path

from generator.bundle import Bundle, bundle
from generator.check import check
from generator.document import Document
from generator.findings import Finding

HEAD = "openapi: 3.1.0\ninfo: {title: Test, version: 1.0.0}\n"
ROOT = "openapi.yaml"

_CAPITAL = re.compile(r"(?!OpenAPI )[A-Z][a-z]")


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files, dedented, below a folder; return the root file."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
    return folder / ROOT


def description(body: str) -> str:
    """Return a whole description, given what follows version and info."""
    return HEAD + textwrap.dedent(body)


def bundled(folder: Path, files: Mapping[str, str]) -> Bundle:
    """Write and bundle a description."""
    return bundle(Document.load(write(folder, files)))


def told(folder: Path, files: Mapping[str, str]) -> list[str]:
    """Write and check a description; return each finding as `file:line:column rule message`."""
    return [brief(finding, folder) for finding in check(write(folder, files))]


def brief(finding: Finding, folder: Path) -> str:
    """Return a finding as `file:line:column rule message`, which is written like all others."""
    assert not finding.message.endswith("."), finding.message
    assert not _CAPITAL.match(finding.message), finding.message
    place = finding.location
    name = place.path.relative_to(folder.resolve()).as_posix()
    return f"{name}:{place.line}:{place.column} {finding.rule} {finding.message}"
