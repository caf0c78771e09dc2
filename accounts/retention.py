"""What this room keeps of people, how long and why."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import RoleDecision, RoleGrant, SignInSession, User
from foundation.confidentiality.retention import Row, register

register(
    "accounts",
    Row(
        User,
        ("email", "name", "time_zone", "password"),
        _("as long as the account is open"),
        _("made unknown: a row without name, address and password remains"),
        _("sign-in, and letters between the Office and the person"),
    ),
    Row(
        RoleGrant,
        ("user", "granted_by"),
        _("as long as the role is held"),
        _("the row is deleted; the decision below stays"),
        _("says who may read what is sent to the Office"),
    ),
    Row(
        RoleDecision,
        ("user", "by", "reason"),
        _("ten years"),
        _("the reason is emptied to “(removed)”, the row stays"),
        _("who could read what, and who decided so, is asked years later"),
    ),
    Row(
        SignInSession,
        ("session_key", "session_data", "user", "browser"),
        _("twelve hours after it was last written, and an hour more"),
        _("the row is deleted"),
        _("keeps a person signed in; shows the person where else the account is open"),
    ),
)
