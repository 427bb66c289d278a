"""Descriptions, which are Markdown, as text for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_ITEM: Final = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
_LINK: Final = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_VALUE: Final = re.compile(r"`([^`]+)`\s*:\s*(.+)")


def paragraphs(markdown: str) -> str:
    """Return Markdown as paragraphs with an empty line between two; the items of a list are parts of a sentence."""
    return "\n\n".join(_plain(_joined(block)) for block in _blocks(markdown))


def sentence(text: str) -> str:
    """Return a text with a full stop at its end."""
    text = text.strip()
    return text if not text or text[-1] in ".!?:…" else f"{text}."


def values(markdown: str) -> str:
    """Return what a list in Markdown says of the values of an enum: `digit (digits only), letter (…)`; or nothing."""
    found: list[str] = []
    for block in _blocks(markdown):
        for item in block if _ITEM.match(block[0]) else ():
            match = _VALUE.fullmatch(_ITEM.sub("", item).strip())
            if match:
                found.append(f"{match[1]} ({_plain(match[2]).rstrip('.')})")
    return ", ".join(found)


def _blocks(markdown: str) -> Iterator[list[str]]:
    """Yield paragraphs as one line, and lists as a line for each item."""
    block: list[str] = []
    for line in [*markdown.strip().splitlines(), ""]:
        is_item, goes_on = bool(_ITEM.match(line)), bool(block)
        if not line.strip() or (is_item and goes_on and not _ITEM.match(block[0])):
            if block:
                yield block
            block = [line] if is_item else []
        elif is_item or not goes_on:
            block.append(line)
        else:
            block[-1] = f"{block[-1].rstrip()} {line.strip()}"


def _joined(block: list[str]) -> str:
    if not _ITEM.match(block[0]):
        return " ".join(block)
    return sentence("; ".join(_ITEM.sub("", item).strip().rstrip(".;") for item in block))


def _plain(text: str) -> str:
    """Return a text without marks of Markdown, and without what a terminal would take for a command."""
    text = _LINK.sub(r"\1 (\2)", text)
    text = text.replace("**", "").replace("`", "")
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
