"""A client from a description: load, check, prepare, parse, render, format, swap."""

from __future__ import annotations

import difflib
import tempfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Final, TypeAlias

import attrs

from generator import stamp, swap
from generator.errors import FindingsError, GeneratorError
from generator.findings import Finding, shown_path
from generator.lazily import imported_lazily
from generator.package_name import require_usable_name
from generator.pin import require_pinned_tool
from generator.regenerating import command

HOUSE_RULES: Final = "rules.yaml"
CHANGELOG: Final = "CHANGELOG.md"
ACCEPTED_BREAKS: Final = "accepted_breaks.yaml"
RECORDS: Final = "published/*/python-api.json"
"""What the clients of published versions export, which a fresh client is compared with."""

_NAMED: Final = 5
"""How many files that stand in the way are named."""


@attrs.frozen
class Outcome:
    """What a run changed or, when it only looked, would change.

    Attributes:
        changed: Paths below the output folder that differ, are new or are gone.
        diff: The same as a unified diff, of a run that only looked.
        warnings: What is not as it should be but did not stop the run, sorted.
    """

    changed: tuple[str, ...] = ()
    diff: str = ""
    warnings: tuple[Finding, ...] = ()


Tell: TypeAlias = Callable[[str], None]
"""Is told what is being done: `reading the description`, for instance."""


def beside(spec: Path) -> list[Path]:
    """Return the files beside the root file of a description that have a say in the client, some of them missing."""
    names = (HOUSE_RULES, CHANGELOG, ACCEPTED_BREAKS)
    return [*(spec.parent / name for name in names), *sorted(spec.parent.glob(RECORDS))]


def _tell_nobody(stage: str) -> None:
    pass


def generate(
    spec: Path,
    output: Path,
    package: str,
    *,
    allow_partial: bool = False,
    outside_references: bool = False,
    tell: Tell = _tell_nobody,
) -> Outcome:
    """Generate the client of a description, all of it or nothing.

    Args:
        spec: Root file of the description.
        output: Folder of the distribution, which is replaced as a whole; the package lands in `output / package`.
        package: Name under which the package is imported.
        allow_partial: Whether to leave out, with a warning, what cannot be expressed.
        outside_references: Whether references may lead to files outside the folder of the description.
        tell: Called at the beginning of each stage.

    Raises:
        FindingsError: The description has errors, or something in it cannot be expressed.
        GeneratorError: The output folder holds other files, or the package cannot have that name.
    """
    require_usable_name(package)
    # What takes the place of a link would leave the folder that it names as it was.
    output = output.resolve()
    old = stamp.read(output, package)
    if old is not None and stamp.is_current(
        old,
        spec,
        output,
        package,
        optional=(path.relative_to(spec.parent).as_posix() for path in beside(spec)),
        allow_partial=allow_partial,
        outside_references=outside_references,
    ):
        return Outcome()
    _refuse_foreign_files(old, output, package)
    with swap.fresh_folder(output) as folder:
        files, warnings = _make(spec, folder, package, allow_partial, outside_references, tell)
        outcome = _compare(output, files, warnings, with_diff=False)
        if outcome.changed:
            swap.swap(folder, output)
    return outcome


def compare(
    spec: Path,
    output: Path,
    package: str,
    *,
    allow_partial: bool = False,
    outside_references: bool = False,
    tell: Tell = _tell_nobody,
) -> Outcome:
    """Say what `generate` would change, and write nothing.

    Raises:
        FindingsError: The description has errors, or something in it cannot be expressed.
        GeneratorError: The output folder is a file, or the package cannot have that name.
    """
    require_usable_name(package)
    _refuse_file(output)
    with tempfile.TemporaryDirectory() as folder:
        files, warnings = _make(spec, Path(folder), package, allow_partial, outside_references, tell)
        return _compare(output, files, warnings, with_diff=True)


