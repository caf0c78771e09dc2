"""From the content of a brief to its pages as HTML, the longest form first."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from meetings.briefs.content import BriefContent
from meetings.briefs.shortening import LADDER, TWO_PAGES, Shortened, shortened, weight
from meetings.briefs.times import drawn_up_words, when_words
from meetings.briefs.withholding import withheld

LAYOUT = "brief/1"  # raise it when the template changes, so that new papers are made
MOST_PAGES = 2
TEMPLATE = "meetings/paper.html"


def paper(content: BriefContent) -> tuple[str, ...]:
    """Return the brief as whole HTML pages, each shorter than the one before.

    The renderer takes the first that fits MOST_PAGES. Nobody who may not be named is in any of
    them; everything that people wrote is escaped. Equal contents give equal pages.
    """
    with translation.override(content.language):
        safe = withheld(content)
        forms = [shortened(safe, limits) for limits in LADDER]
        fitting = [form for form in forms if weight(form.content) <= TWO_PAGES]
        return tuple(_page(form) for form in fitting or forms[-1:])


def _page(form: Shortened) -> str:
    context: dict[str, Any] = {
        "brief": form.content,
        "tight": form.limits.tight,
        "left_out": form.left_out,
        "cut": form.cut,
        "drawn_up": drawn_up_words(form.content.drawn_up),
        "when": when_words(form.content.when),
        "coming": len(form.content.participants) + form.left_out["participants"],
    }
    return render_to_string(TEMPLATE, context)
