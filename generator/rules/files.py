"""The files of the description."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.bundle import Bundle
from generator.findings import Location
from generator.rules.registry import Breaches, Stage, house_rule
from generator.structure import SECTIONS

_FOLDERS = frozenset(SECTIONS.values()) | {"paths"}
_SUFFIXES = (".yaml", ".yml", ".json")


@house_rule("file-used", Stage.LEFTOVERS)
def file_used(bundle: Bundle) -> Breaches:
    """Each file beside those of the description is a part of it: what nothing refers to is in no output.

    Looked at are the folders that are called after what OpenAPI keeps under `components`, the folder `paths`,
    and those that hold a file of the description.
    """
    folder, used = bundle.source.folder, set(bundle.source.source_files())
    names = _FOLDERS | {path.relative_to(folder).parts[0] for path in used if _lies_below(path, folder)}
    for path in _files(folder, names):
        if path.resolve() not in used:
            yield (
                Location(path, 1, 1),
                "nothing in the description refers to this file: refer to it, or remove it",
            )


def _lies_below(path: Path, folder: Path) -> bool:
    return path.is_relative_to(folder) and path.parent != folder


def _files(folder: Path, names: frozenset[str]) -> Iterator[Path]:
    for name in sorted(names):
        yield from sorted(
            path
            for path in (folder / name).rglob("*")
            if path.suffix in _SUFFIXES
            and path.is_file()
            and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        )
