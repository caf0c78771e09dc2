"""The letter on paper: its sealed copies, its other forms, how it is laid out."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.web.pages import form_page, get_or_post
from foundation.web.policies import policy, public, signed_in
from foundation.web.shortcuts import page, posted
from foundation.workflow import NotYours, Refused
from letters.actions.exporting import request_copy, set_layout, take_export
from letters.documents import (
    COPIES,
    ENDINGS,
    PUBLIC_COPY,
    copies_for,
    endings_of,
    languages_of,
    takeable,
)
from letters.enums import TAKES_NAMES
from letters.forms import LayoutForm
from letters.models import Letter
from letters.presenters import other_forms
from letters.rules import coordinates
from letters.text.labels import paper_words
from letters.views.parts import own_letter, visible_letter


@policy(signed_in)
@require_POST
def export(request: HttpRequest, pk: uuid.UUID, copy: str) -> HttpResponse:
    """Ask for a copy of the letter (`public` or `office`); leads to its progress page."""
    letter = own_letter(request, pk)
    language = request.POST.get("language", "")
    try:
        document = request_copy(letter=letter, copy=copy, by=request.user, language=language)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(letter.get_absolute_url())
    except LookupError as error:
        raise Http404 from error
    return HttpResponseRedirect(reverse("documents:progress", args=[document.pk]))


@public("as the letter; what a reader may have of it is asked for each copy")
@require_safe
def paper(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the sealed copies and the other forms that the reader may have."""
    letter = visible_letter(request, pk)
    leads = request.user.is_authenticated and coordinates(request.user, letter)
    copies = [
        {"language": paper_words(language).language, "lang": language, "copies": found}
        for language in languages_of(letter)
        if (found := copies_for(request.user, letter, language))
    ]
    context = {
        "letter": letter,
        "editions": copies,
        "others": _others(request, letter),
        "may_lay_out": leads and letter.state in TAKES_NAMES,
    }
    return page(request, "letters/paper_copies.html", context)


def _others(request: HttpRequest, letter: Letter) -> list[dict[str, Any]]:
    """Return the other forms of each copy that the reader may have, in each language."""
    return [
        {
            "is_office": COPIES[copy] is not PUBLIC_COPY,
            "language": paper_words(language).language,
            "lang": language,
            "forms": other_forms(letter, copy, language, endings_of(letter, copy, language)),
        }
        for copy in takeable(request.user, letter)
        for language in languages_of(letter)
    ]


@public("as the letter; whoever may not have the names of a copy gets 404")
@require_safe
def take(
    request: HttpRequest, pk: uuid.UUID, copy: str, language: str, ending: str
) -> HttpResponse:
    """Hand out a copy in another form: a page, text, a table, the PDF without its seal."""
    letter = visible_letter(request, pk)
    if copy not in COPIES or ending not in ENDINGS:
        raise Http404
    try:
        made = take_export(
            letter=letter, copy=copy, language=language, ending=ending, by=request.user
        )
    except (LookupError, NotYours) as error:
        raise Http404 from error
    response = HttpResponse(made.data, content_type=made.content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, made.filename) or ""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


@policy(signed_in)
@get_or_post
def layout(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say how the letter is laid out in print, until it is closed."""
    letter = own_letter(request, pk)
    form = LayoutForm(posted(request), letter=letter)
    back = reverse("letters:paper", args=[letter.pk])

    def do() -> str:
        data = form.cleaned_data
        set_layout(
            letter=letter,
            layout=data["layout"],
            letterhead=data["letterhead"],
            version=data["version"],
            by=request.user,
        )
        messages.success(request, _("Saved. It is printed so from now on."))
        return back

    context = {
        "letter": letter,
        "title": _("How it is laid out"),
        "button": _("Save"),
        "back": back,
        "edited": letter,
    }
    return form_page(request, form, do, "letters/form.html", context)
