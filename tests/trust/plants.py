"""One item of each guarded model that most readers may not see, put into the world as people do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from foundation.confidentiality import Level
from foundation.documents.models import Document
from letters.actions.batches import add_batch
from letters.actions.by_mail import ask_to_sign
from letters.actions.correcting import begin_correction
from letters.actions.door import open_door
from letters.actions.exporting import request_copy
from letters.actions.replying import draft_reply
from letters.actions.texts import keep_revision
from letters.actions.unsealing import ask_to_unseal
from letters.enums import Mode
from letters.models import (
    Approval,
    Ask,
    BatchLine,
    Comment,
    Correction,
    DeliveryStep,
    Invalidation,
    LeadReplacement,
    Letter,
    LetterLead,
    ListVersion,
    NoReminder,
    Reminder,
    Reply,
    Revision,
    Signatory,
    SignatoryBatch,
    SignOnInvitation,
    SignOnRequest,
    Translation,
    Unsealing,
)
from meetings import models as m
from organizations import models as o
from organizations.actions import invite, submit
from recommendations import actions
from recommendations import models as r
from tests.factories import (
    make_decision,
    make_expert,
    make_membership,
    make_network,
    make_network_membership,
    make_organization,
    make_user,
)
from tests.letters.factories import make_ask, make_letter, make_name, set_apart
from tests.meetings.factories import (
    make_commitment,
    make_meeting,
    make_note,
    make_participant,
    make_slot,
    make_step,
)
from tests.recommendations.factories import WORDS, make_entered, make_link, make_recommendation
from tests.trust.world import World, make_paper

SECRET = "Hillsecret"  # in every hidden name; searched for by the pages


@dataclass(frozen=True)
class Plant:
    """An item: its model, who may see it, how it comes, and a role to whom a leak would show."""

    key: str
    model: Any
    seen_by: frozenset[str]
    put: Callable[[World], Any]
    shown_to: str
    what: str  # as the rows of test_every_url.py call it; "" where no address leads to it
    behind_two_walls: bool = False  # seen on the page of an organization that is hidden too
    walls: tuple[str, ...] = ()  # methods of its QuerySet that keep it off the pages as well
    on_no_page: bool = False  # of itself: every page asks for the meeting before, and for the task


def _organization(world: World) -> Any:
    representative = make_user(name=f"{SECRET} Person")
    entry = make_organization(
        state="draft", level=Level.NAMED_OFFICERS, name=f"{SECRET} House", acronym="HSH",
        representative=representative,
    )  # fmt: skip
    return submit(registration=entry, by=representative)


def _expert(world: World) -> Any:
    user = make_user(name=f"{SECRET} Person")
    entry = make_expert(
        user=user, state="draft", level=Level.NAMED_OFFICERS, name=f"Dr. {SECRET} Person"
    )
    return submit(registration=entry, by=user)


def _membership(world: World) -> Any:
    return make_membership(make_user(name=f"{SECRET} Person"), world.restricted)


def _invitation(world: World) -> Any:
    email = f"{SECRET}@far.example".lower()
    return invite(organization=world.restricted, email=email, role="contributor", by=world.keeper)


def _network(world: World) -> Any:
    return make_network(name=f"{SECRET} Network", level=Level.OFFICE)


def _network_membership(world: World) -> Any:
    return make_network_membership(world.network, world.restricted)


def _network_coordinator(world: World) -> Any:
    by = world.cast["officer"]
    user = make_user(name=f"{SECRET} Person")
    coordinator = o.NetworkCoordinator(network=world.network, user=user, named_by=by)
    coordinator.save()
    return coordinator


def _vouch(world: World) -> Any:
    given = o.Vouch(
        organization=world.organization,
        by_organization=world.restricted,
        by_user=world.keeper,
        text=f"{SECRET} word.",
    )
    given.save()
    return given


def _decision(world: World) -> Any:
    return make_decision(world.restricted, world.cast["approver"])


def _paper(world: World) -> Any:
    return make_paper(world.restricted, world.keeper, title=f"{SECRET} statute")


def _letter(world: World) -> Any:
    return make_letter(
        network=world.other_network, by=world.cast["other coordinator"], subject=f"{SECRET} letter"
    )


def _ask(world: World) -> Any:
    return make_ask(world.reviewed_letter, by=world.cast["officer"], text=f"{SECRET} ask.")


def _delivery_step(world: World) -> Any:
    letter = make_letter(
        state="no_answer",
        network=world.network,
        by=world.cast["coordinator"],
        subject="Hills closed",
    )
    return DeliveryStep.objects.create(letter=letter, state="no_answer", reason=f"{SECRET} reason.")


def _reply_in_work(world: World) -> Any:
    return draft_reply(
        letter=world.reviewed_letter, language="en", text=f"{SECRET} reply.", version=0,
        by=world.cast["officer"],
    )  # fmt: skip


def _name(world: World) -> Any:
    return _hidden_name(world.open_letter)


def _name_delivered(world: World) -> Any:
    return _hidden_name(world.delivered_letter)


def _hidden_name(letter: Any) -> Any:
    return make_name(letter, mode=Mode.OFFICE, organization_name=f"{SECRET} House")


def _unsealing(world: World) -> Any:
    name = make_name(world.delivered_letter, mode=Mode.NOT_COUNTED, organization_name=SECRET)
    return ask_to_unseal(
        letter=world.delivered_letter, code=str(name.pk)[:8], reason=f"{SECRET} reason",
        by=world.cast["coordinator"],
    )  # fmt: skip


def _list_version(world: World) -> Any:
    version = ListVersion(
        letter=world.closed_letter, text=world.closed_letter.frozen, number=1, reason="closed",
        sha256="0" * 64, organizations=7, individuals=7,
    )  # fmt: skip
    version.save()
    return version


def _invitation_to_sign(world: World) -> Any:
    return SignOnInvitation.objects.create(
        letter=world.open_letter, organization=world.restricted,
        invited_by=world.cast["coordinator"],
    )  # fmt: skip


def _request(world: World) -> Any:
    letter = open_door(letter=world.open_letter, by=world.cast["coordinator"])
    parts = {"kind": "individual", "person": f"{SECRET} Person", "countries": ["KE"]}
    pk = ask_to_sign(letter=letter, parts=parts, mode=Mode.COORDINATORS, language="en",
                     address=f"{SECRET}@far.example".lower(), held_because=["trap"])  # fmt: skip
    return SignOnRequest.objects.unguarded("test").get(pk=pk)


def _reminder(world: World) -> Any:
    return Reminder.objects.create(letter=world.open_letter, step=7, key="a" * 64, sealed=b"x")


def _no_reminder(world: World) -> Any:
    return NoReminder.objects.create(letter=world.open_letter, key="a" * 64)


def _batch(world: World) -> Any:
    source = f"{SECRET} Law Clinic, Kenya"
    return add_batch(
        letter=world.draft_letter, source=source, mode=Mode.OFFICE, by=world.cast["coordinator"]
    )


def _invalidation(world: World) -> Any:
    name = make_name(world.open_letter, organization_name=f"{SECRET} House")
    return set_apart(world.open_letter, name, world.cast["coordinator"], f"{SECRET} reason")


def _line(world: World) -> Any:
    line = BatchLine(
        batch=world.batch, position=99, confidence=0.2, kind="organization", raw=f"{SECRET}, Kenya",
        organization_name=SECRET,
    )  # fmt: skip
    line.close()
    line.save()
    return line


def _lead(world: World) -> Any:
    """Somebody who coordinates nothing, so that the letter's pages list nobody more."""
    user = make_user(name=f"{SECRET} Person")
    lead = LetterLead(letter=world.draft_letter, user=user, appointed_by=user)
    lead.save()
    return lead


