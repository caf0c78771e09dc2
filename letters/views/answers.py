"""What a letter asked, what was answered, what was done: for those who signed it, and of a public
letter for everyone what is public."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from foundation.web.policies import public
from foundation.web.shortcuts import get_visible_or_404, page
from letters.documents.receipt import receipt_of
from letters.models import Ask, Reply
from letters.rules import may_follow
from letters.views.parts import visible_letter
from letters.views.showing import answered, summary
from letters.views.way import closing_reason, history, steps_of, way
from recommendations.models import Answer, ProgressReport


@public("as the letter; of its asks everyone sees those that were answered in public")
@require_safe
def answers(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Each ask with its paragraph, where it stands, position, progress and the answer."""
    letter = visible_letter(request, pk)
    if not letter.is_at_the_office:
        raise Http404
    asks = Ask.objects.visible_to(request.user).of(letter).standing()
    shown = list(asks.with_recommendation().in_order())
    items = [ask.recommendation_id for ask in shown]
    said = Answer.objects.visible_to(request.user).standing().filter(recommendation__in=items)
    reports = ProgressReport.objects.visible_to(request.user).filter(recommendation__in=items)
    steps = steps_of(request.user, letter)
    context = {
        "letter": letter,
        "way": way(letter, steps),
        "history": history(steps, staff=False),
        "replies": list(Reply.objects.visible_to(request.user).of(letter).filed().without_file()),
        "receipt": receipt_of(letter),
        "no_answer": closing_reason(letter, steps),
        "asks": answered(
            letter,
            shown,
            said.select_related("reason", "referred_to"),
            reports.newest_first(),
        ),
        "summary": summary(shown),
        "follows": request.user.is_authenticated and may_follow(request.user, letter),
    }
    return page(request, "letters/answers.html", context)


@public("as the ask")
@require_safe
def of_recommendation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Lead from a recommendation to the paragraph of the letter that asks it."""
    asks = Ask.objects.visible_to(request.user).select_related("letter")
    ask = get_visible_or_404(asks, recommendation=pk)
    return HttpResponseRedirect(f"{ask.letter.get_absolute_url()}{ask.anchor}")
