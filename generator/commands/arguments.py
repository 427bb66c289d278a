"""What may be typed after `python -m generator`."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final, TypeAlias

from generator.formats import Format
from generator.regenerating import OWN_PACKAGE, OWN_SPEC

_ROOT: Final = Path(__file__).resolve().parents[2]
_SPEC: Final = _ROOT / "openapi" / OWN_SPEC
_OUTPUT: Final = _ROOT / "generated_client"

_EXITS: Final = """\
exit codes:
  0    all is well, save for warnings
  1    the description has errors or cannot be read, or --check found a
       difference
  2    the command cannot be carried out, as when a file cannot be written
  130  interrupted with Ctrl-C; nothing was changed"""

_FORMATS: Final = """\
formats of findings, which go to standard output:
  text    one on a line: path:line:column: severity rule message [JSON pointer]
  json    {"version": 1, "errors": N, "warnings": N, "findings": [{"path",
          "line", "column", "severity", "rule", "message", "pointer"}, ...]}
  github  workflow commands, shown beside the lines of a pull request
  sarif   SARIF 2.1.0, for code scanning and editors
With another format than text, all else goes to standard error."""

_DIFF: Final = """\
OLD and NEW are each one of
  a file       or a folder that holds one, such as that of a version of a site
  a version    that was published of the description, such as 1.0.0
  a revision   of the description in git, such as main~3, v1.0 or a branch

verdicts, on what a change does to a consumer of OLD:
  breaking       demands a major step of the version
  may-break      depends on the consumer; a major step, unless consumers were
                 told to expect it
  compatible     a minor step
  documentation  only words changed; a patch

formats of changes, which go to standard output:
  text      one on a line: path:line:column: verdict direction step rule
            message (operations) [JSON pointer, was pointer in OLD]
  markdown  a heading for each verdict and a list below it
  json      {"version": 1, "step", "verdict", "changes": [{"verdict",
            "direction", "step", "rule", "message", "pointer", "old_pointer",
            "subject", "operations", "path", "line", "column"}, ...]}
The direction is request, response or both."""

_DIFF_EXITS: Final = """\
exit codes:
  0    told what changed, or that nothing did; the gate is passed
  1    there is such a change as --fail-on names, the gate is not passed, or a
       description has errors or cannot be read
  2    the command cannot be carried out, as when there is no such revision
  130  interrupted with Ctrl-C; nothing was changed"""

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Return the command and its options; ends the process with 2 and a usage line if they make no sense."""
    parser = argparse.ArgumentParser(
        prog="python -m generator",
        description="From an OpenAPI description to everything that follows from it.",
        epilog=f"example: python -m generator check --watch\n\n{_EXITS}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND", dest="command")
    _add_check(commands)
    _add_bundle(commands)
    _add_generate(commands)
    _add_diff(commands)
    _add_publish(commands)
    _add_explain(commands)
    options, others = parser.parse_known_args(
        _spelt(parser, commands, sys.argv[1:] if arguments is None else arguments)
    )
    command = commands.choices[options.command]
    if others:
        command.error(_too_many(command, options.command, others))
    if options.command == "generate":
        _say_where(command, options)
    if options.command == "publish":
        # Of another description nobody knows what its client is called.
        options.package = OWN_PACKAGE if options.spec.resolve() == _SPEC else None
    is_for_programs = getattr(options, "layout", "text") == "json"
    options.format = Format.JSON if is_for_programs else Format(getattr(options, "format", Format.TEXT))
    _refuse_contradictions(command, options)
    return options


def _add_check(commands: _Commands) -> None:
    check = _command(
        commands,
        "check",
        "find what is wrong with a description",
        ["check openapi/openapi.yaml", "check --watch", "check --format sarif > findings.sarif"],
        _FORMATS,
    )
    _add_spec(check)
    _add_findings(check)
    _add_outside(check)


