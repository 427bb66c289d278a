# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy==2.4.6", "pillow==13.0.0"]
# ///
"""Make the sample pictures: `uv run samples/make_samples.py --fontsource DIR`.

README.md beside this file says where the fonts come from. Wording and sizes come from `expected.json`, and
chance from fixed seeds: the same versions of numpy and Pillow make the same pictures again.
"""

import sys

from studio.cli import main

if __name__ == "__main__":
    sys.exit(main())
