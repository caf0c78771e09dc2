"""The messages to those whose name is not public, and to those who signed without an account.

No row says to whom such a mail goes: it is about a name under a letter, its recipient is a random
number, and the address is looked up in the sealed row by the task that sends it.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.notifications.mailbox import Mailbox, ProtectedNotification
from foundation.notifications.registry import Notification, register
from letters import secrecy
from letters.enums import Method
from letters.models import Signatory
from letters.notifications.answers import Answered, AskAnswered, AskMoved
from letters.notifications.delivery import Acknowledged, Delivered, NoAnswer
from letters.notifications.drafting import Corrected
from letters.notifications.replies import Replied

WHY = "the sending task asks where a mail goes; nothing of it is kept"


def hidden_kind(kind: str) -> str:
    """Return the kind of the same message for those who are reached by pseudonym."""
    return f"{kind}_unnamed"


class ToAName(ProtectedNotification):
    """Base of the messages that are addressed by the row of a name."""

    only_if_wished = True  # people without an account said whether they want news

    def mailbox(self, about_id: str) -> Mailbox | None:
        """Return where the mail goes; None where the name was taken off or nothing is wished."""
        name = Signatory.objects.unguarded(WHY).filter(pk=about_id).first()
        if name is None or name.withdrawn_at is not None:
            return None
        facts = secrecy.unseal(name)
        if facts.get("user"):
            user: Any = get_user_model().objects.filter(pk=facts["user"], is_active=True).first()
            return Mailbox(user.email, user.language) if user and user.wants_mail else None
        if not facts.get("address") or (self.only_if_wished and not facts.get("wants_news")):
            return None
        return Mailbox(facts["address"], facts.get("language") or "en")

    def body(self, user: Mailbox, about_id: str) -> str:
        """Return the usual words; to people without an account, with the link to their name."""
        from letters.notifications.by_mail import link_of_name

        name = Signatory.objects.unguarded(WHY).get(pk=about_id)
        link = link_of_name(name) if name.method == Method.EMAIL else ""
        if not link:
            return super().body(user, about_id)
        return "\n\n".join([_("There is something new about what you confirmed here:"), link])

    def path(self, about_id: str) -> str:
        """Return the path of the letter's page; it opens only for who may see the letter."""
        letters = Signatory.objects.unguarded(WHY).values_list("letter_id", flat=True)
        return reverse("letters:detail", args=[letters.get(pk=about_id)])


@register
class ReceiptUnnamed(ToAName):
    """To somebody who signed without being named: it stands."""

    kind = hidden_kind("letters.receipt")
    only_if_wished = False

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("You signed a letter. You can take it back on the letter's page.")


def _twin(message: type[Notification], *, only_if_wished: bool = True) -> None:
    register(type(f"{message.__name__}Unnamed", (ToAName,), {
        "kind": hidden_kind(message.kind), "__doc__": message.__doc__, "notice": message.notice,
        "only_if_wished": only_if_wished,
    }))  # fmt: skip


for _message in (Delivered, Acknowledged, AskAnswered, AskMoved, Answered, NoAnswer, Replied):
    _twin(_message)
_twin(Corrected, only_if_wished=False)  # whoever signed is asked again
