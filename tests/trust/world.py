"""One small world for all suites of trust: a cast of roles, what each may see, what nobody may."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.db.models.functions import Now
from django.test import Client
from django.utils import timezone

from accounts.enums import StaffRole
from foundation.confidentiality import Level
from foundation.confidentiality.models import GuardedModel
from foundation.documents import store
from foundation.documents.models import Document
from foundation.notifications.models import Notice
from letters.actions.batches import add_batch
from letters.actions.exporting import request_copy
from letters.actions.unsealing import ask_to_unseal
from letters.enums import LetterState, Mode
from letters.models import (
    BatchLine,
    Comment,
    LeadReplacement,
    Letter,
    LetterLead,
    SignOnInvitation,
    SignOnRequest,
    Translation,
)
from organizations.enums import FileKind, MemberRole
from organizations.models import EvidenceFile, Invitation, NetworkMembership, Vouch
from tests.factories import (
    make_decision,
    make_expert,
    make_membership,
    make_network,
    make_organization,
    make_user,
)
from tests.letters.factories import (
    answer_ask,
    make_ask,
    make_letter,
    make_name,
    make_offer,
    make_reply,
    set_apart,
)
from tests.meetings.factories import (
    make_commitment,
    make_meeting,
    make_participant,
    make_step,
    take_part,
)
from tests.recommendations.factories import make_entered, make_link, make_recommendation

STAFF = {
    "officer": StaffRole.ENGAGEMENT_OFFICER,
    "approver": StaffRole.APPROVER,
    "auditor": StaffRole.AUDITOR,
    "administrator": StaffRole.ADMINISTRATOR,
}
ROLES = (
    "anonymous",
    "person",
    "contributor",
    "representative",
    "expert",
    "coordinator",
    "other coordinator",
    *STAFF,
)


def guarded_models() -> list[Any]:
    """Return the portal's guarded models, without those that other tests make for themselves."""
    models = (model for model in apps.get_models() if issubclass(model, GuardedModel))
    return [model for model in models if not model.__module__.startswith("tests.")]


@dataclass
class World:
    """The cast, and the objects of the world by name."""

    cast: dict[str, Any]
    things: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["things"][name]
        except KeyError as error:
            raise AttributeError(name) from error

    def client(self, role: str) -> Client:
        """Return a browser of `role` that gets a 500 as an answer."""
        client = Client(raise_request_exception=False)
        if role != "anonymous":
            client.force_login(self.cast[role])
        return client


def build() -> World:
    """Return a world in which every list has something to show to somebody."""
    cast: dict[str, Any] = {"anonymous": AnonymousUser()}
    for role in ROLES[1:]:
        box = role.replace(" ", "-")
        roles = [STAFF[role]] if role in STAFF else []
        cast[role] = make_user(f"{box}@cast.example", *roles, name=f"The {role}")
    world = World(cast)
    _own_things(world)
    _foreign_things(world)
    return world


