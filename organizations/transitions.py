"""The way of a registration, for organizations and experts alike, as a table.

Words in `who` (rules.py says for whom they hold): owner = a representative, or the expert;
appellant = an owner whose refusal was not yet decided on appeal; officer = engagement officer or
approver without a stake; approver; judge = an approver who took no decision on it before;
returning = the expert, since a person has one entry for good; system.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.workflow import Machine, State, Transition
from organizations.enums import RegistrationState as S

OWNER = frozenset({"owner"})
OFFICER = frozenset({"officer"})
JUDGE = frozenset({"judge"})

STATES = {
    S.DRAFT.value: State(_("Draft"), _("Not sent yet"), "wait"),
    S.SUBMITTED.value: State(_("To be vetted"), _("Being looked at"), "work"),
    S.MORE_INFORMATION.value: State(_("Asked for more"), _("Waiting for your answer"), "wait"),
    S.VETTED.value: State(_("Vetted"), _("Vetted"), "yes"),
    S.REFUSED.value: State(_("Refused"), _("Not accepted"), "no"),
    S.APPEALED.value: State(_("Appeal to decide"), _("Appeal being looked at"), "work"),
    S.EXPIRED.value: State(_("Expired"), _("Expired"), "wait"),
    S.ARCHIVED.value: State(_("Archived"), _("Closed"), "no"),
}


def _step(
    name: str, label: object, sources: tuple[S, ...], target: S, who: frozenset[str], **more: object
) -> Transition:
    return Transition(name, label, tuple(s.value for s in sources), target.value, who, **more)  # type: ignore[arg-type]


REGISTRATION = Machine(
    name="registration",
    states=STATES,
    transitions=(
        _step("submit", _("Send to the Office"), (S.DRAFT, S.MORE_INFORMATION), S.SUBMITTED, OWNER),
        _step("accept", _("Accept"), (S.SUBMITTED,), S.VETTED, OFFICER),
        _step("ask_more", _("Ask for more"), (S.SUBMITTED,), S.MORE_INFORMATION, OFFICER),
        _step("refuse", _("Refuse"), (S.SUBMITTED,), S.REFUSED, OFFICER, danger=True),
        _step("appeal", _("Appeal"), (S.REFUSED,), S.APPEALED, frozenset({"appellant"})),
        _step("grant_appeal", _("Grant the appeal"), (S.APPEALED,), S.VETTED, JUDGE),
        _step(
            "dismiss_appeal", _("Dismiss the appeal"), (S.APPEALED,), S.REFUSED, JUDGE, danger=True
        ),
        _step("extend", _("Extend"), (S.VETTED,), S.VETTED, OFFICER),
        _step(
            "revoke",
            _("Take the vetting back"),
            (S.VETTED,),
            S.REFUSED,
            frozenset({"approver"}),
            confirm=_("They can no longer sign or act here. They are told why and may appeal."),
            danger=True,
        ),
        _step("expire", _("Expire"), (S.VETTED,), S.EXPIRED, frozenset({"system"})),
        _step("renew", _("Send again"), (S.EXPIRED,), S.SUBMITTED, OWNER),
        _step("revise", _("Change and send again"), (S.REFUSED,), S.DRAFT, OWNER),
        _step(
            "archive",
            _("Close the registration"),
            tuple(state for state in S if state != S.ARCHIVED),
            S.ARCHIVED,
            OWNER,
            confirm=_(
                "Nobody can act through it any more. What was signed stays. It cannot be undone."
            ),
            danger=True,
        ),
        _step("reopen", _("Register again"), (S.ARCHIVED,), S.DRAFT, frozenset({"returning"})),
    ),
)

PUBLIC_STATES = (S.VETTED,)
"""The only state in which the public can see an entry, if its level allows."""

EDITABLE_STATES = (S.DRAFT, S.MORE_INFORMATION, S.EXPIRED)
"""States in which owners may change what is vetted."""

DECIDED = {
    "accept": _("Accepted"),
    "ask_more": _("Asked for more"),
    "refuse": _("Not accepted"),
    "grant_appeal": _("Appeal granted"),
    "dismiss_appeal": _("Appeal dismissed"),
    "extend": _("Extended"),
    "revoke": _("Taken back"),
}
"""What a decision is called once it was taken, by step."""
