"""The order in which people read blocks of text."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def reading_order(boxes: NDArray[np.float32]) -> list[int]:
    """Return the indices of boxes in reading order: row by row from the top, each row from the left.

    The rows of a tilted picture are tilted too, so the boxes are first turned by their median angle. A box
    belongs to a row when its centre is closer to the middle of the row than half the height of the lower one
    of the two.

    Args:
        boxes: Boxes × 4 corners × (x, y), each clockwise from its top left corner.
    """
    if len(boxes) == 0:
        return []
    baselines = boxes[:, 1] - boxes[:, 0]
    # The median about the mean, since angles begin anew somewhere.
    mean = baselines.sum(axis=0)
    aside = np.arctan2(_cross(mean, baselines), baselines @ mean)
    angle = float(np.arctan2(mean[1], mean[0]) + np.median(aside))
    centres = boxes.mean(axis=1)
    across = centres[:, 0] * np.cos(angle) + centres[:, 1] * np.sin(angle)
    down = centres[:, 1] * np.cos(angle) - centres[:, 0] * np.sin(angle)
    heights = np.linalg.norm(boxes[:, 3] - boxes[:, 0], axis=1)

    rows: list[list[int]] = []
    for box in np.argsort(down, kind="stable").tolist():
        if rows:
            row = rows[-1]
            # Against the whole row, not its last box: a chain of boxes, each a little lower, is no row.
            distance = abs(down[box] - down[row].mean())
            if distance < min(heights[box], float(np.median(heights[row]))) / 2:
                row.append(box)
                continue
        rows.append([box])
    return [box for row in rows for box in sorted(row, key=lambda index: float(across[index]))]


def _cross(one: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(one[0] * others[:, 1] - one[1] * others[:, 0], np.float32)
