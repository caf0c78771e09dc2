"""The invented data, room by room, each piece through the room's own actions."""

from __future__ import annotations

from collections.abc import Callable

from demo.data.figures import load_figures
from demo.data.letters import load_letters
from demo.data.meetings import load_meetings
from demo.data.organizations import load_organizations
from demo.data.people import load_people
from demo.data.recommendations import load_recommendations

Say = Callable[[str], object]


def load(*, say: Say = print) -> None:
    """Load what is not there yet. Each piece is found again by its name, so repeating is safe."""
    load_people()
    say("People: loaded.")
    load_organizations()
    say("Organizations, experts, networks: loaded.")
    load_recommendations()
    say("Recommendations: loaded.")
    load_meetings()
    say("Meetings: loaded.")
    load_letters()
    say("Letters: loaded, those delivered with their sealed PDFs.")
    load_figures()
    say("Figures of the front page: counted.")
