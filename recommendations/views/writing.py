"""Writing a recommendation: who may see it first, then the ask, kept while it is typed."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.web.forms import EditConflict
from foundation.web.pages import form_page, get_or_post
from foundation.web.policies import policy, signed_in
from foundation.web.shortcuts import posted
from foundation.workflow import Refused
from recommendations import actions
from recommendations.forms import BeginForm, DraftForm, EnterForm, LevelForm
from recommendations.rules import OFFICE, hats_of, may_edit, takes_part
from recommendations.views.parts import must_have, own_item, visible_item


@policy(takes_part)
@get_or_post
def begin(request: HttpRequest) -> HttpResponse:
    """Ask first who may see it, and in whose name; then make the draft."""
    form = BeginForm(posted(request), hats=hats_of(request.user))

    def do() -> str:
        hat = form.chosen()
        item = actions.begin(
            level=form.cleaned_data["level"],
            may_be_counted=form.cleaned_data["may_be_counted"],
            organization=hat.organization,
            expert=hat.expert,
            by=request.user,
        )
        return reverse("recommendations:write", args=[item.pk])

    return form_page(request, form, do, "recommendations/begin.html", {})


@policy(OFFICE)
@get_or_post
def enter(request: HttpRequest) -> HttpResponse:
    """Enter what came by mail or on paper; it is marked so wherever it stands."""
    form = EnterForm(posted(request))

    def do() -> str:
        names = ("level", "may_be_counted", "source", "sender_as_stated", "received_on")
        values = {name: form.cleaned_data[name] for name in names}
        item = actions.enter(**values, by=request.user)
        return reverse("recommendations:write", args=[item.pk])

    return form_page(request, form, do, "recommendations/begin.html", {"entering": True})


@policy(signed_in)
@get_or_post
def write(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Write the ask; when somebody else saved meanwhile, give both texts back."""
    item = own_item(request, pk)
    if not may_edit(item):
        return HttpResponseRedirect(item.get_absolute_url())
    form = DraftForm(posted(request), item=item)

    def do() -> str:
        actions.edit(
            recommendation=item,
            values=form.values(),
            version=form.cleaned_data["version"],
            by=request.user,
        )
        messages.success(request, _("The draft is saved."))
        return item.get_absolute_url()

    context = {"item": item, "edited": item}
    return form_page(request, form, do, "recommendations/write.html", context)


@policy(signed_in)
@require_POST
def keep(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep the draft while it is typed (JavaScript): what is right in it is saved, nothing is lost.

    Gives a fragment: a word on what was kept, and the version for the next time.
    """
    item = own_item(request, pk)
    form = DraftForm(request.POST, item=item)
    form.is_valid()
    if not may_edit(item) or "version" not in form.cleaned_data:
        raise Http404
    context = {"item": item, "kept": True}
    try:
        item = actions.edit(
            recommendation=item,
            values=form.values(),
            version=form.cleaned_data["version"],
            by=request.user,
            typing=True,
        )
        context |= {"item": item, "version": item.version, "wrong": bool(form.errors)}
    except (EditConflict, Refused):
        context["kept"] = False
    return render(request, "recommendations/_kept.html", context)


@policy(signed_in)
@get_or_post
def visibility(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask again who may see it."""
    item = visible_item(request, pk)
    must_have(request, item, "submitter")
    names = ("level", "may_be_counted", "version")
    initial = {name: getattr(item, name) for name in names}
    form = LevelForm(posted(request), initial=initial)

    def do() -> str:
        actions.choose_level(
            recommendation=item,
            **{name: form.cleaned_data[name] for name in names},
            by=request.user,
        )
        return item.get_absolute_url()

    context = {"item": item, "edited": item}
    return form_page(request, form, do, "recommendations/begin.html", context)
