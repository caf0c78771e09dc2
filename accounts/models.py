"""A person with an account."""

from __future__ import annotations

import uuid
import zoneinfo
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.enums import OFFICE, StaffRole
from accounts.querysets import RoleDecisionQuerySet, SessionQuerySet, UserQuerySet


def known_zone(name: str) -> None:
    """Raise ValidationError unless `name` is a zone of the IANA database."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("This time zone is not known."))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes accounts by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Return a new account; without a password, one that cannot sign in by password."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the account with this address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person. The address is the account's name; other people see `name` or nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(
        _("language"), max_length=8, choices=settings.LANGUAGES, default="en"
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[known_zone]
    )
    wants_mail = models.BooleanField(_("send me e-mail"), default=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=0)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        db_table = "accounts_user"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="account_address_once_whatever_its_case")
        ]

    def __str__(self) -> str:
        return f"person {str(self.pk)[:8]}"

    def display_name(self) -> str:
        """Return what members of the same organization and the Office see: name, else address."""
        return self.name or self.email

    # Staff roles ---------------------------------------------------------------------------
    @property
    def staff_roles(self) -> frozenset[str]:
        """Return this person's staff roles (read once per object)."""
        if not hasattr(self, "_staff_roles"):
            self._staff_roles = frozenset(self.grants.values_list("role", flat=True))
        return self._staff_roles

    def has_role(self, *roles: str) -> bool:
        """Tell whether the person has one of `roles`; without arguments, any staff role."""
        return bool(self.staff_roles & set(roles)) if roles else bool(self.staff_roles)

    @property
    def is_office(self) -> bool:
        """Tell whether this person reads what is sent to the Office."""
        return bool(self.staff_roles & OFFICE)

    # What the Django admin asks for (taxonomies and switches only) ----------------------------
    @property
    def is_staff(self) -> bool:
        """Tell whether this person may open the Django admin."""
        return self.has_role(StaffRole.ADMINISTRATOR)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Administrators edit whatever is registered there: taxonomies and switches."""
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        """As has_perm."""
        return self.is_active and self.is_staff


class RoleGrant(models.Model):
    """A staff role given to a person, by whom and when."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=24, choices=StaffRole.choices)
    granted_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="grants_given"
    )
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "accounts_role_grant"
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="a_role_is_granted_once"),
            models.CheckConstraint(
                condition=models.Q(granted_by=None) | ~models.Q(granted_by=models.F("user")),
                name="nobody_grants_to_oneself",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=StaffRole.values), name="a_granted_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} for {self.user_id}"


class RoleDecision(models.Model):
    """That a staff role was given or taken: by whom, when and why. Never changed afterwards."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_decisions")
    role = models.CharField(max_length=24, choices=StaffRole.choices)
    given = models.BooleanField()
    by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="role_decisions_taken"
    )
    reason = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    objects = RoleDecisionQuerySet.as_manager()

    class Meta:
        db_table = "accounts_role_decision"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="a_role_decision_says_why"),
            models.CheckConstraint(
                condition=models.Q(by=None) | ~models.Q(by=models.F("user")),
                name="nobody_decides_on_the_own_role",
            ),
        ]

    def __str__(self) -> str:
        return f"role decision {self.pk}"


class SignInSession(AbstractBaseSession):
    """A session, with the person it belongs to: so it can be listed and ended from elsewhere.

    No address and no "last seen": a register of who was where is worth more to others than to us.
    """

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    started_at = models.DateTimeField(null=True)
    browser = models.CharField(max_length=60, blank=True)

    objects = BaseSessionManager.from_queryset(SessionQuerySet)()  # type: ignore[misc]

    class Meta(AbstractBaseSession.Meta):
        db_table = "accounts_session"

    def __str__(self) -> str:
        return f"session of {self.user_id}"
