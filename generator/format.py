"""Generated files in their final form: sorted imports, none unused, laid out by ruff."""

from __future__ import annotations

import subprocess
from pathlib import Path

from ruff import find_ruff_bin

from generator.docstrings import WIDTH
from generator.errors import GeneratorError


def format_tree(folder: Path) -> None:
    """Tidy up the generated Python files in a folder; the runtime is copied as it is and stays so.

    The rules are named one by one and no configuration is read, so that only ruff's pinned version has a say.

    Raises:
        GeneratorError: ruff refuses a file, which means that a template made broken code.
    """
    common = ["--isolated", "--no-cache", "--quiet", "--exclude", "_runtime", "--target-version", "py311"]
    length = ["--line-length", str(WIDTH)]
    sort_imports = [
        "--config",
        "lint.isort.combine-as-imports=true",
        "--config",
        "lint.isort.split-on-trailing-comma=false",
    ]
    join_lines = ["--config", "format.skip-magic-trailing-comma=true"]  # templates end each item with a comma
    _run(["check", "--fix", "--select", "I,F401,F811,RUF022", *sort_imports, *common, *length, "."], folder)
    examples = ["--config", "format.docstring-code-format=true"]
    _run(["format", *join_lines, *examples, *common, *length, "."], folder)


def _run(arguments: list[str], folder: Path) -> None:
    done = subprocess.run(
        [find_ruff_bin(), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        raise GeneratorError(
            f"a template made code that ruff refuses: {(done.stderr or done.stdout).strip()}"
        )
