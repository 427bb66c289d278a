"""The command line: `python -m generator check | bundle | generate`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from generator.errors import FindingsError, GeneratorError

if TYPE_CHECKING:
    from generator.findings import Finding

_ROOT: Final = Path(__file__).resolve().parents[1]
_SPEC: Final = _ROOT / "openapi" / "openapi.yaml"
_OUTPUT: Final = _ROOT / "generated_client"
_PACKAGE: Final = "huaweicloud_ocr"

_EXITS: Final = (
    "exit codes: 0 all is well; 1 findings, or a difference with --check; 2 the command cannot be carried out"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command and return its exit code."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except FindingsError as error:
        _print_findings(error.findings)
        return 1
    except GeneratorError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has seen enough
        return 2
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        print(f"error: cannot read or write{where}: {error.strerror or error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted; nothing was changed", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m generator",
        description="From the OpenAPI description to everything that follows from it.",
        epilog=_EXITS,
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    check = _command(
        commands,
        "check",
        _check,
        "find what is wrong with a description",
        "python -m generator check openapi/openapi.yaml",
    )
    check.add_argument(
        "spec", nargs="?", type=Path, default=_SPEC, metavar="SPEC", help=_default("root file", _SPEC)
    )

    bundle = _command(
        commands,
        "bundle",
        _bundle,
        "write a description as one self-contained file",
        "python -m generator bundle --output build/openapi.json",
    )
    bundle.add_argument(
        "spec", nargs="?", type=Path, default=_SPEC, metavar="SPEC", help=_default("root file", _SPEC)
    )
    bundle.add_argument(
        "--output", type=Path, required=True, metavar="FILE", help="where to write it: a .yaml or .json file"
    )
    bundle.add_argument(
        "--check", action="store_true", help="write nothing, and exit with 1 when FILE is not up to date"
    )

    generate = _command(
        commands,
        "generate",
        _generate,
        "generate the client of a description",
        "python -m generator generate --spec api.yaml --output client --package my_api",
    )
    generate.add_argument(
        "--spec", type=Path, default=_SPEC, metavar="FILE", help=_default("root file", _SPEC)
    )
    generate.add_argument(
        "--output",
        type=Path,
        default=_OUTPUT,
        metavar="DIR",
        help=_default("folder of the distribution", _OUTPUT),
    )
    generate.add_argument(
        "--package", default=_PACKAGE, metavar="NAME", help=f"name to import it by (default: {_PACKAGE})"
    )
    generate.add_argument(
        "--check",
        action="store_true",
        help="write nothing, print what would change, and exit with 1 if anything would",
    )
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    about: str,
    example: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(
        name,
        help=about,
        description=f"{about[0].upper()}{about[1:]}.",
        epilog=f"example: {example}\n\n{_EXITS}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(run=run)
    return command


def _default(about: str, path: Path) -> str:
    return f"{about} (default: {path.relative_to(_ROOT)})"


def _check(options: argparse.Namespace) -> int:
    from generator.check import check
    from generator.findings import Severity

    findings = check(options.spec)
    _print_findings(findings)
    if not findings:
        print(f"{_shown(options.spec)}: no findings")
    return 1 if any(finding.severity is Severity.ERROR for finding in findings) else 0


def _bundle(options: argparse.Namespace) -> int:
    from generator.bundle import bundle, dump
    from generator.document import Document

    output: Path = options.output
    if output.suffix not in {".yaml", ".yml", ".json"}:
        raise GeneratorError(f"{output}: the name has to end in .yaml or .json, which tells the format")
    text = dump(bundle(Document.load(options.spec)).document, output.suffix)
    present = output.read_text(encoding="utf-8") if output.is_file() else None
    if options.check:
        if present != text:
            print(
                f"{output} is not what `python -m generator bundle --output {output}` writes: run it",
                file=sys.stderr,
            )
        return int(present != text)
    if present != text:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8", newline="\n")
    print(f"{output}: {'unchanged' if present == text else 'written'}")
    return 0


def _generate(options: argparse.Namespace) -> int:
    from generator.generate import compare, generate

    if options.check:
        outcome = compare(options.spec, options.output, options.package)
        sys.stdout.write(outcome.diff)
        if outcome.changed:
            print(
                f"{_shown(options.output)}: {_count(outcome.changed)} would change: run `python -m generator generate`",
                file=sys.stderr,
            )
        return int(bool(outcome.changed))
    outcome = generate(options.spec, options.output, options.package)
    for name in outcome.changed:
        print(f"  {_shown(options.output / name)}")
    print(
        f"{_shown(options.output)}: {f'{_count(outcome.changed)} changed' if outcome.changed else 'unchanged'}"
    )
    return 0


def _shown(path: Path) -> Path:
    """Return a path as a person at this prompt would type it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _count(names: Sequence[str]) -> str:
    return f"{len(names)} file{'' if len(names) == 1 else 's'}"


def _print_findings(findings: Iterable[Finding]) -> None:
    for finding in findings:
        print(finding)
