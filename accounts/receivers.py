"""Answers to facts of sign-in: what a session knows of itself, and when others must end."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils import timezone

from accounts.actions import end_sessions
from accounts.sessions import BROWSER, STARTED, describe_browser


@receiver(user_logged_in, dispatch_uid="accounts.note_session")
def note_session(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    """Note when this session began and in which browser, for its owner's list."""
    request.session[STARTED] = timezone.now().isoformat()
    request.session[BROWSER] = describe_browser(request.META.get("HTTP_USER_AGENT", ""))


@receiver((password_changed, password_set, password_reset), dispatch_uid="accounts.end_others")
def end_other_sessions(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    """After a new password, only the session that set it goes on.

    Django ends the others anyway when they are next used (their hash is stale); here they also
    leave the list at once.
    """
    mine = request.user.is_authenticated and request.user.pk == user.pk
    end_sessions(user=user, by=user, keep=request.session.session_key or "" if mine else "")
