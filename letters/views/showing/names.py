"""Names under letters, and who is invited to sign, as the components of pages want them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.confidentiality import Level
from letters.enums import Mode
from letters.models import Letter, Signatory, SignOnInvitation
from letters.secrecy import organization_key, person_key

# Which audiences read a name of each mode; the order is that of the page.
AUDIENCES = (
    (gettext_lazy("Everyone, once it is delivered"), (Mode.PUBLIC,)),
    (gettext_lazy("The Office, once it is delivered"), (Mode.PUBLIC, Mode.OFFICE)),
    (
        gettext_lazy("The coordinators of the network"),
        (Mode.PUBLIC, Mode.OFFICE, Mode.COORDINATORS),
    ),
)


def as_seen(name: Signatory, letter: Letter) -> list[dict[str, Any]]:
    """Return, for each audience, the line that it would read of `name`; "" for nothing: a letter
    that is not public shows nobody to everyone."""
    line = name.display_line()
    audiences = AUDIENCES if letter.level == Level.PUBLIC else AUDIENCES[1:]
    return [
        {"who": str(who), "line": line if name.mode in modes else ""} for who, modes in audiences
    ]


def invited_rows(
    invitations: Iterable[SignOnInvitation], names: list[Signatory]
) -> list[dict[str, Any]]:
    """Return the invitations with what came of each, as far as `names`, which the reader may see,
    tell: a signature that is not for the reader's eyes is no answer. By name."""
    bodies = {name.organization_key: name for name in names if name.organization_key}
    people = {name.person_key: name for name in names if not name.organization_key}
    boxes = {name.address_key: name for name in names if name.address_key}
    rows = []
    for one in invitations:
        if one.address_key:
            signed = boxes.get(one.address_key)
        elif one.expert:
            signed = people.get(person_key(one.letter_id, one.expert.user_id))
        else:
            signed = bodies.get(organization_key(one.letter_id, one.organization_id))
        rows.append({"one": one, "name": one.name(), **_came_of(one, signed)})
    return sorted(rows, key=lambda row: str(row["name"]).casefold())


def _came_of(invitation: SignOnInvitation, name: Signatory | None) -> dict[str, Any]:
    if name is not None:
        return {"answer": "signed", "word": _("signed"), "tone": "yes", "on": name.created_at}
    if invitation.declined_at is not None:
        on = invitation.declined_at
        return {"answer": "declined", "word": _("declined"), "tone": "no", "on": on}
    return {"answer": "", "word": _("no answer"), "tone": "wait", "on": None}


def invited_numbers(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return how many were invited, signed, declined, did not answer yet."""
    answers = [row["answer"] for row in rows]
    labels = (
        (_("Invited"), len(answers)),
        (_("Signed"), answers.count("signed")),
        (_("Declined"), answers.count("declined")),
        (_("No answer yet"), answers.count("")),
    )
    return [{"label": label, "value": str(value)} for label, value in labels]


def came_in(names: Iterable[Signatory]) -> list[dict[str, Any]]:
    """Return how many names were signed today, yesterday and in the last seven days (days of UTC:
    of a name that is not public, no more than the day is kept)."""
    signed = [name.created_at.astimezone(UTC).date() for name in names if name.was_signed_here]
    today = timezone.now().date()
    days = (
        (_("Names that came in today"), {today}),
        (_("Yesterday"), {today - timedelta(days=1)}),
        (_("In the last seven days"), {today - timedelta(days=n) for n in range(7)}),
    )
    return [
        {"label": label, "value": str(sum(day in span for day in signed))} for label, span in days
    ]
