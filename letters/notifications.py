"""What this room tells people: one class per message, and to whom each goes.

Mails are neutral (the base class writes them); the sentence inside the portal names nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.notifications.outbox import notify
from foundation.notifications.registry import Notification, register
from letters.models import Letter, Signatory
from organizations.models import Membership, NetworkCoordinator, NetworkMembership


class AboutALetter(Notification):
    """Base of this room's messages: they lead to the letter's page."""

    def path(self, about_id: str) -> str:
        """Return the path of the letter's page; it opens only for who may see the letter."""
        return reverse("letters:detail", args=[about_id])


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


@register
class Delivered(AboutALetter):
    """To everyone who signed here: the letter was handed to the Office."""

    kind = "letters.delivered"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A letter that you signed was delivered to the Office.")


@register
class ToAcknowledge(AboutALetter):
    """To the officers: a letter was delivered to the Office."""

    kind = "letters.to_acknowledge"

    def path(self, about_id: str) -> str:
        """Return the path of the letter at the desk."""
        return reverse("letters:item", args=[about_id])

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A letter was delivered to the Office and waits to be acknowledged.")


@register
class Assigned(ToAcknowledge):
    """To the owner: it is yours now."""

    kind = "letters.assigned"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A letter was given to you.")


@register
class Acknowledged(AboutALetter):
    """To those who signed and coordinated: the Office has read it."""

    kind = "letters.acknowledged"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("The Office has acknowledged a letter of yours.")


class AboutAnswers(AboutALetter):
    """Base of the messages that lead to what was asked, answered, done."""

    def path(self, about_id: str) -> str:
        """Return the path of the page; it opens only for who may see the letter."""
        return reverse("letters:answers", args=[about_id])


@register
class AskAnswered(AboutAnswers):
    """To those who signed and coordinated: one ask has an answer."""

    kind = "letters.ask_answered"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("The Office has answered something that a letter of yours asks.")


@register
class AskMoved(AboutAnswers):
    """To those who signed and coordinated: the Office reports on progress."""

    kind = "letters.ask_moved"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("There is news about what became of something that a letter of yours asks.")


@register
class Answered(AboutAnswers):
    """To those who signed and coordinated: the last ask was answered."""

    kind = "letters.answered"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("The Office has answered all that a letter of yours asks.")


@register
class DocumentReady(AboutALetter):
    """To the person who asked for it: the document can be downloaded."""

    kind = "letters.document_ready"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A document that you asked for is ready.")


WHY = "whom to tell; nothing of it is shown"


def tell_coordinators(letter: Letter, kind: str, *, but: Any = None, dedupe: str = "") -> None:
    """Tell the coordinators of the letter's network, except `but`."""
    rows = NetworkCoordinator.objects.unguarded(WHY).present().filter(network=letter.network_id)
    _tell(rows.values_list("user_id", flat=True), letter, kind, but=but, dedupe=dedupe)


def tell_members(letter: Letter, kind: str) -> None:
    """Tell the representatives of the network's member organizations."""
    members = NetworkMembership.objects.unguarded(WHY).standing().filter(network=letter.network_id)
    people = (
        Membership.objects.unguarded(WHY)
        .representatives()
        .filter(organization__in=members.values("organization_id"))
    )
    _tell(people.values_list("user_id", flat=True), letter, kind)


def tell_signatories(letter: Letter, kind: str, *, dedupe: str = "") -> None:
    """Tell everyone who signed the letter here and did not take it back."""
    names = Signatory.objects.unguarded(WHY).of(letter).standing().filter(signed_by__isnull=False)
    _tell(names.values_list("signed_by_id", flat=True), letter, kind, dedupe=dedupe)


def tell_those_who_ask(letter: Letter, kind: str, *, dedupe: str = "") -> None:
    """Tell everyone who signed the letter here and did not take it back, and the coordinators of
    its network; each of them once, whatever they are to it."""
    names = Signatory.objects.unguarded(WHY).of(letter).standing().filter(signed_by__isnull=False)
    rows = NetworkCoordinator.objects.unguarded(WHY).present().filter(network=letter.network_id)
    people = {
        *names.values_list("signed_by_id", flat=True),
        *rows.values_list("user_id", flat=True),
    }
    _tell(people, letter, kind, dedupe=dedupe)


def tell_people(
    ids: Iterable[Any], letter: Letter, kind: str, *, but: Any = None, dedupe: str = ""
) -> None:
    """Tell the people with these ids, except `but`: leads, one who comments, one who is replaced."""
    _tell(ids, letter, kind, but=but, dedupe=dedupe)


def tell_office(people: Iterable[Any], letter: Letter) -> None:
    """Tell the officers that a letter has come."""
    _tell([one.pk for one in people], letter, "letters.to_acknowledge")


def _tell(
    ids: Iterable[Any], letter: Letter, kind: str, *, but: Any = None, dedupe: str = ""
) -> None:
    people = get_user_model().objects.filter(pk__in=set(ids), is_active=True).order_by("pk")
    for user in people:
        if but is None or user.pk != but.pk:
            notify(kind, to=user, about=letter, dedupe=dedupe or f"{kind}:{letter.pk}")
