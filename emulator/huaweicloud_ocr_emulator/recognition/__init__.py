"""Reading the text of a picture: find it, cut it out line by line, read each line, put the lines in order."""

from huaweicloud_ocr_emulator.recognition.engine import Engine, EngineError, Pixels
from huaweicloud_ocr_emulator.recognition.reading import Abandoned, Block
from huaweicloud_ocr_emulator.recognition.recogniser import Recogniser

__all__ = ["Abandoned", "Block", "Engine", "EngineError", "Pixels", "Recogniser"]
