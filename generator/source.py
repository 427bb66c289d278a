"""One YAML or JSON file: its value, and the place of everything in it."""

from __future__ import annotations

import codecs
import json
import re
from pathlib import Path
from typing import Any, NoReturn

import attrs
import yaml

from generator import pointer as pointers
from generator.errors import FindingsError
from generator.events import EventReader, Node, UnreadableError
from generator.findings import Finding, Location, error

MAX_BYTES = 64 * 1024 * 1024
"""Size of the largest file that is read."""

_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
RAW_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""Characters that JSON may contain as they are, but that break lines or YAML parsers, or control a terminal."""

# JSON writes a character beyond the first 65,536 as two escapes, which YAML does not know.
_ESCAPED_PAIR = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
)


@attrs.frozen
class SourceFile:
    """A file that was read.

    Attributes:
        path: Where it lies, absolute.
        data: Its value of dict, list, str, int, float, bool and None; parts are shared, so do not change it.
        findings: What is wrong with it although it could be read, such as duplicate keys.
    """

    path: Path
    data: Any = attrs.field(repr=False)
    findings: tuple[Finding, ...]
    _root: Node = attrs.field(repr=False)

    def locate(self, pointer: str) -> Location:
        """Return the place of a JSON pointer: of the key for a member, of the value for an item.

        A pointer to something that does not exist gives the place of the nearest parent that does.
        """
        node = self._root
        for token in pointers.split(pointer):
            members = node.members
            if isinstance(members, dict) and token in members:
                node = members[token]
            elif isinstance(members, list) and is_index(token, len(members)):
                node = members[int(token)]
            else:
                break
        return Location(self.path, node.line + 1, node.column + 1)


def is_index(token: str, length: int) -> bool:
    """Return whether a token of a pointer names an item of a sequence of this length."""
    return token.isdecimal() and token.isascii() and str(int(token)) == token and int(token) < length


def read_source(path: Path) -> SourceFile:
    """Read a YAML or JSON file. Scalars follow the core schema of YAML 1.2; every key is text, as written.

    Raises:
        FindingsError: The file cannot be read at all; its one finding says why.
    """
    text = _read_text(path)
    start = Location(path, 1, 1)
    reader = EventReader(start)
    try:
        reader.read(yaml.parse(text, Loader=yaml.CSafeLoader))
    except UnreadableError as problem:
        _fail(problem.finding)
    except yaml.MarkedYAMLError as problem:
        _fail(_syntax_error(path, text, problem))
    except yaml.reader.ReaderError:
        found = _UNREADABLE.search(text)
        name = f" U+{ord(found[0]):04X}" if found else ""
        place = _place_in_text(path, text, found.start() if found else 0)
        _fail(
            error(
                place, "yaml-syntax", f"the control character{name} may not stand in a YAML file: remove it"
            )
        )
    if reader.root is None:
        _fail(error(start, "file", "the file is empty, or holds nothing but comments"))
    return SourceFile(path, reader.data, tuple(reader.findings), reader.root)


def _fail(finding: Finding) -> NoReturn:
    raise FindingsError([finding]) from None


def _read_text(path: Path) -> str:
    start = Location(path, 1, 1)
    try:
        if path.is_dir():
            _fail(error(start, "file", "this is a folder: name the file in it that holds the description"))
        if not path.exists():
            _fail(error(start, "file", "there is no such file"))
        if not path.is_file():
            _fail(error(start, "file", "this is not a regular file"))
        if path.stat().st_size > MAX_BYTES:
            _fail(
                error(start, "file", f"the file is larger than {MAX_BYTES >> 20} MiB, the most that is read")
            )
        content = path.read_bytes()
    except (OSError, ValueError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
        _fail(error(start, "file", f"the file cannot be read: {reason}"))
    if wide := _wide_encoding(content):
        _fail(error(start, "file", f"the file is {wide} text: save it as UTF-8"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        before = content[: problem.start].decode("utf-8-sig", errors="replace")
        place = _place_in_text(path, before, len(before))
        _fail(error(place, "file", "the file is not UTF-8 text from here on: save it as UTF-8"))
    return _json_as_yaml(text) if path.suffix == ".json" else text


def _wide_encoding(content: bytes) -> str | None:
    """Name the encoding of a text with two or four bytes a character, which its mark or its first zeros tell."""
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)) or b"\0\0\0" in (
        content[:3],
        content[1:4],
    ):
        return "UTF-32"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or content[1:4:2] == b"\0\0":
        return "UTF-16"
    return "UTF-16" if len(content) > 1 and content[:4:2] == b"\0\0" else None


def _json_as_yaml(text: str) -> str:
    """Write differently what JSON may contain and YAML may not, or takes for a line break."""
    if "\\u" in text:
        text = _ESCAPED_PAIR.sub(_join_pair, text)
    return RAW_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _join_pair(match: re.Match[str]) -> str:
    pair = bytes.fromhex(match[2] + match[3]).decode("utf-16-be")
    return f"{match[1]}\\U{ord(pair):08x}"


def _place_in_text(path: Path, text: str, index: int) -> Location:
    return Location(path, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _json_error(path: Path) -> Finding | None:
    """Return what is wrong with a JSON file in terms of JSON; None if that is nothing."""
    text = path.read_text(encoding="utf-8-sig")
    try:
        json.loads(text)
    except json.JSONDecodeError as problem:
        if text.startswith(("//", "/*"), problem.pos):
            message = "JSON has no comments: remove this one"
        elif not text[problem.pos :].strip():
            message = "the file ends in the middle of a value: perhaps it was cut off"
        else:
            message = f"this is not valid JSON: {problem.msg[0].lower()}{problem.msg[1:]}"
        return error(_within(path, text, problem.lineno, problem.colno), "json-syntax", message)
    except RecursionError:
        pass
    return None


def _syntax_error(path: Path, text: str, problem: yaml.MarkedYAMLError) -> Finding:
    if path.suffix == ".json" and (finding := _json_error(path)):
        return finding
    mark = problem.problem_mark or problem.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    written = text.split("\n", line + 1)[line] if line <= text.count("\n") else ""
    character = written[column : column + 1]
    reason = problem.problem or "it cannot be parsed"
    if character == "\t" or "tab character" in reason:
        message = "a tab indents this line; YAML is indented with spaces only"
    elif character in ("@", "`", "%"):
        message = f"a value may not begin with {character}: put it in quotes"
    elif "mapping values are not allowed" in reason:
        message = (
            "no colon is expected here: indent the line like its neighbours, or quote a text with a colon"
        )
    else:
        context = f" {problem.context}" if problem.context else ""
        message = f"this is not valid YAML: {reason}{context}"
    return error(_within(path, text, line + 1, column + 1), "yaml-syntax", message)


def _within(path: Path, text: str, line: int, column: int) -> Location:
    """Return a place that exists: the end of the last line for one behind it."""
    lines = text.splitlines() or [""]
    return (
        Location(path, line, column) if line <= len(lines) else Location(path, len(lines), len(lines[-1]) + 1)
    )
