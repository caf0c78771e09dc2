"""Beginning, entering and writing a recommendation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from foundation.confidentiality import Level
from foundation.web.fields import CleanCharField, CleanTextField, LevelField
from foundation.web.forms import HatForm, TokenForm, VersionedForm
from organizations.enums import OfficialLanguage
from organizations.models import Pillar
from organizations.naming import CountryListField
from recommendations.actions.drafting import LISTS, TEXT_FIELDS
from recommendations.enums import Source
from recommendations.forms.fields import LEVEL_CHOICES, CountedField, WordField, WordsField
from recommendations.models import ActionAsked, Addressee, Recommendation, Topic

ONE = gettext_lazy("A pillar or a topic is needed before it is sent.")
QUESTION = gettext_lazy("Who may see this recommendation?")


class BeginForm(HatForm):
    """Asked before anything is typed: who may see it, and in whose name it is."""

    level = LevelField(LEVEL_CHOICES, label=QUESTION)
    may_be_counted = CountedField()
    field_order = ("level", "may_be_counted", "hat")


class EnterForm(TokenForm):
    """What the Office enters for somebody: who may see it, how it came, from whom, when."""

    level = LevelField(LEVEL_CHOICES, label=QUESTION, initial=Level.OFFICE)
    may_be_counted = CountedField()
    source = forms.ChoiceField(
        label=gettext_lazy("How it came"),
        choices=[(Source.MAIL.value, Source.MAIL.label), (Source.PAPER.value, Source.PAPER.label)],
        initial=Source.MAIL.value,
        widget=forms.RadioSelect,
    )
    sender_as_stated = CleanCharField(
        label=gettext_lazy("From whom, as it is signed"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Shown to those who may know the sender, by the choice above."),
    )
    received_on = forms.DateField(
        label=gettext_lazy("Came on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=lambda: timezone.now().date(),
    )


class LevelForm(VersionedForm):
    """Who may see it, asked again."""

    level = LevelField(LEVEL_CHOICES, label=QUESTION)
    may_be_counted = CountedField()


class DraftForm(VersionedForm):
    """The ask itself. Nothing is required: a draft may be left at any point."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language you write in"),
        choices=OfficialLanguage.choices,
        required=False,
        help_text=gettext_lazy("The original is kept. A translation is always marked as one."),
    )
    title = CleanCharField(
        label=gettext_lazy("What you ask, in one line"),
        required=False,
        help_text=gettext_lazy("For example: Meet independent organizations on every visit."),
    )
    text = CleanTextField(
        label=gettext_lazy("The ask"),
        max_length=10_000,
        rows=8,
        required=False,
        help_text=gettext_lazy("One ask. Two asks get two answers: write two recommendations."),
    )
    background = CleanTextField(
        label=gettext_lazy("Why, and what it rests on"),
        max_length=20_000,
        rows=5,
        required=False,
        help_text=gettext_lazy("Resolutions, reports, what you have seen. Name nobody at risk."),
    )
    addressee = WordField(
        Addressee,
        label=gettext_lazy("Who is asked"),
        help_text=gettext_lazy("Often not the Office. It answers all the same, and passes it on."),
    )
    action_asked = WordField(ActionAsked, label=gettext_lazy("To do what"))
    pillars = WordsField(Pillar, label=gettext_lazy("Pillars of the Strategy"), help_text=ONE)
    topics = WordsField(Topic, label=gettext_lazy("Topics"), help_text=ONE)
    countries = CountryListField(
        label=gettext_lazy("Countries it concerns"),
        required=False,
        help_text=gettext_lazy("By name, one after the other: Kenya, Mali. None: everywhere."),
    )
    place_as_stated = CleanCharField(
        label=gettext_lazy("Place in your own words"), max_length=120, required=False
    )

    def __init__(self, *args: Any, item: Recommendation, **kwargs: Any) -> None:
        initial = {name: getattr(item, name) for name in TEXT_FIELDS}
        initial |= {name: getattr(item, name).all() for name in LISTS}
        initial |= {"addressee": item.addressee_id, "action_asked": item.action_asked_id}
        super().__init__(*args, initial={**initial, "version": item.version}, **kwargs)

    def values(self) -> dict[str, Any]:
        """Return what to write into the draft, by field; what was typed wrongly is left out."""
        return {
            name: self.cleaned_data[name]
            for name in (*TEXT_FIELDS, *LISTS)
            if name in self.cleaned_data and (name != "language" or self.cleaned_data[name])
        }
