"""What is told while names are collected: open, signed, new names, closed."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.notifications.registry import register
from letters.notifications.bases import AboutALetter


@register
class OpenForSignOn(AboutALetter):
    """To representatives of the network's members: a letter can be signed."""

    kind = "letters.open_for_sign_on"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A letter is open for your signature.")


@register
class Receipt(AboutALetter):
    """To the person who signed: it stands."""

    kind = "letters.receipt"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _(
            "You signed a letter. You can take it back; once the letter is delivered, it stays as "
            "it is, and its list says that you did."
        )


@register
class Invited(AboutALetter):
    """To the representatives of an organization, or to the expert: the coordinators invite them."""

    kind = "letters.invited"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("You are invited to sign a letter. You can also say that you do not sign it.")


@register
class NewNames(AboutALetter):
    """To the coordinators, once a day: yesterday names came in, or somebody declined."""

    kind = "letters.new_names"

    def path(self, about_id: str) -> str:
        """Return the path of the page with the numbers: who was invited, signed, declined."""
        return reverse("letters:invitations", args=[about_id])

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A letter that you coordinate has new signatures, or an invitation was declined.")


@register
class Closed(AboutALetter):
    """To the other coordinators: the sign-on has ended."""

    kind = "letters.closed"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("The sign-on of a letter that you coordinate has ended.")
