"""Reads of this room, with speaking names."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from accounts.enums import OFFICE


class UserQuerySet(QuerySet):
    """People with an account."""

    def staff(self) -> Self:
        """Keep everybody with a staff role, each with the grants and who gave them."""
        grants: Any = self.model._meta.get_field("grants").related_model
        given = grants.objects.order_by("granted_at").select_related("granted_by")
        people = self.filter(grants__isnull=False).distinct()
        return people.prefetch_related(Prefetch("grants", queryset=given)).order_by("name", "email")

    def with_role(self, *roles: str) -> Self:
        """Keep the people with an open account who hold one of these staff roles, by name."""
        found = self.filter(is_active=True, grants__role__in=roles)
        return found.distinct().order_by("name", "email")

    def of_the_office(self) -> Self:
        """Keep the staff who work on what comes in: officers and approvers, by name."""
        return self.with_role(*OFFICE)


class RoleDecisionQuerySet(QuerySet):
    """What was decided on roles."""

    def with_people(self) -> Self:
        """Fetch who was meant and who decided along with each."""
        return self.select_related("user", "by")


class SessionQuerySet(QuerySet):
    """Sessions."""

    def still_open(self) -> Self:
        """Keep those that are still good, newest first."""
        return self.filter(expire_date__gt=timezone.now()).order_by("-started_at")
