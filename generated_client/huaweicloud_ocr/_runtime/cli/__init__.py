"""The command line of a package: ordinary Python over a table that is generated from the description.

click reads the arguments: its commands are objects that can be made of a table while the program runs, it completes in
shells, and it takes 30 ms to import. rich draws tables on terminals, Pillow boxes into pictures; each is imported only
where it is needed. All three come with the extra `cli`.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import Final

from .table import Program

__all__ = ["main"]

_NOT_SET_UP: Final = 3
_INTERRUPTED: Final = 130


def main(program: Program) -> int:
    """Run the command line with the arguments of this process.

    Returns:
        The exit code.
    """
    missing = [name for name in ("click", "rich", "PIL") if find_spec(name) is None]
    if missing:
        print(
            f"{program.name}: the command line needs more packages: pip install '{program.name}[cli]'",
            file=sys.stderr,
        )
        return _NOT_SET_UP
    try:
        from .run import run

        return run(program, sys.argv[1:])
    except KeyboardInterrupt:
        return _INTERRUPTED
