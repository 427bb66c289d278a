"""A virtual environment for each way to call the service, with what it needs and nothing else.

What else is installed counts: beside rich and click, `import httpx` also imports its command line.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from importlib.metadata import distributions
from pathlib import Path
from typing import Final

import attrs

from measured import FailedError

ROOT: Final = Path(__file__).resolve().parents[1]
PEERS: Final = Path(__file__).resolve().parent / "peers"
CLIENT: Final = ROOT / "generated_client"
SDK: Final = "huaweicloudsdkocr==3.1.219"


@attrs.frozen
class Environment:
    """A Python with the libraries of one peer."""

    folder: Path

    @property
    def python(self) -> list[str]:
        """Command of the interpreter, which takes nothing from the environment variables or the user's packages."""
        scripts, suffix = ("Scripts", ".exe") if sys.platform == "win32" else ("bin", "")
        return [str(self.folder / scripts / f"python{suffix}"), "-E", "-s"]

    def install(self, needed: Sequence[str], constraints: Path) -> None:
        """Make the environment, with the versions that the one of the benchmark has too.

        Raises:
            FailedError: A command ended with an error.
        """
        uv = shutil.which("uv")
        if uv:
            _run(uv, "venv", "--quiet", "--python", sys.executable, str(self.folder))
            install = [uv, "pip", "install", "--quiet", "--python", self.python[0]]
        else:
            _run(sys.executable, "-m", "venv", str(self.folder))
            install = [*self.python, "-m", "pip", "install", "--quiet"]
        _run(*install, "--constraint", str(constraints), *needed)

    def add(self, package: Path, name: str) -> None:
        """Copy a package into the environment, and compile all that is in it as an installer does."""
        code = "import sysconfig; print(sysconfig.get_path('purelib'))"
        packages = Path(_run(*self.python, "-c", code).strip())
        shutil.copytree(package, packages / name, ignore=shutil.ignore_patterns("__pycache__"))

    def compile(self) -> None:
        """Compile all modules, so that no first import does."""
        # Some packages carry files that are no Python of this version; nobody imports them.
        subprocess.run(
            [*self.python, "-m", "compileall", "-q", "-j0", str(self.folder / "lib")],
            check=False,
            capture_output=True,
        )


def make(folder: Path, stock: Path) -> dict[str, Environment]:
    """Make all environments below a folder, and return them by the names of the modules in `peers`.

    Args:
        folder: Where they are made.
        stock: The package that the stock generator made.
    """
    constraints = folder / "constraints.txt"
    found = {item.name: item.version for item in distributions() if not item.name.startswith("huaweicloud")}
    constraints.write_text("\n".join(f"{name}=={version}" for name, version in found.items()))
    project = tomllib.loads((CLIENT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {
        "ours": project["dependencies"],
        "operator_sdk": [SDK],
        "stock": ["attrs", "httpx", "python-dateutil"],
        "bare_httpx": ["httpx"],
        "raw_socket": ["orjson", "pybase64"],
    }
    environments = {name: Environment(folder / name) for name in needed}
    for name, environment in environments.items():
        environment.install(needed[name], constraints)
    environments["ours"].add(CLIENT / "huaweicloud_ocr", "huaweicloud_ocr")
    environments["stock"].add(stock, "stock_client")
    for environment in environments.values():
        environment.compile()
    return environments


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise FailedError(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout
