"""The two neural networks: the only module that knows rapidocr, onnxruntime and OpenCV.

The networks are PP-OCRv6 small, as they lie in the wheel of rapidocr: one finds text in a picture, the other
reads a line of it. Nothing is downloaded, and nothing of this is imported before an engine is made.

Of rapidocr its text detector is used, and its settings; not its class `RapidOCR`, whose calls change shared
state, nor its recogniser, which returns text without the probabilities that the character sets need.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module, resources
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Pixels: TypeAlias = NDArray[np.uint8]
"""Height × width × 3: blue, green, red, each from 0 to 255. The order of colours is that of the models."""

_DETECTION_MODEL: Final = "PP-OCRv6_det_small.onnx"
_READING_MODEL: Final = "PP-OCRv6_rec_small.onnx"

# The network that finds text wants sides that are multiples of this many pixels.
_GRID: Final = 32
# An area of this many pixels a side is empty when its levels, from 0 to 255, differ by no more than this.
_CELL: Final = 16
_LEAST_CONTRAST: Final = 8
# More spots of a picture are not looked at, from the lower end upwards. It takes a millisecond for three.
_MOST_CANDIDATES: Final = 3000
# At its edges a tile sees only half of what is there.
_TILE_OVERLAP: Final = 2 * _GRID

# How the network for lines wants its input, in pixels. It was trained on lines padded with grey to the width of
# the longest in a batch: with room at the right end, and slightly stretched, it reads handwriting better.
_LINE_HEIGHT: Final = 48
_LINE_MIN_WIDTH: Final = 320
_LINE_MARGIN: Final = 4 * _LINE_HEIGHT
_LINE_STRETCH: Final = 1.1
# Memory grows with the square of the width. A line of text this long has some 500 characters.
_LINE_MAX_WIDTH: Final = 256 * _LINE_HEIGHT


class EngineError(Exception):
    """The models cannot be loaded."""


class Engine:
    """Finds text and reads lines. Safe to be used by several threads at a time, each keeping one core busy.

    Attributes:
        characters: What each class of the reading network stands for; class 0, the blank of CTC, for nothing.
    """

    def __init__(self) -> None:
        """Load the models, which takes about a second.

        Raises:
            EngineError: A model or one of the libraries is missing or damaged.
        """
        import cv2

        # One thread a picture, as for the networks.
        cv2.setNumThreads(1)
        self._detector = _detector(_session(_DETECTION_MODEL))
        self._reading = _session(_READING_MODEL)
        self._input = self._reading.get_inputs()[0].name
        alphabet: str = self._reading.get_modelmeta().custom_metadata_map["character"]
        self.characters: tuple[str, ...] = ("", *alphabet.splitlines(), " ")

    def detect(
        self,
        picture: Pixels,
        longest_side: int,
        tile_side: int,
        *,
        angle: float = 0.0,
        between: Callable[[], None] = lambda: None,
    ) -> NDArray[np.float32]:
        """Find lines of text.

        Args:
            picture: The picture.
            longest_side: A picture with a longer side is looked at scaled down to this many pixels.
            tile_side: A scaled picture with a longer side is looked at in tiles of at most this many pixels a
                side. In a large view with little text the network overlooks it.
            angle: How the text runs, in degrees clockwise: the picture is looked at turned back by it.
            between: Called before each tile; what it raises ends the search.

        Returns:
            Boxes × 4 corners × (x, y) in pixels of the picture, from the text's own top left corner clockwise.
            Those of turned text can reach over the edges of the picture.
        """
        view = _view(picture, min(1.0, longest_side / max(picture.shape[:2])), angle)
        height, width = view.pixels.shape[:2]
        drawn = _drawn_on(view.pixels)
        likely = np.zeros((1, 1, height, width), np.float32)
        for top, bottom in _spans(height, tile_side):
            for left, right in _spans(width, tile_side):
                if drawn[top:bottom, left:right].any():
                    between()
                    tile = (
                        view.pixels[top:bottom, left:right].transpose(2, 0, 1)[np.newaxis].astype(np.float32)
                    )
                    seen = likely[:, :, top:bottom, left:right]
                    np.maximum(seen, self._detector.session(tile / 127.5 - 1), out=seen)
        # All tiles together, so that no line is cut where they meet.
        boxes, _ = self._detector.postprocess_op(likely * drawn, view.size)
        return view.in_picture(np.asarray(boxes, np.float32).reshape(-1, 4, 2))

    def cut(self, picture: Pixels, box: NDArray[np.float32]) -> Pixels:
        """Cut a box out of a picture and straighten it, its first corner at the top left."""
        import cv2

        top, right, bottom, left = np.linalg.norm(box - np.roll(box, -1, axis=0), axis=1)
        width, height = max(1, int(max(top, bottom))), max(1, int(max(left, right)))
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
        cut = cv2.warpPerspective(
            picture,
            cv2.getPerspectiveTransform(np.ascontiguousarray(box), corners),
            (width, height),
            flags=cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REPLICATE,
        )
        return np.asarray(cut, np.uint8)

    def read(self, line: Pixels) -> NDArray[np.float32]:
        """Read a line.

        Returns:
            Steps from left to right × classes: the probability of each of `characters` at each step.
        """
        import cv2

        scaled_width, padded_width = _widths(line)
        scaled = np.asarray(cv2.resize(line, (scaled_width, _LINE_HEIGHT)), np.float32)
        tensor = np.zeros((1, 3, _LINE_HEIGHT, padded_width), np.float32)
        tensor[0, :, :, :scaled_width] = scaled.transpose(2, 0, 1) / 127.5 - 1
        probabilities: NDArray[np.float32] = self._reading.run(None, {self._input: tensor})[0][0]
        return probabilities

    def width_of(self, line: Pixels) -> int:
        """Return how wide the network gets a line to see, in pixels: reading it takes time in proportion."""
        return _widths(line)[1]


def _widths(line: Pixels) -> tuple[int, int]:
    """Return the width of a line at the height that the network wants, and with the margin."""
    height, width = line.shape[:2]
    scaled = math.ceil(_LINE_HEIGHT * width / height * _LINE_STRETCH)
    scaled = min(max(scaled, 1), _LINE_MAX_WIDTH)
    return scaled, max(_LINE_MIN_WIDTH, scaled + _LINE_MARGIN)


@dataclass(frozen=True, slots=True)
class _View:
    """A picture as the network looks at it.

    Attributes:
        pixels: Scaled and turned; the sides are multiples of `_GRID`.
        size: Height and width of the view in pixels of the picture.
        back: 2 × 3: from places of such a size to places in the picture; None when they are the same.
    """

    pixels: Pixels
    size: tuple[int, int]
    back: NDArray[np.float64] | None = None

    def in_picture(self, boxes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return where boxes of this view stand in the picture."""
        if self.back is None:
            return boxes
        return np.asarray(boxes @ self.back[:, :2].T + self.back[:, 2], np.float32)


