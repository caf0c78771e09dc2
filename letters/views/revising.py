"""What a draft said before: the list, what changed between any two, going back to one; and how the
draft will print."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.web.pages import get_or_post, step_page
from foundation.web.policies import policy
from foundation.web.shortcuts import get_visible_or_404, page
from foundation.workflow import Transition
from letters import actions
from letters.documents.printing import print_draft
from letters.enums import LetterState
from letters.models import Letter, Revision
from letters.rules import coordinates_some_network
from letters.text.differing import compare
from letters.views.parts import own_letter
from letters.views.showing import named_parts


@policy(coordinates_some_network)
@require_safe
def preview(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the draft as it will print."""
    letter = own_letter(request, pk)
    context = {"letter": letter, "printed": print_draft(letter, letter.text())}
    return page(request, "letters/preview.html", context)


@policy(coordinates_some_network)
@require_safe
def revisions(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the revisions of the draft, or of a translation (`?in=fr`), and what changed between
    two of them (`?from=1&to=3`; the last two where nothing is asked)."""
    letter = own_letter(request, pk)
    language = request.GET.get("in", "")
    rows = Revision.objects.visible_to(request.user).of_draft(letter, language)
    found = list(rows.select_related("author").newest_first())
    before, after = _chosen(request, found)
    context: dict[str, Any] = {
        "letter": letter,
        "revisions": found,
        "before": before,
        "after": after,
        "of_language": language,
        "may_restore": letter.state == LetterState.DRAFT and not language,
    }
    if before and after:
        context["parts"] = named_parts(compare(before.text(), after.text()))
    return page(request, "letters/revisions.html", context)


def _chosen(request: HttpRequest, found: list[Revision]) -> tuple[Revision | None, Revision | None]:
    """Return the earlier and the later revision that are compared."""
    numbered = {str(one.number): one for one in found}
    later = numbered.get(request.GET.get("to", ""), found[0] if found else None)
    earlier = numbered.get(request.GET.get("from", ""))
    if earlier is None and later is not None:
        earlier = numbered.get(str(later.number - 1))
    return earlier, later


@policy(coordinates_some_network)
@get_or_post
def restore(request: HttpRequest, pk: uuid.UUID, number: int) -> HttpResponse:
    """Ask, then make the draft say again what it said at a revision."""
    letter = own_letter(request, pk)
    if letter.state != LetterState.DRAFT:
        raise Http404
    rows = Revision.objects.visible_to(request.user).of_draft(letter)
    revision = get_visible_or_404(rows, number=number)
    words = _("The draft says again what it said then. What it says now stays in the list.")
    label = _("Go back to revision %(number)s") % {"number": number}
    step = Transition("restore", label, (), "", frozenset(), confirm=words)

    def do() -> str:
        actions.restore(letter=letter, revision=revision, by=request.user)
        return _list(letter)

    return step_page(
        request, step, do, "letters/step.html", {"letter": letter, "back": _list(letter)}
    )


def _list(letter: Letter) -> str:
    return reverse("letters:revisions", args=[letter.pk])
