"""Reading a description: values, places, and what is said about files that cannot be read."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings, strategies as st

from generator import pointer as pointers
from generator.document import Document
from generator.dump import dump
from generator.errors import FindingsError
from generator.findings import Finding, Location, Severity, error, printable
from generator.source import read_source

from .descriptions import HEAD, ROOT, write

# A YAML parser reads no key of more than 1,024 characters.
NAMES = st.text(max_size=80)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)
MAPPINGS = st.dictionaries(NAMES, JSON, min_size=1, max_size=4)


def problem(path: Path) -> Finding:
    """Return the only reason why a description cannot be loaded."""
    with pytest.raises(FindingsError) as caught:
        Document.load(path)
    (finding,) = caught.value.findings
    return finding


def read(folder: Path, text: str) -> Any:
    """Return the value of a YAML file."""
    return read_source(write(folder, {ROOT: text})).data


def every_pointer(value: Any, pointer: str = "") -> list[str]:
    """Return the pointers of a value and of everything in it."""
    found = [pointer]
    if isinstance(value, dict):
        members: list[tuple[str | int, Any]] = list(value.items())
    else:
        members = list(enumerate(value)) if isinstance(value, list) else []
    for name, member in members:
        found += every_pointer(member, pointers.join(pointer, name))
    return found


# What a root file must be


def test_loads_a_description(tmp_path: Path) -> None:
    """A document of OpenAPI 3.1 loads as plain values."""
    document = Document.load(write(tmp_path, {ROOT: HEAD + "paths: {}\n"}))
    assert document.data == {"openapi": "3.1.0", "info": {"title": "Test", "version": "1.0.0"}, "paths": {}}


@pytest.mark.parametrize(("written", "version"), [("3.0.4", (3, 0)), ("3.1.1", (3, 1))])
def test_tells_the_version(tmp_path: Path, written: str, version: tuple[int, int]) -> None:
    """The version of OpenAPI is told as a pair of numbers."""
    assert Document.load(write(tmp_path, {ROOT: f"openapi: {written}\n"})).version == version


def test_a_missing_file_is_told_with_a_likely_name(tmp_path: Path) -> None:
    """A path that does not exist is answered with the name of a file that does."""
    write(tmp_path, {ROOT: HEAD})
    finding = problem(tmp_path / "opnapi.yaml")
    assert finding.rule == "file"
    assert finding.message.startswith("there is no such file; perhaps")
    assert "openapi.yaml" in finding.message


def test_a_link_that_leads_nowhere_is_told_as_such(tmp_path: Path) -> None:
    """A link is there, so that its own name is no hint; what it leads to is not."""
    (tmp_path / ROOT).symlink_to(tmp_path / "gone.yaml")
    assert problem(tmp_path / ROOT).message == "this is a link that leads nowhere"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("https://example.com/openapi.yaml", "nothing is fetched from a network: download"),
        ("-", "a description is read from a file"),
    ],
)
def test_what_is_no_path_is_told_with_what_to_do(path: str, told: str) -> None:
    """Addresses and standard input, which other programs read, are answered with what this one reads."""
    assert told in problem(Path(path)).message


def test_a_folder_is_told_with_the_file_in_it(tmp_path: Path) -> None:
    """A path to a folder is answered with the path of the description in it."""
    write(tmp_path, {ROOT: HEAD})
    assert "this is a folder: name the file in it" in problem(tmp_path).message


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("", (1, 1), "the file is empty"),
        ("# only a comment\n", (1, 1), "the file is empty"),
        ("- a\n", (1, 1), "an OpenAPI document is a mapping"),
        ("info: {}\n", (1, 1), "it has no member `openapi`"),
        ("asyncapi: 3.0.0\n", (1, 1), "AsyncAPI"),
        ("info: {}\nswagger: '2.0'\n", (2, 1), "this is a Swagger 2.0 document: convert it"),
        ("info: {}\nopenapi: 3.2.0\n", (2, 1), 'OpenAPI "3.2.0" is not read'),
        ("openapi: 3.1\n", (1, 1), "OpenAPI 3.1 is not read: write a version of 3.0 or 3.1 in full"),
        ("openapi: 3.1.0\ninfo:\n\ttitle: x\n", (3, 1), "a tab indents this line"),
        ("openapi: 3.1.0\ninfo: @x\n", (2, 7), "a value may not begin with @"),
        ("openapi: 3.1.0\ninfo: a: b\n", (2, 8), "no colon is expected here"),
        ("openapi: 3.1.0\ninfo: [a\n", (2, 9), "this is not valid YAML"),
        ("openapi: 3.1.0\n---\na: 1\n", (2, 1), "a second YAML document"),
        ("openapi: 3.1.0\nx: \x07\n", (2, 4), "U+0007"),
        ("openapi: 3.1.0\nx: *nowhere\n", (2, 4), "before any anchor"),
        ("openapi: 3.1.0\nx: &a [*a]\n", (2, 8), "within the very value"),
        ("openapi: 3.1.0\n? [a]\n: b\n", (2, 3), "a key of a mapping has to be text"),
        ("openapi: 3.1.0\nx: .inf\n", (2, 4), "JSON has no number .inf"),
        ("openapi: 3.1.0\nx: 1e999\n", (2, 4), "too large"),
        ("openapi: 3.1.0\nx: !!python/name:os.system\n", (2, 4), "is not one of JSON's types"),
        ("openapi: 3.1.0\nx: !!set {a}\n", (2, 4), "is not one of JSON's types"),
        ("openapi: 3.1.0\nx: !!int a\n", (2, 4), "is not an integer, as its tag says"),
        ("openapi: 3.1.0\n<<: 5\n", (2, 5), "takes a mapping"),
    ],
)
def test_tells_why_a_file_is_unusable(
    tmp_path: Path, text: str, place: tuple[int, int], message: str
) -> None:
    """A file that is no description is told with the place and what to do."""
    finding = problem(write(tmp_path, {ROOT: text}))
    assert (finding.location.line, finding.location.column) == place
    assert message in finding.message


def test_bytes_that_are_not_utf_8_are_told_with_their_place(tmp_path: Path) -> None:
    """A file in another encoding is told with the line of its first foreign byte."""
    (tmp_path / ROOT).write_bytes(b"openapi: 3.1.0\n# caf\xe9\n")
    finding = problem(tmp_path / ROOT)
    assert (finding.location.line, finding.location.column) == (2, 6)
    assert "not UTF-8" in finding.message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_wide_text_is_told_by_its_name(tmp_path: Path, encoding: str) -> None:
    """A file as some editors of Windows save it is told to be one, with a mark at its beginning or without."""
    (tmp_path / ROOT).write_bytes("openapi: 3.1.0\n".encode(encoding))
    assert problem(tmp_path / ROOT).message == f"the file is {encoding[:6].upper()} text: save it as UTF-8"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"openapi": "3.1.0", // new\n "info": {}}', "JSON has no comments"),
        ('{"openapi": "3.1.0", /* new */ "info": {}}', "JSON has no comments"),
        ('{"openapi": "3.1.0", info: {}}', '"info" is no value of JSON: put it in double quotes'),
        ('{"openapi": "3.1.0", "x-limit": }', "a value is missing here"),
        ('{"openapi": "3.1.0", "info": {', "the file ends in the middle of a value"),
        ('{"openapi": "3.1.0", "x-limit": NaN}', "JSON has no number NaN"),
        ('{"openapi": "3.1.0", "x-limit": -Infinity}', "JSON has no number -Infinity"),
    ],
)
def test_what_json_does_not_have_is_told(tmp_path: Path, text: str, message: str) -> None:
    """What programs add to JSON is told in its terms, and not taken for text as YAML would."""
    (tmp_path / "api.json").write_text(text, encoding="utf-8")
    assert message in problem(tmp_path / "api.json").message


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")
def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    """A path that is no regular file is refused without waiting for its content."""
    import os

    os.mkfifo(tmp_path / ROOT)
    assert problem(tmp_path / ROOT).message == "this is not a regular file"


def test_all_duplicate_keys_are_told_at_once(tmp_path: Path) -> None:
    """Each key that stands twice is a finding with the line of the first."""
    with pytest.raises(FindingsError) as caught:
        Document.load(write(tmp_path, {ROOT: HEAD + "paths: {}\ninfo: {}\npaths: {}\n"}))
    assert [(f.rule, f.location.line) for f in caught.value.findings] == [
        ("duplicate-key", 4),
        ("duplicate-key", 5),
    ]
    assert 'the key "info" stands in this mapping already, in line 2' in caught.value.findings[0].message


def test_a_status_code_and_its_text_are_one_key(tmp_path: Path) -> None:
    """A key written as a number is the same as the text of the number, as it is in JSON."""
    assert "duplicate-key" in problem(write(tmp_path, {ROOT: HEAD + "x: {200: a, '200': b}\n"})).rule


def test_open_keeps_what_need_not_end_reading(tmp_path: Path) -> None:
    """A tolerant reader gets the document together with its duplicate keys; the first value stands."""
    document = Document.open(write(tmp_path, {ROOT: HEAD + "x: {a: 1, a: 2}\n"}))
    assert document.data["x"] == {"a": 1}
    assert [finding.rule for finding in document.findings] == ["duplicate-key"]


# Hostile files


def test_depth_is_bounded(tmp_path: Path) -> None:
    """A file that nests without end is refused where it gets too deep, not by a crash."""
    finding = problem(write(tmp_path, {ROOT: HEAD + "x: " + "[" * 200_000}))
    assert (finding.location.line, finding.message) == (
        3,
        "values nest deeper here than the 100 levels that are read",
    )


def test_aliases_of_aliases_are_bounded(tmp_path: Path) -> None:
    """Aliases that multiply are refused before anything copies them."""
    bomb = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9))
    assert "stand for more than 1,000,000 values" in problem(write(tmp_path, {ROOT: HEAD + bomb})).message


def test_a_number_of_many_digits_is_refused(tmp_path: Path) -> None:
    """A number that would take Python quadratic time is refused."""
    assert "digits is too long" in problem(write(tmp_path, {ROOT: HEAD + f"x: {'9' * 5000}\n"})).message


# Scalars


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("yes", "yes"),
        ("on", "on"),
        ("NO", "NO"),
        ("2001-01-01", "2001-01-01"),
        ("12:30:45", "12:30:45"),
        ("1_000", "1_000"),
        ("010", 10),
        ("0o10", 8),
        ("0x1F", 31),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("-0.0", -0.0),
        ("True", True),
        ("~", None),
        ("", None),
        ("'5'", "5"),
        ("! 5", "5"),
        ("!!str 5", "5"),
        ("!!float 5", 5.0),
        ("|\n  a\n  b\n", "a\nb\n"),
    ],
)
def test_scalars_follow_yaml_1_2(tmp_path: Path, written: str, value: Any) -> None:
    """A scalar means what YAML 1.2 says, not what YAML 1.1 said."""
    read_value = read(tmp_path, f"x: {written}\n")["x"]
    assert (read_value, type(read_value)) == (value, type(value))


def test_keys_are_text_as_written(tmp_path: Path) -> None:
    """Keys that look like numbers or booleans are the text that stands there."""
    assert list(read(tmp_path, "{200: a, true: b, 1.0: c, y: d, null: e}")) == [
        "200",
        "true",
        "1.0",
        "y",
        "null",
    ]


def test_aliases_and_merge_keys_are_resolved(tmp_path: Path) -> None:
    """An alias stands for the value of its anchor; merged members yield to the mapping's own."""
    data = read(tmp_path, "a: &a {x: 1, y: 2}\nb: *a\nc: {<<: *a, y: 3}\nd: {<<: [*a, {z: 4}]}\n")
    assert data["b"] == {"x": 1, "y": 2}
    assert data["c"] == {"y": 3, "x": 1}
    assert data["d"] == {"x": 1, "y": 2, "z": 4}


