"""What waits for a person in this room: the first thing they see after sign-in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.web.waiting import MOST, Group, Rest, Waiting, end_of_day
from letters.enums import TO_ACKNOWLEDGE, LetterState
from letters.models import (
    Approval,
    Letter,
    LetterLead,
    Signatory,
    SignatoryBatch,
    SignOnInvitation,
    Unsealing,
)
from letters.querysets import WAITS_FOR
from letters.rules import unseals, waits_for_word
from organizations.rules import is_coordinator, is_vetted_participant

NO_MORE_TIME = Q(deadline__isnull=False, deadline__lte=Now())
SOONEST = F("deadline").asc(nulls_last=True)


def letters_waiting_for(user: Any) -> Iterator[Waiting]:
    """Yield what `user` should sign, review, close, deliver, acknowledge or mark."""
    if user.is_office:
        yield from _at_the_desk(user)
    if is_coordinator(user):
        yield from _to_approve(user)
        yield from _to_coordinate(user)
    if is_vetted_participant(user):
        yield from _to_sign(user)
        yield from _to_comment(user)
    if unseals(user):
        yield from _to_unseal(user)


def _at_the_desk(user: Any) -> Iterator[Waiting]:
    letters = Letter.objects.visible_to(user).for_the_desk(user).longest_waiting_first()
    rest = Rest(_("All letters at the desk"), reverse("letters:list"))
    own = Q(state=LetterState.ACKNOWLEDGED, owner_id=user.pk)
    kinds = (
        (Q(state__in=TO_ACKNOWLEDGE), _("Acknowledge the letter “%(subject)s”")),
        (own, _("Mark what “%(subject)s” asks")),
    )
    for waits, sentence in kinds:
        for letter in letters.filter(waits)[: MOST + 1]:
            delivered = letter.state in TO_ACKNOWLEDGE
            yield Waiting(
                sentence % {"subject": letter.subject},
                reverse("letters:item", args=[letter.pk]),
                letter.state_label,
                end_of_day(letter.acknowledge_by) if delivered else None,
                Group.DO,
                rest,
            )


def _to_sign(user: Any) -> Iterator[Waiting]:
    signed = Signatory.objects.visible_to(user).standing().signed_by_person(user)
    letters = Letter.objects.visible_to(user).open_for_sign_on().exclude(NO_MORE_TIME)
    letters = letters.filter(paused_at__isnull=True)
    own = SignOnInvitation.objects.visible_to(user).for_the_word_of(user).standing()
    declined = own.exclude(declined_at=None)
    unsigned = letters.exclude(pk__in=signed.values("letter_id")).exclude(
        pk__in=declined.values("letter_id")
    )
    rest = Rest(_("All letters that are open"), reverse("letters:list"))
    for letter in unsigned.order_by(SOONEST, "reference")[: MOST + 1]:
        yield _waiting(letter, Group.SIGN, _("Sign or leave it: “%(subject)s”"), rest)


def _to_approve(user: Any) -> Iterator[Waiting]:
    """What another lead approved, and this one has not, with the text as it stands now."""
    given = Approval.objects.visible_to(user).filter(used_at__isnull=True, lead__ended_at=None)
    led = LetterLead.objects.visible_to(user).standing().filter(user_id=user.pk)
    waits = given.exclude(lead__user_id=user.pk).filter(letter__in=led.values("letter_id"))
    letters = {one.letter_id: one.letter for one in waits.select_related("letter")[: MOST + 1]}
    rest = Rest(_("All letters of your networks"), reverse("letters:list"))
    for letter in letters.values():
        if waits_for_word(user, letter):
            yield Waiting(
                _("Approve “%(subject)s”, or say why not") % {"subject": letter.subject},
                reverse("letters:leads", args=[letter.pk]),
                letter.state_label,
                letter.deadline,
                Group.DECIDE,
                rest,
            )


def _to_comment(user: Any) -> Iterator[Waiting]:
    """Drafts of networks that are open for the reader's comments."""
    drafts = Letter.objects.visible_to(user).in_state(LetterState.DRAFT)
    rest = Rest(_("All letters that are open"), reverse("letters:list"))
    for letter in (
        drafts.filter(comments_open=True)
        .exclude(pk__in=_own(user))
        .order_by("-changed_at", "reference")[: MOST + 1]
    ):
        yield Waiting(
            _("Comment on the draft “%(subject)s”") % {"subject": letter.subject},
            reverse("letters:comments", args=[letter.pk]),
            letter.state_label,
            None,
            Group.DO,
            rest,
        )


def _own(user: Any) -> Any:
    return Letter.objects.visible_to(user).coordinated_by(user).values("pk")


def _to_coordinate(user: Any) -> Iterator[Waiting]:
    letters = Letter.objects.visible_to(user).coordinated_by(user)
    batches = SignatoryBatch.objects.visible_to(user).in_review()
    reviewing = Q(pk__in=batches.values("letter_id"))
    rest = Rest(_("All letters of your networks"), reverse("letters:list"))
    draft, closed = Q(state=LetterState.DRAFT), Q(state=LetterState.CLOSED)
    over = Q(state=LetterState.OPEN) & NO_MORE_TIME
    kinds = (
        (reviewing, Group.DO, _("Review the names for “%(subject)s”")),
        (over & ~reviewing, Group.DO, _("Close the sign-on of “%(subject)s”: its time is over")),
        (closed & ~reviewing, Group.DO, _("Export and deliver “%(subject)s”")),
        (draft & ~reviewing, Group.FINISH, _("Finish the draft “%(subject)s”")),
    )
    for waits, group, sentence in kinds:
        for letter in letters.filter(waits).order_by(SOONEST, "reference")[: MOST + 1]:
            yield _waiting(letter, group, sentence, rest)


def _waiting(letter: Letter, group: Group, sentence: str, rest: Rest) -> Waiting:
    return Waiting(
        sentence % {"subject": letter.subject},
        letter.get_absolute_url(),
        letter.state_label,
        letter.deadline,
        group,
        rest,
    )


def _to_unseal(user: Any) -> Iterator[Waiting]:
    requests = Unsealing.objects.visible_to(user).decidable_by(user).newest_first()
    for request in requests.select_related("letter")[: MOST + 1]:
        yield Waiting(
            _("Somebody asks to see a name that is not counted: %(reference)s")
            % {"reference": request.letter.reference},
            reverse("letters:unsealing", args=[request.pk]),
            None,
            request.asked_at + WAITS_FOR,
            Group.DECIDE,
            Rest(_("All letters"), reverse("letters:list")),
        )
