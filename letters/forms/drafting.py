"""Writing a letter, and bringing one in."""

from __future__ import annotations

import zoneinfo
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.confidentiality import Level
from foundation.web.fields import CleanTextField, LevelField
from foundation.web.forms import TokenForm
from letters.enums import Arrangement, Intent, Mode
from letters.forms.choices import (
    ENTERED_MODES,
    LETTER_LEVELS,
    ModeField,
    PlainTextFile,
    language_field,
)
from letters.forms.words import WordsForm
from letters.models import TEXT_FIELDS, Letter
from organizations.models import Network

DRAFT_FIELDS = ("level", *TEXT_FIELDS, "arrangement", "grouped")
LOCAL = "%Y-%m-%dT%H:%M"
LONGEST_SIGN_ON = timedelta(days=5 * 366)


def zone_choices() -> list[tuple[str, str]]:
    """Return the zones that people live in, "UTC" first."""
    names = sorted(name for name in zoneinfo.available_timezones() if "/" in name)
    lived_in = [
        name for name in names if not name.startswith(("Etc/", "posix", "right", "SystemV"))
    ]
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in lived_in)]


class DraftForm(WordsForm):
    """The text of a letter and its settings. `version` is 0 for a new one."""

    level = LevelField(
        LETTER_LEVELS,
        label=gettext_lazy("Who may read the letter once it is delivered?"),
        initial=Level.OFFICE,
    )
    network = forms.ModelChoiceField(
        Network.objects.none(), label=gettext_lazy("In the name of"), empty_label=None
    )
    language = language_field(label=gettext_lazy("Language of the text"), initial="en")
    arrangement = forms.ChoiceField(
        label=gettext_lazy("Order of the names"),
        choices=Arrangement.choices,
        initial=Arrangement.NAME,
    )
    grouped = forms.BooleanField(
        label=gettext_lazy("Under headings: organizations and individuals, or countries"),
        required=False,
        initial=True,
    )
    deadline = forms.DateTimeField(
        label=gettext_lazy("Sign-on closes"),
        required=False,
        input_formats=[LOCAL],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
        help_text=gettext_lazy("By the clock of the place below. Leave it empty to close by hand."),
    )
    deadline_zone = forms.ChoiceField(
        label=gettext_lazy("Clock of"), choices=zone_choices, initial="UTC"
    )

    follows = forms.ModelMultipleChoiceField(
        Letter.objects.none(),
        label=gettext_lazy("Earlier letters in this portal"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    field_order = ("token", "version", "level", "network", "language")

    def __init__(
        self,
        *args: Any,
        networks: Any,
        letter: Letter | None = None,
        earlier: Any = None,
        **kwargs: Any,
    ):
        if letter is not None:
            kwargs.setdefault("initial", initial_of(letter))
        super().__init__(*args, **kwargs)
        if letter is None:
            del self.fields["summary"]  # nothing was changed yet
        if earlier is None or not earlier.exists():
            del self.fields["follows"]
        else:
            self.fields["follows"].queryset = earlier
            self.fields["follows"].label_from_instance = lambda one: (
                f"{one.subject}\n{one.reference}"
            )
        self.fields["network"].queryset = networks
        if letter is not None or len(networks) == 1:
            self.fields["network"].disabled = letter is not None
            self.fields["network"].initial = letter.network_id if letter else networks[0].pk
        self.fields["network"].label_from_instance = lambda network: network.printed_name()

    def clean(self) -> dict[str, Any]:
        """Read the deadline by the chosen clock; it lies in the future."""
        data = super().clean() or self.cleaned_data
        local = data.get("deadline")
        if local is not None:
            zone = zoneinfo.ZoneInfo(data.get("deadline_zone") or "UTC")
            data["deadline"] = local.replace(tzinfo=zone)
            if data["deadline"] <= timezone.now():
                self.add_error("deadline", ValidationError(_("This moment has passed.")))
            elif data["deadline"] > timezone.now() + LONGEST_SIGN_ON:
                # Also a moment that is in the year 10000 elsewhere: nothing could read it again.
                self.add_error("deadline", ValidationError(_("Choose a day within five years.")))
        return data

    def draft(self) -> dict[str, Any]:
        """Return the fields for `begin` and `edit`."""
        names = (*DRAFT_FIELDS, "deadline", "deadline_zone", "follows")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}


def initial_of(letter: Letter) -> dict[str, Any]:
    """Return the form's initial values for a letter."""
    local: datetime | None = None
    if letter.deadline is not None:
        local = letter.deadline.astimezone(zoneinfo.ZoneInfo(letter.deadline_zone))
        local = local.replace(tzinfo=None)
    values = {name: getattr(letter, name) for name in DRAFT_FIELDS}
    links = Letter.follows.through.objects.filter(from_letter=letter)
    return {
        **values,
        "version": letter.version,
        "network": letter.network_id,
        "follows": list(links.values_list("to_letter_id", flat=True)),
        "deadline": local.strftime(LOCAL) if local else "",
        "deadline_zone": letter.deadline_zone,
    }


class BringInForm(TokenForm):
    """A whole letter that exists already, as a text file or pasted."""

    intent = forms.ChoiceField(
        label=gettext_lazy("What is this letter?"),
        choices=[
            (
                Intent.COLLECTING,
                gettext_lazy(
                    "We are still collecting signatories\nIt becomes a draft. You review its "
                    "names, then open it for sign-on."
                ),
            ),
            (
                Intent.SENT,
                gettext_lazy(
                    "It was already sent\nIt is filed as it was sent, marked “imported”. Nobody "
                    "signs it here."
                ),
            ),
        ],
        widget=forms.RadioSelect,
    )
    name_mode = ModeField(
        ENTERED_MODES,
        label=gettext_lazy("Who may see the names under it?"),
        initial=Mode.OFFICE,
    )
    level = LevelField(
        LETTER_LEVELS,
        label=gettext_lazy("Who may read the letter once it is delivered?"),
        initial=Level.OFFICE,
    )
    network = forms.ModelChoiceField(
        Network.objects.none(), label=gettext_lazy("In the name of"), empty_label=None
    )
    file = PlainTextFile(
        label=gettext_lazy("The letter as a text file or a saved web page"),
        help_text=gettext_lazy(
            "Text or HTML, up to 1 MB. From a PDF or Word, copy the text below."
        ),
    )
    text = CleanTextField(
        label=gettext_lazy("Or paste the whole letter, names included"),
        max_length=400_000,
        rows=12,
        required=False,
    )

    def __init__(self, *args: Any, networks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["network"].queryset = networks
        self.fields["network"].label_from_instance = lambda network: network.printed_name()

    def clean(self) -> dict[str, Any]:
        """Take the file's text, else the pasted one; one of them is needed."""
        data = super().clean() or self.cleaned_data
        data["letter"] = data.get("file") or data.get("text") or ""
        if not data["letter"] and "file" not in self.errors and "text" not in self.errors:
            self.add_error("text", ValidationError(_("Choose a file, or paste the letter.")))
        return data
