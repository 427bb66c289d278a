"""Many pictures, or other files, through one operation: as fast as the service allows, and safe against any end.

Sources are walked lazily by a `feed`; workers of a `run` have each tried by `attempts`, as many at once as `pace` says;
`results` keeps a line of each on disk.
"""

from ..failures import UnreadableSourceError
from .done import RetryFailed
from .engine import Batch
from .errors import BatchError
from .outcome import Outcome
from .pace import Pacing
from .reading import read
from .settings import Settings
from .sources import AnySources, Source, Sources
from .synchronous import run_in_thread
from .tally import Tally
from .target import Target

__all__ = [
    "AnySources",
    "Batch",
    "BatchError",
    "Outcome",
    "Pacing",
    "RetryFailed",
    "Settings",
    "Source",
    "Sources",
    "Tally",
    "Target",
    "UnreadableSourceError",
    "read",
    "run_in_thread",
]
