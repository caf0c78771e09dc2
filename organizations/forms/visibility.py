"""The first question of a registration, and papers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.confidentiality import Level
from foundation.web.fields import CleanCharField, LevelField
from foundation.web.forms import TokenForm, VersionedForm
from organizations.forms.fields import LEVEL_CHOICES

QUESTION = gettext_lazy("Who may see that you are registered?")


class BeginForm(TokenForm):
    """Asked before anything is typed."""

    level = LevelField(LEVEL_CHOICES, label=QUESTION, initial=Level.OFFICE)


class LevelForm(VersionedForm):
    """Asked again whenever the owner wants."""

    level = LevelField(LEVEL_CHOICES, label=QUESTION, initial=Level.OFFICE)


class PaperForm(TokenForm):
    """One paper. Its kind is told from its content when it is kept."""

    title = CleanCharField(
        label=gettext_lazy("What it is"),
        max_length=120,
        help_text=gettext_lazy("For example: statute, annual report, a page about your work."),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "PDF, DOCX, ODT, PNG or JPG, up to 10 MB. We remove the names of authors, places and "
            "programs that are hidden in files; what stands on the pages stays."
        ),
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        upload = self.cleaned_data["file"]
        if upload.size > settings.UPLOAD_LIMIT:
            raise ValidationError(_("The file is larger than 10 MB. Nothing was kept."))
        return upload
