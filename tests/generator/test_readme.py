"""What the README of a generated package says, beside the program that `test_corpus.py` runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .project import foreign, minimal, operation


def _readme(folder: Path, document: dict[str, Any]) -> str:
    project = foreign(folder, document)
    project.generate()
    return (project.output / "README.md").read_text(encoding="utf-8")


def test_a_description_keeps_its_paragraphs_and_lists(tmp_path: Path) -> None:
    """The description of the API stands below its title, with its paragraphs, lists and code."""
    document = minimal()
    document["info"] |= {
        "title": "Shop & Co.",
        "description": "One\ntwo, **three**.\n\n* `a`\n* b <i>\n\nEnd.",
    }
    text = _readme(tmp_path, document)
    assert "Shop & Co.\n\nOne two, three.\n\n- `a`\n- b \\<i\\>\n\nEnd.\n" in text


def test_deprecated_operations_are_marked(tmp_path: Path) -> None:
    """The table of operations says which are deprecated; without a summary it has the words of the name."""
    paths = {"/a": operation("things/getOne", {"type": "string"}, deprecated=True)}
    assert "| `things_get_one` | Deprecated. Things get one | `str` |" in _readme(tmp_path, minimal(paths))


def test_without_operations_there_is_no_table(tmp_path: Path) -> None:
    """A description of objects alone has no empty table."""
    text = _readme(tmp_path, minimal())
    assert "| method |" not in text
    assert "`help(api_client.models)`" in text


def test_addresses_are_told(tmp_path: Path) -> None:
    """Where there are several addresses, or only a path, the README says what `endpoint` is."""
    several = minimal()
    several["servers"] = [
        {"url": "https://a.example.com"},
        {"url": "https://b.example.com", "description": "Tests"},
    ]
    assert "- `https://b.example.com`: Tests.\n" in _readme(tmp_path / "several", several)
    relative = minimal()
    relative["servers"] = [{"url": "/v1"}]
    text = _readme(tmp_path / "relative", relative)
    assert "`endpoint` is the address of the host, to which `/v1` is added" in text


def test_what_goes_together_is_told(tmp_path: Path) -> None:
    """Of several ways to authenticate, the README says which go together and which are alternatives."""
    document = minimal(
        {"/a": operation("getA", {"type": "string"}, security=[{"Key": [], "Card": []}, {"Login": []}])}
    )
    document["components"]["securitySchemes"] = {
        "Key": {"type": "apiKey", "in": "header", "name": "X-Key"},
        "Card": {"type": "apiKey", "in": "query", "name": "card"},
        "Login": {"type": "http", "scheme": "basic"},
    }
    text = _readme(tmp_path, document)
    assert "Calls take `KeyAuth` together with `CardAuth`, or `LoginAuth`." in text
    assert "- `CardAuth`: A key, in the query parameter `card`." in text
    assert 'Client(auth=[KeyAuth("key"), CardAuth("card")])' in text