def _view(picture: Pixels, scale: float, angle: float) -> _View:
    import cv2

    height, width = picture.shape[:2]
    quarters = round(angle / 90)
    if angle == 90.0 * quarters:
        upright = np.rot90(picture, quarters)
        size = upright.shape[0], upright.shape[1]
        rows, columns = (max(_GRID, round(side * scale / _GRID) * _GRID) for side in size)
        pixels = cv2.resize(upright, (columns, rows))
    else:
        columns, rows = max(1, round(width * scale)), max(1, round(height * scale))
        scaled = np.asarray(cv2.resize(picture, (columns, rows)), np.uint8)
        cosine, sine = abs(math.cos(math.radians(angle))), abs(math.sin(math.radians(angle)))
        across = math.ceil((columns * cosine + rows * sine) / _GRID) * _GRID
        down = math.ceil((columns * sine + rows * cosine) / _GRID) * _GRID
        size = round(down / scale), round(across / scale)
        # What lies beside the picture must not look like something in it.
        edges = np.concatenate([scaled[0], scaled[-1], scaled[:, 0], scaled[:, -1]])
        pixels = cv2.warpAffine(
            scaled,
            _turn((rows, columns), (down, across), angle),
            (across, down),
            borderValue=np.median(edges, axis=0).tolist(),
        )
    back = _turn(size, (height, width), -angle) if quarters or angle else None
    return _View(np.asarray(pixels, np.uint8), size, back)


