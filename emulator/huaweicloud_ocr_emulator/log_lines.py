"""How log lines look: for people, or as JSON."""

from __future__ import annotations

import logging
import sys

from huaweicloud_ocr_emulator.settings import Settings


def start_log(settings: Settings) -> None:
    """Send the log to standard error, as the settings say."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(settings))
    logging.basicConfig(handlers=[handler])
    # Of the libraries only warnings: what they say otherwise includes URLs and what stands in pictures.
    logging.getLogger().setLevel(max(logging.WARNING, getattr(logging, settings.log_level.upper())))
    logging.getLogger("huaweicloud_ocr_emulator").setLevel(settings.log_level.upper())


def _formatter(settings: Settings) -> logging.Formatter:
    if settings.log_format == "console":
        return logging.Formatter("%(asctime)s %(levelname)s %(message)s")
    from pythonjsonlogger.json import JsonFormatter

    return JsonFormatter(
        "%(asctime)s %(levelname)s %(message)s",
        datefmt="%Y-%m-%dT%H:%M:%S%z",
        rename_fields={"asctime": "time", "levelname": "level"},
        json_ensure_ascii=False,
    )
