"""Commands as they are typed, in a process of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from .project import ROOT


def run(
    *arguments: str | Path,
    folder: Path = ROOT,
    path: Sequence[Path] = (),
    columns: int = 120,
    encoding: str = "utf-8",
) -> subprocess.CompletedProcess[str]:
    """Run `python -m generator` with arguments, in a folder, with more folders to import from."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        cwd=folder,
        env=environment(path) | {"COLUMNS": str(columns), "PYTHONIOENCODING": encoding},
        capture_output=True,
        text=True,
        encoding=encoding,
        check=False,
    )


def environment(path: Sequence[Path] = ()) -> dict[str, str]:
    """Return the variables of a plain shell, without those of the machine that runs the tests."""
    return {"PYTHONPATH": os.pathsep.join(map(str, (*path, ROOT))), "PATH": os.defpath}
