"""Beginning and writing a request for a meeting, and who takes part."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.web.fields import CleanCharField, CleanTextField, LevelField
from foundation.web.forms import HatForm, TokenForm, VersionedForm
from meetings.enums import Format
from meetings.forms.fields import LEVEL_CHOICES, STYLE_CHOICES
from meetings.models import Meeting, Participant
from organizations.enums import OfficialLanguage

QUESTION = gettext_lazy("Who may know of this meeting?")
TEXT_FIELDS = (
    "language",
    "purpose",
    "text",
    "format",
    "place_wished",
    "languages",
    "access_needs",
    "may_be_counted",
)
COUNTED = gettext_lazy("This meeting may be counted in public totals")
COUNTED_HOW = gettext_lazy(
    "Only as a number of meetings that were held, and never one under five. You can take this back "
    "at any time."
)


class BeginForm(HatForm):
    """Asked before anything is typed: who may see it, and in whose name it is."""

    level = LevelField(LEVEL_CHOICES, label=QUESTION)
    may_be_counted = forms.BooleanField(label=COUNTED, required=False, help_text=COUNTED_HOW)
    field_order = ("level", "hat", "may_be_counted")


class LevelForm(VersionedForm):
    """Who may see it, asked again."""

    level = LevelField(LEVEL_CHOICES, label=QUESTION)
    may_be_counted = forms.BooleanField(label=COUNTED, required=False, help_text=COUNTED_HOW)


class DraftForm(VersionedForm):
    """The request itself. Nothing is required: a draft may be left at any point."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language you write in"),
        choices=OfficialLanguage.choices,
        required=False,
    )
    purpose = CleanCharField(
        label=gettext_lazy("Purpose, in one line"),
        required=False,
        help_text=gettext_lazy("For example: Schools in the valleys after the closures."),
    )
    text = CleanTextField(
        label=gettext_lazy("What you want to speak about"),
        max_length=10_000,
        rows=6,
        required=False,
        help_text=gettext_lazy(
            "And what you hope comes of it. The Office prepares by this. Name nobody at risk."
        ),
    )
    format = forms.ChoiceField(
        label=gettext_lazy("How you want to meet"),
        choices=Format.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    place_wished = CleanCharField(
        label=gettext_lazy("Place, if it is not online"),
        required=False,
        help_text=gettext_lazy("A city, or a place where you are safe. The Office arranges it."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages you speak or need interpreted"),
        choices=OfficialLanguage.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    access_needs = CleanTextField(
        label=gettext_lazy("What you need to take part"),
        max_length=2000,
        rows=3,
        required=False,
        help_text=gettext_lazy(
            "Step-free access, sign language, captions, breaks, somebody who comes along. Say the "
            "need, not the illness."
        ),
    )
    recommendations = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Recommendations it is about"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    may_be_counted = forms.BooleanField(label=COUNTED, required=False, help_text=COUNTED_HOW)

    def __init__(self, *args: Any, meeting: Meeting, offered: Any, **kwargs: Any) -> None:
        initial = {name: getattr(meeting, name) for name in TEXT_FIELDS}
        initial |= {"version": meeting.version, "recommendations": kwargs.pop("linked", [])}
        super().__init__(*args, initial=initial, **kwargs)
        field: Any = self.fields["recommendations"]
        field.queryset = offered
        field.label_from_instance = lambda one: f"{one.headline()}\n{one.reference}"
        if not offered:
            del self.fields["recommendations"]

    def values(self) -> dict[str, Any]:
        """Return what to write into the draft, by field; what was typed wrongly is left out."""
        return {
            name: self.cleaned_data[name]
            for name in (*TEXT_FIELDS, "recommendations")
            if name in self.cleaned_data
            and (name not in ("language", "format") or self.cleaned_data[name])
        }


class ParticipantForm(TokenForm):
    """Who takes part: somebody with an account of one's own side, or a name."""

    user = forms.ChoiceField(
        label=gettext_lazy("Somebody with an account here"),
        required=False,
        help_text=gettext_lazy("They are told by the portal, as they choose themselves."),
    )
    name = CleanCharField(
        label=gettext_lazy("Or a name"),
        required=False,
        help_text=gettext_lazy("Nothing is sent to them: you tell them when and where."),
    )
    function = CleanCharField(label=gettext_lazy("Function and organization"), required=False)
    may_be_named = forms.BooleanField(
        label=gettext_lazy("Agrees to be named in the papers of this meeting"),
        required=False,
        help_text=gettext_lazy(
            "Without it the brief says “Representative of a civil society organization”. Ask first: "
            "it is their decision."
        ),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        field: Any = self.fields["user"]
        named = [(key, one.display_name()) for key, one in self.people.items()]
        field.choices = [("", _("Nobody: a name below")), *named]
        if not named:
            del self.fields["user"]
            self.fields["name"].label = _("Name")

    def clean(self) -> dict[str, Any]:
        """Put the account in the place of its key, and its name where none was typed: never its
        address, for both sides read this list and it stands in papers."""
        data = super().clean() or self.cleaned_data
        data["user"] = self.people.get(data.get("user") or "")
        if data["user"] is not None and not data.get("name"):
            data["name"] = data["user"].name
        if not data.get("name") and "name" not in self.errors:
            without = _("This account has no name yet. Give the name that both sides will read.")
            lacking = _("Choose an account, or give a name.")
            self.add_error("name", without if data["user"] else lacking)
        return data

    def values(self) -> dict[str, Any]:
        """Return the fields for `add_participant`."""
        return {
            name: self.cleaned_data[name] for name in ("user", "name", "function", "may_be_named")
        }


class NamedForm(TokenForm):
    """Whether somebody agrees to be named; asked anew at any time."""

    named = forms.ChoiceField(
        label=gettext_lazy("In the papers of this meeting"),
        choices=[
            ("yes", gettext_lazy("Named")),
            (
                "no",
                gettext_lazy(
                    "Not named\nThe brief says “Representative of a civil society organization”. "
                    "Papers that were made before are handed out no more."
                ),
            ),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        initial = {"named": "yes" if participant.may_be_named else "no"}
        super().__init__(*args, initial=initial, **kwargs)


class StyleForm(TokenForm):
    """How a participant is written to. Asked before the first invitation, each choice explained."""

    style = forms.ChoiceField(
        label=gettext_lazy("How may we tell you?"),
        choices=[(style.value, words) for style, words in STYLE_CHOICES],
        widget=forms.RadioSelect,
    )
    may_be_named = forms.BooleanField(
        label=gettext_lazy("Name me in the papers of this meeting"),
        required=False,
        help_text=gettext_lazy(
            "Without it the Office's brief says what you are, not who. You can take this back at "
            "any time: a brief that names you is then no longer handed out. What was printed or "
            "saved before stays where it is."
        ),
    )
