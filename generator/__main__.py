"""`python -m generator`."""

import gc
import sys

# A run makes hardly any garbage that has to be looked for, and so many objects to look at that it took a tenth of its
# time. The interpreter would look once more when it ends, at all that is not frozen.
gc.disable()

from generator.cli import main  # noqa: E402

code = main()
gc.freeze()
sys.exit(code)
