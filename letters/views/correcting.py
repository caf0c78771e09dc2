"""Correcting a fixed text: begin, write, see who has not signed the corrected one yet."""

from __future__ import annotations

import uuid
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.web.pages import form_page, get_or_post
from foundation.web.policies import policy, public
from foundation.web.shortcuts import get_visible_or_404, page, posted
from letters import actions
from letters.documents.printing import print_draft
from letters.forms.correcting import BeginCorrectionForm, CorrectionForm
from letters.models import Correction, FrozenText
from letters.rules import coordinates_some_network
from letters.text import spaced
from letters.text.differing import compare
from letters.transitions import LETTER
from letters.views.parts import own_letter, visible_letter
from letters.views.showing import approvals_shown, named_parts


@policy(coordinates_some_network)
@get_or_post
def begin_correction(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what is to be corrected, and why."""
    letter = own_letter(request, pk)
    form = BeginCorrectionForm(posted(request))

    def do() -> str:
        reason = form.cleaned_data["reason"]
        actions.begin_correction(letter=letter, reason=reason, by=request.user)
        return reverse("letters:correction", args=[letter.pk])

    words = _(
        "The text that is signed now stays in force while you write the corrected one. When that "
        "is fixed, everyone who signed is asked to sign again; nobody is carried over."
    )
    context = {"letter": letter, "title": _("Correct the text"), "button": _("Write it")}
    back = letter.get_absolute_url()
    return form_page(
        request, form, do, "letters/form.html", {**context, "lead": words, "back": back}
    )


@policy(coordinates_some_network)
@get_or_post
def correction(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Write the corrected text; see what differs from the text in force."""
    letter = own_letter(request, pk)
    drafts = Correction.objects.visible_to(request.user).of(letter).under_way()
    draft = get_visible_or_404(drafts)
    form = CorrectionForm(posted(request), correction=draft)

    def do() -> str:
        data = form.cleaned_data
        actions.edit_correction(
            correction=draft, version=data["version"], by=request.user, **form.words()
        )
        messages.success(request, _("The draft is saved."))
        return reverse("letters:correction", args=[letter.pk])

    possible = {step.name for step in LETTER.available(letter, request.user)}
    context: dict[str, Any] = {
        "letter": letter,
        "edited": draft,
        "correction": draft,
        "parts": named_parts(compare(letter.text(), draft.drafted_text())),
        "approvals": [row for row in approvals_shown(letter, request.user) if row["correcting"]],
        "may_correct": "correct" in possible,
    }
    if "preview" in request.POST and form.is_valid():
        shown = print_draft(letter, form.as_text(letter.language))
        return page(request, "letters/correction.html", {**context, "form": form, "preview": shown})
    return form_page(request, form, do, "letters/correction.html", context)


@public("as the letter")
@require_safe
def changes(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show which texts the letter has had, what each correction changed, and why."""
    letter = visible_letter(request, pk)
    texts = list(FrozenText.objects.filter(letter=letter, translates=None).order_by("number"))
    if len(texts) < 2:
        raise Http404
    made = Correction.objects.unguarded("why a text was corrected is told with the letter")
    reasons = dict(made.filter(text__in=texts).values_list("text_id", "reason"))
    rows = [
        {
            "text": after,
            "fingerprint": spaced(after.sha256),
            "reason": reasons.get(after.pk, ""),
            "parts": named_parts(compare(before.text(), after.text())),
        }
        for before, after in pairwise(texts)
    ]
    first = {"text": texts[0], "fingerprint": spaced(texts[0].sha256)}
    context = {"letter": letter, "rows": [*reversed(rows)], "first": first}
    return page(request, "letters/changes.html", context)


@policy(coordinates_some_network)
@require_safe
def asked_again(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show who signed an earlier text and has not signed the one in force."""
    letter = own_letter(request, pk)
    if letter.frozen is None or letter.frozen.number == 1:
        raise Http404
    texts = FrozenText.objects.filter(letter=letter, translates__isnull=True).order_by("-number")
    context = {
        "letter": letter,
        "names": actions.read_names_asked_again(letter=letter, by=request.user),
        "texts": [(text, spaced(text.sha256)) for text in texts],
    }
    return page(request, "letters/asked_again.html", context)
