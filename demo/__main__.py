"""`python -m demo`: recognise the sample pictures, or pictures of your own."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Final

from huaweicloud_ocr import Client, TokenAuth
from huaweicloud_ocr._runtime.cli.annotate import AnnotationError, copies

from .jobs import jobs_of
from .recognise import recognise
from .service import ServiceError, ServiceLog, running_service

_OUTPUT: Final = Path(__file__).resolve().parents[1] / "build" / "demo"
_PROJECT_ID: Final = "0123456789abcdef0123456789abcdef"


def main() -> int:
    """Recognise pictures with the local service and say what they hold.

    Returns:
        The exit status: 0, or 1 when a picture could not be recognised or its text is not what it should be.
    """
    options = _options()
    try:
        return 0 if _run(options) else 1
    except (AnnotationError, OSError, ServiceError) as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m demo", description="Recognise the sample pictures, or your own."
    )
    for option, what in (("--handwriting", "with handwriting"), ("--web-image", "from the web")):
        parser.add_argument(
            option,
            nargs="+",
            action="extend",
            type=Path,
            default=[],
            metavar="PICTURE",
            help=f"pictures {what}",
        )
    parser.add_argument(
        "--output", type=Path, default=_OUTPUT, metavar="DIR", help="where annotated pictures go"
    )
    return parser.parse_args()


def _run(options: argparse.Namespace) -> bool:
    jobs = jobs_of(options.handwriting, options.web_image)
    annotated = copies([str(job.picture) for job in jobs], options.output)
    print("Starting the local service…", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        log = ServiceLog(Path(folder) / "service.log")
        with (
            running_service(log=log.path) as endpoint,
            Client(endpoint=endpoint, project_id=_PROJECT_ID, auth=TokenAuth("any")) as client,
        ):
            print(f"It listens on {endpoint}\n", flush=True)
            results = [recognise(client, job, copy, log) for job, copy in zip(jobs, annotated, strict=True)]
    return all(results)


if __name__ == "__main__":
    sys.exit(main())
