"""The Office's reply to a letter as a whole: a text, a PDF, or both."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from foundation.confidentiality.models import GuardedModel
from letters.enums import ReplyState
from letters.querysets import ReplyQuerySet
from letters.transitions import REPLY
from organizations.enums import OfficialLanguage

USER = settings.AUTH_USER_MODEL


class Reply(GuardedModel):
    """One version of the reply: drafted, cleared by somebody who wrote no word of it, filed. A filed
    one never changes; a correction is another row, and both stay."""

    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="replies")
    number = models.PositiveIntegerField()  # 1, then a correction
    state = models.CharField(
        max_length=10, choices=ReplyState.choices, default=ReplyState.DRAFT, db_index=True
    )
    language = models.CharField(
        max_length=2, choices=OfficialLanguage.choices, default=OfficialLanguage.ENGLISH
    )
    text = models.TextField(blank=True)
    # The PDF, cleaned of scripts and metadata, encrypted: who holds a copy of the database does not
    # read what was written to whom.
    pdf = models.BinaryField(null=True, editable=False)
    pdf_hash = models.CharField(max_length=64, blank=True)  # SHA-256 of the plain file
    pdf_size = models.PositiveIntegerField(default=0)  # bytes
    note = models.TextField(blank=True)  # what to change, from who gave it back; inside the Office
    drafted_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    writers: models.ManyToManyField = models.ManyToManyField(USER, related_name="+")
    drafted_at = models.DateTimeField(auto_now_add=True)
    cleared_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cleared_at = models.DateTimeField(null=True, blank=True)
    filed_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    filed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        db_table = "letters_reply"
        constraints = [
            models.UniqueConstraint(fields=["letter", "number"], name="replies_are_numbered"),
            models.UniqueConstraint(
                fields=["letter"],
                condition=~Q(state=ReplyState.FILED),
                name="one_reply_in_work",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ReplyState.values), name="reply_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=ReplyState.FILED)
                | Q(filed_at__isnull=False, cleared_at__isnull=False),
                name="a_filed_reply_was_cleared",
            ),
            models.CheckConstraint(
                condition=Q(cleared_by__isnull=True) | ~Q(cleared_by=F("drafted_by")),
                name="a_reply_is_cleared_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(text="") | Q(pdf__isnull=False), name="a_reply_says_something"
            ),
        ]

    @property
    def state_label(self) -> object:
        """Return the labels and tone of the present state."""
        return REPLY.state_of(self)

    @property
    def has_file(self) -> bool:
        """Tell whether there is a PDF."""
        return self.pdf_size > 0
