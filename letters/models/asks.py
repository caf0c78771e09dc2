"""An ask that was marked in a letter: which words, under which number, and what it became."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from foundation.confidentiality.models import GuardedModel
from letters.querysets import AskQuerySet
from recommendations.enums import RecommendationState
from recommendations.models import Recommendation

USER = settings.AUTH_USER_MODEL


class Ask(GuardedModel):
    """One ask, or one offer, of a delivered letter. What is asked and what became of it stand in
    its recommendation; one that was marked by mistake keeps its row."""

    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="asks")
    recommendation = models.OneToOneField(
        Recommendation, on_delete=models.PROTECT, related_name="+"
    )
    number = models.CharField(max_length=12)  # as people cite it: "3.b", "O.1"
    position = models.PositiveIntegerField()  # in the order in which they were marked
    place = models.CharField(max_length=12, blank=True)  # of the text: "12", "13.a" (text/markup)
    quote = models.TextField(blank=True)  # words of that paragraph; none: the whole of it
    marked_by = models.ForeignKey(
        USER, null=True, on_delete=models.PROTECT, related_name="+"
    )  # nobody: the operator's command
    marked_at = models.DateTimeField(default=timezone.now)
    acknowledged_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    acknowledged_at = models.DateTimeField(null=True, blank=True)  # of an offer
    withdrawn_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.CharField(max_length=300, blank=True)

    objects = AskQuerySet.as_manager()

    class Meta:
        db_table = "letters_ask"
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "number"],
                condition=Q(withdrawn_at__isnull=True),
                name="an_ask_is_marked_once",
            ),
            models.CheckConstraint(condition=~Q(number=""), name="an_ask_has_a_number"),
        ]

    @property
    def is_offer(self) -> bool:
        """Tell whether it offers something: that is acknowledged, and needs no answer."""
        return self.recommendation.is_offer

    @property
    def is_settled(self) -> bool:
        """Tell whether the Office has said what it says: an answer that stands ("noted" is none),
        to an offer that it knows of it."""
        if self.is_offer and self.acknowledged_at is not None:
            return True
        return self.recommendation.state == RecommendationState.ANSWERED

    @property
    def anchor(self) -> str:
        """Return where its paragraph stands on the letter's page, "" where it is not known."""
        return f"#p-{self.place}" if self.place else ""
