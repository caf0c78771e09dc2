"""The top line: which rooms this person finds there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import StaffRole

# Found only where the demo's addresses are (demo/urls.py).
DEMO = [(_("Demo"), "demo:home")]


@dataclass(frozen=True)
class Entry:
    """One link of the top line."""

    label: Any
    url: str
    current: bool


def navigation(request: HttpRequest) -> list[Entry]:
    """Return the links for this request's user, the present room marked."""
    user = getattr(request, "user", None)
    entries = []
    for label, name in _names(user):
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        at = request.path == url if url == "/" else request.path.startswith(url)
        entries.append(Entry(label, url, at))
    return entries


def _names(user: Any) -> list[tuple[Any, str]]:
    if user is None or not user.is_authenticated:
        return [
            (_("Home"), "home"),
            (_("Letters"), "letters:list"),
            (_("Recommendations"), "recommendations:list"),
            (_("Verify"), "documents:verify"),
            *DEMO,
        ]
    names = [(_("Home"), "home"), (_("Letters"), "letters:list")]
    names.append((_("Recommendations"), "recommendations:list"))
    if user.is_office or not user.staff_roles:  # auditors and administrators do neither
        names.append((_("Meetings"), "meetings:list"))
        names.append((_("Organizations"), "organizations:list"))
    if user.has_role(StaffRole.AUDITOR):
        names.append((_("Audit"), "audit:list"))
    if user.has_role(StaffRole.ADMINISTRATOR):
        names.append((_("Staff"), "accounts:staff"))
        names.append((_("Outbox"), "notifications:parked"))
    return names + DEMO