def _approval(world: World) -> Any:
    approval = Approval(letter=world.draft_letter, lead=_lead(world), step="open", sha256="0" * 64)
    approval.save()
    return approval


def _replacement(world: World) -> Any:
    lead = _lead(world)
    asked = LeadReplacement(
        letter=world.draft_letter, lead=lead, successor=lead.user, asked_by=lead.user,
        reason=f"{SECRET} reason",
    )  # fmt: skip
    asked.save()
    return asked


def _comment(world: World) -> Any:
    author = make_user(name=f"{SECRET} Person")
    comment = Comment(letter=world.draft_letter, text=f"{SECRET} comment.", author=author)
    comment.save()
    return comment


def _correction(world: World) -> Any:
    by = world.cast["coordinator"]
    return begin_correction(letter=world.open_letter, reason=f"{SECRET} reason", by=by)


def _translation(world: World) -> Any:
    by = world.cast["coordinator"]
    draft = Translation(letter=world.draft_letter, language="ar", written_by=by)
    draft.subject = draft.body = f"{SECRET} words"
    draft.save()
    return draft


def _revision(world: World) -> Any:
    text = replace(world.draft_letter.drafted_text(), body=f"{SECRET} sentence.")
    return keep_revision(world.draft_letter, text, by=world.cast["coordinator"])