def _turn(start: tuple[int, int], end: tuple[int, int], angle: float) -> NDArray[np.float64]:
    """Return the turn counter-clockwise that takes the middle of one height and width to that of another."""
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    turn = np.array([[cosine, sine], [-sine, cosine]])
    middle, other = (np.array([(width - 1) / 2, (height - 1) / 2]) for height, width in (start, end))
    return np.column_stack([turn, other - turn @ middle])


def _session(model: str) -> Any:
    try:
        # It has no type information.
        onnxruntime: Any = import_module("onnxruntime")

        options = onnxruntime.SessionOptions()
        # As many pictures at a time as there are cores beat several cores on one picture.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        # Every picture has a shape of its own, and the arena would keep the memory of each.
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        path = resources.files("rapidocr") / "models" / model
        return onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise EngineError(f"the model {model} of rapidocr cannot be loaded: {error}") from error


def _detector(session: Any) -> Any:
    """Return rapidocr's text detector over a loaded model. Only those parts of it are used that keep no state."""
    try:
        from omegaconf import OmegaConf
        from rapidocr.ch_ppocr_det import TextDetector
        from rapidocr.utils.typings import EngineType

        file: Any = OmegaConf.load(str(resources.files("rapidocr") / "config.yaml"))
        defaults: Any = OmegaConf.to_container(file.Det)
        own = {
            "engine_type": EngineType.ONNXRUNTIME,
            "session": session,
            "max_candidates": _MOST_CANDIDATES,
        }
        # The session is none of the plain values that settings consist of otherwise.
        settings: Any = OmegaConf.create({**defaults, **own}, flags={"allow_objects": True})
        _join_logs()
        return TextDetector(settings)
    except Exception as error:
        raise EngineError(f"the text detector of rapidocr cannot be loaded: {error}") from error


def _drawn_on(picture: Pixels) -> NDArray[np.bool_]:
    """Return for each pixel whether anything is to be seen in its surroundings.

    The network takes large empty areas for text, and then joins them with the real text beside them.
    """
    import cv2

    height, width = picture.shape[:2]
    cells = picture.reshape(height // _CELL, _CELL, width // _CELL, _CELL, 3)
    contrast = cells.max(axis=(1, 3)) - cells.min(axis=(1, 3))
    drawn = cv2.dilate((contrast.max(axis=2) > _LEAST_CONTRAST).astype(np.uint8), np.ones((3, 3), np.uint8))
    return np.asarray(drawn, np.bool_).repeat(_CELL, axis=0).repeat(_CELL, axis=1)


def _spans(length: int, tile: int) -> list[tuple[int, int]]:
    """Divide a length into equal overlapping spans; all on the grid, as the length is."""
    if length <= tile:
        return [(0, length)]
    count = math.ceil((length - _TILE_OVERLAP) / (tile - _TILE_OVERLAP))
    starts = [round((length - tile) * index / (count - 1) / _GRID) * _GRID for index in range(count)]
    return [(start, start + tile) for start in starts]


def _join_logs() -> None:
    """Make rapidocr's log part of ours: when imported it sets up a handler of its own, with colours."""
    theirs = logging.getLogger("RapidOCR")
    theirs.handlers.clear()
    theirs.propagate = True
    theirs.setLevel(logging.WARNING)
