"""The command that the first line of each generated file names."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.regenerating import command

from .project import foreign, minimal, operation

PLAIN = "python -m generator generate"
OTHER = f"{PLAIN} --spec api.yaml --output DIR --package my_api"


@pytest.mark.parametrize(
    ("spec", "package", "sources", "partial", "typed"),
    [
        ("openapi.yaml", "huaweicloud_ocr", (), False, PLAIN),
        ("api.yaml", "my_api", ("a.yaml",), False, OTHER),
        ("api.yaml", "my_api", (), True, f"{OTHER} --allow-partial"),
        ("api.yaml", "my_api", ("../a.yaml",), False, f"{OTHER} --allow-outside-references"),
        ("a\nimport os.yaml", "my_api", (), False, OTHER.replace("api.yaml", "FILE")),
        ("a-->`b.yaml", "my_api", (), False, OTHER.replace("api.yaml", "FILE")),
    ],
)
def test_names_what_has_to_be_typed(
    spec: str, package: str, sources: tuple[str, ...], partial: bool, typed: str
) -> None:
    """It has the options without which another client would be made, and a name of a file that is no more than one."""
    assert command(spec, package, sources, partial=partial) == typed


def test_stands_in_the_first_line_of_each_file(tmp_path: Path) -> None:
    """Also in that of a client of another description, beside the description's version."""
    project = foreign(tmp_path, minimal({"/a": operation("getA", {"type": "string"})}))
    project.generate()
    expected = f"Generated from version 1.2.3 of the description by `{command('openapi.yaml', 'api_client')}`. Do not"
    for name in ("README.md", "pyproject.toml", "api_client/client.py", "api_client/api/default/get_a.py"):
        assert expected in (project.output / name).read_text(encoding="utf-8").split("\n", 1)[0]