def _document(world: World) -> Any:
    return request_copy(letter=world.closed_letter, copy="office", by=world.cast["coordinator"])


def _recommendation(world: World) -> Any:
    """Sent, taken up, asked back, answered: all that it tells people goes to those who may know."""
    item = make_recommendation(
        state="draft", level=Level.NAMED_OFFICERS, organization=world.restricted, by=world.keeper,
        title=f"{SECRET} hill", text=f"{SECRET} ask", countries=["KE"],
    )  # fmt: skip
    approver = world.cast["approver"]
    item = actions.submit(recommendation=item, by=world.keeper)
    day = item.answer_by
    item = actions.assign(recommendation=item, owner=approver, answer_by=day, by=approver)
    actions.ask(recommendation=item, text=f"{SECRET}?", by=approver)
    actions.clarify(recommendation=item, text=f"{SECRET}!", by=world.keeper)
    actions.draft_answer(recommendation=item, values=WORDS, version=0, by=approver)
    actions.propose_answer(recommendation=item, by=approver)
    return item


def _entered(world: World) -> Any:
    return make_entered(
        level=Level.NAMED_OFFICERS, title=f"{SECRET} hill", sender_as_stated=f"{SECRET} House"
    )


def _link(world: World) -> Any:
    return make_link(_entered(world), world.published, by=world.keeper)


def _answer(world: World) -> Any:
    answer = r.Answer(
        recommendation=world.assigned, position="accepted", text=f"{SECRET} draft",
        drafted_by=world.cast["officer"],
    )  # fmt: skip
    answer.save()
    return answer


def _day_change(world: World) -> Any:
    day = world.answered.answer_by
    return r.DayChange.objects.create(
        recommendation=world.answered, reason="other", text=f"{SECRET} reason", before=day,
        after=day + timedelta(days=3), changed_by=world.cast["officer"],
    )  # fmt: skip


def _named_reader(world: World) -> Any:
    return r.NamedReader.objects.create(
        recommendation=_entered(world), user=world.keeper, named_by=world.cast["approver"]
    )


def _named_officer(world: World) -> Any:
    return o.NamedReader.objects.create(
        organization=world.restricted, user=world.keeper, named_by=world.cast["approver"]
    )


def _note(world: World) -> Any:
    return r.Message.objects.create(
        recommendation=world.answered, kind="note", text=f"{SECRET} note",
        written_by=world.cast["approver"],
    )  # fmt: skip


def _report(world: World) -> Any:
    return r.ProgressReport.objects.create(
        recommendation=world.answered, side="submitter", progress="done", text=f"{SECRET} done",
        reported_by=world.cast["representative"],
    )  # fmt: skip


