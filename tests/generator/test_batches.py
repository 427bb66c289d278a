"""Which packages can run batches, and of what."""

from __future__ import annotations

import asyncio
import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from .corpus.documents import documents
from .corpus.packages import Packages

DOCUMENTS = {document.name: document for document in documents()}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Packages:
    """Packages of the documents, each generated when it is first asked for."""
    return Packages(tmp_path_factory.mktemp("batches"))


def batches(package: ModuleType) -> Any:
    """The module of a package that runs batches."""
    return importlib.import_module(f"{package.__name__}.batch")


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("bodies/binary", {"put_blob": ("body", False, None)}),
        ("bodies/multipart", {"upload_photo": ("photo", False, None)}),
        ("scalars/content_encoding", {"send_fax": ("page", True, 8)}),
    ],
)
def test_operations_about_a_file(packages: Packages, document: str, expected: dict[str, Any]) -> None:
    """An operation whose body is a file, or has just one, can be run as a batch."""
    targets = batches(packages.of(DOCUMENTS[document])).TARGETS
    found = {
        name: (target.file, target.encoded, target.max_base64_length) for name, target in targets.items()
    }
    assert found == expected


@pytest.mark.parametrize("document", ["bodies/json_object", "bodies/multipart_list"])
def test_packages_without_such_operations(packages: Packages, document: str) -> None:
    """A package without them has nothing of batches."""
    packages.of(DOCUMENTS[document])
    root = packages.distribution(DOCUMENTS[document]) / DOCUMENTS[document].package
    assert not [path for path in root.rglob("*batch*") if "__pycache__" not in path.parts]


def test_files_of_any_kind(packages: Packages, tmp_path: Path) -> None:
    """Where the description has no formats all files of a folder are sent, each as it is, under its own name."""
    package = packages.of(DOCUMENTS["bodies/multipart"])
    bodies: list[bytes] = []

    def note(request: httpx.Request) -> httpx.Response:
        bodies.append(request.content)
        return httpx.Response(204)

    for name in ("a.raw", "b"):
        (tmp_path / name).write_bytes(f"content of {name}".encode())
    results = tmp_path / "out.jsonl"

    async def run() -> list[Any]:
        transport = httpx.AsyncClient(transport=httpx.MockTransport(note))
        async with (
            transport,
            package.AsyncClient(endpoint="http://x.example", http_client=transport) as client,
        ):
            module = batches(package)
            found = module.run(client.upload_photo, tmp_path, results=results, year=2026)
            return [outcome async for outcome in found]

    outcomes = asyncio.run(run())
    assert sorted(Path(outcome.source).name for outcome in outcomes) == ["a.raw", "b"]
    assert all(outcome.ok and outcome.result is None for outcome in outcomes)
    for name in ("a.raw", "b"):
        assert any(
            f'filename="{name}"'.encode() in body and f"content of {name}".encode() in body for body in bodies
        )
