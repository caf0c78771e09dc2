"""The seal of this installation, as its settings name it."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from foundation.documents.keys import SealProvider


def seal_provider() -> SealProvider:
    """The provider named by SEAL_PROVIDER, given SEAL_DIR, SITE_NAME and SEAL_PEM."""
    make: Any = import_string(settings.SEAL_PROVIDER)
    provider: SealProvider = make(settings.SEAL_DIR, settings.SITE_NAME, settings.SEAL_PEM)
    return provider
