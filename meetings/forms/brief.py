"""The officers' own lines of a brief."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from foundation.confidentiality import Level
from foundation.web.fields import CleanCharField, CleanTextField
from foundation.web.forms import VersionedForm
from meetings.actions.briefing import FIELDS
from meetings.enums import USUAL_CLASSIFICATION, Classification
from meetings.models import BriefText, Meeting

ONE_A_LINE = gettext_lazy("One point a line.")


class BriefForm(VersionedForm):
    """What only the Office can write; everything else the brief takes from the meeting itself."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    classification = forms.ChoiceField(
        label=gettext_lazy("Classification"), widget=forms.RadioSelect
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the brief"), choices=settings.LANGUAGES
    )
    addressed_to = CleanCharField(
        label=gettext_lazy("To"), required=False, help_text=gettext_lazy("Who reads it on the way.")
    )
    through = CleanCharField(label=gettext_lazy("Through"), required=False)
    sender = CleanCharField(
        label=gettext_lazy("From"),
        required=False,
        help_text=gettext_lazy("Empty: the owner of the meeting."),
    )
    purpose = CleanTextField(
        label=gettext_lazy("Why we meet"),
        max_length=1000,
        rows=3,
        required=False,
        help_text=gettext_lazy("Our purpose. Theirs stands beside it, in their words."),
    )
    about = CleanTextField(
        label=gettext_lazy("Who they are, in three lines"),
        max_length=600,
        rows=3,
        required=False,
        help_text=gettext_lazy("Empty: what their own entry says."),
    )
    key_messages = CleanTextField(
        label=gettext_lazy("What to say"),
        max_length=2000,
        rows=5,
        required=False,
        help_text=ONE_A_LINE,
    )
    if_raised = CleanTextField(
        label=gettext_lazy("If raised"),
        max_length=2000,
        rows=4,
        required=False,
        help_text=gettext_lazy("One a line: what is raised, a colon, what to say."),
    )
    sensitivities = CleanTextField(
        label=gettext_lazy("Sensitivities"),
        max_length=2000,
        rows=4,
        required=False,
        help_text=ONE_A_LINE,
    )
    annexes = CleanTextField(
        label=gettext_lazy("Annexes"),
        max_length=1000,
        rows=3,
        required=False,
        help_text=ONE_A_LINE,
    )

    def __init__(self, *args: Any, meeting: Meeting, text: BriefText | None, **kwargs: Any) -> None:
        level = Level(meeting.level)
        initial: dict[str, Any] = {"language": "en", "version": 0}
        initial["classification"] = USUAL_CLASSIFICATION[level].value
        if text is not None:
            initial = {name: getattr(text, name) for name in (*FIELDS, "version")}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["classification"].choices = [
            (one.value, one.label)
            for one in Classification
            if level < Level.NAMED_OFFICERS or one != Classification.UNCLASSIFIED
        ]

    def values(self) -> dict[str, Any]:
        """Return the fields for `write_brief`."""
        return {name: self.cleaned_data[name] for name in FIELDS}
