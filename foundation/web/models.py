"""The tokens of forms that were accepted, and tries that are counted for a day."""

from __future__ import annotations

from django.db import models


class FormReceipt(models.Model):
    """One accepted form: its token, who sent it, and where its answer lies (a path)."""

    token = models.UUIDField(primary_key=True)
    user_id = models.UUIDField(null=True)
    answer = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        db_table = "web_form_receipt"

    def __str__(self) -> str:
        return f"form {str(self.token)[:8]}"


class Try(models.Model):
    """One try of something that is limited: whose, as a keyed hash that names nobody, and when.

    Only ever added and, after a day, deleted. See limits.py.
    """

    key = models.CharField(max_length=32)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "web_try"
        indexes = [models.Index(fields=["key", "-made_at"], name="tries_of_a_key")]

    def __str__(self) -> str:
        return f"try {self.pk}"
