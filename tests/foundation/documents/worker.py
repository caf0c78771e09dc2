"""What a real worker of the tests knows beside the portal: one kind of document.

It is slow for the first worker that is asked: that one leaves a file named by SLOW and waits.
"""

import os
import time
from pathlib import Path

from foundation.documents.kinds import register_kind
from tests.foundation.documents.note import Note


def wait_the_first_time() -> None:
    """Leave a trace and stand still, unless somebody did so before."""
    trace = Path(os.environ["SLOW"])
    if not trace.exists():
        trace.write_text(str(os.getpid()))
        time.sleep(300)


register_kind(Note(before=wait_the_first_time))