def _add_bundle(commands: _Commands) -> None:
    bundle = _command(
        commands,
        "bundle",
        "write a description as one self-contained file",
        ["bundle --output build/openapi.json"],
    )
    _add_spec(bundle)
    bundle.add_argument(
        "--output", type=Path, required=True, metavar="FILE", help="where to write it: a .yaml or .json file"
    )
    bundle.add_argument(
        "--check", action="store_true", help="write nothing, and exit with 1 when FILE is not up to date"
    )
    _add_outside(bundle)


def _add_generate(commands: _Commands) -> None:
    generate = _command(
        commands,
        "generate",
        "generate the client of a description",
        ["generate --spec api.yaml --output client --package my_api", "generate --watch"],
        _FORMATS,
    )
    generate.add_argument(
        "--spec", type=Path, default=_SPEC, metavar="FILE", help=_default("root file", _SPEC)
    )
    generate.add_argument(
        "--output",
        type=Path,
        metavar="DIR",
        help=f"{_default('folder of the distribution', _OUTPUT)}; to be given with --spec",
    )
    generate.add_argument(
        "--package",
        metavar="NAME",
        help=f"name to import it by (default: {OWN_PACKAGE}); to be given with --spec",
    )
    generate.add_argument(
        "--check",
        action="store_true",
        help="write nothing, print what would change, and exit with 1 if anything would",
    )
    _add_findings(generate)
    generate.add_argument(
        "--allow-partial",
        action="store_true",
        help="leave out what cannot be expressed, with a warning and a list in the client's README",
    )
    _add_outside(generate)


def _add_diff(commands: _Commands) -> None:
    diff = _command(
        commands,
        "diff",
        "tell those who build on a description what changes for them",
        ["diff", "diff 1.0.0 --format markdown", "diff --fail-on breaking", "diff --gate"],
        _DIFF,
        _DIFF_EXITS,
    )
    diff.add_argument(
        "old", nargs="?", metavar="OLD", help="document before (default: the version that was published last)"
    )
    diff.add_argument(
        "new", nargs="?", metavar="NEW", help="document after (default: the description as it is)"
    )
    diff.add_argument(
        "--spec",
        type=Path,
        default=_SPEC,
        metavar="FILE",
        help=_default("root file of the description whose versions and revisions are meant", _SPEC),
    )
    diff.add_argument(
        "--format",
        dest="layout",
        choices=["text", "markdown", "json"],
        default="text",
        metavar="FORMAT",
        help="how changes are written: text, markdown, json (default: text)",
    )
    diff.add_argument(
        "--fail-on",
        choices=["breaking", "may-break"],
        metavar="VERDICT",
        help="exit with 1 when there is such a change, or a worse one: breaking, may-break",
    )
    diff.add_argument(
        "--gate",
        action="store_true",
        help="exit with 1 when `info.version` or CHANGELOG.md do not match what changed since the last published "
        "version, and say what to write",
    )
    _add_outside(diff)


def _add_publish(commands: _Commands) -> None:
    publish = _command(
        commands,
        "publish",
        "publish a description as a version on a site of its own",
        ["publish --output build/site", "publish --output build/preview --no-record"],
    )
    publish.add_argument(
        "--spec", type=Path, default=_SPEC, metavar="FILE", help=_default("root file", _SPEC)
    )
    publish.add_argument(
        "--output",
        type=Path,
        required=True,
        metavar="DIR",
        help="folder of the site, as it was published last, or a new one; versions in it stay as they are",
    )
    publish.add_argument(
        "--base-url",
        metavar="URL",
        help="address at which the site will stand, after which its schemas are named",
    )
    publish.add_argument(
        "--no-record",
        action="store_false",
        dest="record",
        help="do not record the version beside the description: to look at a site, in a folder of its own, before "
        "anything is published",
    )
    _add_outside(publish)


def _add_explain(commands: _Commands) -> None:
    explain = _command(
        commands,
        "explain",
        "tell what a finding means, or list all rules and rewrites",
        ["explain duplicate-key", "explain"],
    )
    explain.add_argument(
        "identifier", nargs="?", metavar="ID", help="a rule, a finding or a rewrite (default: list them all)"
    )
    explain.add_argument(
        "--spec",
        type=Path,
        default=_SPEC,
        metavar="FILE",
        help=_default("description whose rules.yaml tells how severe a rule is", _SPEC),
    )


