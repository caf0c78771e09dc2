"""What members of the network say about a draft."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from foundation.confidentiality.models import GuardedModel
from letters.querysets import CommentQuerySet


class Comment(GuardedModel):
    """A comment on a draft: on one paragraph, or on the whole. A withdrawn one keeps its row,
    without its words."""

    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="comments")
    place = models.CharField(max_length=12, blank=True)  # as `Block.places`; "" for the whole
    quote = models.TextField(blank=True)  # the paragraph as it stood: places move, words do not
    text = models.TextField(blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        db_table = "letters_comment"
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) ^ Q(text=""),
                name="a_comment_has_words_until_it_is_withdrawn",
            )
        ]
