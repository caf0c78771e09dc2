"""Reading letters: the list, one letter, its names."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation.confidentiality import Level
from foundation.web.pagination import paginate
from foundation.web.policies import public
from foundation.web.shortcuts import page
from letters import actions
from letters.documents import copies_for
from letters.documents.names import withheld
from letters.documents.verifying import withdrawals_of
from letters.enums import FINAL, Intent, LetterState, Mode
from letters.forms import SignForm
from letters.models import Ask, Correction, Letter, ListVersion, Signatory, SignatoryBatch
from letters.presenters import question_sentence
from letters.querysets import MODES_OF_COPY
from letters.rules import (
    accepts_signatures,
    coordinates,
    lead_of,
    may_take,
    may_withdraw,
    may_withdraw_after_delivery,
    unused_hats,
    usual_mode,
    works_on,
)
from letters.text import spaced
from letters.text.arranging import arrange
from letters.transitions import LETTER
from letters.views.desk import desk
from letters.views.parts import own_invitations, visible_letter
from letters.views.showing import approvals_shown, languages_of, text_parts
from letters.views.unsealing import unsealing_context
from organizations.rules import is_coordinator

NAMES_ON_PAGE = 50
# What somebody who signs a corrected text finds as it was under the earlier one.
KEPT = ("mode", "other_script", "capacity", "affiliation_only")
MAY_CORRECT = (LetterState.OPEN, LetterState.CLOSED)


@public("letters that were delivered and are public are for everyone; others see none")
@require_safe
def list_letters(request: HttpRequest) -> HttpResponse:
    """Show the Office its desk; others the letters that they may see, newest first."""
    if request.user.is_authenticated and request.user.is_office:
        return desk(request)
    letters = Letter.objects.visible_to(request.user).select_related("network").newest_first()
    may_begin = request.user.is_authenticated and is_coordinator(request.user)
    if not may_begin:  # the drafts among them are open for the reader's comments
        letters = letters.in_state(LetterState.DRAFT, LetterState.OPEN, *FINAL)
    context = {"page": paginate(request, letters), "may_begin": may_begin}
    return page(request, "letters/list.html", context)


@public("letters that were delivered and are public are for everyone; others get 404")
@require_safe
def detail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show one letter: its text, its names, and what the reader can do with it."""
    letter = visible_letter(request, pk)
    if letter.state == LetterState.DRAFT and not _coordinates(request, letter):
        return HttpResponseRedirect(reverse("letters:comments", args=[letter.pk]))
    return page(request, "letters/detail.html", letter_context(request, letter))