def test_json_escapes_beyond_the_basic_plane(tmp_path: Path) -> None:
    """JSON's pair of escapes for one character is read; an escaped backslash before it is not disturbed."""
    path = tmp_path / "a.json"
    path.write_text('{"a": "\\ud83d\\ude00", "b": "\\\\ud83d\\\\ude00",\n\t"c": "\\/"}', encoding="utf-8")
    assert read_source(path).data == {"a": "😀", "b": "\\ud83d\\ude00", "c": "/"}


# Places


def test_locates_keys_and_items(tmp_path: Path) -> None:
    """A member is located at its key, an item at its value; lines and columns count from 1."""
    path = write(tmp_path, {ROOT: HEAD + "paths:\n  /a/b:\n    get: {tags: [x, yy]}\n"})
    document = Document.load(path)

    def place(pointer: str) -> tuple[int, int]:
        location = document.locate(document.root, pointer)
        return location.line, location.column

    assert place("") == (1, 1)
    assert place("/paths/~1a~1b") == (4, 3)
    assert place("/paths/~1a~1b/get/tags/1") == (5, 21)
    assert place("/paths/~1a~1b/get/tags/7/x") == (5, 11)
    assert place("/paths/~1a~1b/nope") == (4, 3)


def test_locates_what_an_alias_stands_for(tmp_path: Path) -> None:
    """A member behind an alias is located where it is written, the alias's own member at its key."""
    document = Document.load(write(tmp_path, {ROOT: HEAD + "x-a: &a\n  b: 1\nx-c: *a\nx-d: {<<: *a}\n"}))
    assert document.locate(document.root, "/x-c").line == 5
    assert document.locate(document.root, "/x-c/b").line == 4
    assert document.locate(document.root, "/x-d/b").line == 4


