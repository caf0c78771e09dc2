"""Who takes part, and how each of them wants to be told."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.web.forms import TokenForm
from foundation.web.pages import form_page, get_or_post
from foundation.web.policies import policy, signed_in
from foundation.web.shortcuts import get_visible_or_404, posted
from meetings import actions
from meetings.enums import InvitationStyle, MeetingState, Side
from meetings.forms import NamedForm, ParticipantForm, StyleForm
from meetings.models import Meeting, Participant
from meetings.rules import may_list, people_of, side_of
from meetings.views.parts import visible_meeting
from meetings.views.showing import participant_rows


@policy(signed_in)
@get_or_post
def participants(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show who takes part; add somebody of one's own side."""
    meeting = visible_meeting(request, pk)
    side = _own_side(request, meeting)
    everybody = list(
        Participant.objects.visible_to(request.user).about(meeting).present().in_order()
    )
    # A form posted twice names somebody who is on the list by then: that is understood all the same.
    taken = set() if request.method == "POST" else {one.user_id for one in everybody}
    people = [one for one in people_of(meeting, side) if one.pk not in taken]
    form = ParticipantForm(posted(request), people=people)

    def do() -> str:
        actions.add_participant(meeting=meeting, side=side, **form.values(), by=request.user)
        messages.success(request, _("Added to those who take part."))
        return reverse("meetings:participants", args=[pk])

    speaks_for = side_of(request.user, meeting)
    rows = participant_rows(everybody, side, user=request.user, speaks_for=speaks_for)
    context = {"meeting": meeting, "people": rows}
    return form_page(request, form, do, "meetings/participants.html", context)


def _own_side(request: HttpRequest, meeting: Meeting) -> str:
    """Return for which side the reader may change who takes part; Http404 for neither."""
    if not may_list(request.user, meeting):
        raise Http404
    return side_of(request.user, meeting) or Side.REQUESTER  # a contributor writes the draft


@policy(signed_in)
@get_or_post
def remove(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, then take somebody of one's own side off; who had a calendar file gets its cancellation."""
    seen = Participant.objects.visible_to(request.user)
    # Posted twice, the person is off the list by then.
    listed = seen if request.method == "POST" else seen.present()
    participant = get_visible_or_404(listed.select_related("meeting"), pk=pk)
    meeting = visible_meeting(request, participant.meeting_id)
    if _own_side(request, meeting) != participant.side:
        raise Http404
    form = TokenForm(posted(request))
    back = reverse("meetings:participants", args=[meeting.pk])

    def do() -> str:
        actions.remove_participant(participant=participant, by=request.user)
        return back

    # Never by what was sent to them: how somebody is written to is nobody else's business.
    told = _("With an account here, they are told in the way that they chose.")
    context = {
        "meeting": meeting,
        "title": _("Take a participant off"),
        "question": _("Take %(name)s off this meeting?") % {"name": participant.name},
        "what": told if meeting.state == MeetingState.CONFIRMED else _("Nobody is told."),
        "button": _("Take off"),
        "undo": _("You can add the person again."),
        "back": back,
    }
    return form_page(request, form, do, "meetings/sure.html", context)


@policy(signed_in)
@get_or_post
def named(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Give or take back the consent to be named: the person, or who acts for their side."""
    seen = Participant.objects.visible_to(request.user).present()
    participant = get_visible_or_404(seen, pk=pk)
    meeting = visible_meeting(request, participant.meeting_id)
    own = participant.user_id == request.user.pk
    if not own and side_of(request.user, meeting) != participant.side:
        raise Http404
    form = NamedForm(posted(request), participant=participant)

    def do() -> str:
        actions.agree_to_be_named(
            participant=participant, agreed=form.cleaned_data["named"] == "yes", by=request.user
        )
        return meeting.get_absolute_url()

    context = {"meeting": meeting, "title": participant.name, "button": _("Save")}
    return form_page(request, form, do, "meetings/form.html", context)


@policy(signed_in)
@get_or_post
def style(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Let a participant choose how to be told, and whether to be named in the brief; asked before
    the first invitation."""
    meeting = visible_meeting(request, pk)
    own = Participant.objects.visible_to(request.user).about(meeting).present()
    participant = get_visible_or_404(own, user=request.user)
    asked = participant.style == InvitationStyle.NOT_ASKED
    initial = {"may_be_named": participant.may_be_named}
    initial |= {} if asked else {"style": participant.style}
    form = StyleForm(posted(request), initial=initial)

    def do() -> str:
        agreed, by = form.cleaned_data["may_be_named"], request.user
        actions.agree_to_be_named(participant=participant, agreed=agreed, by=by)
        actions.choose_style(participant=participant, style=form.cleaned_data["style"], by=by)
        messages.success(request, _chosen(meeting, form.cleaned_data["style"]))
        return meeting.get_absolute_url()

    return form_page(request, form, do, "meetings/style.html", {"meeting": meeting})


def _chosen(meeting: Meeting, style: str) -> str:
    """Return what happens next, in words."""
    if style == InvitationStyle.NO_MAIL:
        return _("Kept. Nothing is sent to you: look here.")
    if meeting.state == MeetingState.CONFIRMED:
        return _("Kept. The mail is on its way.")
    return _("Kept. You are told so when the time stands.")
