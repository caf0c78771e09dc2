"""A meeting with six people at the table, each invited in another way, made by the real actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from foundation.confidentiality import Level
from meetings import actions
from meetings.enums import InvitationStyle as Style
from meetings.enums import Side
from meetings.models import Meeting, Participant, Slot
from organizations.models import Membership, Organization
from tests.factories import make_membership, make_officer, make_user
from tests.meetings.factories import make_submitter, window
from tests.meetings.post import Letter, deliver

PURPOSE = "Canary purpose of the valleys"
PLACE = "Canary room, fourth floor"
WHY = "a test looks at what came of it"
STYLES = {
    "neutral": Style.NEUTRAL,
    "fuller": Style.FULLER,
    "no-file": Style.NO_FILE,
    "no-mail": Style.NO_MAIL,
}


@dataclass
class Table:
    """A meeting, the people around it, and what they got."""

    meeting: Meeting
    organization: Organization
    officer: User
    people: dict[str, User] = field(default_factory=dict)
    places: dict[str, Participant] = field(default_factory=dict)
    letters: list[Letter] = field(default_factory=list)

    @property
    def asker(self) -> User:
        """Who asked."""
        return self.people["neutral"]

    def post(self) -> list[Letter]:
        """Let the mails leave; return those of this time."""
        self.letters += (new := deliver())
        return new

    def fresh(self) -> Meeting:
        """The meeting as it stands now."""
        return Meeting.objects.unguarded(WHY).get(pk=self.meeting.pk)

    def files(self, word: str) -> list[bytes]:
        """The calendar files that a person got, in order."""
        address = self.people[word].email
        return [one.file for one in self.letters if one.to == address and one.file is not None]

    def style(self, word: str, style: str) -> None:
        """The person chooses."""
        actions.choose_style(participant=self.places[word], style=style, by=self.people[word])

    def move(self, days: int = 20) -> None:
        """The officer moves it to another day."""
        to, meeting = window(days), self.fresh()
        actions.move(
            meeting=meeting,
            starts_at=to.starts_at,
            ends_at=to.ends_at,
            zone=to.zone,
            place=PLACE,
            version=meeting.version,
            by=self.officer,
        )

    def cancel(self) -> None:
        """The officer calls it off."""
        actions.cancel(meeting=self.fresh(), reason="Canary reason: flooded.", by=self.officer)


def begin() -> Table:
    """A meeting that was asked for with five people of the organization and one of the Office."""
    asker, organization = make_submitter()
    officer = make_officer(name="Canary Officer")
    meeting = actions.begin(level=Level.OFFICE, organization=organization, by=asker)
    values = {"purpose": PURPOSE, "text": "Canary text of what we saw."}
    actions.edit(meeting=meeting, values=values, version=meeting.version, by=asker)
    actions.set_windows(meeting=meeting, windows=[window(12), window(13)], by=asker)
    table = Table(meeting, organization, officer)
    for word in (*STYLES, "not-asked"):
        table.people[word] = asker if word == "neutral" else make_user(f"{word}@canary.example")
        if word != "neutral":
            make_membership(table.people[word], organization)
        table.places[word] = sit_down(table, word, asker, Side.REQUESTER)
    actions.request(meeting=table.fresh(), by=asker)
    day = timezone.now().date() + timedelta(days=9)
    actions.assign(meeting=table.fresh(), owner=officer, answer_by=day, by=officer)
    table.people["officer"] = officer
    table.places["officer"] = sit_down(table, "officer", officer, Side.OFFICE)
    return table


def sit_down(table: Table, word: str, by: User, side: Side) -> Participant:
    """Put the person on the list."""
    return actions.add_participant(
        meeting=table.fresh(),
        name=f"Canary {word}",
        function=f"Canary function {word}",
        side=side,
        user=table.people[word],
        by=by,
    )


def confirm(table: Table) -> None:
    """The Office proposes two times, the asker takes the second."""
    slots = [window(15), window(16)]
    actions.propose(meeting=table.fresh(), slots=slots, place=PLACE, by=table.officer)
    offered = Slot.objects.visible_to(table.asker).offered(table.fresh())
    slot = offered.get(starts_at=slots[1].starts_at)
    actions.choose(meeting=table.fresh(), slot=slot, by=table.asker)


def lose_sight(table: Table, word: str) -> None:
    """The person no longer belongs to the organization."""
    rows = Membership.objects.unguarded(WHY).filter(user=table.people[word])
    rows.update(ended_at=timezone.now())


def settled() -> Table:
    """Confirmed, everything before it has left, and everybody but one has chosen."""
    table = begin()
    confirm(table)
    table.post()
    for word, style in STYLES.items():
        table.style(word, style)
    table.style("officer", Style.NEUTRAL)
    return table
