"""Names that are not counted: asking, agreeing, and the half hour in which two people see one."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from foundation.web.pages import form_page, get_or_post, step_page
from foundation.web.policies import policy, signed_in
from foundation.web.shortcuts import get_visible_or_404, page, posted
from foundation.workflow import Transition
from letters import actions
from letters.enums import Mode
from letters.forms import UnsealForm
from letters.models import Letter, Signatory, Unsealing
from letters.rules import may_decide, unsealing_side, unseals
from letters.views.parts import visible_letter

AGREE = Transition(
    "agree_to_unseal",
    _("Agree, and show the name to both of us"),
    (),
    "",
    frozenset(),
    confirm=_(
        "The name is shown to the person who asked and to you, for thirty minutes. Each look is put "
        "on record, and the person whose name it is, is told."
    ),
    danger=True,
)
REFUSE = Transition(
    "refuse_to_unseal",
    _("Refuse"),
    (),
    "",
    frozenset(),
    confirm=_("Nobody sees the name. The person who asked is told that it was decided."),
)
STEPS = {
    AGREE.name: (AGREE, actions.agree_to_unseal),
    REFUSE.name: (REFUSE, actions.refuse_to_unseal),
}


@policy(unseals)
@get_or_post
def ask(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask to see one name under the letter that is not counted."""
    letter = visible_letter(request, pk)
    if not unsealing_side(request.user, letter):
        raise Http404
    if request.method == "POST" and not ratelimit.consume(
        request, action="ask_to_unseal", user=request.user
    ):
        return ratelimit.respond_429(request)
    form = UnsealForm(posted(request))

    def do() -> str:
        unsealing = actions.ask_to_unseal(
            letter=letter,
            code=form.cleaned_data["code"],
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
        return reverse("letters:unsealing", args=[unsealing.pk])

    return form_page(request, form, do, "letters/unseal.html", {"letter": letter})


@policy(signed_in)
@require_safe
def show(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a request; to the two, while it is open, the name. Each such look is on record."""
    unsealing = _unsealing(request, pk)
    name = actions.read_unsealed(unsealing=unsealing, by=request.user)
    context = {
        "unsealing": unsealing,
        "letter": unsealing.letter,
        "reason": unsealing.reason(),
        "line": name.display_line() if name else "",
        "may_decide": may_decide(request.user, unsealing),
    }
    return page(request, "letters/unsealing.html", context)


@policy(unseals)
@get_or_post
def decide(request: HttpRequest, pk: uuid.UUID, step: str) -> HttpResponse:
    """Ask once more, then agree to a request or refuse it."""
    unsealing = _unsealing(request, pk)
    if not may_decide(request.user, unsealing):
        raise Http404
    transition, act = STEPS[step]
    back = reverse("letters:unsealing", args=[pk])

    def do() -> str:
        act(unsealing=unsealing, by=request.user)
        return back

    about = {"letter": unsealing.letter, "back": back}
    return step_page(request, transition, do, "letters/step.html", about)


def _unsealing(request: HttpRequest, pk: uuid.UUID) -> Unsealing:
    rows = Unsealing.objects.visible_to(request.user).select_related("letter", "signatory")
    return get_visible_or_404(rows, pk=pk)


def unsealing_context(
    request: HttpRequest, letter: Letter, signatories: list[Signatory]
) -> dict[str, Any]:
    """Return what the letter's page shows of sealed names: to their owners how they are called, to
    the two sides the way to ask, to whom they concern the requests."""
    user = request.user
    sealed = [name for name in signatories if name.mode == Mode.NOT_COUNTED]
    codes = [actions.code_of(name) for name in sealed if name.belongs_to(user)]
    if not user.is_authenticated or not letter.is_at_the_office:
        return {"own_codes": codes, "unsealings": [], "may_unseal": False}
    requests = Unsealing.objects.visible_to(user).of(letter).newest_first()
    side = unsealing_side(user, letter)
    return {"own_codes": codes, "unsealings": list(requests), "may_unseal": bool(side)}