@pytest.mark.long
@settings(max_examples=40)
@given(MAPPINGS)
def test_every_pointer_leads_to_where_it_is_written(
    tmp_path_factory: pytest.TempPathFactory, data: Any
) -> None:
    """Whatever the names are, the pointer of a member is located at a place of its own within the file."""
    path = tmp_path_factory.getbasetemp() / "round.json"
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")
    source = read_source(path)
    assert source.data == data
    found = every_pointer(data)
    places = [source.locate(pointer) for pointer in found]
    assert len(set(places)) == len(found)
    assert places == sorted(places)


@given(st.lists(st.text()))
def test_pointers_take_names_apart_again(names: list[str]) -> None:
    """Names with slashes, tildes and anything else survive the way through a pointer and a reference."""
    pointer = pointers.from_tokens(names)
    assert pointers.split(pointer) == names
    if not any(ord(c) in range(0xD800, 0xE000) for c in pointer):
        assert pointers.from_fragment(pointers.to_reference(pointer)[1:]) == pointer


@given(MAPPINGS, st.sampled_from([".yaml", ".json"]))
def test_dumped_documents_are_read_back(
    tmp_path_factory: pytest.TempPathFactory, data: Any, suffix: str
) -> None:
    """Whatever a document holds, its text is read back as the same values, by readers of YAML 1.1 too."""
    path = tmp_path_factory.getbasetemp() / f"dumped{suffix}"
    text = dump(data, suffix)
    path.write_text(text, encoding="utf-8", newline="")
    again = read_source(path).data
    assert again == data
    assert dump(again, suffix) == text
    if suffix == ".yaml":
        assert yaml.load(text, Loader=yaml.CSafeLoader) == data


