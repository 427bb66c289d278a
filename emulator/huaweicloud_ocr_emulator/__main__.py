"""The start of the command, as `huaweicloud-ocr-emulator` and as `python -m huaweicloud_ocr_emulator`."""

import sys


def main() -> int:
    """Run the command; Ctrl-C is a quiet end while its modules are being loaded too."""
    try:
        from huaweicloud_ocr_emulator import cli

        return cli.main()
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
