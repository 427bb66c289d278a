"""A page that walks through changes: its edits, its commands and what comes of them, in their order."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import attrs

_FENCE: Final = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@attrs.frozen
class Block:
    """A fenced block of the page.

    Attributes:
        kind: What stands behind the fence: `diff`, `yaml`, `console`, `markdown`, `python`.
        file: The file that it is about, or empty.
        text: What stands in it, without the line that names the file.
        line: Where the fence stands, counted from 1.
    """

    kind: str
    file: str
    text: str
    line: int


def blocks(page: Path) -> list[Block]:
    """Return the blocks of a page."""
    text = page.read_text(encoding="utf-8")
    found: list[Block] = []
    for match in _FENCE.finditer(text):
        kind, file, body = match[1], match[2] or "", match[3]
        if kind == "diff":
            name, _, body = body.partition("\n")
            file = name.removeprefix("--- ")
        found.append(Block(kind, file, body, text.count("\n", 0, match.start()) + 1))
    return found


def apply(block: Block, folder: Path) -> None:
    """Make an edit, whose old lines stand once in the file; or write a new file."""
    path = folder / block.file
    if block.kind != "diff":
        path.write_text(block.text, encoding="utf-8")
        return
    lines = block.text.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] in " -")
    new = "".join(line[1:] for line in lines if line[0] in " +")
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (
        f"line {block.line}: the old lines stand {text.count(old)} times in {block.file}"
    )
    path.write_text(text.replace(old, new), encoding="utf-8")


def changed_lines(diff: str, file: str) -> set[str]:
    """Return the lines of a unified diff that are added to a file or removed from it, each with its sign."""
    found: set[str] = set()
    current = ""
    for line in diff.splitlines():
        if line.startswith(("--- ", "+++ ")):
            current = line.partition("/")[2]
        elif line[:1] in ("+", "-") and current == file:
            found.add(line)
    return found
