"""What people do with their accounts, and administrators with roles. One verb, one function."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import rules
from accounts.enums import StaffRole
from accounts.models import RoleDecision, RoleGrant, SignInSession, User
from accounts.sessions import handle
from foundation.audit.recording import record
from foundation.confidentiality import SystemActor
from foundation.notifications.outbox import notify
from foundation.web.forms import claim_version


class RoleRefused(Exception):
    """A role was not given or taken; the text says why, for the person who asked."""


PREFERENCES = ("name", "language", "time_zone", "wants_mail")


@transaction.atomic
def save_preferences(*, user: User, version: int, by: User, **wanted: Any) -> list[str]:
    """Save what `user` chose (`name`, `language`, `time_zone`, `wants_mail`).

    Returns the names of the fields that changed. Raises EditConflict where another window saved
    after `version`.
    """
    claim_version(user, version)
    changed = [name for name in PREFERENCES if getattr(user, name) != wanted[name]]
    for name in changed:
        setattr(user, name, wanted[name])
    user.save(update_fields=changed)
    if changed:
        record("accounts.preferences_changed", user, by=by, changed=changed)
    return changed


def choose_language(*, user: User, language: str) -> None:
    """Keep the language that the person chose at the foot of a page."""
    User.objects.filter(pk=user.pk).update(language=language)


@transaction.atomic
def end_sessions(*, user: User, by: Any, only: str = "", keep: str = "") -> int:
    """End sessions of `user` and return how many: the one with the handle `only`, or all but
    the one with the key `keep`."""
    sessions = SignInSession.objects.filter(user=user).exclude(session_key=keep)
    keys = list(sessions.values_list("session_key", flat=True))
    if only:
        keys = [key for key in keys if handle(key) == only]
    count = SignInSession.objects.filter(session_key__in=keys).delete()[0]
    if count:
        record("accounts.sessions_ended", user, by=by, count=count)
    return count


def clear_ended_sessions() -> int:
    """Delete the sessions that ran out, whoever they belonged to; return how many."""
    return SignInSession.objects.filter(expire_date__lte=timezone.now()).delete()[0]


@transaction.atomic
def give_role(*, user: User, role: StaffRole, reason: str, by: User | SystemActor) -> RoleDecision:
    """Give `user` a staff role. `by` is an administrator, or the operator's console.

    Raises RoleRefused where `by` may not, for one's own account, for an account that is closed or
    has no confirmed address, and where the role is held already.
    """
    _lock_and_check(by, user)
    if not rules.may_hold_roles(user):
        raise RoleRefused(
            _("This account is closed, or its e-mail address was never confirmed. Roles can wait.")
        )
    giver = None if isinstance(by, SystemActor) else by
    _grant, new = RoleGrant.objects.get_or_create(
        user=user, role=role, defaults={"granted_by": giver}
    )
    if not new:
        raise RoleRefused(_("This person has the role already."))
    return _decide(user, role, given=True, reason=reason, by=by)


@transaction.atomic
def take_role(*, user: User, role: StaffRole, reason: str, by: User | SystemActor) -> RoleDecision:
    """Take a staff role from `user`; it holds from the person's next request.

    Raises RoleRefused where `by` may not, for one's own roles, where the role is not held, and
    for the last administrator.
    """
    administrators = _lock_and_check(by, user)
    if role == StaffRole.ADMINISTRATOR and administrators <= {user.pk}:
        raise RoleRefused(
            _("This is the last administrator. Give the role to somebody else first.")
        )
    if not RoleGrant.objects.filter(user=user, role=role).delete()[0]:
        raise RoleRefused(_("This person does not have the role."))
    return _decide(user, role, given=False, reason=reason, by=by)


def _lock_and_check(by: User | SystemActor, user: User) -> set[Any]:
    """Let one change of roles happen at a time; return the ids of the active administrators.

    Without the lock two administrators could take each other's role at the same moment, and
    nobody would be left.
    """
    locked = RoleGrant.objects.select_for_update(of=("self",)).select_related("user")
    grants = list(locked.filter(role=StaffRole.ADMINISTRATOR).order_by("pk"))
    administrators = {grant.user_id for grant in grants if grant.user.is_active}
    if isinstance(by, User):
        by = User.objects.get(pk=by.pk)  # roles are read once per object: ask again, now locked
    if not rules.may_change_roles(by):
        raise RoleRefused(_("Only an administrator may change roles."))
    if not rules.is_somebody_else(by, user):
        raise RoleRefused(_("Nobody changes their own roles. Ask another administrator."))
    return administrators


def _decide(user: User, role: str, *, given: bool, reason: str, by: Any) -> RoleDecision:
    decision = RoleDecision.objects.create(
        user=user,
        role=role,
        given=given,
        reason=reason,
        by=None if isinstance(by, SystemActor) else by,
    )
    action = "accounts.role_given" if given else "accounts.role_taken"
    record(action, user, by=by, role=role, decision=decision.pk)
    notify("accounts.roles_changed", to=user)
    return decision
