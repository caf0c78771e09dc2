"""Drafts, their comments, differences and approvals as the components of pages want them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters.asks import passages
from letters.enums import ApprovedStep
from letters.models import Comment, FrozenText, Letter, Translation
from letters.rules import (
    APPROVED_IN,
    approvals_needed,
    approvals_of,
    fingerprint_to_approve,
    is_approved,
    may_approve,
)
from letters.text import LetterText, parse_body, parse_notes, spaced
from letters.text.differing import Difference

PARTS = {
    "language": gettext_lazy("Language"),
    "addressee": gettext_lazy("Addressee"),
    "place": gettext_lazy("Place"),
    "date": gettext_lazy("Date"),
    "subject": gettext_lazy("Subject"),
    "salutation": gettext_lazy("Salutation"),
    "body": gettext_lazy("Text"),
    "closing": gettext_lazy("Closing"),
    "notes": gettext_lazy("Notes"),
    "reference": gettext_lazy("Reference"),
    "enclosures": gettext_lazy("Enclosures"),
    "follows": gettext_lazy("Earlier letters"),
}
# The address at which each step is approved (views/leading.py).
APPROVING = {
    ApprovedStep.OPEN: "approve-opening",
    ApprovedStep.CORRECT: "approve-correction",
    ApprovedStep.DELIVER: "approve-delivery",
}


def text_parts(text: LetterText) -> dict[str, Any]:
    """Return what letters/_text.html shows of a text."""
    notes = parse_notes(text.notes)
    return {
        "text": text,
        "blocks": parse_body(text.body),
        "notes": notes,
        "numbers": {note.number for note in notes},
    }


def named_parts(found: Iterable[Difference]) -> list[dict[str, Any]]:
    """Return what differs, each part by its name."""
    return [{"label": PARTS[one.part], "paragraphs": one.paragraphs} for one in found]


def language_name(code: str) -> str:
    """Return the name of a language in the reader's language."""
    return str(_(str(dict(settings.LANGUAGES).get(code, code))))


def commented(body: str, comments: Iterable[Comment]) -> dict[str, Any]:
    """Return the paragraphs of a draft with the comments on them, the comments on the whole, and
    those on a paragraph that was changed since or is gone."""
    found = passages(body)
    texts = {one.place: one.text for one in found}
    here: dict[str, list[Comment]] = defaultdict(list)
    for comment in comments:
        stands = not comment.place or texts.get(comment.place) == comment.quote
        here[comment.place if stands else "changed"].append(comment)
    rows, heading = [], ""
    for one in found:
        begins = one.heading if one.heading != heading else ""
        heading = one.heading
        rows.append({"passage": one, "heading": begins, "comments": here[one.place]})
    return {"passages": rows, "whole": here[""], "changed": here["changed"]}


def approvals_shown(letter: Letter, user: Any) -> list[dict[str, Any]]:
    """Return the steps that the leads approve in the letter's state, and how far each of them is."""
    needed, own_word = approvals_needed(letter), may_approve(user, letter)
    if not needed or (needed == 1 and own_word):
        return []  # the only lead approves a step by taking it
    rows = []
    for step, states in APPROVED_IN.items():
        if letter.state in states and fingerprint_to_approve(letter, step):
            given = approvals_of(letter, step)
            own = any(approval.lead.user_id == user.pk for approval in given)
            rows.append({
                "label": step.label,
                "correcting": step == ApprovedStep.CORRECT,
                "given": given,
                "needed": needed,
                "enough": is_approved(letter, step),
                "url": reverse("letters:act", args=[letter.pk, APPROVING[step]])
                if own_word and not own and not letter.is_paused else "",
                "fingerprint": spaced(fingerprint_to_approve(letter, step)),
            })  # fmt: skip
    return rows


def translations_shown(letter: Letter, drafts: Iterable[Translation]) -> list[dict[str, Any]]:
    """Return the translations with what was fixed of them."""
    texts = FrozenText.objects.filter(translates=letter.frozen_id, translates__isnull=False)
    fixed = {text.language: text for text in texts.order_by("number")}
    step = ApprovedStep.TRANSLATE
    return [
        {
            "draft": draft,
            "name": language_name(draft.language),
            "fixed": fixed.get(draft.language),
            "fingerprint": spaced(fixed[draft.language].sha256) if draft.language in fixed else "",
            "changed": draft.language in fixed
            and fixed[draft.language].sha256
            != fingerprint_to_approve(letter, step, draft.language),
            "given": approvals_of(letter, step, draft.language),
            "needed": approvals_needed(letter),
        }
        for draft in drafts
    ]


def languages_of(letter: Letter, here: str = "") -> list[dict[str, Any]]:
    """Return the languages in which the letter can be read: its own, then its translations."""
    texts = FrozenText.objects.filter(translates=letter.frozen_id, translates__isnull=False)
    found = sorted(set(texts.values_list("language", flat=True))) if letter.frozen_id else []
    if not found:
        return []
    own = {"code": letter.language, "url": letter.get_absolute_url(), "current": not here}
    others = [
        {
            "code": code,
            "url": reverse("letters:translated", args=[letter.pk, code]),
            "current": code == here,
        }
        for code in found
    ]
    return [{**row, "name": language_name(str(row["code"]))} for row in (own, *others)]
