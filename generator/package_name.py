"""Under which names a package can be imported without hiding another one."""

from __future__ import annotations

import keyword
import re
import sys
from typing import Final

from generator.errors import GeneratorError

OF_CLIENTS: Final = frozenset(
    {
        # What every generated package imports, as its pyproject.toml says, and what those import in turn.
        *("attr", "attrs", "httpx", "imagesize", "msgspec", "pybase64"),
        *("anyio", "certifi", "h11", "httpcore", "idna", "sniffio", "typing_extensions"),
        # What its fixture needs.
        "pytest",
        # Where they are installed, httpx imports these too.
        *("h2", "hpack", "hyperframe", "pygments", "rich", "socksio"),
        *("outcome", "sortedcontainers", "trio"),
        # The command line needs these, and imports what they need; httpx imports them too where they are installed.
        *("click", "markdown_it", "mdurl", "PIL", "pygments", "rich"),
    }
)

_LONGEST: Final = 100
"""Characters of the longest name, so that the paths of files stay below what systems allow."""

# Python has these too, though it does not list them among its modules.
_OF_PYTHON: Final = sys.stdlib_module_names | {"__main__", "test"}


def require_usable_name(package: str) -> None:
    """Refuse a name that Python cannot import, or that belongs to another module.

    Raises:
        GeneratorError: The name is not to be used; the text says why and what to do.
    """
    if not (package.isidentifier() and package.isascii()) or keyword.iskeyword(package):
        plain = re.sub(r"\W+", "_", package, flags=re.ASCII).strip("_")
        raise GeneratorError(
            f"{package!r} is not a name that Python can import: use letters, digits and _"
            + (f", such as {plain}" if plain.isidentifier() and not keyword.iskeyword(plain) else "")
        )
    if package in _OF_PYTHON or package in OF_CLIENTS:
        whose = "Python's own" if package in _OF_PYTHON else "one that the package needs"
        raise GeneratorError(
            f"a package named {package!r} would hide the module {package}, which is {whose}: "
            f"name it otherwise with --package, such as {package.strip('_')}_client"
        )
    if len(package) > _LONGEST or package.strip("_") != package:
        raise GeneratorError(
            f"{package!r} cannot be the name of a distribution: begin and end it with a letter or digit, in at most "
            f"{_LONGEST} characters"
        )
