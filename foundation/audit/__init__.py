"""The audit log: events in the caller's transaction, chained afterwards by a sealer.

Other rooms use `record`, `record_read`, `register_presenter` and `sentence` from here.
(They are loaded when first asked for: an app's package is imported before its models may be.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foundation.audit.presenting import register_naming, register_presenter, sentence
    from foundation.audit.recording import UnsafeFact, record, record_read

__all__ = [
    "UnsafeFact",
    "record",
    "record_read",
    "register_naming",
    "register_presenter",
    "sentence",
]
_PLACES = {
    "UnsafeFact": "recording",
    "record": "recording",
    "record_read": "recording",
    "register_naming": "presenting",
    "register_presenter": "presenting",
    "sentence": "presenting",
}


def __getattr__(name: str) -> Any:
    """Return one of the names above from its module."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"foundation.audit.{_PLACES[name]}"), name)