def _own_things(world: World) -> None:
    """What the cast has: one organization, one expert, two networks, letters in three states."""
    cast, things = world.cast, world.things
    org = make_organization(name="Hillside Assembly", representative=cast["representative"])
    make_membership(cast["contributor"], org, role=MemberRole.CONTRIBUTOR)
    things["organization"] = org
    things["published"] = make_organization(name="Hilltop Circle", level=Level.PUBLIC)
    things["expert"] = make_expert(user=cast["expert"], name="Dr. Hillary Ashdown")
    things["network"] = make_network(
        name="Hills Network", coordinators=(cast["coordinator"],), members=(org, world.published)
    )
    things["other_network"] = make_network(
        name="Rivers Network", level=Level.OFFICE, coordinators=(cast["other coordinator"],)
    )
    common = {"network": world.network, "by": cast["coordinator"], "level": Level.PUBLIC}
    for state in (LetterState.DRAFT, LetterState.OPEN, LetterState.CLOSED, LetterState.DELIVERED):
        closed = timezone.now() if state in (LetterState.CLOSED, LetterState.DELIVERED) else None
        letter = make_letter(state=state, subject=f"Hills {state}", closed_at=closed, **common)
        make_name(letter)
        things[f"{state}_letter"] = letter
    things["reviewed_letter"] = make_letter(
        state=LetterState.UNDER_REVIEW, subject="Hills reviewed", **common
    )
    things["ask"] = make_ask(world.reviewed_letter, text="Meet us in the hills.")
    answer_ask(things["ask"], officer=cast["officer"], approver=cast["approver"])
    Letter.objects.unguarded("more asks are open").filter(pk=world.reviewed_letter.pk).update(
        state=LetterState.UNDER_REVIEW
    )
    things["reply"] = make_reply(world.reviewed_letter, filed=True, by=cast["officer"])
    things["document"] = request_copy(
        letter=world.delivered_letter, copy="public", by=cast["coordinator"]
    )
    Document.objects.unguarded("as a worker would").filter(pk=world.document.pk).update(
        file=store.put(b"%PDF-1.7", world.document),
        file_hash=sha256(b"%PDF-1.7").hexdigest(),
        done_at=Now(),
    )
    things["batch"] = add_batch(
        letter=world.draft_letter,
        source="Hillcrest Law Clinic, Kenya",
        mode=Mode.OFFICE,
        by=cast["coordinator"],
    )
    things["paper"] = make_paper(org, cast["representative"])

    keeper = make_user("keeper@far.example", name="A Keeper")
    things["restricted"] = make_organization(
        name="Hillfoot Refuge", level=Level.NAMED_OFFICERS, representative=keeper
    )
    things["keeper"] = keeper
    common = {"organization": world.organization, "by": world.cast["representative"]}
    common |= {"owner": world.cast["officer"], "clearer": world.cast["approver"]}
    things["answered"] = make_recommendation(state="answered", level=Level.PUBLIC, **common)
    things["assigned"] = make_recommendation(state="assigned", **common)
    sent = {"organization": world.published, "by": keeper}
    things["joined"] = make_recommendation(state="joined", duplicate_of=world.assigned, **sent)
    things["entered"] = make_entered(sender_as_stated="Hillock Reading Room")
    offered = make_entered(sender_as_stated="Hillcrest Reading Room")
    things["link"] = make_link(offered, world.organization, state="confirmed")
    _meetings(world)


def _meetings(world: World) -> None:
    """A meeting in the states that show most, in the name of each kind of requester; and one that
    named officers only may see."""
    cast, things = world.cast, world.things
    common = {"organization": world.organization, "by": cast["representative"]}
    common |= {"owner": cast["officer"]}
    for state in ("proposed", "confirmed", "held"):
        meeting = make_meeting(state=state, purpose=f"Hills {state}", **common)
        take_part(meeting)
        things[f"{state}_meeting"] = meeting
    things["network_meeting"] = make_meeting(network=world.network, by=cast["coordinator"])
    things["expert_meeting"] = make_meeting(expert=world.expert, by=cast["expert"])
    things["restricted_meeting"] = make_meeting(
        state="confirmed", level=Level.NAMED_OFFICERS, organization=world.restricted,
        by=world.keeper, owner=cast["approver"],
    )  # fmt: skip
    things["restricted_participant"] = take_part(world.restricted_meeting)


def _foreign_things(world: World) -> None:
    """What strangers have, of each kind one: nobody of the cast may see it unless staff reads it."""
    things, stranger = world.things, make_user("stranger@far.example", name="A Stranger")
    draft = make_organization(state="draft", name="Far Draft", representative=stranger)
    giver = make_organization(state="draft", name="Far Giver")
    closed = make_network(level=Level.OFFICE, name="Far Network", coordinators=(stranger,))
    letter = make_letter(
        state=LetterState.CLOSED, network=closed, by=stranger, closed_at=timezone.now()
    )
    drafted = make_letter(network=closed, by=stranger)
    name = make_name(letter, organization_name="Far Name", signed_by=stranger)
    batch = add_batch(letter=drafted, source="Far Law Clinic, Kenya", mode=Mode.OFFICE, by=stranger)
    vouch = Vouch(organization=draft, by_organization=giver, by_user=stranger, text="Far word.")
    vouch.save()
    invitation = make_invitation(draft, stranger, "guest@far.example")
    joined = NetworkMembership(network=closed, organization=draft, accepted_at=timezone.now())
    joined.save()
    notice = Notice.objects.create(
        dedupe_key="far", kind="letters.closed", recipient_id=stranger.pk, about_id=letter.pk
    )
    meeting = make_meeting(state="draft", organization=draft, by=stranger)
    asked = SignOnInvitation.objects.create(letter=letter, organization=draft, invited_by=stranger)
    request = SignOnRequest.objects.create(
        letter=letter, text=letter.frozen, held_at=timezone.now(), held_because=["trap"]
    )
    things["foreign"] = {
        "stranger": stranger,
        "organization": draft,
        "expert": make_expert(state="draft", name="Far Expert"),
        "network": closed,
        "letter": letter,
        "draft_letter": drafted,
        "name": name,
        **_foreign_asks(closed, stranger),
        "recommendation": make_recommendation(state="draft", organization=draft, by=stranger),
        "link": make_link(make_entered(), giver),
        "meeting": meeting,
        **_hanging_on(meeting),
        **_foreign_drafting(drafted, stranger),
        "invalidation": set_apart(letter, name, stranger),
        "batch": batch,
        "line": BatchLine.objects.unguarded("test").get(batch=batch),
        "vouch": vouch,
        "invitation": invitation,
        "sign_on_invitation": asked,
        "request": request,
        "network_membership": joined,
        "coordinator": closed.coordinators.unguarded("test").get(),
        "membership": draft.memberships.unguarded("test").get(),
        "paper": make_paper(draft, stranger),
        "decision": make_decision(draft, world.cast["officer"]),
        "document": request_copy(letter=letter, copy="office", by=stranger),
        "notice": notice,
    }


