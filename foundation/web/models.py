"""The tokens of forms that were accepted: the second post of the same form finds the first."""

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