# Findings


def test_a_finding_is_one_line_whatever_the_document_says() -> None:
    """Line breaks, escape sequences and characters that reorder text are escaped; other languages are not."""
    finding = error(Location(Path("a\nb.yaml"), 1, 2), "rule", "文字 \x1b[31m\u202e\u2028")
    assert str(finding) == "a\\nb.yaml:1:2: error rule 文字 \\x1b[31m\\u202e\\u2028"


@given(st.text())
def test_printable_text_stays_on_its_line(text: str) -> None:
    """No text moves the cursor or breaks the line."""
    assert printable(text).isprintable()


def test_findings_sort_by_place_and_rule() -> None:
    """Findings sort by path, line, column and rule; the severity does not matter."""
    path = Path("a.yaml")
    late = Finding(Location(path, 10, 1), Severity.ERROR, "a", "")
    early = Finding(Location(path, 9, 1), Severity.WARNING, "b", "")
    assert sorted([late, early]) == [early, late]


def test_paths_below_the_current_folder_are_shown_relative(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path is shown as the person who types it would write it."""
    monkeypatch.chdir(tmp_path)
    assert str(Location(tmp_path.resolve() / "a" / "b.yaml", 1, 1)) == "a/b.yaml:1:1"
    assert str(Location(Path("/elsewhere/b.yaml"), 1, 1)) == "/elsewhere/b.yaml:1:1"


def test_the_error_tells_its_first_finding_and_the_number(tmp_path: Path) -> None:
    """The text of the error is one line; all findings are in its attribute."""
    with pytest.raises(FindingsError, match=r"duplicate-key the key \"info\".* \(and 1 more error\)$"):
        Document.load(write(tmp_path, {ROOT: HEAD + "paths: {}\ninfo: {}\npaths: {}\n"}))
