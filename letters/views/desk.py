"""The desk of the Office: the letters that were delivered, one of them in full, its owner."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from foundation.audit.recording import record_read
from foundation.web.pages import form_page, get_or_post, views_of
from foundation.web.pagination import paginate
from foundation.web.policies import policy
from foundation.web.shortcuts import page, posted
from letters import actions
from letters.actions.replying import TAKES_A_REPLY
from letters.documents.receipt import receipt_of
from letters.enums import ENDED, TO_ACKNOWLEDGE, LetterState, ReplyState
from letters.forms import OwnerForm
from letters.models import Ask, Letter
from letters.rules import OFFICE
from letters.transitions import LETTER
from letters.views.parts import desk_letter
from letters.views.replying import replies_of
from letters.views.showing import desk_rows, marked, numbered, summary
from letters.views.way import closing_reason, history, steps_of, way

VIEWS = {
    "acknowledge": gettext_lazy("To acknowledge"),
    "mark": gettext_lazy("Asks to mark"),
    "answer": gettext_lazy("Being answered"),
    "mine": gettext_lazy("Mine"),
    "all": gettext_lazy("All"),
}
STATES = {
    "acknowledge": TO_ACKNOWLEDGE,
    "mark": (LetterState.ACKNOWLEDGED,),
    "answer": (LetterState.UNDER_REVIEW,),
}


def desk(request: HttpRequest) -> HttpResponse:
    """The list: a view, rows, the longest waiting first. Called by `list_letters`."""
    asked = request.GET.get("view", "")
    view = asked if asked in VIEWS else "all"
    seen = Letter.objects.visible_to(request.user).for_the_desk(request.user)
    counts = seen.counted(request.user)
    letters = _of_view(seen, view, request.user).select_related("network", "owner")
    shown = paginate(request, letters.longest_waiting_first())
    asks = Ask.objects.visible_to(request.user).standing().with_recommendation()
    context = {
        "views": views_of(reverse("letters:list"), VIEWS, counts, view),
        "page": shown,
        "rows": desk_rows(shown, asks.filter(letter__in=[letter.pk for letter in shown])),
        "columns": [_("Letter"), _("State"), _("Asks"), _("Owner"), _("Delivered, or due")],
    }
    return page(request, "letters/desk.html", context)


def _of_view(seen: QuerySet, view: str, user: Any) -> QuerySet:
    if view == "mine":
        return seen.filter(owner=user).exclude(state__in=ENDED)
    return seen.in_state(*STATES[view]) if view in STATES else seen


@policy(OFFICE)
@require_safe
def desk_link(request: HttpRequest) -> HttpResponse:
    """A fragment for other desks: a link to the letters, with what waits there."""
    seen = Letter.objects.visible_to(request.user).for_the_desk(request.user)
    return render(request, "letters/_desk_link.html", {"counts": seen.counted(request.user)})


@policy(OFFICE)
@require_safe
def item(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One letter with its asks, and the steps that are possible now. Opening it is recorded."""
    letter = desk_letter(request, pk)
    record_read("letters.read", letter, by=request.user)
    asks = list(Ask.objects.visible_to(request.user).of(letter).with_recommendation().in_order())
    standing = [ask for ask in asks if ask.withdrawn_at is None]
    possible = {step.name for step in LETTER.available(letter, request.user)}
    steps = steps_of(request.user, letter)
    replies = replies_of(request.user, letter)
    in_work = any(reply.state != ReplyState.FILED for reply in replies)
    context = {
        "letter": letter,
        "text": letter.text(),
        "blocks": numbered(letter, standing),
        "way": way(letter, steps),
        "history": history(steps, staff=True),
        "replies": replies,
        "may_reply": letter.state in TAKES_A_REPLY and not in_work,
        "receipt": receipt_of(letter),
        "no_answer": closing_reason(letter, steps),
        "asks": marked(standing),
        "taken_back": [ask for ask in asks if ask.withdrawn_at is not None],
        "summary": summary(standing),
        "possible": possible,
        "may_mark": "mark" in possible,
    }
    return page(request, "letters/item.html", context)


@policy(OFFICE)
@get_or_post
def assign(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take the letter, or give it to somebody else of the Office."""
    letter = desk_letter(request, pk)
    initial = {"owner": letter.owner_id or request.user.pk}
    form = OwnerForm(posted(request), initial=initial)
    back = reverse("letters:item", args=[pk])

    def do() -> str:
        actions.assign(letter=letter, owner=form.cleaned_data["owner"], by=request.user)
        return back

    context = {"letter": letter, "title": _("Owner of the letter"), "button": _("Save")}
    return form_page(request, form, do, "letters/form.html", {**context, "back": back})
