"""The public's figures of the demo: they would come in the next night only."""

from __future__ import annotations

from portal.figures.making import make_figures
from portal.models import PublicFigures


def load_figures() -> None:
    """Count once more if the count that stands was made before there was anything to count."""
    standing = PublicFigures.objects.newest()
    if standing is not None and not standing.numbers["sent"]:
        PublicFigures.objects.all().delete()
    make_figures()


def renew_figures() -> None:
    """Count anew what was counted a moment ago, before the bulk data came."""
    PublicFigures.objects.all().delete()
    make_figures()
