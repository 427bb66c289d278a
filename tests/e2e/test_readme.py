"""What the READMEs show is what happens."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.service import running_service

from .samples import ROOT

README = ROOT / "README.md"
SNIPPETS = re.findall(r"^```python\n(.*?)^```", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def test_there_are_snippets() -> None:
    """The README shows how the package is used."""
    assert len(SNIPPETS) >= 3


@pytest.fixture(scope="module")
def plain_endpoint() -> Iterator[str]:
    """Address of a service that was started without any flag, as the README does."""
    with running_service() as address:
        yield address


@pytest.mark.parametrize("snippet", SNIPPETS, ids=range(len(SNIPPETS)))
def test_snippet_runs(snippet: str, plain_endpoint: str) -> None:
    """Each Python snippet runs as it stands, but for the port, and prints what it says."""
    code = snippet.replace("http://127.0.0.1:8765", plain_endpoint)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for line in re.findall(r"# → (.*)$", snippet, re.MULTILINE):
        assert line in done.stdout


@pytest.mark.parametrize(
    "page", [README, *ROOT.glob("*/README.md"), ROOT / "CONTRIBUTING.md"], ids=lambda page: page.parent.name
)
def test_links_lead_somewhere(page: Path) -> None:
    """Each link to a file of the repository leads to one."""
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []
