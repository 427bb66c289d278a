# Generated from version 1.0.0 of the description by `python -m generator generate`. Do not edit.

"""`python -m huaweicloud_ocr` is the command `huaweicloud-ocr`."""

import sys

from ._commands import main

if __name__ == "__main__":
    sys.exit(main())
