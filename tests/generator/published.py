"""A site with three versions, made of small edits of the project's description."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs

from generator.site.publishing import Outcome, publish
from generator.site.tools import Tools

from .project import Project

VERSIONS = ("1.0.0", "1.1.0", "2.0.0")


@attrs.frozen
class GivenTools:
    """What a site takes from other projects, without them: its pages are the same, save the interactive one."""

    script: bytes = b"var Scalar = { createApiReference() {} };\n"

    def reference_script(self) -> bytes:
        """Return a script that does nothing."""
        return self.script

    def collection(self, document: dict[str, Any]) -> dict[str, Any]:
        """Return a collection of the operations' names."""
        return {
            "info": {"name": document["info"]["title"]},
            "item": [{"name": path} for path in document.get("paths", {})],
        }


@attrs.frozen
class Publication:
    """A description and the site that it is published on.

    Attributes:
        project: The description, with a record of its own.
        site: The folder of the site.
        tools: What makes the parts that Python has no library for.
    """

    project: Project
    site: Path
    tools: Tools = attrs.field(factory=GivenTools)

    @classmethod
    def begin(cls, folder: Path, tools: Tools | None = None) -> Publication:
        """Copy the description of this repository, published nowhere yet but in its record."""
        return cls(Project.copy(folder), folder / "site", tools or GivenTools())

    def publish(self, **options: Any) -> Outcome:
        """Publish the description as it is."""
        return publish(self.project.spec, self.site, self.tools, **options)

    def publish_all(self) -> None:
        """Publish the version that is, one that adds a member to an answer, and one that breaks requests."""
        self.publish()
        self.raise_version("1.0.0", "1.1.0", "Answers tell the `language` of the text.")
        self.project.edit(
            "schemas/WebImageResult.yaml",
            "  extracted_data:\n",
            "  language:\n    type: string\n    description: The language of the text.\n    examples: [en]\n"
            "  extracted_data:\n",
        )
        self.publish()
        self.raise_version("1.1.0", "2.0.0", "`quick_mode` is called `single_line`.")
        self.project.edit("schemas/HandwritingRequest.yaml", "  quick_mode:\n", "  single_line:\n")
        for name in ("image", "url"):
            self.project.edit(f"examples/handwriting-request-{name}.yaml", "quick_mode:", "single_line:")
        self.publish()

    def raise_version(self, old: str, new: str, told: str = "Something changed.") -> None:
        """Give the description another version, which its changelog tells of."""
        self.project.edit("openapi.yaml", f"version: {old}\n", f"version: {new}\n")
        self.project.edit("CHANGELOG.md", f"## {old}\n", f"## {new}\n\n- {told}\n\n## {old}\n")

    def files(self) -> dict[str, bytes]:
        """Return the content of each file of the site."""
        return {
            path.relative_to(self.site).as_posix(): path.read_bytes()
            for path in sorted(self.site.rglob("*"))
            if path.is_file()
        }
