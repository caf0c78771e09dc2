"""The messages of this room. Each names nobody: neither organization, nor person, nor decision."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.notifications.registry import Notification, register
from foundation.notifications.security import queue_security_mail


class AboutEntry(Notification):
    """A message that leads to an organization's or expert's page."""

    def path(self, about_id: str) -> str:
        """The page that finds out which kind of entry it is, and whether the reader may see it."""
        return reverse("organizations:detail", args=[about_id])


@register
class Received(AboutEntry):
    """To those who registered: it has arrived, and by when they will hear."""

    kind = "organizations.received"

    def notice(self) -> str:
        """The receipt."""
        return _("The Office has received your registration. See by when it answers.")


@register
class MoreAsked(AboutEntry):
    """To those who registered: the Office asks for something."""

    kind = "organizations.more_asked"

    def notice(self) -> str:
        """The question is on the page, not in the message."""
        return _("The Office asks you for something more.")


@register
class Decided(AboutEntry):
    """To those who registered: a decision was taken. Which one stands on the page."""

    kind = "organizations.decided"

    def notice(self) -> str:
        """Says that, not what."""
        return _("The Office has taken a decision on your registration.")


@register
class Expiring(AboutEntry):
    """To those who registered: the vetting ends soon, or has ended."""

    kind = "organizations.expiring"

    def notice(self) -> str:
        """Says what to do."""
        return _(
            "The vetting of your registration ends soon. Please look whether it is still right."
        )


@register
class ToVet(AboutEntry):
    """To officers: a registration came in."""

    kind = "organizations.to_vet"

    def notice(self) -> str:
        """For the desk."""
        return _("A registration waits for the Office.")


@register
class AppealToDecide(AboutEntry):
    """To approvers: an appeal came in."""

    kind = "organizations.appeal_to_decide"

    def notice(self) -> str:
        """For the approver."""
        return _("An appeal waits for a decision.")


@register
class Vouched(AboutEntry):
    """To those who registered: somebody vouched for them."""

    kind = "organizations.vouched"

    def notice(self) -> str:
        """Who it was stands on the page."""
        return _("Somebody vouched for your registration.")


@register
class MembersChanged(AboutEntry):
    """To representatives, and to the person concerned: somebody joined, left or has another role."""

    kind = "organizations.members_changed"

    def notice(self) -> str:
        """Who it was stands on the page."""
        return _("The members of an organization of yours have changed.")


@register
class MembershipEnded(Notification):
    """To a person whose membership ended. Leads to their own list: the page is closed to them."""

    kind = "organizations.membership_ended"

    def notice(self) -> str:
        """Names no organization."""
        return _("You are no longer a member of an organization.")

    def path(self, about_id: str) -> str:
        """The person's own list."""
        return reverse("organizations:list")


class AboutNetwork(Notification):
    """A message that leads to a network's page."""

    def path(self, about_id: str) -> str:
        """The network."""
        return reverse("organizations:network", args=[about_id])


@register
class NetworkAsks(AboutNetwork):
    """To representatives: a network says that they belong to it; to coordinators: one asks to."""

    kind = "organizations.network_asks"

    def notice(self) -> str:
        """Names no network."""
        return _("A membership of a network waits for your word.")


@register
class CoordinatorNamed(AboutNetwork):
    """To a person who was named a coordinator."""

    kind = "organizations.coordinator_named"

    def notice(self) -> str:
        """Names no network."""
        return _("You have been named coordinator of a network.")


def send_invitation(*, email: str, token: str) -> None:
    """Queue the neutral mail that carries an invitation's address; emptied once sent.

    It goes to an address without an account, so it travels with the mails of sign-in.
    """
    address = settings.SITE_URL + reverse("organizations:invitation", args=[token])
    lines = [
        _(
            "Somebody has invited you to work with them in the portal. To see who it is, sign in "
            "with this address, or make an account with it, and open:"
        ),
        address,
        _("The invitation can be used once, until it expires. If you expect nothing, do nothing."),
    ]
    queue_security_mail(to=email, subject=_("You have an invitation"), body="\n\n".join(lines))
