"""What this room keeps of people, how long and why. Read by people as law and by a check as rule."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.confidentiality.retention import Row, register
from recommendations.models import (
    ActionAsked,
    Addressee,
    Answer,
    DayChange,
    Message,
    NamedReader,
    ProgressReport,
    Recommendation,
    RefusalReason,
    SenderLink,
    Topic,
)

RECORD = _("the row stays, the person in it is made unknown")
WORDS = ("key", "label")

register(
    "recommendations",
    Row(
        Recommendation,
        (
            "reference",
            "created_by",
            "owner",
            "sender_as_stated",
            "sender_text",
            "title",
            "text",
            "background",
            "search_text",
            "countries",
            "place_as_stated",
        ),
        _("what is public for good; the rest ten years after the last answer; drafts two years"),
        _("text and sender are emptied, reference, dates, position and progress stay"),
        _("every ask gets an answer, and what became of it can be followed for ten years"),
    ),
    Row(
        Answer,
        ("text", "evidence", "drafted_by", "writers", "cleared_by", "published_by"),
        _("as the recommendation"),
        RECORD,
        _("who wrote and who cleared what the Office said must be provable"),
    ),
    Row(
        Message,
        ("text", "written_by"),
        _("two years after the answer"),
        _("the text is emptied"),
        _("the answer rests on what was asked and said"),
    ),
    Row(
        ProgressReport,
        ("text", "reported_by"),
        _("as the recommendation"),
        RECORD,
        _("what became of it can be followed"),
    ),
    Row(
        DayChange,
        ("text", "changed_by"),
        _("as the recommendation"),
        RECORD,
        _("why an answer came late can be followed"),
    ),
    Row(
        SenderLink,
        ("organization", "expert", "proposed_by", "confirmed_by", "decided_by", "undone_by"),
        _("as the recommendation"),
        RECORD,
        _("who could read it, and on whose word, must be provable"),
    ),
    Row(
        NamedReader,
        ("user", "named_by"),
        _("as long as the recommendation is kept"),
        RECORD,
        _("who could read it must be known"),
    ),
    *(
        Row(model, WORDS, _("for good"), _("nothing"), _("a list of words, about nobody"))
        for model in (ActionAsked, RefusalReason, Topic)
    ),
    Row(
        Addressee,
        (*WORDS, "mandate"),
        _("for good"),
        _("nothing"),
        _("a list of words, about nobody"),
    ),
)
