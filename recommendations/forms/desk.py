"""What the desk decides about an item as a whole: which other it repeats, and who sent it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.web.fields import CleanCharField
from foundation.web.forms import TokenForm
from recommendations.enums import LinkCheck


class JoinForm(TokenForm):
    """The reference of the ask that is answered for both."""

    main = CleanCharField(max_length=20, widget=forms.HiddenInput)


class LinkForm(TokenForm):
    """Who sent it, of the entries that a search has found, and how that is known."""

    sender = forms.ChoiceField(label=gettext_lazy("Who sent it"), widget=forms.RadioSelect)
    how = forms.ChoiceField(
        label=gettext_lazy("How you made sure"),
        choices=LinkCheck.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "A name at the foot of a paper proves nothing: a wrong link shows one sender to another."
        ),
    )

    def __init__(self, *args: Any, senders: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sender"].choices = [
            (key, f"{one.printed_name()}\n{one.reference}") for key, one in senders.items()
        ]
        self.fields["sender"].error_messages["invalid_choice"] = _("Search again, then choose.")
