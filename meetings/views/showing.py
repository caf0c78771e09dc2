"""Rows of this room as the components of pages want them."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.web.templatetags.portal_tags import span_in_zones
from meetings.enums import FINISHED, InvitationStyle, MessageKind, Side
from meetings.enums import MeetingState as S
from meetings.models import Commitment, Meeting, Message, Participant, Slot
from meetings.rules import has_begun, may_list, roles_of
from meetings.transitions import MEETING
from organizations.enums import OfficialLanguage


def possible(meeting: Meeting, user: Any) -> SimpleNamespace:
    """Return the steps that `user` may take now, by name."""
    return SimpleNamespace(**{step.name: step for step in MEETING.available(meeting, user)})


def flags(meeting: Meeting, user: Any) -> dict[str, bool]:
    """Return what else `user` may do with it beside the steps of the table."""
    words = roles_of(user, meeting)
    sent = meeting.requested_at is not None
    return {
        "acts": bool(words & {"requester", "officer"}),
        "over": meeting.state in (*FINISHED, S.HELD),
        "begun": has_begun(meeting),
        "may_seat": may_list(user, meeting),
        "may_write": sent
        and meeting.state != S.WITHDRAWN
        and bool(words & {"requester", "officer"}),
        "may_close": "requester" in words and meeting.state not in FINISHED,
        "may_commit": "officer" in words and meeting.state in (S.HELD, S.FILED),
    }


# Where it stands ------------------------------------------------------------------------------
def way(meeting: Meeting) -> list[dict[str, Any]]:
    """Return where a meeting stands, with its clock: received, times, meeting, afterwards."""
    times = {"label": _("Times proposed"), "place": ""}
    meets = {"label": _("The meeting"), "place": ""}
    after = {"label": _("What was undertaken"), "place": ""}
    if meeting.requested_at is None:
        here = "stopped" if meeting.state == S.WITHDRAWN else "here"
        note = _("The Office does not see it yet")
        written = {"label": _("Being written"), "place": here, "note": note}
        return [written, {"label": _("Received"), "place": ""}, times, meets, after]
    received = {"label": _("Received"), "place": "done", "at": meeting.requested_at}
    stopped = _stopped(meeting)
    if stopped:
        return [received, stopped]
    return [received, *_steps_after_receipt(meeting, times, meets, after)]


def _stopped(meeting: Meeting) -> dict[str, Any] | None:
    if meeting.state not in (S.DECLINED, S.CANCELLED, S.WITHDRAWN):
        return None
    stopped = {"label": meeting.state_label.public, "place": "stopped"}
    if meeting.state == S.CANCELLED:
        by_office = meeting.cancelled_by_side == Side.OFFICE
        stopped["at"] = meeting.cancelled_at
        stopped["note"] = _("By the Office") if by_office else _("By those who asked for it")
    return stopped


def _steps_after_receipt(
    meeting: Meeting, times: dict[str, Any], meets: dict[str, Any], after: dict[str, Any]
) -> list[dict[str, Any]]:
    if meeting.state in (S.REQUESTED, S.ASSIGNED):
        times |= {"place": "here", "due": meeting.answer_by}
        if meeting.state == S.REQUESTED:
            times["note"] = _("An owner is being found")
    elif meeting.state == S.PROPOSED:
        times["place"] = "done"
        meets |= {"place": "here", "note": _("A time is to be chosen")}
    else:
        times["place"] = "done"
        meets |= {"place": "here" if meeting.state == S.CONFIRMED else "done"}
        meets["at"] = meeting.starts_at
        if meeting.state != S.CONFIRMED:
            after["place"] = "here"
    return [times, meets, after]


def timeline(meeting: Meeting, messages: Iterable[Message]) -> list[dict[str, Any]]:
    """Return what happened, newest first. Names nobody."""
    steps = (
        (meeting.requested_at, _("Received."), S.REQUESTED),
        (meeting.assigned_at, _("Taken up by the Office."), S.ASSIGNED),
        (meeting.confirmed_at, _("A time was chosen: the meeting is confirmed."), S.CONFIRMED),
        (meeting.held_at, _("The meeting was held."), S.HELD),
        (meeting.cancelled_at, _("The meeting was cancelled."), S.CANCELLED),
    )
    events = [
        {"at": at, "sentence": sentence, "state": MEETING.states[state]}
        for at, sentence, state in steps
        if at is not None
    ]
    said = {
        MessageKind.WORD: _("A message was written."),
        MessageKind.NOTE: _("A note was written inside the Office."),
    }
    events += [{"at": one.written_at, "sentence": said[MessageKind(one.kind)]} for one in messages]
    return sorted(events, key=lambda event: event["at"], reverse=True)


# What was asked -------------------------------------------------------------------------------
def answers(meeting: Meeting) -> list[dict[str, Any]]:
    """Return what was asked for, as rows of components/answers.html."""
    spoken = [str(OfficialLanguage(code).label) for code in meeting.languages]
    written = meeting.language
    return [
        {"label": _("What it is about"), "value": meeting.text, "lang": written},
        {"label": _("How to meet"), "value": meeting.get_format_display()},
        {"label": _("Place wished"), "value": meeting.place_wished},
        {"label": _("Languages"), "value": ", ".join(spoken)},
        {"label": _("Needed to take part"), "value": meeting.access_needs, "lang": written},
    ]


def linked(meeting: Meeting, user: Any) -> list[dict[str, Any]]:
    """Return the recommendations it is about, only those that `user` may see themselves."""
    seen = meeting.recommendations.visible_to(user)
    return [
        {
            "url": one.get_absolute_url(),
            "sentence": one.headline(),
            "lang": one.language,
            "about": one.reference,
            "state": one.state_label,
        }
        for one in seen.newest_first()
    ]


def latest(windows: Iterable[Slot]) -> list[Slot]:
    """Return the windows of the latest round: what fits now. They come newest round first."""
    found = list(windows)
    return [one for one in found if one.round == found[0].round]


# People and commitments -----------------------------------------------------------------------
def participant_rows(
    people: Iterable[Participant], side: str = "", *, user: Any, speaks_for: str | None
) -> list[dict[str, Any]]:
    """Return those who take part; with `side`, those whom its people may take off have a link. A
    consent has one where it is `user`'s own, or of the side for which `user` speaks.

    How a person is written to is nobody else's business and stands in no row.
    """

    def says(one: Participant) -> bool:
        return one.user_id == user.pk or one.side == speaks_for

    return [
        {
            "name": one.name,
            "function": one.function,
            "side": one.get_side_display(),
            "named": one.may_be_named,
            "attended": one.attended,
            "account": one.user_id is not None,
            "remove_url": reverse("meetings:remove", args=[one.pk]) if one.side == side else "",
            "named_url": reverse("meetings:named", args=[one.pk]) if says(one) else "",
        }
        for one in people
    ]


def asks_how(meeting: Meeting, people: Iterable[Participant], user: Any) -> bool:
    """Tell whether `user` takes part and has still to say how they want to be told."""
    waits = meeting.state in (S.REQUESTED, S.ASSIGNED, S.PROPOSED, S.CONFIRMED)
    own = (one for one in people if one.user_id == user.pk)
    return waits and any(one.style == InvitationStyle.NOT_ASKED for one in own)


def told_sentences(people: Iterable[Participant]) -> list[str]:
    """Return who hears of a change by the portal and who does not, in numbers, never in names."""
    everybody = list(people)
    reached = sum(1 for one in everybody if one.user_id)
    said = [
        ngettext(
            "%(n)s participant is told by the portal, as they chose.",
            "%(n)s participants are told by the portal, each as they chose.",
            reached,
        )
        % {"n": reached}
    ]
    if rest := len(everybody) - reached:
        said.append(
            ngettext(
                "%(n)s has no account here and is not told: their side tells them.",
                "%(n)s have no account here and are not told: their side tells them.",
                rest,
            )
            % {"n": rest}
        )
    return said


def commitment_rows(
    commitments: Iterable[Commitment], *, staff: bool = False
) -> list[dict[str, Any]]:
    """Return what the Office undertook; the owner's name and the way to "done" only for `staff`."""
    return [
        {
            "text": one.text,
            "due": one.due,
            "done_at": one.done_at,
            "done_note": one.done_note,
            "owner": one.owner.display_name() if staff else "",
            "finish_url": reverse("meetings:finish", args=[one.pk])
            if staff and one.done_at is None
            else "",
        }
        for one in commitments
    ]


