"""What a person declares when signing; the words and their version are stored with each name."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

DECLARATION_VERSION = "2026-11"


def declaration_for(organization: Any | None, language: str = "") -> str:
    """Return the declaration in `language` (default: the reader's): for an organization, or for
    a person who signs in a personal capacity (None)."""
    with translation.override(language or translation.get_language()):
        if organization is not None:
            return _("I have the mandate to sign this text for the organization.")
        return _("I sign this text in my own name.")
