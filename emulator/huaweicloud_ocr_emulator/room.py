"""Room for what callers send: bodies and files are held up to a limit in all, however many calls there are."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from huaweicloud_ocr_emulator.failures import CallFailed, ErrorCode


class Share:
    """What one call holds.

    Attributes:
        size: Bytes that it holds now.
    """

    def __init__(self, room: Room) -> None:
        self._room = room
        self.size = 0

    def grow(self, size: int) -> None:
        """Hold so many bytes more.

        Raises:
            CallFailed: All calls together hold too much already.
        """
        if self._room.held + size > self._room.limit:
            held = self._room.held // 1_000_000
            raise CallFailed(
                ErrorCode.TOO_MANY_AT_ONCE, f"{held} MB of requests and pictures are held already"
            )
        self._room.held += size
        self.size += size

    def shrink_to(self, size: int) -> None:
        """Hold no more than so many bytes."""
        given_back = max(0, self.size - size)
        self._room.held -= given_back
        self.size -= given_back


class Room:
    """Counts the bytes that calls hold; for the event loop's thread alone.

    Only what has arrived counts, not what is announced: who announces much and sends nothing takes no room.

    Attributes:
        limit: Bytes that all calls together may hold.
        held: Bytes that they hold now.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.held = 0

    @contextmanager
    def share(self) -> Generator[Share]:
        """Give a call its share, and take it back at the end."""
        share = Share(self)
        try:
            yield share
        finally:
            share.shrink_to(0)
