"""The results file of a run: locked, repaired, read and appended to.

A line is written with a single call of the system, so a process that is killed leaves whole lines and at most one torn
one at the end. What was written outlives the process at once; it outlives the machine once it is synchronised, which
is done every second and at the end: a power failure costs the lines of that second, whose sources are then done anew.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from ..text import one_line
from .done import Done
from .errors import BatchError
from .lines import Head, decode_head, is_torn
from .locks import lock

_FLAGS: Final = (
    os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
)


class Results:
    """A results file that is open, and locked against other runs.

    Args:
        path: Where it is, or will be.
        operation: Name of the client's method.
        parameters: The parameters of the run as JSON.

    Raises:
        BatchError: It cannot be written, another run writes it, it is no results file, or it is one of another
            operation or of other parameters. It is left as it was.
    """

    def __init__(self, path: Path, operation: str, parameters: bytes) -> None:
        self.done = Done()
        self._shown = one_line(repr(str(path)), 200)
        self._operation = operation
        self._parameters = parameters
        self._dirty = False
        try:
            self._descriptor = os.open(path, _FLAGS, 0o666)
        except OSError as error:
            raise self._problem("cannot be opened", error) from error
        try:
            self._begin(path)
        except BaseException:
            os.close(self._descriptor)
            raise

    def _begin(self, path: Path) -> None:
        found = os.fstat(self._descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise BatchError(
                f"the results file {self._shown} is no regular file: name one that is, or a new one"
            )
        try:
            is_ours = lock(self._descriptor)
        except OSError as error:
            raise self._problem("cannot be locked, put it on a local disk", error) from error
        if not is_ours:
            raise BatchError(
                f"another run is writing the results file {self._shown}: wait for it, or stop it"
            )
        try:
            self._size = self._read()
            if not self._size:
                _sync_folder(path.parent)
        except OSError as error:
            raise self._problem("cannot be read and repaired", error) from error

    def _read(self) -> int:
        """Take in what is there, repair its end, and return how long it is."""
        size = 0
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        with open(self._descriptor, "rb", closefd=False) as file:
            for number, line in enumerate(file, 1):
                if line.endswith(b"\n"):
                    size += len(line)
                    if not line.isspace():
                        self._take(self._head(line, number))
                    continue
                head = decode_head(line)
                if head is None and not is_torn(line):
                    raise self._not_ours(number)
                if head is None:
                    os.ftruncate(self._descriptor, size)
                else:
                    # Only the end of the line is missing: what is recognised is not recognised again.
                    self._take(head)
                    os.write(self._descriptor, b"\n")
                    size += len(line) + 1
                os.fsync(self._descriptor)
        return size

    def _head(self, line: bytes, number: int) -> Head:
        head = decode_head(line)
        if head is None:
            raise self._not_ours(number)
        return head

    def _not_ours(self, number: int) -> BatchError:
        return BatchError(
            f"{self._shown}, line {number}: this is no line of a results file; nothing was changed. "
            "Name another file, or repair this one"
        )

    def _take(self, head: Head) -> None:
        here, there = (self._operation, self._parameters), (head.operation, bytes(head.parameters))
        if here != there:
            before, now = (f"{name} with {_shown(given)}" for name, given in (there, here))
            raise BatchError(
                f"the results file {self._shown} holds results of {before}, this run is {now}: "
                "name another file, or run it as before"
            )
        error = head.error
        self.done.add(
            head.source, error.code if error else "", retryable=error is not None and error.retryable
        )

    def append(self, line: bytes) -> None:
        """Write a line.

        Raises:
            BatchError: It cannot be written, because the disk is full for example.
        """
        try:
            written = os.write(self._descriptor, line)
        except OSError as error:
            raise self._problem("cannot be written", error) from error
        if written < len(line):
            self._take_back()
            raise BatchError(f"the results file {self._shown} cannot be written: is the disk full?")
        self._size += len(line)
        self._dirty = True

    def _take_back(self) -> None:
        try:
            os.ftruncate(self._descriptor, self._size)
        except OSError:
            return  # the next run does it

    def sync(self) -> None:
        """Have what was written outlive the machine."""
        if not self._dirty:
            return
        self._dirty = False
        try:
            os.fsync(self._descriptor)
        except OSError as error:
            raise self._problem("cannot be written", error) from error

    def close(self) -> None:
        """Synchronise, close and unlock the file."""
        try:
            self.sync()
        finally:
            os.close(self._descriptor)

    def _problem(self, what: str, error: OSError) -> BatchError:
        reason = one_line(error.strerror or str(error), 120)
        return BatchError(f"the results file {self._shown} {what}: {reason}")


def _shown(parameters: bytes) -> str:
    text = one_line(parameters.decode("utf-8", "replace"), 200)
    return "no parameters" if text == "{}" else text


def _sync_folder(folder: Path) -> None:
    """Have a new file's name outlive the machine, too, where folders can be synchronised."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows, or a folder that may not be read
        return
    try:
        os.fsync(descriptor)
    except OSError:
        return
    finally:
        os.close(descriptor)