def _hanging_on(meeting: Any) -> dict[str, Any]:
    """What hangs on a draft that nobody of the cast sees, as if people had met."""
    one = make_participant(meeting, user=meeting.created_by, calendar_sequence=0)
    return {
        "participant": one,
        "commitment": make_commitment(meeting),
        "calendar_step": make_step(one),
    }


def _foreign_drafting(letter: Any, stranger: Any) -> dict[str, Any]:
    """What hangs on a draft of strangers: a lead, an ask to replace that lead, a comment, a
    translation."""
    lead = LetterLead(letter=letter, user=stranger, appointed_by=stranger)
    lead.save()
    asked = LeadReplacement(
        letter=letter, lead=lead, successor=stranger, reason="Far away", asked_by=stranger
    )
    asked.save()
    comment = Comment(letter=letter, text="Far comment.", author=stranger)
    comment.save()
    translation = Translation(letter=letter, language="fr", written_by=stranger)
    translation.save()
    return {"lead": lead, "replacement": asked, "comment": comment, "translation": translation}


def _foreign_asks(network: Any, stranger: Any) -> dict[str, Any]:
    """A letter for the Office only, with an ask and an offer that staff may work on."""
    letter = make_letter(state=LetterState.UNDER_REVIEW, network=network, by=stranger)
    ask = make_ask(letter, text="Far ask.")
    return {
        "delivered letter": letter,
        "ask": ask,
        "offer": make_offer(letter),
        "unsealing": _unsealing(letter),
        "reply": make_reply(letter),
        "asked recommendation": ask.recommendation,
    }


def _unsealing(letter: Any) -> Any:
    """A request of an approver whom nobody knows: the coordinators of a far network decide it."""
    name = make_name(letter, mode=Mode.NOT_COUNTED, organization_name="Far Names")
    asker = make_user("far.approver@far.example", StaffRole.APPROVER)
    code = str(name.pk)[:8]
    return ask_to_unseal(letter=letter, code=code, reason="A far reason.", by=asker)


def make_invitation(organization: Any, by: Any, email: str) -> Invitation:
    """Return an open invitation."""
    invitation = Invitation(
        organization=organization,
        email=email,
        role=MemberRole.CONTRIBUTOR,
        token_hash=f"{abs(hash(email)):064d}"[:64],
        invited_by=by,
        expires_at=timezone.now() + timedelta(days=9),
    )
    invitation.save()
    return invitation


def make_paper(organization: Any, by: Any, title: str = "Statute") -> EvidenceFile:
    """Return a paper that is kept with the organization."""
    paper = EvidenceFile(
        organization=organization, title=title, kind=FileKind.PDF, size=4, sha256="0" * 64
    )
    paper.uploaded_by = by
    paper.file.save("", ContentFile(b"%PDF"), save=False)
    paper.save()
    return paper


def documents_of(letter: Any) -> list[Document]:
    """Return all documents that were asked for of `letter`."""
    return list(Document.objects.unguarded("test").of_source(letter.pk))
