"""The pages for people: the playground, what is readable of the description, and the description itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from huaweicloud_ocr_emulator.call_log import record_of

_MEDIA_TYPES: Final = {
    ".css": "text/css",
    ".gif": "image/gif",
    ".html": "text/html",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
"""What the package carries. Not from `mimetypes`, which asks the machine."""

_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' blob: data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)

_HEADERS: Final = {
    "Cache-Control": "no-cache",  # another version of the service may answer at the same address tomorrow
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def routes() -> list[Route]:
    """Return a route for each page and each file that one loads.

    There is an address for each file of the package and no other, so no request is ever made into a file name.
    """
    package = resources.files("huaweicloud_ocr_emulator")
    files = {f"/playground/{path}": file for path, file in _files(package / "playground")}
    files |= {f"/samples/{path}": file for path, file in _files(package / "samples")}
    files["/"] = files.pop("/playground/index.html")
    files["/docs"] = files.pop("/playground/docs.html")
    files["/openapi.json"] = package / "openapi.json"
    pages = [Route(address, _serve(file), methods=["GET"]) for address, file in files.items()]
    return [*pages, Route("/docs/", _to_docs, methods=["GET"])]


async def _to_docs(request: Request) -> Response:
    record_of(request).operation = "page"
    return RedirectResponse("/docs", 308, _HEADERS)


def _files(folder: Traversable, within: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry, f"{within}{entry.name}/")
        elif PurePosixPath(entry.name).suffix in _MEDIA_TYPES:
            yield within + entry.name, entry


def _serve(file: Traversable) -> Callable[[Request], Awaitable[Response]]:
    content = file.read_bytes()
    media_type = _MEDIA_TYPES[PurePosixPath(file.name).suffix]

    async def serve(request: Request) -> Response:
        record_of(request).operation = "page"
        return Response(content, media_type=media_type, headers=_HEADERS)

    return serve
