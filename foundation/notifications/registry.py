"""The kinds of messages. Each room writes one class per message and registers it.

    @register
    class ClosingSoon(Notification):
        kind = "letters.closing_soon"

        def notice(self) -> str:
            return _("A letter that you coordinate closes soon.")

        def path(self, about_id: str) -> str:
            return reverse("letters:detail", args=[about_id])

Mail travels in the open and lies in boxes that others read. So subject and body say nothing: no
name, no country, no title, no level. A file says no more than its reader chose to have in it
(`Notification.files`). The sentence of `notice` is read inside the portal; it may
say what kind of thing happened, but it names nobody either.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, ClassVar, TypeVar

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation.notifications.files import MailFile


class UnknownNotification(LookupError):
    """No class of that kind is registered here, or only an older version of it."""


@lru_cache(maxsize=32)
def _neutral_body(language: str, site: str) -> str:
    """The same for everyone who reads in the active `language`: made once, not for each mail."""
    return "\n\n".join(
        [
            _("There is something new for you in the portal. Sign in to read it:"),
            f"{site}{reverse('notifications:list')}",
            _("If you do not want such mails, you can switch them off in your preferences."),
        ]
    )


class Notification:
    """One kind of message. `kind` is "room.fact"; raise `version` when old rows need other care."""

    kind: ClassVar[str] = ""
    version: ClassVar[int] = 1

    def subject(self) -> str:
        """The subject of the mail, in the active language."""
        return _("You have an update")

    def body(self, user: Any, about_id: str) -> str:
        """The text of the mail to `user`, in the active language (the user's own).

        Every mail leads to the list of notices: an address with an id in it would tell a reader of
        the box that two people wrote about the same thing, and which kind of thing it is.
        """
        return _neutral_body(get_language() or "", settings.SITE_URL)

    def still_true(self, user: Any, about_id: str) -> bool:
        """Tell whether the mail is still to be sent. Asked when it is about to leave.

        Say no where it has been overtaken, or where `user` must not hear of it any more: the row
        is then done without a mail.
        """
        return True

    def files(self, user: Any, about_id: str) -> tuple[MailFile, ...]:
        """The files of the mail to `user`, made when it is about to leave; usually none.

        They travel in the open as the words do: put nothing into them that `user` did not ask for.
        The same row must give the same files whenever it is asked, for a mail may leave twice.
        """
        return ()

    @property
    def is_made_late(self) -> bool:
        """Tell whether mails of this kind differ, so that each is made just before it leaves."""
        ours, plain = type(self), Notification
        return ours.files is not plain.files or ours.still_true is not plain.still_true

    def notice(self) -> str:
        """The sentence shown to the user inside the portal."""
        return _("There is something new for you.")

    def path(self, about_id: str) -> str:
        """Where the notice leads inside the portal; mails never carry it."""
        return reverse("notifications:list")


N = TypeVar("N", bound=type[Notification])
_kinds: dict[str, Notification] = {}


def register(cls: N) -> N:
    """Make `cls` known under its kind (use as a decorator). ValueError for a kind used twice."""
    known = _kinds.get(cls.kind)
    if not cls.kind or (known and type(known).__qualname__ != cls.__qualname__):
        raise ValueError(f"The notification {cls.__qualname__} needs a kind of its own.")
    _kinds[cls.kind] = cls()
    return cls


def notification(kind: str, version: int = 1) -> Notification:
    """The message of that kind; UnknownNotification if this process does not know that version."""
    known = _kinds.get(kind)
    if known is None or known.version < version:
        raise UnknownNotification(kind)
    return known


def registered() -> tuple[Notification, ...]:
    """Every registered message."""
    return tuple(_kinds.values())