# Lists ----------------------------------------------------------------------------------------
def own_rows(meetings: Iterable[Meeting]) -> list[dict[str, Any]]:
    """Return one's own meetings as rows of components/rows.html. No query."""
    return [
        {
            "url": one.get_absolute_url(),
            "sentence": one.headline(),
            "lang": one.language if one.purpose else "",
            "about": _joined(one.reference, one.sender_name(), when(one)),
            "due": one.answer_by if one.state in (S.REQUESTED, S.ASSIGNED) else None,
            "state": one.state_label,
        }
        for one in meetings
    ]


def _joined(*words: str) -> SafeString:
    """Return the words that are there, with dots between them; what is HTML stays HTML."""
    return format_html_join(" · ", "{}", ((word,) for word in words if word))


def when(meeting: Meeting) -> SafeString | str:
    """Return when people meet, by both clocks; "" while no time stands."""
    return span_in_zones(meeting.starts_at, meeting.ends_at, meeting.zone)


def desk_rows(meetings: Iterable[Meeting]) -> list[dict[str, Any]]:
    """Return meetings as rows of components/desk.html. No query: all is joined."""
    return [
        {
            "url": reverse("meetings:item", args=[one.pk]),
            "title": one.headline(),
            "lang": one.language,
            "about": " · ".join([one.reference, one.sender_name(), one.get_level_display()]),
            "cells": [
                {"label": _("State"), "state": one.state_label},
                {"label": _("When"), "text": when(one) or "–"},
                {"label": _("Format"), "text": one.get_format_display()},
                {"label": _("Owner"), "text": one.owner.display_name() if one.owner else "–"},
                {
                    "label": _("Times due"),
                    "due": one.answer_by if one.state in (S.REQUESTED, S.ASSIGNED) else None,
                },
            ],
        }
        for one in meetings
    ]
