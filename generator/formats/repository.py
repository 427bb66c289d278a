"""How files are called where the reader is not at this machine but looks at the repository."""

from __future__ import annotations

import os
from pathlib import Path


def path_in_repository(path: Path) -> Path:
    """Return a path relative to the repository, which is where GitHub says it is, or else the working directory.

    A file outside it keeps its absolute path.
    """
    root = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd()).resolve()
    return path.relative_to(root) if path.is_relative_to(root) else path
