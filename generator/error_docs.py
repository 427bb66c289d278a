"""Docstrings of the exceptions: the tree of all, and what each kind of errors is."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

import attrs

from generator.docstrings import WIDTH, sentence, wrap
from generator.ir import ErrorKind, Package


@attrs.frozen
class _Node:
    name: str
    about: str
    children: tuple[_Node, ...] = ()


_ABOVE: Final = (
    _Node("ConfigurationError", "the client was set up wrongly"),
    _Node("InvalidRequestError", "a call breaks the description; nothing was sent"),
    _Node(
        "InvalidDataError",
        "a dict does not fit the model that it was read into",
        (_Node("InvalidResponseError", "the answer does not fit the description"),),
    ),
)
_BELOW: Final = _Node(
    "TransportError",
    "there is no answer",
    (
        _Node("ConnectionFailedError", "no connection"),
        _Node("TimeLimitError", "the answer took too long"),
        _Node("BrokenResponseError", "the connection broke before the answer was complete"),
    ),
)


def errors_docstring(package: Package) -> str:
    """Docstring of the module with all exceptions: which there are, as a tree."""
    kinds = tuple(_Node(kind.class_name, _short(kind.meaning)) for kind in package.error_kinds)
    api_error = _Node("ApiError", "the service answered with an error", kinds)
    root = _Node(package.base_error, "", (*_ABOVE, api_error, _BELOW))
    lines = [(f"    {root.name}", "", "")]
    lines += _branches(root, "     ")
    column = max(len(head) for head, _, _ in lines) + 3
    tree = [line for head, below, about in lines for line in _filled(head, below, about, column)]
    text = "Every exception that this package raises.\n\n" + "\n".join(tree)
    if kinds:
        text += "\n\n" + wrap(
            "An error of the service is raised as what its code means; without a known code, as what its status means; "
            "and else as an `ApiError`.",
            WIDTH,
        )
    return text


def _branches(node: _Node, indent: str) -> Iterator[tuple[str, str, str]]:
    for child in node.children:
        is_last = child is node.children[-1]
        below = indent + ("    " if is_last else "│   ")
        yield f"{indent}{'└─' if is_last else '├─'} {child.name}", below.rstrip(), child.about
        yield from _branches(child, below)


def _filled(head: str, below: str, about: str, column: int) -> Iterator[str]:
    first, *others = textwrap.wrap(about, max(WIDTH - column, 40)) or [""]
    yield f"{head:{column}}{first}".rstrip()
    yield from (f"{below:{column}}{line}" for line in others)


def _short(meaning: str) -> str:
    """Return a text as it stands in the tree: one phrase that begins in lower case."""
    text = " ".join(meaning.split()).removesuffix(".")
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def kind_docstring(kind: ErrorKind) -> str:
    """Docstring of the exception for a kind of errors: what happened, what to do, and which codes mean it."""
    width = WIDTH - 4
    paragraphs = [wrap(sentence(kind.meaning) or f"An error of the kind {kind.name}.", width)]
    if kind.remedy.strip():
        paragraphs.append(wrap(sentence(kind.remedy), width))
    *rest, last = map(str, kind.statuses or ("",))
    statuses = f"the {'statuses' if rest else 'status'} {', '.join(rest)}{' and ' if rest else ''}{last}"
    if kind.codes:
        also = f", and {statuses} without a known code" if last else ""
        paragraphs.append(wrap(f"The service means it by these codes{also}:", width))
        paragraphs.append("\n".join(_item(code.code, code.meaning, width) for code in kind.codes))
    elif last:
        paragraphs.append(wrap(f"The service means it by {statuses} without a known code.", width))
    return "\n\n".join(paragraphs)


def _item(code: str, meaning: str, width: int) -> str:
    text = " ".join(f"- `{code}`: {sentence(meaning)}".split())
    return "\n".join(textwrap.wrap(text, width, subsequent_indent="  ", break_on_hyphens=False))