def _meeting(world: World) -> Any:
    return make_meeting(
        level=Level.NAMED_OFFICERS, organization=world.restricted, by=world.keeper,
        purpose=f"{SECRET} hill", text=f"{SECRET} ask",
    )  # fmt: skip


def _slot(world: World) -> Any:
    return make_slot(world.restricted_meeting, note=f"{SECRET} hour", days=20)


def _participant(world: World) -> Any:
    user = make_user(name=f"{SECRET} Person")
    return make_participant(world.restricted_meeting, user=user, name=f"{SECRET} Person")


def _calendar_step(world: World) -> Any:
    return make_step(world.restricted_participant, place=f"{SECRET} House")


def _commitment(world: World) -> Any:
    return make_commitment(world.restricted_meeting, text=f"{SECRET} visit")


def _word(world: World) -> Any:
    return m.Message.objects.create(
        meeting=world.confirmed_meeting, kind="note", text=f"{SECRET} note",
        written_by=world.cast["approver"],
    )  # fmt: skip


def _note_to_the_file(world: World) -> Any:
    return make_note(world.held_meeting, points=f"{SECRET} points")


def _brief_text(world: World) -> Any:
    text = m.BriefText(
        meeting=world.confirmed_meeting, classification="confidential",
        key_messages=f"{SECRET} message", written_by=world.cast["officer"],
    )  # fmt: skip
    text.save()
    return text


def _reader(world: World) -> Any:
    reader = m.NamedReader(
        meeting=world.restricted_meeting, user=world.keeper, named_by=world.cast["approver"]
    )
    reader.save()
    return reader


def _roles(*roles: str) -> frozenset[str]:
    return frozenset(roles)


