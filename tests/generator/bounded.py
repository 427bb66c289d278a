"""The generator in processes with limited memory and time, each a copy of one that has imported it already."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import attrs

from .project import ROOT

MEMORY: Final = 2 * 1024**3
"""Address space of a process in bytes. A run on an ordinary description takes a tenth of it."""

SECONDS: Final = 120
"""When a process counts as endless. The slowest case takes a twentieth of it; nothing here is about being fast."""

# Reads a task a line: the generator's arguments, or the folder and name of a package to import; and where to print.
_PARENT: Final = """
import json, os, resource, signal, sys, warnings
from generator import check, cli, format, generate, render, understand
import attrs, httpx, msgspec
memory, seconds = int(sys.argv[1]), int(sys.argv[2])
for line in sys.stdin:
    task = json.loads(line)
    child = os.fork()
    if child:
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        continue
    signal.alarm(seconds)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    printed = os.open(task["printed"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(printed, 1)
    os.dup2(printed, 2)
    code = 1
    try:
        if "package" in task:
            sys.dont_write_bytecode = True
            warnings.simplefilter("error")
            sys.path.insert(0, task["folder"])
            __import__(task["package"])
            code = 0
        else:
            code = cli.main(task["arguments"])
    except BaseException as problem:
        sys.excepthook(type(problem), problem, problem.__traceback__)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
"""


@attrs.frozen
class Ended:
    """How a process ended.

    Attributes:
        code: Its exit code, or minus the number of the signal that ended it.
        printed: What it printed.
    """

    code: int
    printed: str


class Bounded:
    """Starts such processes, one at a time."""

    def __init__(self) -> None:
        self._parent = subprocess.Popen(
            [sys.executable, "-c", _PARENT, str(MEMORY), str(SECONDS)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def generate(self, *arguments: str) -> Ended:
        """Run `python -m generator generate` with these arguments."""
        return self._run({"arguments": ["generate", *arguments]})

    def imported(self, folder: Path, package: str) -> Ended:
        """Import a package, with every warning as an error."""
        return self._run({"folder": str(folder), "package": package})

    def close(self) -> None:
        """End the process that the others are copies of."""
        with self._parent:
            assert self._parent.stdin is not None
            self._parent.stdin.close()

    def _run(self, task: dict[str, object]) -> Ended:
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        with tempfile.TemporaryDirectory() as folder:
            printed = Path(folder) / "printed"
            self._parent.stdin.write(json.dumps({**task, "printed": str(printed)}) + "\n")
            self._parent.stdin.flush()
            code = int(self._parent.stdout.readline())
            return Ended(code, printed.read_text(encoding="utf-8"))
