"""The levels of confidentiality, ordered: the higher, the fewer readers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """Who may see an item or a name. Chosen before the text is typed; compared with < and >."""

    PUBLIC = 10, _("Everyone")
    UNNAMED = 20, _("Everyone, without the name")
    OFFICE = 30, _("The Office only")
    NAMED_OFFICERS = 40, _("Named officers only")

    @property
    def explanation(self) -> str:
        """Return one sentence for the person who chooses."""
        return str(EXPLANATIONS[self])


EXPLANATIONS = {
    Level.PUBLIC: _("Shown on public pages and in documents."),
    Level.UNNAMED: _("The text is public; who wrote it is known to the Office only."),
    Level.OFFICE: _("Seen by the staff of the Office and by you. Never public."),
    Level.NAMED_OFFICERS: _(
        "Seen by the officers named for it, by the approvers, who name them, and by you. Nobody else."
    ),
}
