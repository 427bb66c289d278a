"""The command that makes a client anew, which the first line of each of its files names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

OWN_SPEC: Final = "openapi.yaml"
OWN_PACKAGE: Final = "huaweicloud_ocr"
"""Names that need not be typed, for those of this repository are the default."""

_PLAIN: Final = re.compile(r"\w[\w.-]*", re.ASCII)


def command(spec: str, package: str, sources: Iterable[str] = (), *, partial: bool = False) -> str:
    """Return what to type, the same wherever the description and the client lie.

    Args:
        spec: Name of the root file.
        package: Name of the package.
        sources: Files of the description by their path from the folder of the root file.
        partial: Whether the client lacks something.
    """
    words = ["python -m generator generate"]
    if (spec, package) != (OWN_SPEC, OWN_PACKAGE):
        # A name from elsewhere stands in comments of code, so that it may not be more than a name.
        file = spec if _PLAIN.fullmatch(spec) else "FILE"
        words.append(f"--spec {file} --output DIR --package {package}")
    if partial:
        words.append("--allow-partial")
    if any(name.startswith("../") for name in sources):
        words.append("--allow-outside-references")
    return " ".join(words)
