"""Pasting names, reviewing them, taking names off."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from foundation.web.forms import TokenForm
from foundation.web.pages import form_page, get_or_post, step_page
from foundation.web.policies import policy, signed_in
from foundation.web.shortcuts import get_visible_or_404, page, posted
from foundation.workflow import Refused, Transition
from letters import actions
from letters.enums import BatchState
from letters.forms import LineForm, OrderForm, PasteForm, ReasonForm
from letters.forms.signing import IS_ID
from letters.models import BatchLine, Signatory, SignatoryBatch
from letters.rules import coordinates_some_network
from letters.signatories.likeness import pairs
from letters.text.arranging import arrange
from letters.views.parts import own_letter


def batch_for(request: HttpRequest, pk: uuid.UUID) -> SignatoryBatch:
    """Return a batch of a letter that the user coordinates; Http404 otherwise."""
    return get_visible_or_404(
        SignatoryBatch.objects.visible_to(request.user).select_related("letter"), pk=pk
    )


def line_for(request: HttpRequest, pk: uuid.UUID) -> BatchLine:
    """Return a line of a batch in review that the user may see; Http404 otherwise."""
    lines = BatchLine.objects.visible_to(request.user).select_related("batch__letter")
    line = get_visible_or_404(lines, pk=pk)
    if line.batch.state != BatchState.REVIEW:
        raise Http404
    return line


@policy(coordinates_some_network)
@get_or_post
def paste(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Paste or upload a list of names."""
    letter = own_letter(request, pk)
    form = PasteForm(posted(request), request.FILES or None)

    def do() -> str:
        batch = actions.add_batch(
            letter=letter,
            source=form.cleaned_data["source"],
            mode=form.cleaned_data["mode"],
            what=form.cleaned_data["what"],
            evidence=form.cleaned_data["evidence"],
            by=request.user,
        )
        return reverse("letters:review", args=[batch.pk])

    return form_page(request, form, do, "letters/paste.html", {"letter": letter})


@policy(coordinates_some_network)
@require_safe
def review(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show every line of a batch as it was pasted, beside what was read; the doubtful ones first."""
    batch = batch_for(request, pk)
    lines = list(BatchLine.objects.visible_to(request.user).filter(batch=batch).as_pasted())
    context = {
        "batch": batch,
        "letter": batch.letter,
        "doubtful": [line for line in lines if line.is_doubtful],
        "sure": [line for line in lines if line.keep and not line.is_doubtful],
        "left": [line for line in lines if not line.keep],
        "kept": sum(line.keep for line in lines),
        "alike": _alike(request, batch, lines),
        "form": TokenForm(),
    }
    return page(request, "letters/review.html", context)


def _alike(
    request: HttpRequest, batch: SignatoryBatch, lines: list[BatchLine]
) -> list[dict[str, Any]]:
    """Return the lines that may mean a signatory who stands already, or stands twice."""
    if batch.state != BatchState.REVIEW:
        return []
    standing: list[Any] = actions.read_names(letter=batch.letter, by=request.user)
    found = pairs([*standing, *(line for line in lines if line.keep)])
    return [
        {
            "line": pair.later,
            "with": pair.earlier,
            "as": "line" if isinstance(pair.earlier, BatchLine) else "name",
        }
        for pair in found
        if isinstance(pair.later, BatchLine)
    ]


@policy(coordinates_some_network)
@require_POST
def join(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Join a line with another line of the batch, or with a name under the letter."""
    row = line_for(request, pk)
    try:
        actions.join_line(line=row, by=request.user, **_other(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(_review_at(row))


def _other(request: HttpRequest) -> dict[str, Any]:
    """Return what a line is to be joined with, as the form says it; Http404 for what is not seen."""
    kind, _mark, pk = request.POST.get("with", "").partition(":")
    rows: dict[str, Any] = {"line": BatchLine, "name": Signatory}
    if kind not in rows or not IS_ID.fullmatch(pk):
        raise Http404
    found = get_visible_or_404(rows[kind].objects.visible_to(request.user), pk=pk)
    return {"other" if kind == "line" else "name": found}


@policy(coordinates_some_network)
@get_or_post
def order(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Put the names in order by hand: a number beside each."""
    letter = own_letter(request, pk)
    names = [
        name
        for group in arrange(
            actions.read_names(letter=letter, by=request.user),
            letter.arrangement,
            letter.grouped,
            letter.language,
        )
        for name in group.names
    ]
    form = OrderForm(posted(request), names=names)

    def do() -> str:
        actions.order_names(letter=letter, order=form.in_order(), by=request.user)
        messages.success(request, _("The names are printed in this order now."))
        return letter.get_absolute_url()

    return form_page(request, form, do, "letters/order.html", {"letter": letter})


@policy(coordinates_some_network)
@get_or_post
def line(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Correct one line."""
    row = line_for(request, pk)
    form = LineForm(posted(request), line=row)

    def do() -> str:
        version = form.cleaned_data["version"]
        actions.correct_line(line=row, version=version, by=request.user, **form.parts())
        return _review_at(row)

    context = {"line": row, "letter": row.batch.letter, "edited": row}
    return form_page(request, form, do, "letters/line.html", context)


@policy(coordinates_some_network)
@require_POST
def keep(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Leave a line out, or take it in again."""
    row = line_for(request, pk)
    actions.keep_line(line=row, keep=request.POST.get("keep") == "yes", by=request.user)
    return HttpResponseRedirect(_review_at(row))


@policy(coordinates_some_network)
@require_POST
def commit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Put the kept lines under the letter."""
    batch = batch_for(request, pk)
    try:
        count = actions.commit_batch(batch=batch, by=request.user)
        words = ngettext("%(n)s name was added.", "%(n)s names were added.", count)
        messages.success(request, words % {"n": count})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(batch.letter.get_absolute_url())


@policy(coordinates_some_network)
@get_or_post
def undo(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, then take a batch back."""
    batch = batch_for(request, pk)
    back = batch.letter.get_absolute_url()

    def do() -> str:
        actions.undo_batch(batch=batch, by=request.user)
        messages.success(request, _("The batch was taken back. Its lines stay on record."))
        return back

    about = {"letter": batch.letter, "back": back}
    return step_page(request, _take_back(), do, "letters/step.html", about)


def _take_back() -> Transition:
    words = _(
        "All names of this batch leave the letter. The lines stay on record; you can paste them "
        "again."
    )
    return Transition(
        "undo", _("Take the batch back"), (), "", frozenset(), confirm=words, danger=True
    )


@policy(signed_in)
@get_or_post
def remove(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a name that was entered off the letter, with a reason."""
    names = Signatory.objects.visible_to(request.user).standing()
    signatory = get_visible_or_404(names.select_related("letter"), pk=pk)
    letter = own_letter(request, signatory.letter_id)
    form = ReasonForm(posted(request))

    def do() -> str:
        reason = form.cleaned_data["reason"]
        actions.remove_name(signatory=signatory, reason=reason, by=request.user)
        messages.success(request, _("The name was taken off. Its row stays on record."))
        return letter.get_absolute_url()

    signatory.open()
    context = {"letter": letter, "signatory": signatory}
    return form_page(request, form, do, "letters/remove.html", context)


def _review_at(row: BatchLine) -> str:
    return f"{reverse('letters:review', args=[row.batch_id])}#line-{row.position}"
