"""What is told while names are collected: open, signed, new names, closed."""

from __future__ import annotations

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
        return _("You signed a letter. You can take it back until the letter is delivered.")


@register
class NewNames(AboutALetter):
    """To the coordinators: names came in since they were last told."""

    kind = "letters.new_names"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A letter that you coordinate has new signatures.")


@register
class Closed(AboutALetter):
    """To the other coordinators: the sign-on has ended."""

    kind = "letters.closed"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("The sign-on of a letter that you coordinate has ended.")
