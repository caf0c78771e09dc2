"""Mails to people who sign without an account: their link, their code, that it stands.

They name no letter, no organization and no person: whoever reads a box learns that its owner was
asked to confirm something here. The words are made by the task that sends, and kept nowhere.
"""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.notifications.mailbox import Mailbox, ProtectedNotification
from foundation.notifications.registry import register
from letters import secrecy
from letters.models import Signatory, SignOnInvitation, SignOnRequest

WHY = "the sending task asks where a mail goes; nothing of it is kept"


def link_to(token: str) -> str:
    """Return the whole address that a link's token opens; of the first page where there is none."""
    if not token:
        return f"{settings.SITE_URL}/"
    return f"{settings.SITE_URL}{reverse('letters:mine', args=[token])}"


class ToAMailbox(ProtectedNotification):
    """Base of the messages that are addressed by a request to sign."""

    def mailbox(self, about_id: str) -> Mailbox | None:
        """Return where the mail goes; None where the request is over, held, or was emptied."""
        request = self.request(about_id)
        if request is None or request.is_over or request.is_held or request.sealed is None:
            return None
        facts = secrecy.unseal(request)
        return Mailbox(facts["address"], facts.get("language") or "en")

    def request(self, about_id: str) -> SignOnRequest | None:
        """Return the request that the mail is about."""
        found: SignOnRequest | None = (
            SignOnRequest.objects.unguarded(WHY).filter(pk=about_id).first()
        )
        return found

    def notice(self) -> str:
        """Return the sentence shown in the portal; nobody sees it, for want of an account."""
        return _("You were asked to confirm something.")


@register
class SignOnLink(ToAMailbox):
    """To the address that was typed: the link and the code; or, where a name of this address stands
    already, the link to it. Whoever typed the address learns nothing of that."""

    kind = "letters.sign_on_link"

    def subject(self) -> str:
        """Return the subject: the same for everybody."""
        return _("Please confirm")

    def body(self, user: Mailbox, about_id: str) -> str:
        """Return the text, in the language of the form that was sent."""
        request = self.request(about_id)
        if request is None:  # asked for the mailbox a moment ago
            return ""
        standing = _standing(request)
        facts = secrecy.unseal(standing or request)
        if standing is not None:
            words = [
                _("Somebody, probably you, gave this address here once more."),
                _("You have confirmed already. To see it, to change it or to take it back:"),
                link_to(facts["token"]),
            ]
        else:
            words = [
                _("Somebody, probably you, gave this address to confirm something here."),
                _("Open this page to read what it is. Nothing happens before you say so there:"),
                link_to(facts["token"]),
                _("Or type this code where you were asked for it:"),
                f"{facts['code'][:4]} {facts['code'][4:]}",
            ]
        words.append(_("If it was not you, do nothing. The link is yours: do not pass it on."))
        return "\n\n".join(words)


@register
class ReceiptByMail(ToAMailbox):
    """To who signed by link: it stands, and where to find it."""

    kind = "letters.receipt_by_mail"

    def body(self, user: Mailbox, about_id: str) -> str:
        """Return the text, in the language of the form that was sent."""
        request = self.request(about_id)
        token = secrecy.unseal(request)["token"] if request is not None else ""
        words = [
            _("What you confirmed stands. To see it, to change it or to take it back:"),
            link_to(token),
            _("The link is yours: do not pass it on."),
        ]
        return "\n\n".join(words)


def _standing(request: SignOnRequest) -> SignOnRequest | None:
    """Return the confirmed request whose name of the same address stands, None where none does."""
    names = Signatory.objects.unguarded(WHY).filter(
        letter_id=request.letter_id, address_key=request.address_key, withdrawn_at=None
    )
    confirmed = SignOnRequest.objects.unguarded(WHY).filter(
        signatory__in=names.values("pk"), sealed__isnull=False
    )
    found: SignOnRequest | None = confirmed.order_by("confirmed_at").first()
    return found


def link_of_name(name: Signatory) -> str:
    """Return the link that opens a name which was signed by mail; "" where there is none (any
    more). For news that the owner wished to have."""
    confirmed = SignOnRequest.objects.unguarded(WHY).filter(signatory=name, sealed__isnull=False)
    request = confirmed.order_by("confirmed_at").first()
    return link_to(secrecy.unseal(request)["token"]) if request is not None else ""


# Invitations -------------------------------------------------------------------------------------
@register
class InvitedByMail(ProtectedNotification):
    """To an address that the coordinators invited: where to read the letter, and how to say no."""

    kind = "letters.invited_by_mail"

    def mailbox(self, about_id: str) -> Mailbox | None:
        """Return where the mail goes; None where the invitation or the door to the letter ended."""
        invited = SignOnInvitation.objects.unguarded(WHY).standing().not_declined()
        one = invited.filter(pk=about_id, sealed__isnull=False).select_related("letter").first()
        if one is None or not one.letter.open_to_outsiders:
            return None
        facts = secrecy.unseal(one)
        return Mailbox(facts["address"], facts["language"])

    def subject(self) -> str:
        """Return the subject."""
        return _("You are invited to read something")

    def body(self, user: Mailbox, about_id: str) -> str:
        """Return the text, in the language of the letter."""
        return invitation_words(about_id)

    def notice(self) -> str:
        """Return the sentence shown in the portal; nobody sees it, for want of an account."""
        return _("You are invited to sign a letter. You can also say that you do not sign it.")


def invitation_words(invitation_id: str) -> str:
    """Return what is written to an address that was invited; it names no letter and nobody."""
    one = SignOnInvitation.objects.unguarded(WHY).select_related("letter").get(pk=invitation_id)
    token, secret = secrecy.unseal(one)["token"], one.letter.outsiders_secret
    words = [
        _(
            "Somebody who knows your address invites you to read something, and to say whether you "
            "support it:"
        ),
        f"{settings.SITE_URL}{reverse('letters:outside', args=[secret])}",
        _("If you do not, say so here; then nobody reminds you:"),
        f"{settings.SITE_URL}{reverse('letters:invited', args=[token])}",
        _("Your address is kept encrypted. If you do nothing, nothing happens."),
    ]
    return "\n\n".join(words)
