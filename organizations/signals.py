"""Facts of this room that rooms above may hear; sent inside the transaction."""

from __future__ import annotations

from django.dispatch import Signal

registration_vetted = Signal()
"""An organization or expert was vetted: `registration`, `by`."""

registration_ended = Signal()
"""A vetting ended (expired, revoked, archived): `registration`, `by`."""

registration_level_changed = Signal()
"""Who may see that somebody is registered changed: `registration`, `before`, `by`."""

membership_ended = Signal()
"""A person left an organization or was removed: `membership`, `by`."""
