"""What the Office writes on a letter: its owner, the asks that it marks, why one was a mistake."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from foundation.web.fields import CleanCharField, CleanTextField, PersonField
from foundation.web.forms import TokenForm
from letters.asks import Passage, stands_in
from letters.asks.table import LONGEST
from organizations.models import Pillar
from recommendations.enums import OFFER
from recommendations.models import ActionAsked, Addressee, Topic

VALUES = ("text", "addressee", "action_asked", "pillars", "topics")


class OwnerForm(TokenForm):
    """Who of the Office works on the letter."""

    owner = PersonField(None, label=gettext_lazy("Owner"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.of_the_office()


class MarkForm(TokenForm):
    """An ask: where it stands, in a sentence, of whom, to do what."""

    place = forms.ChoiceField(label=gettext_lazy("Paragraph"))
    quote = CleanTextField(
        label=gettext_lazy("Its words"),
        max_length=LONGEST,
        rows=3,
        required=False,
        help_text=gettext_lazy("Copied out of the paragraph. Nothing: the whole paragraph."),
    )
    number = CleanCharField(
        label=gettext_lazy("Number"),
        max_length=12,
        help_text=gettext_lazy("As people will cite it: 3.b"),
    )
    text = CleanTextField(
        label=gettext_lazy("The ask in one sentence"),
        max_length=LONGEST,
        rows=3,
        help_text=gettext_lazy("What is asked, in plain words; two asks are marked one by one."),
    )
    addressee = forms.ModelChoiceField(
        Addressee.objects.filter(retired=False),
        label=gettext_lazy("Who is asked"),
        empty_label=gettext_lazy("Choose"),
    )
    action_asked = forms.ModelChoiceField(
        ActionAsked.objects.filter(retired=False),
        label=gettext_lazy("To do what"),
        empty_label=gettext_lazy("Choose"),
        help_text=gettext_lazy("An offer is no demand: it is acknowledged, not answered."),
    )
    pillars = forms.ModelMultipleChoiceField(
        Pillar.objects.filter(retired=False),
        label=gettext_lazy("Pillars of the Strategy"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.filter(retired=False),
        label=gettext_lazy("Topics"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("A pillar or a topic at least, so that the ask is found again."),
    )

    def __init__(self, *args: Any, found: Sequence[Passage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = {one.place: one.text for one in found}
        self.fields["place"].choices = [
            (one.place, f"{one.place} · {Truncator(one.text).chars(60)}") for one in found
        ]

    def clean(self) -> dict[str, Any]:
        """The words stand in the paragraph; what is no offer is about something."""
        data = super().clean() or self.cleaned_data
        quote, place = data.get("quote"), data.get("place")
        if quote and place and not stands_in(quote, self.texts[place]):
            self.add_error("quote", _("These words do not stand in that paragraph."))
        action = data.get("action_asked")
        about = data.get("pillars") or data.get("topics")
        if action and action.key != OFFER and not about:
            self.add_error("topics", _("Choose a pillar or a topic."))
        return data

    def values(self) -> dict[str, Any]:
        """Return the fields for `mark_ask`."""
        return {name: self.cleaned_data[name] for name in VALUES}


class UndoForm(TokenForm):
    """Why an ask is taken back; kept with its row."""

    reason = CleanCharField(
        label=gettext_lazy("Why?"),
        max_length=300,
        help_text=gettext_lazy("Kept on record, read inside the Office."),
    )
