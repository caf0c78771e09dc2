"""What the Office writes: owner, reasons, attendance, the note to the file, commitments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.web.fields import CleanCharField, CleanTextField, PersonField
from foundation.web.forms import TextForm, TokenForm, VersionedForm
from meetings.enums import MessageKind
from meetings.models import Meeting, Note

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
NOTE_FIELDS = ("points", "replies", "distribution")


class AssignForm(TokenForm):
    """Who owns it, and by when those who asked hear of times."""

    owner = PersonField(None, label=gettext_lazy("Owner"))
    answer_by = forms.DateField(
        label=gettext_lazy("Times proposed by"),
        widget=DAY,
        help_text=gettext_lazy("Those who asked see this day."),
    )

    def __init__(self, *args: Any, meeting: Meeting, people: Any, by: Any, **kwargs: Any):
        initial = {"owner": meeting.owner_id or by.pk, "answer_by": meeting.answer_by}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["owner"].queryset = people


class WordForm(TextForm):
    """A message; staff say whether the other side reads it. Nothing is chosen for them."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Who reads it"),
        choices=[
            (
                MessageKind.WORD.value,
                gettext_lazy("Those who asked for the meeting, and the Office"),
            ),
            (MessageKind.NOTE.value, gettext_lazy("Only the Office: a note inside")),
        ],
        widget=forms.RadioSelect,
    )

    field_order = ("kind", "text")

    def __init__(self, *args: Any, staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not staff:
            del self.fields["kind"]


class HoldForm(TokenForm):
    """Who was there."""

    attended = forms.MultipleChoiceField(
        label=gettext_lazy("Who was there"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, participants: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.participants = {str(one.pk): one for one in participants}
        field: Any = self.fields["attended"]
        field.choices = [
            (key, f"{one.name}\n{one.function}" if one.function else one.name)
            for key, one in self.participants.items()
        ]

    def there(self) -> set[Any]:
        """Return the participants who were there."""
        return {self.participants[key] for key in self.cleaned_data["attended"]}


class NoteForm(VersionedForm):
    """The note to the file: inside the Office."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    points = CleanTextField(
        label=gettext_lazy("Points made"),
        max_length=20_000,
        rows=8,
        help_text=gettext_lazy("What was said, not who said it: “a participant said”."),
    )
    replies = CleanTextField(
        label=gettext_lazy("What the Office replied"), max_length=20_000, rows=5, required=False
    )
    distribution = CleanCharField(
        label=gettext_lazy("Distribution"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Who of the Office gets this note. It never goes to a host."),
    )

    def __init__(self, *args: Any, note: Note | None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"version": 0}
        if note is not None:
            initial = {name: getattr(note, name) for name in (*NOTE_FIELDS, "version")}
        super().__init__(*args, initial=initial, **kwargs)

    def values(self) -> dict[str, Any]:
        """Return the fields for `draft_note`."""
        return {name: self.cleaned_data[name] for name in NOTE_FIELDS}


class CommitmentForm(TokenForm):
    """What the Office undertook, who of it does it, by when."""

    text = CleanTextField(
        label=gettext_lazy("What the Office undertook"),
        max_length=2000,
        rows=3,
        help_text=gettext_lazy(
            "Those who asked for the meeting read this, without the owner's name."
        ),
    )
    owner = PersonField(None, label=gettext_lazy("Owner"))
    due = forms.DateField(label=gettext_lazy("Due on"), widget=DAY)

    def __init__(self, *args: Any, people: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"owner": by.pk}, **kwargs)
        self.fields["owner"].queryset = people


def reason_form(data: Any) -> TextForm:
    """Return the form for the reason of a cancellation or of a refusal."""
    hint = _("The other side reads this. Name nobody and nothing that could put somebody at risk.")
    return TextForm(data, label=_("The reason"), hint=hint)
