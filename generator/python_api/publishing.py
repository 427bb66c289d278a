"""What the record of a published version keeps of its client."""

from __future__ import annotations

import tempfile
from pathlib import Path

from generator.generate import generate
from generator.python_api.follow import API
from generator.python_api.snapshot import snapshot


def files(spec: Path, package: str, *, outside_references: bool = False) -> dict[str, bytes]:
    """Return what stands beside the document of a version in the record, by name: the public API of its client.

    The client is generated anew for it, so that it is what the description gives.

    Args:
        spec: Root file of the description.
        package: Name under which the package is imported.
        outside_references: Whether references may lead to files outside the folder of the description.

    Raises:
        FindingsError: There is no client of this description, or it breaks code and its version does not say so.
    """
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "client"
        generate(spec, output, package, outside_references=outside_references)
        return {API: snapshot(output / package).encode()}
