"""A lock on an open file that ends with the process, however that ends."""

from __future__ import annotations

import errno
import os
import sys
from typing import Final

_BUSY: Final = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})

if sys.platform == "win32":
    import msvcrt

    _FAR: Final = 2**31 - 2
    """Where the locked byte is: what is locked cannot be read, so it is nothing that is ever written."""

    def lock(descriptor: int) -> bool:
        """Lock a file, and return whether nobody else has.

        Raises:
            OSError: Files cannot be locked here.
        """
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in _BUSY:
                return False
            raise
        return True

else:
    import fcntl

    def lock(descriptor: int) -> bool:
        """Lock a file, and return whether nobody else has.

        Raises:
            OSError: Files cannot be locked here.
        """
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _BUSY:
                return False
            raise
        return True
