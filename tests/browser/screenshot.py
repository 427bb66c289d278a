"""Take the picture of the playground that the READMEs show: `python -m tests.browser.screenshot`."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from demo.service import running_service
from tests.browser.browsing import Watched, chromium, take_sample

TARGET = Path(__file__).parents[2] / "docs/playground.png"


def main() -> None:
    """Have a sample read, look at one of its lines, and keep what is seen."""
    with running_service() as address, chromium() as browser:
        page = Watched(
            browser, address.rstrip("/"), viewport={"width": 1280, "height": 940}, device_scale_factor=1
        ).open()
        take_sample(page, "Web banner")
        page.locator(".line").nth(2).hover()
        page.wait_for_timeout(500)  # colours fade in
        with Image.open(io.BytesIO(page.screenshot())) as picture:
            # 256 colours do for a page, and for the banner on it; the file has to be small.
            picture.convert("RGB").quantize(256).save(TARGET, optimize=True)


if __name__ == "__main__":
    main()
