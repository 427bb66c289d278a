"""What the description says about itself."""

from __future__ import annotations

import re

from generator.bundle import Bundle
from generator.findings import quoted
from generator.rules.registry import Breaches, house_rule
from generator.rules.view import mapping

_NUMBER = r"(0|[1-9][0-9]*)"
_LABEL = r"(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
_SEMANTIC_VERSION = re.compile(
    rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}"
    rf"(-{_LABEL}(\.{_LABEL})*)?"  # what comes before it, such as -rc.1
    r"(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?"  # how it was built
)


@house_rule("semantic-version")
def semantic_version(bundle: Bundle) -> Breaches:
    """`info.version` is a semantic version: users read from it whether a change can break their code."""
    version = mapping(bundle.document, "info").get("version")
    if isinstance(version, str) and not _SEMANTIC_VERSION.fullmatch(version):
        yield "/info/version", f"{quoted(version)} is no semantic version, such as 1.0.0 or 1.1.0-rc.1"
