"""Papers: sent, listed, taken back, handed out to those who may read them."""

from __future__ import annotations

import uuid

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.audit.recording import record_read
from foundation.web.pages import form_page, get_or_post
from foundation.web.policies import policy, signed_in
from foundation.web.shortcuts import get_visible_or_404, posted
from organizations import actions
from organizations.forms import PaperForm
from organizations.models import EvidenceFile
from organizations.views.parts import act, own_entry
from organizations.views.showing import steps


@policy(signed_in)
@get_or_post
def papers(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """List the papers of one's own entry and take another one."""
    entry = own_entry(request, pk)
    form = PaperForm(posted(request), request.FILES or None)

    def do() -> str:
        actions.add_evidence(
            registration=entry,
            title=form.cleaned_data["title"],
            data=form.cleaned_data["file"].read(),
            by=request.user,
        )
        return reverse("organizations:papers", args=[pk])

    context = {
        "entry": entry,
        "steps": steps(entry, "papers"),
        "papers": EvidenceFile.objects.visible_to(request.user).about(entry).present(),
    }
    return form_page(request, form, do, "organizations/papers.html", context)


@policy(signed_in)
@require_safe
def download(request: HttpRequest, pk: uuid.UUID) -> FileResponse:
    """Hand out a paper as an attachment; who read it is recorded."""
    paper = get_visible_or_404(EvidenceFile.objects.visible_to(request.user).present(), pk=pk)
    try:
        content = paper.file.open("rb")
    except FileNotFoundError as error:  # the row came back from a backup, its file did not
        raise Http404 from error
    record_read("organizations.evidence_read", paper, by=request.user)
    response = FileResponse(
        content,
        as_attachment=True,
        filename=paper.download_name,
        content_type=paper.content_type,
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@policy(signed_in)
@require_POST
def remove(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a paper back."""
    seen = EvidenceFile.objects.visible_to(request.user).select_related("organization", "expert")
    paper = get_visible_or_404(seen, pk=pk)
    page_of_papers = reverse("organizations:papers", args=[paper.registration.pk])

    def do() -> str:
        actions.remove_evidence(paper=paper, by=request.user)
        return page_of_papers

    return act(request, do, fallback=page_of_papers, done=_("The paper was taken back."))
