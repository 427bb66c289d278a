"""How log lines look: for people, or as JSON."""

from __future__ import annotations

import logging
import sys

from huaweicloud_ocr_emulator.settings import Settings


def start_log(settings: Settings) -> None:
    """Send the log to standard error, as the settings say."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(settings))
    logging.basicConfig(handlers=[handler])
    # Of the libraries only warnings: what they say otherwise includes URLs and what stands in pictures.
    logging.getLogger().setLevel(max(logging.WARNING, getattr(logging, settings.log_level.upper())))
    logging.getLogger("huaweicloud_ocr_emulator").setLevel(settings.log_level.upper())


class _Lines(logging.Formatter):
    """Lines for people; words that were recognised follow on lines of their own, each under the call's identifier."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the lines of a record."""
        # Members of a JSON line are attributes of the record.
        words: str = getattr(record, "words", "")
        request_id: str = getattr(record, "request_id", "")
        return "\n".join((super().format(record), *(f"{request_id}: {line}" for line in words.splitlines())))


def formatter(settings: Settings) -> logging.Formatter:
    """Return what makes the lines that the settings ask for."""
    if settings.log_format == "console":
        return _Lines("%(asctime)s %(levelname)s %(message)s")
    from pythonjsonlogger.json import JsonFormatter

    return JsonFormatter(
        "%(asctime)s %(levelname)s %(message)s",
        datefmt="%Y-%m-%dT%H:%M:%S%z",
        rename_fields={"asctime": "time", "levelname": "level"},
        json_ensure_ascii=False,
    )
