"""Messages about a meeting: they lead to its page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.notifications.registry import Notification, register
from meetings.models import Meeting
from meetings.rules import want_no_mail


class AboutMeeting(Notification):
    """Base of this room's messages: they lead to the meeting's page."""

    def path(self, about_id: str) -> str:
        """Return the path of the page; it opens only for who may see the meeting."""
        return reverse("meetings:detail", args=[about_id])

    def still_true(self, user: Any, about_id: str) -> bool:
        """Say no for who cannot see the meeting any more (no mail tells that it goes on), and for who
        wants no mail about it since."""
        seen = Meeting.objects.visible_to(user).filter(pk=about_id).exists()
        return seen and user.pk not in want_no_mail(about_id)


@register
class Received(AboutMeeting):
    """To those who asked: it has arrived."""

    kind = "meetings.received"

    def notice(self) -> str:
        """The receipt."""
        return _("The Office has received your request for a meeting. See by when it answers.")


@register
class TakenUp(AboutMeeting):
    """To those who asked: somebody works on it."""

    kind = "meetings.taken_up"

    def notice(self) -> str:
        """Says that, and where the day stands."""
        return _("The Office has taken up your request for a meeting.")


@register
class Declined(AboutMeeting):
    """To those who asked: it will not be."""

    kind = "meetings.declined"

    def notice(self) -> str:
        """The reason is on the page."""
        return _("The Office cannot hold a meeting that you asked for. See why.")


@register
class TimesProposed(AboutMeeting):
    """To those who asked: times to choose from."""

    kind = "meetings.times_proposed"

    def notice(self) -> str:
        """The times are on the page."""
        return _("The Office proposes times for a meeting. Choose one.")


@register
class TimesTakenBack(AboutMeeting):
    """To those who asked: the times no longer hold."""

    kind = "meetings.times_taken_back"

    def notice(self) -> str:
        """Says that."""
        return _("The times that were proposed for a meeting no longer hold. New ones will follow.")


@register
class Confirmed(AboutMeeting):
    """To both sides: the meeting stands."""

    kind = "meetings.confirmed"

    def notice(self) -> str:
        """Says that, not when."""
        return _("A meeting is confirmed. See when and where.")


@register
class ChooseHow(AboutMeeting):
    """To a participant: how do you want to be invited?"""

    kind = "meetings.choose_how"

    def notice(self) -> str:
        """The choice is on the page."""
        return _("You are to take part in a meeting. Choose how you want to be invited.")


@register
class Moved(AboutMeeting):
    """To both sides: another time or place."""

    kind = "meetings.moved"

    def notice(self) -> str:
        """Says that, not when."""
        return _("A meeting has moved. See when and where.")


@register
class Cancelled(AboutMeeting):
    """To both sides: it will not be."""

    kind = "meetings.cancelled"

    def notice(self) -> str:
        """Says that, not why."""
        return _("A meeting was cancelled. See why.")


@register
class Removed(AboutMeeting):
    """To a participant: no longer on the list."""

    kind = "meetings.removed"

    def notice(self) -> str:
        """Says that."""
        return _("You were taken off the list of a meeting.")


@register
class Word(AboutMeeting):
    """To the other side: a message."""

    kind = "meetings.word"

    def notice(self) -> str:
        """The message is on the page."""
        return _("There is a message about a meeting.")


@register
class Committed(AboutMeeting):
    """To those who asked: the Office undertook something."""

    kind = "meetings.committed"

    def notice(self) -> str:
        """Says that, not what."""
        return _("The Office has written down what it undertook at a meeting.")


@register
class CommitmentDone(AboutMeeting):
    """To those who asked: something was done."""

    kind = "meetings.commitment_done"

    def notice(self) -> str:
        """Says that, not what."""
        return _("The Office has done what it undertook at a meeting.")


@register
class ToAssign(AboutMeeting):
    """To the officers: a new ask waits for an owner."""

    kind = "meetings.to_assign"

    def notice(self) -> str:
        """For the desk."""
        return _("A request for a meeting waits for an owner.")


@register
class Assigned(AboutMeeting):
    """To the owner: it is yours now."""

    kind = "meetings.assigned"

    def notice(self) -> str:
        """For the owner."""
        return _("A request for a meeting was assigned to you.")


@register
class OtherTimes(AboutMeeting):
    """To the owner: none of the times fits."""

    kind = "meetings.other_times"

    def notice(self) -> str:
        """For the owner."""
        return _("None of the times proposed for a meeting fits. Propose others.")


@register
class Withdrawn(AboutMeeting):
    """To the owner: it was withdrawn."""

    kind = "meetings.withdrawn"

    def notice(self) -> str:
        """For the owner."""
        return _("A request for a meeting on your list was withdrawn.")


@register
class NoteFiled(AboutMeeting):
    """To the owner: the note is filed."""

    kind = "meetings.note_filed"

    def notice(self) -> str:
        """For the owner."""
        return _("The note of a meeting on your list was filed.")


@register
class CommitmentAssigned(AboutMeeting):
    """To the staff member who is to do it."""

    kind = "meetings.commitment_assigned"

    def notice(self) -> str:
        """For the owner of the commitment."""
        return _("Something that the Office undertook at a meeting is yours to do.")


@register
class DueSoon(AboutMeeting):
    """To the owner: the answer is due in three days or less."""

    kind = "meetings.due_soon"

    def notice(self) -> str:
        """For the owner."""
        return _("The answer to a request for a meeting is due soon.")


@register
class CommitmentDue(AboutMeeting):
    """To the owner of a commitment: it is due in three days or less."""

    kind = "meetings.commitment_due"

    def notice(self) -> str:
        """For the owner of the commitment."""
        return _("Something that the Office undertook at a meeting is due soon.")
