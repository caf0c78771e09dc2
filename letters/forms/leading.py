"""What coordinators write about leads: whom to appoint, whom to replace and why, why to pause."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from accounts.models import User
from foundation.web.fields import CleanCharField, PersonField
from foundation.web.forms import TokenForm


class AppointForm(TokenForm):
    """Another coordinator of the network, to lead the letter as well."""

    user = PersonField(None, label=gettext_lazy("Who leads the letter as well?"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.filter(pk__in=people)


class ReplaceForm(AppointForm):
    """Who leads the letter instead of one who is away, and why."""

    reason = CleanCharField(
        label=gettext_lazy("Why?"),
        max_length=300,
        help_text=gettext_lazy("Kept on record, read by the network's coordinators."),
    )
    field_order = ("token", "user", "reason")


class PauseForm(TokenForm):
    """Why a letter is paused."""

    reason = CleanCharField(
        label=gettext_lazy("Why?"),
        max_length=300,
        help_text=gettext_lazy("Read by the network's coordinators only; others see no reason."),
    )
