"""Asking to sign without an account: what was typed, until the address has confirmed it."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from foundation.confidentiality.models import GuardedModel
from letters.querysets import SignOnRequestQuerySet

EXPIRES = timedelta(days=14)  # an unconfirmed request; its personal fields are emptied then
MOST_TRIES = 5  # of the typed code
MOST_MAILS = 5  # to one address about one letter, within EXPIRES


class SignOnRequest(GuardedModel):
    """Somebody without an account asked to sign a letter. All that was typed lies encrypted; the
    link and the code of the mail are stored as hashes only (and encrypted, to write the mail)."""

    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="requests")
    text = models.ForeignKey("letters.FrozenText", on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField(null=True, editable=False)  # encrypted: letters/secrecy.py
    address_key = models.CharField(max_length=64, blank=True)
    token_hash = models.CharField(max_length=64, blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    mails = models.PositiveSmallIntegerField(default=0)
    wants_news = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)  # it looked like a program's
    held_because = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    signatory = models.ForeignKey(
        "letters.Signatory", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SignOnRequestQuerySet.as_manager()

    class Meta:
        db_table = "letters_sign_on_request"
        indexes = [models.Index(fields=["letter", "address_key"], name="requests_of_an_address")]
        constraints = [
            models.UniqueConstraint(
                fields=["token_hash"], condition=~Q(token_hash=""), name="a_link_opens_one_request"
            ),
            models.CheckConstraint(
                condition=Q(tries__lte=MOST_TRIES), name="a_code_is_tried_five_times"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(signatory__isnull=False),
                name="a_confirmed_request_has_its_name",
            ),
        ]

    @property
    def is_over(self) -> bool:
        """Tell whether the link no longer opens: unconfirmed for too long."""
        return self.confirmed_at is None and self.created_at < timezone.now() - EXPIRES

    @property
    def is_held(self) -> bool:
        """Tell whether a coordinator still has to let it through."""
        return self.held_at is not None and self.released_at is None
