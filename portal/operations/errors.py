"""The one error of this package."""

from __future__ import annotations


class OperationError(Exception):
    """A reason to stop that an operator can act on: one sentence, printed without a traceback."""
