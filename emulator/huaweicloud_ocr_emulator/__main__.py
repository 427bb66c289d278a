"""`python -m huaweicloud_ocr_emulator` does what the command `huaweicloud-ocr-emulator` does."""

import sys

from huaweicloud_ocr_emulator.cli import main

if __name__ == "__main__":
    sys.exit(main())
