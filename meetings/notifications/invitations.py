"""Mails with a calendar file. Each is about a CalendarStep, which is what the file says."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.notifications.files import MailFile
from foundation.notifications.registry import Notification, register
from meetings.calendars import Invitation, write
from meetings.enums import InvitationStyle
from meetings.models import CalendarStep

NAME = "invitation.ics"


class AboutStep(Notification):
    """Base of the mails with a calendar file."""

    def path(self, about_id: str) -> str:
        """Return the path that leads on to the meeting; it opens only for the one who is invited."""
        return reverse("meetings:invitation", args=[about_id])

    def still_true(self, user: Any, about_id: str) -> bool:
        """Say no where a later file says otherwise, and for who wants no mail any more or cannot
        see the meeting any more."""
        step = _step(user, about_id)
        if step is None:
            return False
        last = step.sequence == step.participant.calendar_sequence
        return last and step.participant.style != InvitationStyle.NO_MAIL

    def files(self, user: Any, about_id: str) -> tuple[MailFile, ...]:
        """Return the file twice: as a form of the mail's text, which calendars take up, and as an
        attachment for those that do not."""
        step = _step(user, about_id)
        if step is None:
            return ()
        data = write(invitation_of(step))
        shown = f"text/calendar; method={step.method}"
        return (
            MailFile(NAME, shown, data, alternative=True),
            MailFile(NAME, "application/ics", data),
        )


@register
class Invited(AboutStep):
    """To a participant: put it into your calendar."""

    kind = "meetings.invitation"

    def notice(self) -> str:
        """Says that a file was sent."""
        return _("You are invited to a meeting. The file for your calendar comes by mail.")


@register
class InvitationChanged(AboutStep):
    """To a participant: another time or place."""

    kind = "meetings.invitation_changed"

    def notice(self) -> str:
        """Says that a file was sent."""
        return _("A meeting has moved. The new file for your calendar comes by mail.")


@register
class InvitationCancelled(AboutStep):
    """To a participant: take it out of your calendar."""

    kind = "meetings.invitation_cancelled"

    def notice(self) -> str:
        """Says that a file was sent."""
        return _("A meeting leaves your calendar. The file that takes it out comes by mail.")


def invitation_of(step: CalendarStep) -> Invitation:
    """Return what the file of a step says, in the active language.

    Nothing but "Meeting" and a way into the portal, unless the person chose the fuller text.
    """
    participant, meeting = step.participant, step.participant.meeting
    fuller = step.style == InvitationStyle.FULLER
    return Invitation(
        uid=participant.calendar_uid,
        sequence=step.sequence,
        method=step.method,
        starts_at=step.starts_at,
        ends_at=step.ends_at,
        stamped_at=step.made_at,
        organizer=settings.OFFICE_ADDRESS,
        recipient=participant.user.email,  # type: ignore[union-attr]  # has an account
        link=f"{settings.SITE_URL}{reverse('notifications:list')}",
        title=meeting.purpose if fuller else _("Meeting"),
        place=step.place,
    )


def _step(user: Any, step_id: str) -> CalendarStep | None:
    """Return the step if it is `user`'s own and they can see the meeting."""
    steps = CalendarStep.objects.visible_to(user)
    return (
        steps.select_related("participant__meeting", "participant__user").filter(pk=step_id).first()
    )
