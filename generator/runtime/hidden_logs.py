"""Values of headers that the log of the HTTP library must not tell."""

from __future__ import annotations

import logging
import re
from typing import Final

_LOGGERS: Final = ("httpcore.http11", "httpcore.http2", "hpack.hpack", "hpack.table")
"""What logs the headers of requests or answers, at the level DEBUG."""


class _HiddenHeader(logging.Filter):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.header = name.lower()
        value = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
        self._pattern = re.compile(rf"""(['"]{re.escape(self.header)}['"], b?){value}""", re.IGNORECASE)

    def filter(self, record: logging.LogRecord) -> bool:
        """Let each record pass, without the value."""
        text = record.getMessage()
        if self.header in text.lower():
            record.msg, record.args = self._pattern.sub(r"\1'<hidden>'", text), None
        return True


def hide(name: str) -> None:
    """Keep the value of a header out of the log of the HTTP library, from now on."""
    for logger in map(logging.getLogger, _LOGGERS):
        known = {found.header for found in logger.filters if isinstance(found, _HiddenHeader)}
        if name.lower() not in known:
            logger.addFilter(_HiddenHeader(name))