def _make(
    spec: Path, folder: Path, package: str, allow_partial: bool, outside_references: bool, tell: Tell
) -> tuple[dict[str, bytes], list[Finding]]:
    """Generate into an empty folder and return the content of each file, and the warnings."""
    # With another version of the tool, the imports could fail before anyone says why.
    require_pinned_tool()
    # The tools take most of a second to import, which a run with unchanged input does without.
    from generator.check import examine
    from generator.findings import Severity

    # A quarter of a run went to what the pinned tool imports for reading URLs, which only its own command does.
    with imported_lazily("httpcore", "httpx"):
        from generator.format import format_tree
        from generator.render import render
        from generator.understand import understand

    tell("checking the description")
    examined = examine(spec, outside_references=outside_references)
    extra = [path for path in beside(spec) if path.is_file()]
    if any(finding.severity is Severity.ERROR for finding in examined.findings):
        raise FindingsError(examined.findings, rules_left=True)
    tell("parsing the description")
    content, left_out = understand(examined.bundle, package, allow_partial=allow_partial)
    sources = [*examined.document.source_files(), *extra]
    names = stamp.names(spec, sources)
    content = attrs.evolve(content, command=command(spec.name, package, names, partial=bool(left_out)))
    tell("writing the client")
    changelog = spec.parent / CHANGELOG
    text = changelog.read_text(encoding="utf-8") if changelog in extra else None
    rendered = render(content, text)
    swap.write(folder, rendered)
    tell("formatting the client")
    told: list[Finding] = []
    with ThreadPoolExecutor(max_workers=1) as pool:
        formatted = pool.submit(format_tree, folder)
        if any(path.match(RECORDS) for path in extra):
            # What only a description with a record needs takes a while to import and to do: as long as ruff works.
            from generator.python_api.follow import follow

            root = f"{package}/"
            modules = {
                name.removeprefix(root): code
                for name, code in rendered.items()
                if name.startswith(root) and name.endswith(".py")
            }
            text, told = follow(spec, examined.bundle, folder / package, modules, text)
            swap.write(folder, {CHANGELOG: text})
        formatted.result()
    files = _read_tree(folder)
    warnings = sorted([*examined.findings, *left_out, *told])
    made = stamp.make(spec, sources, files, partial=bool(left_out), warned=bool(warnings)).dump()
    swap.write(folder, {f"{package}/{stamp.NAME}": made})
    return {**files, f"{package}/{stamp.NAME}": made.encode()}, warnings


def _compare(
    output: Path, fresh: Mapping[str, bytes], warnings: Iterable[Finding], *, with_diff: bool
) -> Outcome:
    present = _read_tree(output) if output.is_dir() else {}
    changed = sorted(name for name in {*present, *fresh} if present.get(name) != fresh.get(name))
    return Outcome(
        tuple(changed),
        "".join(_diff(name, present.get(name), fresh.get(name)) for name in changed if with_diff),
        tuple(warnings),
    )


def _diff(name: str, old: bytes | None, new: bytes | None) -> str:
    lines = difflib.unified_diff(
        (old or b"").decode("utf-8", "replace").splitlines(keepends=True),
        (new or b"").decode("utf-8", "replace").splitlines(keepends=True),
        f"present/{name}" if old is not None else "/dev/null",
        f"generated/{name}" if new is not None else "/dev/null",
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _read_tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not stamp.is_cache(path.relative_to(folder))
    }


def _refuse_file(output: Path) -> None:
    for path in (output, *output.parents):
        if path.exists():
            if not path.is_dir():
                raise GeneratorError(f"{shown_path(path)} is a file: name a folder with --output")
            return


def _refuse_foreign_files(old: stamp.Stamp | None, output: Path, package: str) -> None:
    _refuse_file(output)
    foreign = list(islice(stamp.foreign_files(old, output, package), _NAMED + 1))
    if not foreign:
        return
    where = shown_path(output)
    packages = [path.parent.name for path in sorted(output.glob(f"*/{stamp.NAME}"))]
    if packages and package not in packages:
        raise GeneratorError(
            f"{where} holds the client {packages[0]}, and generating replaces the whole folder: name another folder "
            "with --output, or remove this one first"
        )
    names = ", ".join(path.relative_to(output).as_posix() for path in foreign[:_NAMED])
    raise GeneratorError(
        f"{where} holds files that were not generated ({names}{' and more' if len(foreign) > _NAMED else ''}), and "
        "generating replaces the whole folder: move them elsewhere, or name another folder with --output"
    )
