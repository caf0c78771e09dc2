"""Hidden signatories whose every name is a canary: members and people without an account, each in
each mode that is not public; and who may read which of these names where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from foundation.confidentiality import Level
from foundation.notifications.models import Outbox
from foundation.notifications.outbox import deliver_mails
from letters import actions
from letters.actions import by_mail, own_name
from letters.enums import LetterState, Mode
from letters.models import Letter, Signatory
from tests.factories import make_organization, make_user
from tests.trust.finding import Names
from tests.trust.world import World

HIDDEN = [mode for mode in Mode if mode != Mode.PUBLIC]
# One syllable a signatory, in three scripts: so a name that is found says whose it is.
TAGS = (
    ("bar", "بار", "Бар"), ("fen", "فان", "Фен"), ("gul", "جول", "Гул"), ("jor", "جور", "Жор"),
    ("kip", "كيب", "Кип"), ("lum", "لوم", "Лум"), ("mev", "ميف", "Мев"), ("noz", "نوز", "Ноз"),
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One hidden signatory: `who` is "member" or "external", under the letter in `state`."""

    who: str
    mode: str
    state: str
    tag: tuple[str, str, str]

    @property
    def key(self) -> str:
        return f"{self.who}_{self.mode}_{self.state}"

    @property
    def names(self) -> dict[str, str]:
        """Return the canaries by what they are the name of."""
        latin, arabic, cyrillic = self.tag
        return {
            "person": f"Zophariel {latin.title()}quince & Co",
            "box": f"zophariel.{latin}quince",
            "body": f"زفرئيل {arabic}كنبري",
            "script": f"Зофариэль {cyrillic}квинс",
        }

    @property
    def address(self) -> str:
        """Return the mail address."""
        return f"{self.names['box']}@far.example"

    def read_by(self, role: str) -> set[str]:
        """Return which of its names `role` may read, on some page."""
        line = {"person", "body", "script"} if self.who == "external" else {"body", "script"}
        readers = set()
        if self.mode in (Mode.OFFICE, Mode.COORDINATORS):
            readers.add("coordinator")
        if self.mode == Mode.OFFICE and self.state == LetterState.DELIVERED:
            readers |= {"officer", "approver"}
        seen = line if role in readers else set()
        if self.who == "member" and role == "approver":  # one of the named officers of the body
            seen = seen | {"person", "body", "box"}
        return {f"{self.key}_{what}" for what in seen}


def cases(*states: str) -> list[Case]:
    """Return a member and an external signatory for each mode under a delivered letter, and two of
    the mode "office" under an open one; or those of `states` only."""
    asked = [
        (who, mode, LetterState.DELIVERED) for mode in HIDDEN for who in ("member", "external")
    ]
    asked += [(who, Mode.OFFICE, LetterState.OPEN) for who in ("member", "external")]
    made = [Case(*one, tag) for one, tag in zip(asked, TAGS, strict=True)]
    return [case for case in made if not states or case.state in states]


@dataclass
class Hidden:
    """What was planted."""

    cases: list[Case]
    names: Names
    rows: dict[str, Signatory] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)  # the secret ones of the external ones
    people: dict[str, Any] = field(default_factory=dict)


def prepare(*states: str) -> Hidden:
    """Make the accounts and bodies of the members, which stand in the database with their names."""
    made = cases(*states)
    words = {f"{case.key}_{what}": name for case in made for what, name in case.names.items()}
    hidden = Hidden(made, Names(**words))
    for case in made:
        if case.who == "member":
            person = make_user(case.address, name=case.names["person"])
            body = make_organization(
                name=case.names["body"], acronym="", level=Level.NAMED_OFFICERS,
                representative=person,
            )  # fmt: skip
            hidden.people[case.key] = (person, body)
    return hidden


def sign_all(hidden: Hidden, world: World) -> Hidden:
    """Let each of them sign the world's letter in the state of the case, by the doors of people."""
    for case in hidden.cases:
        letter = world.things[f"{case.state}_letter"]
        with_open_door(letter)
        sign = _sign_here if case.who == "member" else _sign_by_mail
        hidden.rows[case.key] = sign(hidden, case, Letter.objects.unguarded("t").get(pk=letter.pk))
        then = {"state": case.state, "open_to_outsiders": case.state == LetterState.OPEN}
        Letter.objects.unguarded("test").filter(pk=letter.pk).update(**then)
    return hidden


def with_open_door(letter: Letter) -> None:
    """Let the letter be signed by everyone, as it could before it was delivered."""
    rows = Letter.objects.unguarded("test").filter(pk=letter.pk)
    rows.update(state=LetterState.OPEN, open_to_outsiders=True)
    if not letter.outsiders_secret:
        rows.update(outsiders_secret=f"door-{letter.pk}")


def _sign_here(hidden: Hidden, case: Case, letter: Letter) -> Signatory:
    person, body = hidden.people[case.key]
    return actions.sign(
        letter=letter, mode=case.mode, by=person, organization_id=body.pk,
        style={"other_script": case.names["script"]},
    )  # fmt: skip


def _sign_by_mail(hidden: Hidden, case: Case, letter: Letter) -> Signatory:
    parts = {
        "kind": "individual", "person": case.names["person"], "role": "Chair",
        "organization_name": case.names["body"], "countries": ["KE"], "place_as_stated": "",
        "other_script": case.names["script"], "capacity": "institutional",
        "affiliation_only": False,
    }  # fmt: skip
    pk = actions.ask_to_sign(
        letter=letter, parts=parts, mode=case.mode, address=case.address, language="en",
        wants_news=True,
    )  # fmt: skip
    request = by_mail.SignOnRequest.objects.unguarded("test").get(pk=pk)
    hidden.links[case.key] = by_mail.secrecy.unseal(request)["token"]
    return own_name.sign_by_link(request=request, text_id=letter.frozen_id)


def send_mails() -> None:
    """Send what waits, as a worker would."""
    deliver_mails(list(Outbox.objects.filter(done_at=None).values_list("pk", flat=True)))
