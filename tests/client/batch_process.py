"""A process that runs a batch, as the command line does: it may be stopped and killed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from huaweicloud_ocr import AsyncClient, TokenAuth
from huaweicloud_ocr._runtime.cli.batch import run_batch


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sources", nargs="+")
    parser.add_argument("--endpoint", required=True)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--concurrency", type=int, default=8)
    parser.add_argument("--retry-failed", default="retryable")
    parser.add_argument("--char-set")
    options = parser.parse_args()
    arguments: dict[str, Any] = {} if options.char_set is None else {"char_set": options.char_set}
    return run_batch(
        "recognize_handwriting",
        options.sources,
        open_client=lambda: AsyncClient(
            endpoint=options.endpoint, project_id="project-1", auth=TokenAuth("token-1")
        ),
        results=options.results,
        concurrency=options.concurrency,
        retry_failed=options.retry_failed,
        arguments=arguments,
    )


if __name__ == "__main__":
    sys.exit(main())