OFFICE = ("officer", "approver")
OWN = ("representative", "contributor")
PLANTS = (
    Plant("organization", o.Organization, _roles("approver"), _organization, "officer",
          "organization"),
    Plant("expert", o.Expert, _roles("approver"), _expert, "officer", "organization"),
    Plant("membership", o.Membership, _roles("approver"), _membership, "officer", "membership", True),
    Plant("invitation", o.Invitation, _roles(), _invitation, "person", "invitation"),
    Plant("network", o.Network, _roles(*OFFICE), _network, "anonymous", "network"),
    Plant("network membership", o.NetworkMembership, _roles("approver", "coordinator"),
          _network_membership, "anonymous", "network_membership"),
    Plant("network coordinator", o.NetworkCoordinator, _roles("coordinator", *OFFICE),
          _network_coordinator, "person", "coordinator"),
    Plant("vouch", o.Vouch, _roles("approver", *OWN), _vouch, "officer", "vouch"),
    Plant("decision", o.VettingDecision, _roles("approver"), _decision, "officer", "", True),
    Plant("paper", o.EvidenceFile, _roles("approver"), _paper, "person", "paper"),
    Plant("letter", Letter, _roles("other coordinator"), _letter, "anonymous", "letter"),
    Plant("ask", Ask, _roles("coordinator", *OFFICE), _ask, "anonymous", "ask"),
    Plant("step of a delivered letter", DeliveryStep, _roles("coordinator", *OFFICE), _delivery_step,
          "anonymous", "", on_no_page=True),
    Plant("reply in work", Reply, _roles(*OFFICE), _reply_in_work, "anonymous", "reply",
          walls=("filed",)),
    Plant("name", Signatory, _roles("coordinator"), _name, "expert", "name"),
    Plant("name of a delivered letter", Signatory, _roles("coordinator", *OFFICE),
          _name_delivered, "anonymous", "name"),
    Plant("request to unseal", Unsealing, _roles("coordinator", "approver"), _unsealing, "officer",
          "unsealing"),
    Plant("version of a list", ListVersion, _roles("coordinator"), _list_version, "anonymous", "",
          on_no_page=True),


    Plant("invitation to sign", SignOnInvitation, _roles("coordinator"), _invitation_to_sign,
          "representative", "sign_on_invitation", on_no_page=True),
    Plant("request to sign", SignOnRequest, _roles("coordinator"), _request, "other coordinator",
          "request", on_no_page=True),
    Plant("reminder", Reminder, _roles(), _reminder, "coordinator", "", on_no_page=True),
    Plant("no reminder", NoReminder, _roles(), _no_reminder, "coordinator", "", on_no_page=True),
    Plant("batch", SignatoryBatch, _roles("coordinator"), _batch, "other coordinator", "batch"),
    Plant("line", BatchLine, _roles("coordinator"), _line, "other coordinator", "line"),
    Plant("revision", Revision, _roles("coordinator"), _revision, "other coordinator", "",
          on_no_page=True),
    Plant("lead", LetterLead, _roles("coordinator"), _lead, "other coordinator", "lead",
          on_no_page=True),
    Plant("approval", Approval, _roles("coordinator"), _approval, "other coordinator", "",
          on_no_page=True),
    Plant("ask to replace a lead", LeadReplacement, _roles("coordinator"), _replacement,
          "other coordinator", "replacement", on_no_page=True),
    Plant("comment", Comment, _roles("coordinator"), _comment, "other coordinator", "comment",
          on_no_page=True),
    Plant("correction", Correction, _roles("coordinator"), _correction, "other coordinator", "",
          on_no_page=True),
    Plant("translation", Translation, _roles("coordinator"), _translation, "other coordinator", "",
          on_no_page=True),
    Plant("invalidation", Invalidation, _roles("coordinator"), _invalidation, "other coordinator",
          "invalidation"),
    Plant("recommendation", r.Recommendation, _roles("approver"), _recommendation, "anonymous",
          "recommendation"),
    Plant("entered recommendation", r.Recommendation, _roles("approver"), _entered, "officer",
          "recommendation"),
    Plant("sender link", r.SenderLink, _roles("approver"), _link, "officer", "link"),
    Plant("answer in work", r.Answer, _roles(*OFFICE), _answer, "representative", "",
          walls=("standing",)),
    Plant("day change", r.DayChange, _roles(*OWN, *OFFICE), _day_change, "anonymous", "",
          on_no_page=True),
    Plant("named reader of an ask", r.NamedReader, _roles("approver"), _named_reader, "officer", "",
          on_no_page=True),
    Plant("named officer", o.NamedReader, _roles("approver"), _named_officer, "officer", "",
          on_no_page=True),
    Plant("note", r.Message, _roles(*OFFICE), _note, "representative", ""),
    Plant("report", r.ProgressReport, _roles(*OWN, *OFFICE), _report, "anonymous", ""),
    Plant("meeting", m.Meeting, _roles("approver"), _meeting, "person", "meeting"),
    Plant("slot", m.Slot, _roles("approver"), _slot, "officer", "", on_no_page=True),
    Plant("participant", m.Participant, _roles("approver"), _participant, "officer",
          "participant", on_no_page=True),
    Plant("calendar step", m.CalendarStep, _roles(), _calendar_step, "person", "calendar_step"),
    Plant("commitment", m.Commitment, _roles("approver"), _commitment, "officer", "commitment",
          on_no_page=True),
    Plant("word inside the Office", m.Message, _roles(*OFFICE), _word, "representative", ""),
    Plant("note to the file", m.Note, _roles(*OFFICE), _note_to_the_file, "representative", "",
          on_no_page=True),
    Plant("brief of a meeting", m.BriefText, _roles(*OFFICE), _brief_text, "representative", "",
          on_no_page=True),
    Plant("named reader", m.NamedReader, _roles("approver"), _reader, "officer", "",
          on_no_page=True),
    Plant("document", Document, _roles("coordinator"), _document, "anonymous", "document"),
)  # fmt: skip
