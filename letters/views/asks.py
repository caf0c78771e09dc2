"""Marking the asks of a letter, taking one back, acknowledging an offer."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.web.pages import form_page, get_or_post, step_page
from foundation.web.policies import policy
from foundation.web.shortcuts import posted
from foundation.workflow import Transition
from letters import actions
from letters.asks import passages
from letters.forms import MarkForm, UndoForm
from letters.models import Ask
from letters.rules import OFFICE
from letters.views.parts import desk_ask, desk_letter
from letters.views.showing import next_number


@policy(OFFICE)
@get_or_post
def mark(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Mark an ask: it becomes a recommendation at once. `?place=12` chooses the paragraph."""
    letter = desk_letter(request, pk)
    found = passages(letter.text().body)
    numbers = Ask.objects.visible_to(request.user).of(letter).values_list("number", flat=True)
    place = request.POST.get("place") or request.GET.get("place", "")
    initial = {"place": place, "number": next_number(numbers)}
    form = MarkForm(posted(request), found=found, initial=initial)

    def do() -> str:
        names = ("number", "place", "quote")
        ask = actions.mark_ask(
            letter=letter,
            **{name: form.cleaned_data[name] for name in names},
            values=form.values(),
            by=request.user,
        )
        words = _("%(number)s is marked. It stands among the recommendations now.")
        messages.success(request, words % {"number": ask.number})
        return f"{reverse('letters:item', args=[pk])}{ask.anchor}"

    context = {
        "letter": letter,
        "passage": next((one for one in found if one.place == place), None),
        "back": reverse("letters:item", args=[pk]),
    }
    return form_page(request, form, do, "letters/mark.html", context)


@policy(OFFICE)
@get_or_post
def undo(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take back an ask that was marked by mistake, with a reason."""
    ask = desk_ask(request, pk)
    back = reverse("letters:item", args=[ask.letter_id])
    form = UndoForm(posted(request))

    def do() -> str:
        actions.undo_ask(ask=ask, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("It was taken back. Both rows stay on record."))
        return back

    context = {
        "letter": ask.letter,
        "ask": ask,
        "title": _("Take this ask back"),
        "button": _("Take it back"),
        "lead": _("Its recommendation is withdrawn with it. Nobody outside the Office is told."),
        "back": back,
    }
    return form_page(request, form, do, "letters/form.html", context)


@policy(OFFICE)
@get_or_post
def acknowledge_offer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, then say that the Office knows of an offer."""
    ask = desk_ask(request, pk)
    if not ask.is_offer:
        raise Http404
    back = reverse("letters:item", args=[ask.letter_id])

    def do() -> str:
        actions.acknowledge_offer(ask=ask, by=request.user)
        return back

    step = Transition("acknowledge_offer", _("Acknowledge the offer"), (), "", frozenset())
    about = {"letter": ask.letter, "ask": ask, "back": back}
    return step_page(request, step, do, "letters/step.html", about)
