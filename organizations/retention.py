"""What this room keeps of people, how long and why. Read by people as law and by a check as rule."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from foundation.confidentiality.retention import Row, register
from organizations.models import (
    EvidenceFile,
    Expert,
    Invitation,
    Membership,
    NamedReader,
    Network,
    NetworkCoordinator,
    Organization,
    OrganizationKind,
    Pillar,
    VettingDecision,
    Vouch,
)

WHILE_REGISTERED = _("as long as the registration is open, and five years after it is closed")
RECORD = _("the row stays, the person in it is made unknown")
WORDS = ("key", "label")

ENTRY = (
    "reference",
    "name",
    "name_language",
    "other_names",
    "languages",
    "website",
    "about",
    "appeal_text",
    "name_key",
    "search_text",
    "place_as_stated",
)

register(
    "organizations",
    Row(
        Organization,
        (*ENTRY, "acronym", "country_of_registration", "countries_of_work", "vouch_code"),
        WHILE_REGISTERED,
        _("text is emptied, the reference stays"),
        _("who signed a letter must be known as long as the letter is worked on"),
    ),
    Row(
        Expert,
        (*ENTRY, "user", "title", "country_of_residence"),
        WHILE_REGISTERED,
        _("text is emptied, the reference stays"),
        _("who signed a letter must be known as long as the letter is worked on"),
    ),
    Row(
        Membership,
        ("user", "mandate_by"),
        _("five years after the membership ended"),
        RECORD,
        _("who acted for an organization, and with what mandate, is asked years later"),
    ),
    Row(
        Invitation,
        ("email", "token_hash", "invited_by"),
        _("until it is accepted, taken back or expired, and 90 days more"),
        _("the address is emptied"),
        _("the address is needed to let the right person in, and for nothing else"),
    ),
    Row(
        EvidenceFile,
        ("title", "file", "sha256", "uploaded_by"),
        _("two years after the last decision"),
        _("the file is deleted, its fingerprint stays"),
        _("the papers answer an appeal or a renewal, and are needed no longer than that"),
    ),
    Row(
        VettingDecision,
        ("step", "reason", "reviewer", "unmet"),
        _("ten years"),
        RECORD,
        _("a decision on somebody's access must be explained as long as it has effects"),
    ),
    Row(
        NamedReader,
        ("user", "named_by"),
        WHILE_REGISTERED,
        _("the row is deleted"),
        _("says who may look"),
    ),
    Row(
        Vouch,
        ("by_user", "text"),
        _("as long as the vetting rests on it, and two years more"),
        _("the text is emptied"),
        _("a vetting without papers rests on these words"),
    ),
    Row(
        Network,
        ("name", "acronym", "about"),
        _("for good"),
        _("nothing"),
        _("a network is a standing counterpart, not a person"),
    ),
    Row(
        NetworkCoordinator,
        ("user", "named_by"),
        _("five years after the person stepped down"),
        RECORD,
        _("who closed and sent a letter is asked years later"),
    ),
    Row(Pillar, WORDS, _("for good"), _("nothing"), _("a list of words")),
    Row(OrganizationKind, WORDS, _("for good"), _("nothing"), _("a list of words")),
)
