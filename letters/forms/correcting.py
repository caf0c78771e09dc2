"""A correction of a fixed text, and a translation, as forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from foundation.web.fields import CleanCharField
from foundation.web.forms import TokenForm
from letters.forms.words import WordsForm, words_of
from letters.models import Correction, Translation

REASON = gettext_lazy("What is corrected, and why?")
TOLD = gettext_lazy("Told to everyone who signed the earlier text.")


class BeginCorrectionForm(TokenForm):
    """Why a fixed text is corrected."""

    reason = CleanCharField(label=REASON, max_length=500, help_text=TOLD)


class CorrectionForm(WordsForm):
    """The corrected text, and why it is corrected."""

    reason = CleanCharField(label=REASON, max_length=500, help_text=TOLD)
    field_order = ("token", "version", "reason")

    def __init__(self, *args: Any, correction: Correction, **kwargs: Any) -> None:
        initial = {**words_of(correction), "reason": correction.reason}
        super().__init__(*args, initial={**initial, "version": correction.version}, **kwargs)

    def words(self) -> dict[str, Any]:
        """Return the parts of the text, what was said of the change, and the reason."""
        return {**super().words(), "reason": self.cleaned_data["reason"]}


class TranslationForm(WordsForm):
    """A translation of the letter."""

    def __init__(self, *args: Any, translation: Translation, **kwargs: Any) -> None:
        initial = {**words_of(translation), "version": translation.version}
        super().__init__(*args, initial=initial, **kwargs)


class BeginTranslationForm(TokenForm):
    """Into which language."""

    language = forms.ChoiceField(label=gettext_lazy("Into which language?"))

    def __init__(self, *args: Any, taken: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["language"]
        field.choices = [pair for pair in settings.LANGUAGES if pair[0] not in taken]
