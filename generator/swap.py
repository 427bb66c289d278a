"""A folder takes the place of another at once, or not at all."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2


@contextmanager
def fresh_folder(target: Path) -> Iterator[Path]:
    """Give an empty folder beside the target, so that it can take its place; it is gone afterwards."""
    target.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{target.name}.new-"
    _remove_abandoned(target.parent, prefix)
    try:
        folder = Path(tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}-", dir=target.parent))
    except OSError as problem:
        problem.filename = target  # nobody knows the name of the temporary one
        raise
    try:
        yield folder
    except OSError as problem:
        problem.filename = problem.filename or target  # a full disk does not say which it is
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def swap(fresh: Path, target: Path) -> None:
    """Put a folder in the target's place; what was there lies where the fresh one lay.

    On Linux and macOS the system exchanges the two in one step, so a kill at any moment leaves one of them whole in
    place. Elsewhere the old one is moved aside first.
    """
    fresh.chmod(0o755)
    if not target.exists():
        fresh.rename(target)
        return
    exchange = _system_exchange()
    if exchange is None or exchange(os.fsencode(fresh), os.fsencode(target)) != 0:
        aside = fresh.with_name(f"{fresh.name}-old")
        target.rename(aside)
        fresh.rename(target)
        aside.rename(fresh)


def _remove_abandoned(parent: Path, prefix: str) -> None:
    """Remove the folders of runs that were killed, which their names tell by the process."""
    for folder in parent.glob(f"{prefix}*-*"):
        process = folder.name.removeprefix(prefix).partition("-")[0]
        if process.isdecimal() and not _is_running(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_running(process: int) -> bool:
    if sys.platform == "win32":  # there, asking would end the process
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _system_exchange() -> Callable[[bytes, bytes], int] | None:
    if sys.platform == "win32":
        return None
    libc = ctypes.CDLL(None)
    if sys.platform == "linux" and hasattr(libc, "renameat2"):
        return lambda one, other: int(libc.renameat2(_AT_FDCWD, one, _AT_FDCWD, other, _RENAME_EXCHANGE))
    if sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        return lambda one, other: int(libc.renamex_np(one, other, _RENAME_EXCHANGE))
    return None
