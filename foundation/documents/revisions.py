"""A sealed file and the file that was sealed: the seal is appended, the bytes before it stay."""

import re

_END = re.compile(rb"startxref\s+\d+\s+%%EOF\r?\n?")


def before_the_seal(data: bytes) -> bytes:
    """Return the file as it was before the seal: the bytes of its first revision.

    The seal is an incremental update (ISO 32000-1, 7.5.6); a file without one is returned whole.
    ValueError for bytes that are no PDF.
    """
    end = _END.search(data)
    if end is None:
        raise ValueError("This is no PDF.")
    return data[: end.end()]
