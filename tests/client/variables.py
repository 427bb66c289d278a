"""What error reporters show beside a traceback."""

from __future__ import annotations

import traceback


def variables_of(error: BaseException, module: str = "huaweicloud_ocr") -> str:
    """Return the variables of the functions of a package on the way of an error, as their reprs."""
    lines: list[str] = []
    found: BaseException | None = error
    while found is not None:
        for frame, _ in traceback.walk_tb(found.__traceback__):
            if str(frame.f_globals.get("__name__")).startswith(module):
                lines += map(repr, frame.f_locals.values())
        found = found.__cause__ or found.__context__
    return "\n".join(lines)
