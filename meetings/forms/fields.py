"""Choices that several forms share: who may see it, how one is written to, whose clock."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.zones import zone_choices
from foundation.confidentiality import Level
from meetings.enums import InvitationStyle

LEVEL_CHOICES = (
    (
        Level.OFFICE,
        gettext_lazy(
            "The Office only\nStaff who prepare the meeting. That it takes place is never public."
        ),
    ),
    (
        Level.NAMED_OFFICERS,
        gettext_lazy(
            "Named officers only\nThe head of section, and the officers named for it. Fewer "
            "people know; it may take longer."
        ),
    ),
)
STYLE_CHOICES = (
    (
        InvitationStyle.NEUTRAL,
        gettext_lazy(
            "An e-mail with a neutral calendar file\nIt says “Meeting”, the time, a link to "
            "this portal and a neutral address of the Office. But a calendar often lies on other "
            "people's servers, and others may see it: your employer, your family, whoever takes "
            "your phone."
        ),
    ),
    (
        InvitationStyle.FULLER,
        gettext_lazy(
            "An e-mail with a fuller calendar file\nIt says also what the meeting is about and "
            "where. Whoever can open your mail or your calendar reads with whom you speak."
        ),
    ),
    (
        InvitationStyle.NO_FILE,
        gettext_lazy(
            "An e-mail without a calendar file\nIt says only that there is something new here. "
            "Nothing enters your calendar; your mail shows that this portal writes to you."
        ),
    ),
    (
        InvitationStyle.NO_MAIL,
        gettext_lazy(
            "No e-mail at all\nNo mail says that you take part. You look here yourself; also a "
            "change of time or a cancellation stands only here. What your calendar holds already, "
            "you take out yourself."
        ),
    ),
)


class ZoneField(forms.ChoiceField):
    """The zone by whose clock times are typed: that of the place, named as one of its cities."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("By the clock of"))
        super().__init__(choices=zone_choices, **kwargs)

    def offer(self, present: str) -> None:
        """Offer `present` too, whatever it is called, and choose it first."""
        self.choices = zone_choices(present)
        self.initial = present