@public("as the letter")
@require_safe
def names(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show all names that the reader may see, with a search."""
    letter = visible_letter(request, pk)
    if letter.state == LetterState.DRAFT and not _coordinates(request, letter):
        raise Http404  # who comments on a draft sees its text alone
    wanted = request.GET.get("q", "").strip().casefold()
    found = [
        name
        for group in arrange(
            actions.read_names(letter=letter, by=request.user),
            letter.arrangement,
            letter.grouped,
            letter.language,
        )
        for name in group.names
        if wanted in name.display_line().casefold()
    ]
    context = {"letter": letter, "page": paginate(request, found, 100), "q": wanted}
    context["coordinates"] = _coordinates(request, letter)
    return page(request, "letters/names.html", context)


def letter_context(
    request: HttpRequest, letter: Letter, sign_form: SignForm | None = None
) -> dict[str, Any]:
    """Return what letters/detail.html shows this reader."""
    signatories = actions.read_names(letter=letter, by=request.user)
    mine = [name for name in signatories if request.user.pk and may_withdraw(request.user, name)]
    hats = unused_hats(request.user, letter) if _may_sign(request, letter) else []
    again = _asked_again(request, letter)
    if hats and sign_form is None:
        before = {name: getattr(again[0], name) for name in KEPT} if again else {}
        sign_form = SignForm(initial={"mode": usual_mode(hats), **before})
    if sign_form is not None:
        sign_form.offer(hats)
    return {
        "letter": letter,
        **text_parts(letter.text()),
        "languages": languages_of(letter),
        "earlier": list(Letter.objects.visible_to(request.user).followed_by_letter(letter)),
        "again": again,
        "fingerprint": spaced(letter.frozen.sha256) if letter.is_frozen else "",
        "groups": arrange(signatories, letter.arrangement, letter.grouped, letter.language),
        "total": len(signatories),
        "entered": any(name.is_entered_for_somebody for name in signatories),
        "names_on_page": NAMES_ON_PAGE,
        "withheld": withheld_count(request, letter, signatories),
        "mine": mine,
        "mine_late": [
            name for name in signatories if may_withdraw_after_delivery(request.user, name)
        ],
        "withdrawals": withdrawals_of(letter, named=True) if letter.is_at_the_office else [],
        "hats": hats,
        "sign_form": sign_form,
        "invited": own_invitations(request, letter),
        "has_answers": _has_answers(request, letter),
        "at_the_desk": request.user.is_authenticated and works_on(request.user, letter),
        **unsealing_context(request, letter, signatories),
        **_tools(request, letter),
    }


def _asked_again(request: HttpRequest, letter: Letter) -> list[Signatory]:
    """Return the reader's own names that stand under an earlier text only."""
    if not request.user.is_authenticated or letter.frozen is None or letter.frozen.number == 1:
        return []
    if letter.is_at_the_office:
        return []  # nobody can sign any more
    own = actions.read_names_asked_again(letter=letter, by=request.user)
    return [name for name in own if name.belongs_to(request.user)]


def _has_answers(request: HttpRequest, letter: Letter) -> bool:
    """Tell whether the page of the answers would show this reader anything."""
    if not letter.is_at_the_office:
        return False
    if letter.acknowledged_at is not None:
        return True  # its receipt stands there
    return Ask.objects.visible_to(request.user).of(letter).standing().exists()


def withheld_count(request: HttpRequest, letter: Letter, shown: list[Signatory]) -> int:
    """Return how many counted names are not shown to the reader, as the copies say it: none under
    five of a mode, none while the letter moves (a number that grows by one points at a person),
    and after delivery, to the public, the number that was delivered."""
    if letter.state not in FINAL or _coordinates(request, letter):
        return 0
    in_office = request.user.is_authenticated and request.user.is_office
    level = Level.OFFICE if in_office else Level.PUBLIC
    number = withheld(letter, level)
    if letter.is_at_the_office and not in_office:
        delivered = ListVersion.objects.unguarded("a number that was delivered").of(letter).first()
        number = delivered.withheld if delivered else number
    own = sum(name.mode not in (*MODES_OF_COPY[level], Mode.NOT_COUNTED) for name in shown)
    return max(number - own, 0)


def _may_sign(request: HttpRequest, letter: Letter) -> bool:
    return request.user.is_authenticated and accepts_signatures(letter)


def _coordinates(request: HttpRequest, letter: Letter) -> bool:
    return request.user.is_authenticated and coordinates(request.user, letter)


def _tools(request: HttpRequest, letter: Letter) -> dict[str, Any]:
    """Return what a coordinator can do; empty for others."""
    if not _coordinates(request, letter):
        return {"coordinates": False, "copies": copies_for(request.user, letter)}
    batches = SignatoryBatch.objects.visible_to(request.user).in_review().filter(letter=letter)
    copies = copies_for(request.user, letter)
    return {
        "coordinates": True,
        "steps": _offered_steps(letter, request.user, bool(copies and copies[0].made)),
        "sealed": bool(copies and copies[0].made),
        "batches": list(batches),
        "questions": [question_sentence(question) for question in letter.questions],
        "copies": copies,
        **_of_the_leads(request, letter),
    }


def _of_the_leads(request: HttpRequest, letter: Letter) -> dict[str, Any]:
    """Return what the leads can do with the letter, and what they approved of it."""
    corrections = Correction.objects.visible_to(request.user).of(letter).under_way()
    names = actions.read_names_asked_again
    corrected = letter.state in MAY_CORRECT and letter.frozen and letter.frozen.number > 1
    return {
        "lead": lead_of(request.user, letter),
        "approvals": approvals_shown(letter, request.user),
        "correction": corrections.first(),
        "may_correct": letter.state in MAY_CORRECT and not letter.imported,
        "asked_again": len(names(letter=letter, by=request.user)) if corrected else 0,
    }


def _offered_steps(letter: Letter, user: Any, sealed: bool) -> list[Any]:
    """Return the steps to show: filing for letters that were sent, delivery of what is sealed."""
    hidden = set() if letter.intent == Intent.SENT else {"file_as_sent"}
    if not sealed:
        hidden.add("deliver")
    hidden.add("correct")  # its own page shows what changes
    if letter.is_paused:
        return []
    hidden |= {step for step in ("open", "deliver") if not may_take(user, letter, step)}
    return [step for step in LETTER.available(letter, user) if step.name not in hidden]
