"""What a person can do first, by role: what the home page says where nothing waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import StaffRole
from organizations.enums import MemberRole
from organizations.models import Expert, Membership
from organizations.rules import is_coordinator


@dataclass(frozen=True)
class Step:
    """A heading, a sentence or two, and where to go: (words, address), the first step first."""

    title: str
    text: str
    links: tuple[tuple[str, str], ...]


def first_steps(user: Any) -> list[Step]:
    """Return the steps for each role that `user` has; four queries at most, however many rows."""
    steps = [step for role, make in STAFF.items() if user.has_role(role) for step in [make()]]
    steps += [_coordinator()] if is_coordinator(user) else []
    steps += _in_a_name(user)
    return steps or [_newcomer()]


def _in_a_name(user: Any) -> Iterator[Step]:
    """Yield the steps for organizations one belongs to, and for one's own name."""
    held = Membership.objects.visible_to(user).of(user).select_related("organization")
    memberships = list(held.order_by("pk"))
    vetted = [one for one in memberships if one.organization.is_vetted]
    if any(one.role == MemberRole.REPRESENTATIVE for one in vetted):
        yield _representative()
    elif vetted:
        yield _contributor()
    elif memberships:
        yield _not_yet(memberships[0].organization)
    expert = Expert.objects.owned_by(user).first()
    if expert is not None:
        yield _expert() if expert.is_vetted else _not_yet(expert)


def _newcomer() -> Step:
    return Step(
        _("Begin with your registration"),
        _(
            "Register the organization that gave you its mandate, or yourself as an independent "
            "expert. It takes about ten minutes, and the first question is who may know. Were you "
            "invited by an organization? Then open the link in the mail that you got."
        ),
        (
            (_("Register"), reverse("organizations:start")),
            (_("What is looked at"), reverse("organizations:criteria")),
        ),
    )


def _not_yet(entry: Any) -> Step:
    return Step(
        _("Your registration is not decided yet"),
        _(
            "You are told as soon as something moves; its page says by when. Until then you can "
            "read what others asked, and what they were answered."
        ),
        (
            (_("Where it stands"), entry.get_absolute_url()),
            (_("Public recommendations"), reverse("recommendations:published")),
        ),
    )


def _representative() -> Step:
    return Step(
        _("Ask for something"),
        _(
            "One ask at a time. You choose first who may see it; the Office's clock starts when "
            "you send it, and you see it run. Or sign a letter that is open."
        ),
        (
            (_("Write a recommendation"), reverse("recommendations:begin")),
            (_("Letters open for signing"), reverse("letters:list")),
            (_("Ask for a meeting"), reverse("meetings:begin")),
        ),
    )


def _contributor() -> Step:
    return Step(
        _("Begin a draft"),
        _(
            "You write; a representative of your organization reads it and sends it. What you type "
            "is kept, also when the line breaks."
        ),
        (
            (_("Draft a recommendation"), reverse("recommendations:begin")),
            (_("Your organization's recommendations"), reverse("recommendations:list")),
        ),
    )


def _expert() -> Step:
    return Step(
        _("Ask in your own name"),
        _(
            "No organization and no papers of one are needed. You choose first who may see your "
            "ask; you can also sign letters, in a personal capacity."
        ),
        (
            (_("Write a recommendation"), reverse("recommendations:begin")),
            (_("Letters open for signing"), reverse("letters:list")),
            (_("Ask for a meeting"), reverse("meetings:begin")),
        ),
    )


def _coordinator() -> Step:
    return Step(
        _("Bring a letter in, or draft one"),
        _(
            "A letter that exists already is read from its plain text: its parts and its names, "
            "line by line. A new one is drafted here; its text is fixed when you open it."
        ),
        (
            (_("Bring a letter in"), reverse("letters:bring_in")),
            (_("Write a letter"), reverse("letters:begin")),
            (_("Ask for a meeting"), reverse("meetings:begin")),
        ),
    )


def _officer() -> Step:
    base, entries = reverse("recommendations:list"), reverse("organizations:list")
    return Step(
        _("The desk is empty"),
        _("Nothing is without an owner, and nothing of yours is open. These are the views:"),
        (
            (_("All open recommendations"), f"{base}?view=open"),
            (_("Applications to decide"), f"{entries}?view=organizations-open"),
            (_("Letters at the desk"), reverse("letters:list")),
            (_("Meetings"), reverse("meetings:list")),
            (_("Enter what came by mail or on paper"), reverse("recommendations:enter")),
        ),
    )


def _approver() -> Step:
    base, entries = reverse("recommendations:list"), reverse("organizations:list")
    return Step(
        _("Nothing waits for your word"),
        _("Answers come here before they go out, and appeals against decisions of vetting."),
        (
            (_("Answers to clear"), f"{base}?view=clear"),
            (_("All open recommendations"), f"{base}?view=open"),
            (_("Applications to decide"), f"{entries}?view=organizations-open"),
        ),
    )


def _auditor() -> Step:
    return Step(
        _("The log is open to you"),
        _(
            "Who saw, changed, exported and sent what, in a chain that cannot be edited unnoticed. "
            "You see what happened, not what was written."
        ),
        ((_("Open the log"), reverse("audit:list")),),
    )


def _administrator() -> Step:
    return Step(
        _("People and lists"),
        _(
            "Give and take staff roles, each with a reason. Keep the lists that forms offer: "
            "pillars, topics, addressees. Look at what could not be sent."
        ),
        (
            (_("Staff and their roles"), reverse("accounts:staff")),
            (_("Lists"), reverse("admin:index")),
            (_("Outbox"), reverse("notifications:parked")),
        ),
    )


STAFF = {
    StaffRole.ENGAGEMENT_OFFICER: _officer,
    StaffRole.APPROVER: _approver,
    StaffRole.AUDITOR: _auditor,
    StaffRole.ADMINISTRATOR: _administrator,
}
