"""Texts of a description as HTML: Markdown without markup of its own, without pictures, and with safe links alone.

What is written there may be anybody's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import pairwise
from typing import Any, Final
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from generator.plain import is_list, is_mapping

_HEADING: Final = re.compile(r"(?P<marks>#{1,6})\s+(?P<title>.*?)\s*#*\s*")
_SCHEMES: Final = frozenset({"http", "https", "mailto"})
_LOADING: Final = re.compile(
    r"!\[|<(?=\s*(img|picture|video|audio|source|iframe|object|embed|svg|link|style|input)\b)", re.IGNORECASE
)
"""What begins something in Markdown that is loaded from elsewhere."""

_NOT_IN_ANCHOR: Final = re.compile(r"[^\w.-]+")


def markdown(
    text: str, *, below: int = 1, links: Mapping[str, str] | None = None, anchors: str = ""
) -> Markup:
    """Return a text as HTML.

    Args:
        text: Markdown, by CommonMark with tables.
        below: The level of the heading that it stands under: its own begin one below.
        links: Where relative links lead, by their address as it is written; others are left out, their words kept.
        anchors: What the anchors of headings begin with; empty for none.
    """
    tokens = _parser().parse(text)
    _set_levels(tokens, below)
    if anchors:
        _anchor(tokens, anchors)
    for token in tokens:
        if token.children:
            token.children = list(_with_safe_links(token.children, links or {}))
    html = _parser().renderer.render(tokens, _parser().options, {})
    # A wide table scrolls by itself, with the keyboard too.
    html = html.replace("<table>", '<div class="scrolls" tabindex="0"><table>')
    return Markup(html.replace("</table>", "</table></div>"))


def without_pictures(value: Any) -> Any:
    """Return a document whose descriptions load nothing, for those who make HTML of them in their own way."""
    if is_mapping(value):
        return {
            name: _LOADING.sub(_as_text, member)
            if name == "description" and isinstance(member, str)
            else without_pictures(member)
            for name, member in value.items()
        }
    return [without_pictures(item) for item in value] if is_list(value) else value


def _as_text(found: re.Match[str]) -> str:
    return "!\\[" if found[0] == "![" else "&lt;"


def inline(text: str) -> Markup:
    """Return a text of one paragraph as HTML, without the paragraph."""
    tokens = _parser().parseInline(text)
    for token in tokens:
        token.children = list(_with_safe_links(token.children or [], {}))
    return Markup(_parser().renderer.render(tokens, _parser().options, {}))


def anchor(title: str) -> str:
    """Return what a heading is called in addresses."""
    return _NOT_IN_ANCHOR.sub("-", title.strip().lower()).strip("-") or "section"


def section(text: str, wanted: Sequence[str]) -> str:
    """Return what stands under the first heading whose title holds a word, tried in their order; empty if none does."""
    for word in wanted:
        found = _section(text, partial(_mentions, word))
        if found:
            return found
    return ""


def _mentions(word: str, title: str) -> bool:
    return word in title.lower()


def _section(text: str, is_wanted: Callable[[str], bool]) -> str:
    level = 0
    kept: list[str] = []
    fenced = False
    for line in text.splitlines():
        fenced ^= line.startswith("```")
        heading = None if fenced else _HEADING.fullmatch(line)
        if heading and level and len(heading["marks"]) <= level:
            break
        if level:
            kept.append(line)
        elif heading and is_wanted(heading["title"]):
            level = len(heading["marks"])
    return "\n".join(kept).strip()


def without_title(text: str) -> str:
    """Return a text without the heading of the first level that it begins with."""
    first, _, rest = text.lstrip().partition("\n")
    return rest.lstrip() if re.match(r"#\s", first) else text


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def _set_levels(tokens: list[Token], below: int) -> None:
    """Let headings begin one level below, and skip none."""
    above: list[int] = []
    level = below
    for token in tokens:
        if token.type == "heading_open":
            written = int(token.tag[1:])
            while above and above[-1] >= written:
                above.pop()
            above.append(written)
            level = min(below + len(above), 6)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{level}"


def _anchor(tokens: list[Token], prefix: str) -> None:
    taken: set[str] = set()
    for opening, words in pairwise(tokens):
        if opening.type == "heading_open":
            base = chosen = prefix + anchor(words.content)
            number = 1
            while chosen in taken:
                number += 1
                chosen = f"{base}-{number}"
            taken.add(chosen)
            opening.attrSet("id", chosen)


def _with_safe_links(children: list[Token], links: Mapping[str, str]) -> Iterator[Token]:
    """Yield the tokens of a paragraph, without the links that lead nowhere or where they must not."""
    dropped: list[bool] = []
    for token in children:
        if token.type == "link_open":
            target = str(token.attrs.get("href", ""))
            address = links.get(target) or (target if _is_safe(target) else None)
            dropped.append(address is None)
            if address is not None:
                token.attrs = {"href": address}
                if address == target:
                    token.attrs["rel"] = "noopener noreferrer external"
                yield token
        elif token.type == "link_close":
            if not dropped.pop():
                yield token
        else:
            yield token


def _is_safe(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.lower() in _SCHEMES and bool(parts.netloc or parts.scheme.lower() == "mailto")