def _command(
    commands: _Commands, name: str, about: str, examples: list[str], more: str = "", exits: str = _EXITS
) -> argparse.ArgumentParser:
    lines = "\n".join(f"  python -m generator {example}" for example in examples)
    return commands.add_parser(
        name,
        help=about,
        description=f"{about[0].upper()}{about[1:]}.",
        epilog="\n\n".join(part for part in (f"examples:\n{lines}", more, exits) if part),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def _add_spec(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "spec", nargs="?", type=Path, default=_SPEC, metavar="SPEC", help=_default("root file", _SPEC)
    )


def _add_outside(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--allow-outside-references",
        action="store_true",
        help="follow references to files outside the folder of the description; only for one that you trust",
    )


def _add_findings(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format",
        choices=[form.value for form in Format],
        default=Format.TEXT.value,
        metavar="FORMAT",
        help=f"how findings are written: {', '.join(Format)} (default: {Format.TEXT})",
    )
    command.add_argument(
        "--watch", action="store_true", help="do it again whenever a file of the description is saved"
    )


def _spelt(parser: argparse.ArgumentParser, commands: _Commands, arguments: list[str]) -> list[str]:
    """Return the arguments; end the process if the command among them is misspelt or missing."""
    known = ", ".join(commands.choices)
    if not arguments:
        parser.print_help(sys.stderr)
        parser.exit(2)
    first = arguments[0]
    if first in commands.choices or first in {"-h", "--help"}:
        return arguments
    if first.startswith("-"):
        return parser.error(f"{first} stands before the command: begin with one of {known}")
    meant = _nearest(first, commands.choices)
    return parser.error(
        f"there is no command {first}: {f'did you mean {meant}?' if meant else f'there are {known}'}"
    )


def _too_many(command: argparse.ArgumentParser, name: str, others: list[str]) -> str:
    flags = [other.partition("=")[0] for other in others if other.startswith("-")]
    if flags:
        known = re.findall(r"--[a-z-]+", command.format_usage())
        meant = [found for flag in flags if (found := _nearest(flag, known))]
        hint = f": did you mean {' and '.join(meant)}?" if meant else ""
        return f"{name} has no option {' and no '.join(flags)}{hint}"
    what = "options say what it works on" if name == "generate" else "it works on one, so run it for each"
    what = "it compares two" if name == "diff" else what
    return f"{' '.join(others)} is more than {name} takes: {what}"


def _nearest(name: str, names: Iterable[str]) -> str | None:
    from generator.spelling import nearest  # not for those who spell well

    return nearest(name, names)


def _say_where(command: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Fill in where the client of this repository goes; that of another description must not take its place."""
    lacking = [f"--{name}" for name in ("output", "package") if getattr(options, name) is None]
    if lacking and options.spec.resolve() != _SPEC:
        command.error(
            f"{options.spec} is another description than this repository's: name the folder and the package of its "
            f"client with {' and '.join(lacking)}"
        )
    options.output = _OUTPUT if options.output is None else options.output
    options.package = OWN_PACKAGE if options.package is None else options.package


def _refuse_contradictions(command: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    if getattr(options, "gate", False) and (options.old or options.fail_on or options.layout != "text"):
        command.error(
            "--gate compares the description with the last published version, and tells people: "
            "leave out OLD, NEW, --fail-on and --format"
        )
    if not getattr(options, "watch", False):
        return
    if getattr(options, "check", False):
        command.error("--watch and --check exclude each other: the one writes on each save, the other never")
    if options.format in (Format.JSON, Format.SARIF):
        command.error(
            f"--watch has no end, so that it cannot write one {options.format} document: leave one out"
        )


def _default(about: str, path: Path) -> str:
    return f"{about} (default: {path.relative_to(_ROOT)})"
