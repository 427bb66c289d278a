"""The documents of the corpus, with what is expected of each."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import attrs

from generator.source import read_source

FOLDER = Path(__file__).resolve().parent
REFUSED = FOLDER / "refused"

_MARK = re.compile(r"# finding (?P<rule>[a-z0-9-]+): (?P<phrase>.+)$")
_KEYS = {
    *("read", "writes", "call", "client", "environment", "answer"),
    *("sends", "then", "raises", "warns", "says", "types"),
}


@attrs.frozen
class Mark:
    """A finding that is expected at a line; its message holds the phrase."""

    line: int
    rule: str
    phrase: str


@attrs.frozen
class CorpusDocument:
    """A document; what it is called is where it lies, such as `names/camel_case`."""

    path: Path
    data: dict[str, Any]
    cases: tuple[dict[str, Any], ...]
    marks: tuple[Mark, ...]

    @classmethod
    def read(cls, path: Path) -> CorpusDocument:
        """Read a document by the rules of YAML 1.2, as the generator does."""
        source = read_source(path)
        assert not source.findings, source.findings
        cases = tuple(source.data.get("x-expect", ()))
        for case in cases:
            assert case.keys() <= _KEYS, f"{path}: {sorted(case.keys() - _KEYS)} in a case means nothing"
        marks = (
            Mark(number, found["rule"], found["phrase"].strip())
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
            if (found := _MARK.search(line))
        )
        return cls(path, source.data, cases, tuple(marks))

    @property
    def name(self) -> str:
        """Where it lies below the corpus, without the ending."""
        return self.path.relative_to(FOLDER).with_suffix("").as_posix()

    @property
    def package(self) -> str:
        """Name of the package that is generated from it, unlike that of any other."""
        return f"corpus_{self.name.replace('/', '_')}"

    def operations(self) -> list[tuple[str, str]]:
        """Return method and path of every operation, in the order of writing."""
        methods = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
        found: list[tuple[str, str]] = []
        for path, item in self.data.get("paths", {}).items():
            if "$ref" in item:
                item = self.data["components"]["pathItems"][item["$ref"].rpartition("/")[2]]
            found += [(method.upper(), path) for method in item if method in methods]
        return found


def documents() -> list[CorpusDocument]:
    """Return every document that has a client, sorted by name."""
    return [
        CorpusDocument.read(path) for path in sorted(FOLDER.rglob("*.yaml")) if REFUSED not in path.parents
    ]


def refused() -> list[CorpusDocument]:
    """Return every document that holds what cannot be expressed, sorted by name."""
    return [CorpusDocument.read(path) for path in sorted(REFUSED.glob("*.yaml"))]
