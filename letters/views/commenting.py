"""The draft with its comments: for coordinators, and for members of the network while it is open to
them."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.web.pages import form_page, get_or_post
from foundation.web.policies import policy, signed_in
from foundation.web.shortcuts import get_visible_or_404, page, posted
from foundation.workflow import Refused
from letters import actions
from letters.asks import passage
from letters.forms.commenting import CommentForm
from letters.models import Comment, Letter
from letters.rules import coordinates, may_comment
from letters.views.parts import visible_letter
from letters.views.showing import commented, text_parts


@policy(signed_in)
@require_safe
def comments(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the draft, paragraph by paragraph, with the comments on it."""
    letter = _draft(request, pk)
    rows = Comment.objects.visible_to(request.user).of(letter).standing().in_order()
    found = list(rows.select_related("author"))
    context = {
        "letter": letter,
        **text_parts(letter.text()),
        **commented(letter.body, found),
        "coordinates": coordinates(request.user, letter),
        "may_comment": may_comment(request.user, letter),
    }
    return page(request, "letters/comments.html", context)


@policy(signed_in)
@get_or_post
def comment(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Comment on a paragraph (`?place=3`), or on the whole draft."""
    letter = _draft(request, pk)
    if not may_comment(request.user, letter):
        raise Http404
    place = request.GET.get("place", "")
    found = passage(letter.body, place) if place else None
    if place and found is None:
        raise Http404
    form = CommentForm(posted(request))
    back = reverse("letters:comments", args=[letter.pk])

    def do() -> str:
        text = form.cleaned_data["text"]
        made = actions.comment(letter=letter, place=place, text=text, by=request.user)
        return f"{back}#comment-{made.pk}"

    title = _("Comment on paragraph %(place)s") % {"place": place} if place else _("Comment")
    context: dict[str, Any] = {"letter": letter, "passage": found, "title": title, "back": back}
    return form_page(request, form, do, "letters/comment.html", context)


@policy(signed_in)
@require_POST
def resolve(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Mark a comment as dealt with."""
    found = _comment(request, pk)
    if not coordinates(request.user, found.letter):
        raise Http404
    return _done(request, found, actions.resolve_comment)


@policy(signed_in)
@require_POST
def withdraw_comment(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take one's own comment back."""
    found = _comment(request, pk)
    if found.author_id != request.user.pk:
        raise Http404
    return _done(request, found, actions.withdraw_comment)


def _draft(request: HttpRequest, pk: uuid.UUID) -> Letter:
    """Return a letter whose comments the reader may see; Http404 otherwise."""
    letter = visible_letter(request, pk)
    if not (coordinates(request.user, letter) or may_comment(request.user, letter)):
        raise Http404
    return letter


def _comment(request: HttpRequest, pk: uuid.UUID) -> Comment:
    rows = Comment.objects.visible_to(request.user).standing().select_related("letter")
    return get_visible_or_404(rows, pk=pk)


def _done(request: HttpRequest, found: Comment, do: Any) -> HttpResponse:
    try:
        do(comment=found, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    back = reverse("letters:comments", args=[found.letter_id])
    if not Letter.objects.visible_to(request.user).filter(pk=found.letter_id).exists():
        back = reverse("letters:list")
    return HttpResponseRedirect(back)
