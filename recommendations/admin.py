"""The Django admin edits the lists of this room, and nothing else."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest  # noqa: TID251 - only the type

from recommendations.models import ActionAsked, Addressee, RefusalReason, Topic


@admin.register(ActionAsked, Addressee, RefusalReason, Topic)
class TaxonomyAdmin(admin.ModelAdmin):
    """Words are added, corrected, moved and retired; never deleted, since items carry them."""

    list_display = ("key", "label", "position", "retired")
    list_editable = ("position", "retired")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Keep the key once it is in use."""
        return ("key",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: retire the word instead."""
        return False
