"""Comments on a draft by members of the network, while its coordinators let them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.audit.recording import record
from foundation.workflow import NotYours, Refused, WrongState
from letters.actions.parts import lock, must_coordinate
from letters.asks import passage
from letters.enums import LetterState
from letters.models import Comment, Letter
from letters.notifications import tell_members, tell_people
from letters.rules import leads_of, may_comment

WHY = "an action looks at the comment that its caller has seen"


@transaction.atomic
def open_for_comments(*, letter: Letter, by: Any) -> Letter:
    """Let the members of the network's organizations read the draft and comment on it; their
    representatives are told. NotYours, WrongState."""
    letter = _switch(letter, by, to=True)
    tell_members(letter, "letters.comments_open")
    return letter


@transaction.atomic
def end_comments(*, letter: Letter, by: Any) -> Letter:
    """Show the draft to the coordinators only; the comments stay. NotYours, WrongState."""
    return _switch(letter, by, to=False)


@transaction.atomic
def comment(*, letter: Letter, text: str, by: Any, place: str = "") -> Comment:
    """Comment on the paragraph at `place` of the draft, or ("") on the whole; the leads are told.
    NotYours, and Refused for a place that the draft does not have."""
    letter = lock(letter.pk)
    if not may_comment(by, letter):
        raise NotYours(_("This draft is not open for comments."))
    found = passage(letter.body, place) if place else None
    if place and found is None:
        raise Refused(_("This paragraph is not there any more. Comment on the text as it stands."))
    made = Comment(
        letter=letter, place=place, quote=found.text if found else "", text=text, author=by
    )
    made.save(force_insert=True)
    record("letters.commented", letter, by=by, comment=made.pk)
    leads = [lead.user_id for lead in leads_of(letter)]
    tell_people(leads, letter, "letters.new_comment", but=by, dedupe=str(made.pk))
    return made


@transaction.atomic
def resolve_comment(*, comment: Comment, by: Any) -> Comment:
    """Mark a comment as dealt with; who wrote it is told. NotYours, WrongState."""
    letter = lock(comment.letter_id)
    must_coordinate(by, letter)
    comment = _standing(comment)
    if comment.resolved_at is not None:
        raise WrongState(_("This comment was dealt with already."))
    comment.resolved_at, comment.resolved_by = timezone.now(), by
    comment.save(update_fields=["resolved_at", "resolved_by"])
    record("letters.comment_resolved", letter, by=by, comment=comment.pk)
    people = [comment.author_id]
    tell_people(people, letter, "letters.comment_resolved", but=by, dedupe=str(comment.pk))
    return comment


@transaction.atomic
def withdraw_comment(*, comment: Comment, by: Any) -> Comment:
    """Take one's own comment back: its words are gone, that there was one stays on record."""
    letter = lock(comment.letter_id)
    comment = _standing(comment)
    if comment.author_id != by.pk:
        raise NotYours(_("Only who wrote a comment takes it back."))
    comment.withdrawn_at, comment.text, comment.quote = timezone.now(), "", ""
    comment.save(update_fields=["withdrawn_at", "text", "quote"])
    record("letters.comment_withdrawn", letter, by=by, comment=comment.pk)
    return comment


def _switch(letter: Letter, by: Any, *, to: bool) -> Letter:
    """Open or end the comments of a draft; the same again is refused."""
    letter = lock(letter.pk)
    must_coordinate(by, letter)
    if letter.state != LetterState.DRAFT or letter.comments_open == to:
        raise WrongState(_("This is not possible now."))
    letter.comments_open = to
    letter.save(update_fields=["comments_open", "changed_at"])
    record("letters.comments_opened" if to else "letters.comments_ended", letter, by=by)
    return letter


def _standing(comment: Comment) -> Comment:
    """Return the comment as it stands; WrongState when it was taken back."""
    found = Comment.objects.unguarded(WHY).standing().filter(pk=comment.pk).first()
    if found is None:
        raise WrongState(_("This comment was taken back."))
    return found
