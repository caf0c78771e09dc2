"""What the Office writes: owner, question, answer, report; and the replies to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from foundation.web.fields import CleanTextField, PersonField
from foundation.web.forms import TokenForm, VersionedForm
from organizations.enums import OfficialLanguage
from recommendations.actions.answering import FIELDS
from recommendations.enums import ANSWERS, LATER, Position, Progress
from recommendations.forms.fields import WordField
from recommendations.models import Addressee, Answer, Recommendation, RefusalReason

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
EXPLAINED = {
    Position.PARTIAL: gettext_lazy("Needs a reason for what is not accepted."),
    Position.ALREADY: gettext_lazy("Needs evidence that anybody can look up."),
    Position.NOTED: gettext_lazy("Never closes the ask: it stays open, with a new date."),
    Position.NOT_ACCEPTED: gettext_lazy("Needs a reason from the list, and the text."),
    Position.REFERRED: gettext_lazy("Needs the addressee."),
}


class AssignForm(TokenForm):
    """Who owns it, and by when the answer is due."""

    owner = PersonField(None, label=gettext_lazy("Owner"))
    answer_by = forms.DateField(
        label=gettext_lazy("Answer due by"),
        widget=DAY,
        help_text=gettext_lazy("Those who submitted it see this day."),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Why the day moves back, if it does"),
        choices=[
            ("", gettext_lazy("It stays, or comes sooner")),
            *((r.value, r.label) for r in LATER),
        ],
        required=False,
        help_text=gettext_lazy("Those who submitted it read this. A day that moves needs it."),
    )
    text = CleanTextField(
        label=gettext_lazy("In your words, to those who submitted it"),
        max_length=1000,
        rows=3,
        required=False,
        help_text=gettext_lazy("Needed for “another reason”. Name nobody."),
    )

    def __init__(self, *args: Any, item: Recommendation, people: Any, by: Any, **kwargs: Any):
        initial = {"owner": item.owner_id or by.pk, "answer_by": item.answer_by}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["owner"].queryset = people


class AnswerForm(VersionedForm):
    """Position, reason, text. Progress is another matter, on another page."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    position = forms.ChoiceField(
        label=gettext_lazy("Position of the Office"), widget=forms.RadioSelect
    )
    reason = WordField(
        RefusalReason,
        label=gettext_lazy("Reason, where it is not accepted or not wholly"),
        empty_label=gettext_lazy("No refusal"),
    )
    referred_to = WordField(
        Addressee,
        label=gettext_lazy("Referred to"),
        empty_label=gettext_lazy("Nobody"),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the answer"), choices=OfficialLanguage.choices
    )
    text = CleanTextField(
        label=gettext_lazy("Answer"),
        max_length=20_000,
        rows=8,
        help_text=gettext_lazy(
            "Those who submitted it read this, everyone if they chose so, and who asked the same. "
            "Name nobody."
        ),
    )
    evidence = CleanTextField(
        label=gettext_lazy("Evidence, where it is already being done"),
        max_length=4000,
        rows=3,
        required=False,
        help_text=gettext_lazy("A document, a date, an address: where anybody can see it."),
    )

    def __init__(self, *args: Any, item: Recommendation, answer: Answer | None, **kwargs: Any):
        initial: dict[str, Any] = {"language": item.language, "version": 0}
        if answer is not None:
            initial = {name: getattr(answer, name) for name in (*FIELDS, "version")}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["position"].choices = [
            (one.value, f"{one.label}\n{EXPLAINED[one]}" if one in EXPLAINED else one.label)
            for one in ANSWERS
        ]

    def values(self) -> dict[str, Any]:
        """Return the fields for `draft_answer`."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class ReportForm(TokenForm):
    """What has happened on the ground, as one side sees it."""

    progress = forms.ChoiceField(
        label=gettext_lazy("Progress on the ground"),
        choices=Progress.choices,
        widget=forms.RadioSelect,
    )
    text = CleanTextField(
        label=gettext_lazy("What has happened"), max_length=4000, rows=4, required=False
    )
