"""The two tables of the log. Rows are added and never touched again: triggers see to it."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class ActorKind(models.TextChoices):
    """Who acted."""

    USER = "user", _("Person")
    SYSTEM = "system", _("Part of the system")
    ANONYMOUS = "anonymous", _("Somebody not signed in")
    PSEUDONYM = "pseudonym", _("Somebody whose name is protected")


class AuditEvent(models.Model):
    """One thing that happened: an action, by whom, on what, with ids and numbers as facts.

    No foreign keys: an event outlives what it speaks of. No personal text: erasing a person
    never needs to touch the log (`recording.py` refuses text that looks like it).
    """

    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)
    action = models.CharField(_("action"), max_length=80)
    actor_kind = models.CharField(_("kind of actor"), max_length=10, choices=ActorKind)
    actor_id = models.CharField(_("actor"), max_length=64, blank=True)
    object_type = models.CharField(_("kind of object"), max_length=80, blank=True)
    object_id = models.CharField(_("object"), max_length=64, blank=True)
    facts = models.JSONField(_("facts"), default=dict)

    class Meta:
        db_table = "audit_event"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_event_object"),
            models.Index(fields=["actor_id"], name="audit_event_actor"),
            models.Index(fields=["action"], name="audit_event_action"),
            BrinIndex(fields=["at"], name="audit_event_at", autosummarize=True),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(actor_kind__in=ActorKind.values), name="audit_actor_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"event {self.pk}: {self.action}"


class AuditSeal(models.Model):
    """One link of the chain: the event that took this position, and the MAC up to here (hex)."""

    position = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    mac = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_seal"

    def __str__(self) -> str:
        return f"seal {self.position} of event {self.event_id}"
