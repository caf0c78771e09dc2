"""The reply of the Office: written, cleared, filed at the desk; its file handed out."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.audit.recording import record_read
from foundation.web.forms import TextForm
from foundation.web.pages import form_page, get_or_post, step_page
from foundation.web.policies import policy, public
from foundation.web.shortcuts import get_visible_or_404, posted
from letters import actions
from letters.actions.replying import file_of
from letters.enums import ReplyState
from letters.forms import ReplyForm
from letters.models import Letter, Reply
from letters.rules import APPROVER, OFFICE
from letters.transitions import REPLY
from letters.views.parts import desk_letter

STEPS = {
    "propose": actions.propose_reply,
    "clear": actions.clear_reply,
    "recall": actions.recall_reply,
    "file": actions.file_reply,
}


@policy(OFFICE)
@get_or_post
def write(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Write the reply; with "Save and send for clearance" it goes to the second person."""
    letter = desk_letter(request, pk)
    in_work = Reply.objects.visible_to(request.user).of(letter).in_work().without_file().first()
    form = ReplyForm(posted(request), request.FILES or None, letter=letter, reply=in_work)
    back = reverse("letters:item", args=[pk])

    def do() -> str:
        reply = actions.draft_reply(letter=letter, by=request.user, **form.values())
        if request.POST.get("then") == "propose":
            actions.propose_reply(reply=reply, by=request.user)
            messages.success(request, _("The reply waits for clearance."))
        return f"{back}#reply"

    context = {"letter": letter, "edited": in_work, "back": back}
    return form_page(request, form, do, "letters/reply.html", context)


@policy(OFFICE)
@get_or_post
def step(request: HttpRequest, pk: uuid.UUID, name: str) -> HttpResponse:
    """Ask before a step of the reply's way, then take it."""
    reply, about = _at_the_desk(request, pk)
    if name not in STEPS:
        raise Http404

    def do() -> str:
        STEPS[name](reply=reply, by=request.user)
        return f"{about['back']}#reply"

    return step_page(request, REPLY.transition(name), do, "letters/step.html", about)


@policy(APPROVER)
@get_or_post
def give_back(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the reply back with a note."""
    reply, about = _at_the_desk(request, pk)
    hint = _("Read inside the Office only.")
    form = TextForm(posted(request), label=_("What should change"), hint=hint)

    def do() -> str:
        actions.give_reply_back(reply=reply, note=form.cleaned_data["text"], by=request.user)
        return f"{about['back']}#reply"

    about |= {"title": _("Give the reply back"), "button": _("Give back")}
    return form_page(request, form, do, "letters/form.html", about)


def _at_the_desk(request: HttpRequest, pk: uuid.UUID) -> tuple[Reply, dict[str, Any]]:
    """Return a reply to a letter on which the reader works, and what its pages name; Http404."""
    replies = Reply.objects.visible_to(request.user).without_file()
    reply = get_visible_or_404(replies, pk=pk)
    letter = desk_letter(request, reply.letter_id)
    return reply, {"letter": letter, "back": reverse("letters:item", args=[letter.pk])}


@public("as the reply: with its letter")
@require_safe
def download(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Hand the PDF of a reply out; on record where the letter is not public."""
    replies = Reply.objects.visible_to(request.user).select_related("letter")
    reply = get_visible_or_404(replies, pk=pk)
    try:
        data = file_of(reply)
    except LookupError as error:
        raise Http404 from error
    if request.user.is_authenticated:
        record_read("letters.reply_read", reply.letter, by=request.user, number=reply.number)
    response = HttpResponse(data, content_type="application/pdf")
    name = f"{reply.letter.reference}-reply-{reply.number}.pdf"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def replies_of(user: Any, letter: Letter) -> list[Reply]:
    """Return the replies to a letter at the desk, the newest first, each with the `steps` that the
    reader can take now."""
    replies = Reply.objects.visible_to(user).of(letter).without_file()
    found = list(replies.select_related("drafted_by", "cleared_by"))
    for reply in found:
        reply.letter = letter
        in_work = reply.state != ReplyState.FILED
        reply.steps = REPLY.available(reply, user) if in_work else []  # type: ignore[attr-defined]
    return found
