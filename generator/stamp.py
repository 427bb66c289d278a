"""What a generated package was made from, so that an unchanged input and an edited output are recognised.

The stamp lies in the package as `_generated.json`:

    sources   files of the description by their path from its folder, each with its hash
    generator hash of the generator's code, templates and runtime
    tools     versions of everything that shapes the output
    files     each generated file with its hash
    partial   whether something was left out that the client cannot express
    warned    whether the run had something to tell, which the next one has to find out and tell again
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import attrs

NAME: Final = "_generated.json"
TOOLS: Final = ("griffelib", "jinja2", "openapi-python-client", "pyyaml", "ruff")

_GENERATOR: Final = Path(__file__).parent


@attrs.frozen
class Stamp:
    """The stamp of a package."""

    sources: Mapping[str, str]
    generator: str
    tools: Mapping[str, str]
    files: Mapping[str, str]
    partial: bool = False
    warned: bool = False

    def dump(self) -> str:
        """Return the stamp as the text of its file."""
        return json.dumps(attrs.asdict(self), indent=2, sort_keys=True) + "\n"


def read(output: Path, package: str) -> Stamp | None:
    """Return the stamp of the package in an output folder, or None when there is none to be read."""
    try:
        raw: Any = json.loads((output / package / NAME).read_bytes())
        return Stamp(**raw)
    except (OSError, ValueError, TypeError):
        return None


def make(
    root: Path,
    sources: Iterable[Path],
    files: Mapping[str, bytes],
    *,
    partial: bool = False,
    warned: bool = False,
) -> Stamp:
    """Make the stamp of a package.

    Args:
        root: Root file of the description.
        sources: Every file that the description consists of, besides what is read only for checking.
        files: Content of each generated file by its path.
        partial: Whether something was left out.
        warned: Whether there were warnings.
    """
    sources = list(sources)
    contents = (_hash(path.read_bytes()) for path in sources)
    return Stamp(
        sources=dict(zip(names(root, sources), contents, strict=True)),
        generator=_hash_generator(),
        tools=_versions(),
        files={name: _hash(content) for name, content in sorted(files.items())},
        partial=partial,
        warned=warned,
    )


def names(root: Path, sources: Iterable[Path]) -> list[str]:
    """Return how files of a description are called in the stamp: by their paths from the root file's folder."""
    folder = root.resolve().parent
    return [_path_from(folder, path.resolve()) for path in sources]


def is_current(
    stamp: Stamp,
    root: Path,
    output: Path,
    package: str,
    *,
    optional: Iterable[str] = (),
    allow_partial: bool = False,
    outside_references: bool = False,
) -> bool:
    """Whether generating again would give just what lies in the output folder, and tell nothing.

    The generator's own hash comes last: it is the dearest, though still a matter of milliseconds.

    Args:
        stamp: What the package in the output folder was made from.
        root: Root file of the description.
        output: Folder of the distribution.
        package: Name of the package.
        optional: Names of files beside the root file that count if they are there.
        allow_partial: Whether a package that lacks something will do.
        outside_references: Whether the description may have files outside its folder.
    """
    folder = root.resolve().parent
    return (
        root.resolve().relative_to(folder).as_posix() in stamp.sources
        and all((folder / name).is_file() == (name in stamp.sources) for name in optional)
        and not stamp.warned
        and (allow_partial or not stamp.partial)
        and (outside_references or not any(_is_outside(name) for name in stamp.sources))
        and f"{package}/__init__.py" in stamp.files
        and all(_hash_file(folder / name) == known for name, known in stamp.sources.items())
        and all(_hash_file(output / name) == known for name, known in stamp.files.items())
        and next(foreign_files(stamp, output, package), None) is None
        and dict(stamp.tools) == _versions()
        and stamp.generator == _hash_generator()
    )


def foreign_files(stamp: Stamp | None, output: Path, package: str) -> Iterator[Path]:
    """Yield what lies in the output folder and was not generated, caches aside.

    It is found one by one, for a folder named by mistake, such as a home, may hold millions.
    """
    known = {output / name for name in stamp.files} if stamp else set[Path]()
    known.add(output / package / NAME)
    for folder, folders, names in os.walk(output):
        folders.sort()
        links = (name for name in folders if Path(folder, name).is_symlink())
        for name in sorted([*names, *links]):
            path = Path(folder, name)
            if path not in known and not is_cache(path.relative_to(output)):
                yield path


def is_cache(path: Path) -> bool:
    """Whether a path below the output folder is what tools leave behind, not part of the package."""
    return any(
        part in {"__pycache__", "build", "dist"} or part.endswith((".egg-info", "_cache"))
        for part in path.parts[:-1]
    )


def _path_from(folder: Path, path: Path) -> str:
    """Return how a file of the description is called in the stamp: by its path from the root file's folder."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # on another drive of Windows
        return path.as_posix()


def _is_outside(name: str) -> bool:
    return name.startswith("../") or Path(name).is_absolute()


def _versions() -> dict[str, str]:
    return {name: version(name) for name in TOOLS}


def _hash_generator() -> str:
    digest = hashlib.sha256()
    # Every run does this, and with pathlib it takes twice as long.
    for folder, folders, names in os.walk(_GENERATOR):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        place = Path(folder).relative_to(_GENERATOR).as_posix()
        for name in sorted(names):
            if name.endswith((".py", ".jinja")):
                with open(os.path.join(folder, name), "rb") as file:  # noqa: PTH118, PTH123 - as said
                    content = file.read()
                digest.update(f"{place}/{name}\0".encode())
                digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


def _hash_file(path: Path) -> str | None:
    try:
        return _hash(path.read_bytes())
    except OSError:
        return None


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
