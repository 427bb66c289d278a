"""Packages generated from the corpus, each made and imported once."""

from __future__ import annotations

import fcntl
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from generator.errors import GeneratorError
from generator.generate import generate

from .documents import CorpusDocument

_OF_A_CLIENT = {"aclose", "close", "parameter", "send"}


class Packages:
    """Packages below a folder, a distribution for each document."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[str, ModuleType | Exception] = {}

    def distribution(self, document: CorpusDocument) -> Path:
        """Return the folder of a document's distribution."""
        return self._folder / document.package

    def of(self, document: CorpusDocument) -> ModuleType:
        """Generate and import the package of a document.

        Raises:
            GeneratorError: It cannot be generated.
        """
        made = self._made.get(document.name)
        if made is None:
            try:
                with self._alone(document):
                    generate(document.path, self.distribution(document), document.package)
                    made = self._imported(document)
            except (GeneratorError, ImportError, SyntaxError) as error:
                made = error
            self._made[document.name] = made
        if isinstance(made, Exception):
            raise made.with_traceback(None)
        return made

    def partly(self, document: CorpusDocument) -> ModuleType:
        """Generate and import what can be made of a document that is refused as a whole."""
        made = self._made.get(document.name)
        if not isinstance(made, ModuleType):
            with self._alone(document):
                generate(document.path, self.distribution(document), document.package, allow_partial=True)
                made = self._made[document.name] = self._imported(document)
        return made

    @contextmanager
    def _alone(self, document: CorpusDocument) -> Iterator[None]:
        """Keep other processes, which share the folder, away from a document's package."""
        with (self._folder / f"{document.package}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _imported(self, document: CorpusDocument) -> ModuleType:
        folder = str(self.distribution(document))
        sys.path.insert(0, folder)
        try:
            package = importlib.import_module(document.package)
            for name in modules(package):
                importlib.import_module(name)
        finally:
            sys.path.remove(folder)
        return package


def modules(package: ModuleType) -> Iterator[str]:
    """Yield the full name of every module below a package."""
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield found.name


def operations(package: ModuleType) -> dict[tuple[str, str], str]:
    """Return the name of each operation's method, by method and path; that of its module may be a client's already."""
    found: dict[tuple[str, str], str] = {}
    for name in modules(package):
        operation = getattr(sys.modules[name], "OPERATION", None)
        if operation is not None:
            own = name.rpartition(".")[2]
            found[operation.method, operation.path] = f"{own}_" if own in _OF_A_CLIENT else own
    return found
