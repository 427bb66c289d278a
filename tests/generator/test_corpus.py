"""What every construct of a description becomes, executed; see `corpus/README.md`."""

from __future__ import annotations

import ast
import functools
import inspect
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest
from click.testing import CliRunner

from generator.document import Document
from generator.errors import FindingsError
from generator.generate import generate

from .corpus.cases import Case, Service, carry_out
from .corpus.documents import CorpusDocument, documents, refused
from .corpus.packages import Packages, operations

DOCUMENTS = documents()
REFUSED = refused()

# What only the client without it says.
_ONLY_PARTLY = ("left out: ", "taken for any JSON: ")

# Parts of the corpus in which packages differ in what only a type checker notices: `nox -s lint` looks at all of them.
_WITH_NAMES = {"bodies", "enums", "names", "security", "servers"}
_ALL_TYPED = "ALL_TYPED" in os.environ


def _by_name(found: list[CorpusDocument]) -> list[Any]:
    return [pytest.param(document, id=document.name) for document in found]


def _cases(found: list[CorpusDocument]) -> list[Any]:
    return [
        pytest.param(document, case, id=f"{document.name}-{number}")
        for document in found
        for number, case in enumerate(document.cases, 1)
    ]


@pytest.mark.parametrize(("document", "case"), _cases(DOCUMENTS))
def test_construct(packages: Packages, document: CorpusDocument, case: Case) -> None:
    """The client of a document does what the document says that it does."""
    carry_out(case, document, packages.of(document))


@pytest.mark.parametrize("document", _by_name(DOCUMENTS))
def test_nothing_is_any(packages: Packages, document: CorpusDocument) -> None:
    """No annotation of a generated package is `Any`; what may be any JSON is a `JsonValue`."""
    packages.of(document)
    folder = packages.distribution(document) / document.package
    found = [
        f"{path.relative_to(folder)}:{node.lineno}"
        for path in sorted(folder.rglob("*.py"))
        if "_runtime" not in path.relative_to(folder).parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Name) and node.id == "Any")
        or (isinstance(node, ast.Attribute) and node.attr == "Any" and ast.unparse(node.value) == "typing")
    ]
    assert found == []


@pytest.mark.parametrize("document", _by_name(DOCUMENTS))
def test_every_operation_is_a_method(packages: Packages, document: CorpusDocument) -> None:
    """Each operation of a document is a method of both clients, and a module with four functions."""
    package = packages.of(document)
    found = operations(package)
    assert set(found) == set(document.operations())
    for name in found.values():
        assert inspect.isfunction(getattr(package.Client, name))
        assert inspect.iscoroutinefunction(getattr(package.AsyncClient, name))


@pytest.mark.parametrize("document", _by_name(DOCUMENTS))
def test_every_property_is_an_attribute(packages: Packages, document: CorpusDocument) -> None:
    """Each object of a document has a model with an attribute for each of its properties."""
    package = packages.of(document)
    wire_name = sys.modules[f"{package.__name__}._runtime.codec"].wire_name
    models = [
        {wire_name(field) for field in attrs.fields(kind)}
        for kind in (getattr(package.models, name) for name in package.models.__all__)
        if isinstance(kind, type) and attrs.has(kind)
    ]
    for names in _properties(document.data):
        assert any(names <= model for model in models), f"no model has {sorted(names)}"


def _properties(value: Any) -> Iterator[set[str]]:
    """Yield the names of the properties of each object that is described anywhere in a document."""
    if isinstance(value, dict):
        if isinstance(value.get("properties"), dict):
            yield set(value["properties"])
        for name, member in value.items():
            if not name.startswith("x-") and name not in ("example", "examples", "default", "enum", "const"):
                yield from _properties(member)
    elif isinstance(value, list):
        for member in value:
            yield from _properties(member)


@pytest.mark.parametrize("document", _by_name(DOCUMENTS))
def test_every_operation_is_a_command(packages: Packages, document: CorpusDocument) -> None:
    """Each operation of a document is a command, and the help of each can be shown on any terminal."""
    package = packages.of(document)
    program = sys.modules[f"{package.__name__}._commands"].PROGRAM
    assert len({command.name for command in program.commands}) == len(document.operations())
    group = sys.modules[f"{package.__name__}._runtime.cli.group"].Group(program)
    for arguments in ([], *([command.name] for command in program.commands)):
        done = CliRunner().invoke(group, [*arguments, "--help"])
        assert done.exit_code == 0, done.exception
        assert all(char.isprintable() for char in done.output.replace("\n", ""))


