"""A copy of the project's description to change, and clients generated from it to use."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs

from generator.generate import Outcome, compare, generate

ROOT = Path(__file__).resolve().parents[2]


@attrs.frozen
class Project:
    """A description below `folder` and the client that is generated from it."""

    folder: Path
    package: str = "huaweicloud_ocr"

    @classmethod
    def copy(cls, folder: Path) -> Project:
        """Copy the description of this repository."""
        shutil.copytree(ROOT / "openapi", folder / "openapi")
        return cls(folder)

    @property
    def spec(self) -> Path:
        """Root file of the description."""
        return self.folder / "openapi" / "openapi.yaml"

    @property
    def output(self) -> Path:
        """Folder of the generated distribution."""
        return self.folder / "client"

    def generate(self) -> Outcome:
        """Generate the client."""
        return generate(self.spec, self.output, self.package)

    def compare(self) -> Outcome:
        """Say what generating would change."""
        return compare(self.spec, self.output, self.package)

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text that stands once in a file of the description."""
        path = self.folder / "openapi" / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        """Write a file of the description."""
        path = self.folder / "openapi" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def tree(self) -> dict[str, bytes]:
        """Return the content of each file of the client."""
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in sorted(self.output.rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
        }

    def run(self, code: str) -> Any:
        """Run code with the client importable, warnings as errors; return what it prints, read as JSON."""
        done = subprocess.run(
            [sys.executable, "-B", "-W", "error", "-c", code],
            cwd=self.output,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


def foreign(folder: Path, document: dict[str, Any], package: str = "api_client") -> Project:
    """Make a project from a document of its own; JSON is YAML too."""
    project = Project(folder, package)
    project.write("openapi.yaml", json.dumps(document))
    return project


def minimal(paths: dict[str, Any] | None = None, schemas: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return a small valid document."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Small", "version": "1.2.3"},
        "servers": [{"url": "https://api.example.com/v1"}],
        "paths": paths or {},
        "components": {"schemas": schemas or {}},
    }


def operation(name: str, schema: dict[str, Any], **rest: Any) -> dict[str, Any]:
    """Return a path item with a GET operation that answers with a schema."""
    response = {"description": "Fine.", "content": {"application/json": {"schema": schema}}}
    return {"get": {"operationId": name, "responses": {"200": response}, **rest}}
