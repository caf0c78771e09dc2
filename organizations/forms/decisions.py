"""What the Office decides, what is appealed, who vouches."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from foundation.web.fields import CleanTextField
from foundation.web.forms import TokenForm
from organizations.actions.vetting import ACTIONS, VETTING_STEPS, usual_end
from organizations.enums import Criterion
from organizations.models import Organization


class DecisionForm(TokenForm):
    """One decision: which, why, and until when it holds."""

    step = forms.ChoiceField(label=gettext_lazy("Decision"), widget=forms.RadioSelect)
    reason = CleanTextField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Those who registered read this. Say what to do next."),
        max_length=4000,
        rows=4,
    )
    unmet = forms.MultipleChoiceField(
        label=gettext_lazy("Criteria that are not met"),
        help_text=gettext_lazy("For a refusal."),
        choices=Criterion.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    valid_until = forms.DateField(
        label=gettext_lazy("Vetted until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=usual_end,
        required=False,
    )

    def __init__(self, *args: Any, steps: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = [step for step in steps if step.name in ACTIONS]
        self.fields["step"].choices = [(step.name, _with_warning(step)) for step in steps]
        names = {step.name for step in steps}
        if not names & {"refuse", "dismiss_appeal", "revoke"}:
            del self.fields["unmet"]
        if not names & set(VETTING_STEPS):
            del self.fields["valid_until"]


def _with_warning(step: Any) -> str:
    return f"{step.label}\n{step.confirm}" if step.confirm else str(step.label)


class AppealForm(TokenForm):
    """Why the decision should be changed."""

    text = CleanTextField(
        label=gettext_lazy("Why should it be decided otherwise?"),
        help_text=gettext_lazy("Somebody who did not decide before reads this."),
        max_length=6000,
    )


class VouchForm(TokenForm):
    """A word for another organization."""

    by_organization = forms.ModelChoiceField(
        label=gettext_lazy("Which organization vouches?"),
        queryset=Organization.objects.none(),
        empty_label=None,
    )
    text = CleanTextField(
        label=gettext_lazy("How do you know it, and since when?"),
        help_text=gettext_lazy("The Office reads this, and those you vouch for."),
        max_length=2000,
        rows=4,
    )

    def __init__(self, *args: Any, organizations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by_organization"].queryset = organizations
        self.fields["by_organization"].label_from_instance = lambda one: one.printed_name()
