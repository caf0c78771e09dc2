"""All roles as plain lists with a sentence each. docs/permissions.md is read from here.

Roles of civil society are kept where they are given: representative and contributor on a
membership, coordinator on a network, expert on a person's own entry (organizations).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Role:
    """A role: its word in tables, its label, what it may do in one sentence, where it is given."""

    word: str
    label: Any
    sentence: Any
    given: Any


ROLES = (
    Role(
        "representative",
        _("Representative"),
        _("Acts for an organization: signs letters, manages its entry and its members."),
        _("by the organization, on a membership"),
    ),
    Role(
        "contributor",
        _("Contributor"),
        _("Drafts for a representative and reads what the organization may read; never signs."),
        _("by a representative, on a membership"),
    ),
    Role(
        "expert",
        _("Independent expert"),
        _("Takes part in a personal capacity, with no organization."),
        _("by vetting of the person's own entry"),
    ),
    Role(
        "coordinator",
        _("Coordinator"),
        _("Drafts and closes joint letters for a network, collects signatories and exports."),
        _("by an officer, on a network"),
    ),
    Role(
        "engagement_officer",
        _("Engagement officer"),
        _("Vets organizations, reads what was sent to the Office, answers and meets."),
        _("by an administrator"),
    ),
    Role(
        "approver",
        _("Approver"),
        _("Clears what goes out and decides appeals; reads what the Office may read."),
        _("by an administrator"),
    ),
    Role(
        "auditor",
        _("Auditor"),
        _("Reads the audit log and checks its chain; reads no content and changes nothing."),
        _("by an administrator"),
    ),
    Role(
        "administrator",
        _("Administrator"),
        _("Gives and takes staff roles, edits taxonomies, watches the outbox; reads no content."),
        _("by another administrator; the first one by the operator at the machine's console"),
    ),
)
