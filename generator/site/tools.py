"""What a site takes from other projects: the page to try an API on, and the converter for Postman."""

from __future__ import annotations

import json
import re
from typing import Any, Final, Protocol

from generator import node
from generator.errors import GeneratorError
from generator.plain import is_list, is_mapping
from generator.site.collection import complete

_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_IDENTIFIERS: Final = ("id", "_postman_id")


class Tools(Protocol):
    """What makes the parts of a site that Python has no library for."""

    def reference_script(self) -> bytes:
        """Return the script of the interactive reference."""
        ...

    def collection(self, document: dict[str, Any]) -> dict[str, Any]:
        """Return a bundled document as a Postman collection."""
        ...


class NodeTools:
    """Those of npm's registry, in the versions that `generator/node` lists."""

    def reference_script(self) -> bytes:
        """Return the script of the interactive reference.

        Raises:
            GeneratorError: It cannot be fetched.
        """
        return node.alone("@scalar/api-reference").read_bytes()

    def collection(self, document: dict[str, Any]) -> dict[str, Any]:
        """Return a bundled document as a Postman collection.

        Raises:
            GeneratorError: The converter cannot be fetched, or does not take the document.
        """
        done = node.run("postman.mjs", stdin=json.dumps(document))
        if done.returncode != 0:
            said = " ".join(done.stderr.split())[:400]
            raise GeneratorError(f"no Postman collection can be made of the description: {said}")
        collection: dict[str, Any] = without_identifiers(json.loads(done.stdout))
        return complete(collection, document)


def without_identifiers(value: Any) -> Any:
    """Leave out the identifiers that the converter makes at random; Postman gives its own where there are none."""
    if is_mapping(value):
        return {
            name: without_identifiers(member)
            for name, member in value.items()
            if not (name in _IDENTIFIERS and isinstance(member, str) and _UUID.fullmatch(member))
        }
    return [without_identifiers(item) for item in value] if is_list(value) else value
