"""Make the smaller copies of the sample pictures that the local service carries for its page.

Run `python samples/make_playground_samples.py` with Pillow after the pictures were made anew. The folder
`samples/` is no part of any distribution, and the wheel of the service must not grow by half a megabyte.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, Final

from PIL import Image

_HERE: Final = Path(__file__).parent
_TARGET: Final = _HERE.parent / "emulator/huaweicloud_ocr_emulator/samples"

_TITLES: Final = {
    "handwritten-note.jpg": "Handwritten note",
    "handwritten-note-zh.jpg": "手写便条, a Chinese note",
    "web-banner.webp": "Web banner",
    "number.png": "A number, digits only",
}


def main() -> None:
    """Write the pictures and `index.json`, which says for each what it is called and how it is to be read."""
    _TARGET.mkdir(parents=True, exist_ok=True)
    expected = {
        entry["file"]: entry
        for entry in json.loads((_HERE / "expected.json").read_text(encoding="utf-8"))["samples"]
    }
    index = [_copy(expected[file], title) for file, title in _TITLES.items()]
    index.append(_refused(expected["number.png"]))
    text = json.dumps(index, ensure_ascii=False, indent=2) + "\n"
    (_TARGET / "index.json").write_text(text, encoding="utf-8")


def _copy(entry: dict[str, Any], title: str) -> dict[str, Any]:
    source = _HERE / entry["file"]
    if source.suffix == ".webp":
        target = _TARGET / source.name
        shutil.copyfile(source, target)
    else:
        target = (_TARGET / source.name).with_suffix(".jpg")
        with Image.open(source) as picture:
            picture.convert("RGB").save(target, "JPEG", quality=72, optimize=True, progressive=True)
    return _indexed(target, title, entry)


def _refused(entry: dict[str, Any]) -> dict[str, Any]:
    """Make a picture in a format that its operation does not take, so that an error can be looked at."""
    target = _TARGET / "number.gif"
    with Image.open(_HERE / entry["file"]) as picture:
        picture.convert("L").resize((380, 85)).quantize(8).save(target, "GIF", optimize=True)
    return _indexed(target, "A refusal: GIF as handwriting", {**entry, "parameters": {}})


def _indexed(file: Path, title: str, entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "file": file.name,
        "title": title,
        "operation": entry["operation"],
        "parameters": entry["parameters"],
    }


if __name__ == "__main__":
    main()