@pytest.mark.parametrize("document", _by_name(DOCUMENTS))
def test_nothing_of_another_api(packages: Packages, document: CorpusDocument) -> None:
    """What only some descriptions have, such as signing and limits of pictures, is not in the packages of others."""
    package = packages.of(document)
    distribution = packages.distribution(document)
    root = distribution / document.package
    assert not (distribution / "CHANGELOG.md").exists()
    has_codes = "x-error-codes" in document.path.read_text(encoding="utf-8")
    assert hasattr(sys.modules.get(f"{package.__name__}.error_codes"), "ERROR_CODES") == has_codes
    assert not {"signing.py", "image_limits.py"} & {path.name for path in (root / "_runtime").iterdir()}
    assert (root / "auth.py").exists() == ("securitySchemes" in document.data.get("components", {}))
    assert "imagesize" not in (distribution / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("document", _by_name(REFUSED))
def test_what_cannot_be_expressed_is_said(tmp_path: Path, document: CorpusDocument) -> None:
    """Whatever cannot be expressed stops the run: rule, line and pointer of each are told at once."""
    with pytest.raises(FindingsError) as caught:
        generate(document.path, tmp_path / "client", document.package)
    assert not any(tmp_path.iterdir())
    source = Document.load(document.path)
    found = caught.value.findings
    assert [(finding.location.line, finding.rule) for finding in found] == [
        (mark.line, mark.rule) for mark in document.marks
    ]
    for finding, mark in zip(found, document.marks, strict=True):
        assert mark.phrase in finding.message or mark.phrase.startswith(_ONLY_PARTLY)
        assert finding.location.path == document.path
        assert finding.location == source.locate(source.root, finding.pointer)
        assert f"[{finding.pointer}]" in str(finding)


@pytest.mark.parametrize("document", _by_name(REFUSED))
def test_the_rest_can_be_had(packages: Packages, document: CorpusDocument) -> None:
    """With `--allow-partial` the rest is generated, and the README lists what is not covered."""
    packages.partly(document)
    readme = (packages.distribution(document) / "README.md").read_text(encoding="utf-8")
    missing = readme.partition("Not covered")[2]
    for mark in document.marks:
        assert mark.phrase in missing.replace("\\", "")


@pytest.mark.parametrize(("document", "case"), _cases(REFUSED))
def test_the_rest_works(packages: Packages, document: CorpusDocument, case: Case) -> None:
    """The client of what could be expressed does what the document says that it does."""
    carry_out(case, document, packages.partly(document))


@pytest.mark.parametrize("document", _by_name(DOCUMENTS))
def test_readme_runs(
    packages: Packages, document: CorpusDocument, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the README shows runs as it stands, and makes the call that it shows."""
    package = packages.of(document)
    readme = (packages.distribution(document) / "README.md").read_text(encoding="utf-8")
    code, *_ = re.findall(r"^```python\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, package.__name__, package)
    service = Service({"status": 418})
    http = httpx.Client(transport=service.transport)
    monkeypatch.setattr(package, "Client", functools.partial(package.Client, http_client=http))
    if document.operations():
        with pytest.raises(package.ApiError, match="418"):
            exec(code, {})
        assert len(service.requests) == 1
    else:
        exec(code, {})


@pytest.mark.parametrize("document", _by_name(DOCUMENTS))
def test_readme_imports_in_order(packages: Packages, document: CorpusDocument) -> None:
    """Examples in the README import from the package as a formatter sorts it: modules, and names within each."""
    packages.of(document)
    readme = (packages.distribution(document) / "README.md").read_text(encoding="utf-8")
    for code in re.findall(r"^```python\n(.*?)^```", readme, re.MULTILINE | re.DOTALL):
        imports = re.findall(rf"^from ({document.package}\S*) import (.*)$", code, re.MULTILINE)
        assert [module for module, _ in imports] == sorted(module for module, _ in imports)
        for _, names in imports:
            assert names.split(", ") == sorted(names.split(", "))


@pytest.mark.long
def test_packages_are_typed(packages: Packages, tmp_path: Path) -> None:
    """One package from each part of the corpus, and for `nox -s lint` more, pass mypy at its strictest."""
    first = {document.name.partition("/")[0]: document.name for document in reversed(DOCUMENTS)}
    sample = [
        document
        for document in DOCUMENTS
        if first[part := document.name.partition("/")[0]] == document.name
        or (_ALL_TYPED and part in _WITH_NAMES)
    ]
    for document in sample:
        packages.of(document)
        _share_runtime(packages.distribution(document) / document.package, tmp_path / "typed")
    cache = Path(tempfile.gettempdir()) / "huaweicloud-ocr-corpus-mypy"
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", f"--cache-dir={cache}", "typed"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _share_runtime(package: Path, folder: Path) -> None:
    """Copy a package into a folder, where all have one runtime in common, which mypy then reads only once.

    All that a runtime differs in is what the base of its exceptions is called.
    """
    (base,) = re.findall(r"class (\w+)\(Exception\)", (package / "_runtime" / "errors.py").read_text("utf-8"))
    for path in package.rglob("*.py"):
        name = path.relative_to(package)
        is_shared = name.parts[0] == "_runtime"
        code = re.sub(rf"\b{base}\b", "BaseError", path.read_text(encoding="utf-8"))
        copied = folder / name if is_shared else folder / package.name / name
        copied.parent.mkdir(parents=True, exist_ok=True)
        copied.write_text(
            code if is_shared else re.sub(r"\bfrom (\.+)_runtime\b", r"from \1._runtime", code),
            encoding="utf-8",
        )
    (folder / "__init__.py").touch()
