"""The Office's reply: drafted, cleared by a second person, filed; corrected, never changed."""

from __future__ import annotations

import io
import uuid
from typing import Any

import pikepdf
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from foundation.confidentiality import Level, vault
from foundation.notifications.models import Notice, Outbox
from foundation.web.forms import EditConflict
from foundation.workflow import NotYours, Refused, WrongState
from letters import actions
from letters.actions.replying import file_of
from letters.enums import LetterState as S
from letters.enums import Method, Mode, ReplyState
from letters.models import Letter, Reply
from letters.transitions import REPLY
from tests.factories import make_approver, make_officer, make_user
from tests.letters.factories import answer_ask, make_ask, make_letter, make_name

pytestmark = pytest.mark.django_db
SAID = "We thank you. We will meet each of you before the next visit."


def url(name: str, *args: Any) -> str:
    return reverse(f"letters:{name}", args=args)


def a_pdf(*, hostile: bool = False) -> bytes:
    """Return a small PDF; a hostile one runs a script when it is opened and carries a file."""
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.docinfo["/Author"] = "A Typist"
    if hostile:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('x')")
        pdf.Root.OpenAction = pdf.make_indirect(script)
        pdf.attachments["payload.txt"] = pikepdf.AttachedFileSpec(pdf, b"PAYLOAD-IN-THE-FILE")
    pdf.save(out)
    return out.getvalue()


@pytest.fixture
def letter() -> Letter:
    """A public letter that was acknowledged, with a public name and one for the Office only."""
    made = make_letter(state=S.ACKNOWLEDGED, level=Level.PUBLIC)
    made.signer, made.unnamed = make_user(), make_user()
    make_name(made, signed_by=made.signer)
    make_name(
        made, signed_by=made.unnamed, mode=Mode.OFFICE, organization_name="Far House",
        method=Method.SIGNED, text=made.frozen, declaration="I sign.",
    )  # fmt: skip
    return made


def drafted(letter: Letter, *, by: Any = None, **fields: Any) -> Reply:
    values = {"language": "en", "text": SAID, "version": 0, "by": by or make_officer(), **fields}
    return actions.draft_reply(letter=letter, **values)


def filed(letter: Letter, *, by: Any = None, **fields: Any) -> Reply:
    """Return a reply that was led through clearance to the file."""
    officer = by or make_officer()
    reply = drafted(letter, by=officer, **fields)
    actions.propose_reply(reply=reply, by=officer)
    actions.clear_reply(reply=reply, by=make_approver())
    return actions.file_reply(reply=reply, by=officer)


def state_of(letter: Letter) -> str:
    return str(Letter.objects.unguarded("test").get(pk=letter.pk).state)


def told(user: Any, kind: str) -> int:
    return Notice.objects.filter(recipient_id=user.pk, kind=kind).count()


# The table ------------------------------------------------------------------------------------
def lead_to(letter: Letter, state: str, writer: Any) -> Reply:
    reply = drafted(letter, by=writer)
    if state != ReplyState.DRAFT:
        actions.propose_reply(reply=reply, by=writer)
    if state in (ReplyState.CLEARED, ReplyState.FILED):
        actions.clear_reply(reply=reply, by=make_approver())
    if state == ReplyState.FILED:
        actions.file_reply(reply=reply, by=writer)
    return Reply.objects.unguarded("test").get(pk=reply.pk)


STEPS = {
    "propose": actions.propose_reply,
    "give_back": lambda reply, by: actions.give_reply_back(reply=reply, note="Shorter.", by=by),
    "clear": actions.clear_reply,
    "recall": actions.recall_reply,
    "file": actions.file_reply,
}
WORDS = {
    "officer": {"officer"},
    "approver": {"officer", "clearer"},
    "approver_who_wrote": {"officer"},
    "approver_who_signed": set(),
    "signer": set(),
    "coordinator": set(),
    "auditor": set(),
}


@pytest.mark.parametrize("role", WORDS)
@pytest.mark.parametrize("state", ReplyState.values)
def test_step_of_the_reply_in_state_by_role(letter: Letter, state: str, role: str) -> None:
    assert set(STEPS) == {step.name for step in REPLY.transitions}
    writer = make_approver() if role == "approver_who_wrote" else make_officer()
    reply = lead_to(letter, state, writer)
    who = {
        "officer": make_officer,
        "approver": make_approver,
        "approver_who_wrote": lambda: writer,
        "approver_who_signed": make_approver,
        "signer": lambda: letter.signer,
        "coordinator": lambda: letter.created_by,
        "auditor": lambda: make_user("", "auditor"),
    }[role]()
    if role == "approver_who_signed":
        make_name(letter, signed_by=who, organization_name="Own House")
    for step in REPLY.transitions:
        with transaction.atomic():
            if not step.who & WORDS[role]:
                with pytest.raises(NotYours):
                    STEPS[step.name](reply=reply, by=who)
            elif state not in step.sources:
                with pytest.raises(WrongState):
                    STEPS[step.name](reply=reply, by=who)
            else:
                moved = STEPS[step.name](reply=reply, by=who)
                assert moved.state == step.target
            transaction.set_rollback(True)


# Writing --------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", S.values)
def test_reply_is_written_once_the_letter_is_acknowledged(state: str) -> None:
    letter = make_letter(state=state)
    if state in (S.ACKNOWLEDGED, S.UNDER_REVIEW, S.ANSWERED):
        drafted(letter)
        assert state_of(letter) == (S.UNDER_REVIEW if state == S.ACKNOWLEDGED else state)
    else:
        with pytest.raises(Refused):
            drafted(letter)


@pytest.mark.parametrize("who", ["signer", "coordinator", "stranger", "auditor", "officer_signed"])
def test_reply_is_written_by_the_office_without_a_stake(letter: Letter, who: str) -> None:
    officer = make_officer()
    make_name(letter, signed_by=officer, mode=Mode.OFFICE, organization_name="Own House")
    people = {
        "signer": letter.signer, "coordinator": letter.created_by, "stranger": make_user(),
        "auditor": make_user("", "auditor"), "officer_signed": officer,
    }  # fmt: skip
    with pytest.raises(NotYours):
        drafted(letter, by=people[who])


def test_reply_edited_by_two_is_lost_by_neither(letter: Letter) -> None:
    reply = drafted(letter)
    assert drafted(letter, text="Better.", version=reply.version).pk == reply.pk
    with pytest.raises(EditConflict):
        drafted(letter, text="Worse.", version=reply.version)
    with pytest.raises(EditConflict):
        drafted(letter, text="Worse.", version=0)
    assert Reply.objects.unguarded("test").get().text == "Better."


def test_whoever_wrote_a_word_does_not_clear_it(letter: Letter) -> None:
    first, second = make_approver(), make_approver()
    reply = drafted(letter, by=first)
    reply = drafted(letter, by=second, version=reply.version, text="Better.")
    actions.propose_reply(reply=reply, by=second)
    for writer in (first, second):
        with pytest.raises(NotYours):
            actions.clear_reply(reply=reply, by=writer)
    actions.clear_reply(reply=reply, by=make_approver())


def test_reply_that_waits_for_clearance_cannot_change(letter: Letter) -> None:
    officer = make_officer()
    reply = drafted(letter, by=officer)
    actions.propose_reply(reply=reply, by=officer)
    with pytest.raises(WrongState):
        drafted(letter, by=officer, version=reply.version)
    actions.give_reply_back(reply=reply, note="Shorter.", by=make_approver())
    assert Reply.objects.unguarded("test").get().note == "Shorter."
    assert told(officer, "letters.reply_given_back") == 1
    now = drafted(letter, by=officer, version=reply.version, text="Short.")
    assert now.note == ""


def test_approvers_without_a_stake_are_asked_to_clear(letter: Letter) -> None:
    approver, writer, signed = make_approver(), make_approver(), make_approver()
    make_name(letter, signed_by=signed, organization_name="Own House")
    actions.propose_reply(reply=drafted(letter, by=writer), by=writer)
    counts = [told(one, "letters.reply_to_clear") for one in (approver, writer, signed)]
    assert counts == [1, 0, 0]


def test_the_database_takes_no_reply_that_its_writer_cleared(letter: Letter) -> None:
    officer = make_officer()
    reply = drafted(letter, by=officer)
    reply.cleared_by = officer
    with pytest.raises(IntegrityError), transaction.atomic():
        reply.save()


# The file -------------------------------------------------------------------------------------
def test_file_is_cleaned_and_lies_encrypted(letter: Letter) -> None:
    reply = drafted(letter, pdf=a_pdf(hostile=True), text="")
    plain = file_of(Reply.objects.unguarded("test").get())
    for words in (
        b"/JavaScript",
        b"app.alert",
        b"PAYLOAD-IN-THE-FILE",
        b"A Typist",
        b"/OpenAction",
    ):
        assert words not in plain
    assert plain.startswith(b"%PDF-")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pdf FROM letters_reply")
        box = bytes(cursor.fetchone()[0])
    assert b"%PDF" not in box
    with pytest.raises(vault.Sealed):
        vault.decrypt(box, table="letters_reply", column="pdf", row=uuid.uuid4())
    assert reply.pdf_size == len(plain)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html>no</html>", "not a file that we can take"),
        (b"%PDF-1.7 and nothing more", "damaged|not a file"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "filed as a PDF|not a file"),
        (b"%PDF-1.7" + b"\0" * (10 * 1024 * 1024), "larger than 10 MB"),
    ],
)
def test_what_is_no_pdf_is_refused(letter: Letter, data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        drafted(letter, pdf=data)
    assert not Reply.objects.unguarded("test").exists()


def test_signed_pdf_is_refused_rather_than_broken(letter: Letter) -> None:
    data = a_pdf().replace(b"%%EOF", b"% /ByteRange [0 1 2 3]\n%%EOF")
    with pytest.raises(Refused, match="electronic signature"):
        drafted(letter, pdf=data)


def test_reply_says_something(letter: Letter) -> None:
    with pytest.raises(Refused, match="a text, or a PDF"):
        drafted(letter, text="  ")
    reply = drafted(letter, text="", pdf=a_pdf())
    with pytest.raises(Refused, match="a text, or a PDF"):
        drafted(letter, text="", version=reply.version, keep_file=False)


# Filing ---------------------------------------------------------------------------------------
def test_filed_reply_answers_a_letter_without_asks_and_tells_once(letter: Letter) -> None:
    reply = filed(letter)
    assert state_of(letter) == S.ANSWERED
    for user in (letter.signer, letter.created_by):
        assert told(user, "letters.replied") == 1
        assert told(user, "letters.answered") == 0
    hidden = Outbox.objects.filter(kind="letters.replied_unnamed")
    assert hidden.count() == 1
    assert hidden.get().recipient_id != letter.unnamed.pk
    with pytest.raises(WrongState):
        actions.file_reply(reply=reply, by=make_officer())
    assert told(letter.signer, "letters.replied") == 1


def test_filed_reply_leaves_asks_that_wait_for_their_answer(letter: Letter) -> None:
    ask = make_ask(letter)
    filed(letter)
    assert state_of(letter) == S.UNDER_REVIEW
    answer_ask(ask)
    assert state_of(letter) == S.ANSWERED


def test_correction_is_another_reply_and_the_old_one_stays(letter: Letter) -> None:
    first = filed(letter)
    second = filed(letter, text="We meant the visit after that.")
    assert (first.number, second.number) == (1, 2)
    texts = Reply.objects.unguarded("test").of(letter).filed().values_list("text", flat=True)
    assert list(texts) == ["We meant the visit after that.", SAID]
    assert told(letter.signer, "letters.replied") == 2
    assert state_of(letter) == S.ANSWERED


@pytest.mark.parametrize("level", [Level.PUBLIC, Level.OFFICE])
def test_reply_is_seen_with_the_letter_and_in_work_by_the_office(level: int) -> None:
    letter = make_letter(state=S.ACKNOWLEDGED, level=level)
    signer, signed = make_user(), make_officer()
    make_name(letter, signed_by=signer)
    make_name(letter, signed_by=signed, organization_name="Own House")

    def seen(viewer: Any) -> bool:
        return Reply.objects.visible_to(viewer).exists()

    reply = drafted(letter)
    assert seen(make_officer())
    for viewer in (signer, signed, letter.created_by, make_user(), AnonymousUser()):
        assert not seen(viewer)
    actions.propose_reply(reply=reply, by=make_officer())
    actions.clear_reply(reply=reply, by=make_approver())
    actions.file_reply(reply=reply, by=make_officer())
    for viewer in (signer, signed, letter.created_by, make_officer()):
        assert seen(viewer)
    for viewer in (make_user(), AnonymousUser()):
        assert seen(viewer) is (level == Level.PUBLIC)


# Pages ----------------------------------------------------------------------------------------
def test_reply_goes_its_way_in_the_browser(client: Client, letter: Letter) -> None:
    officer, approver = make_officer(), make_approver()
    client.force_login(officer)
    assert "No reply yet" in client.get(url("item", letter.pk)).content.decode()
    upload = SimpleUploadedFile("r.pdf", a_pdf(), "application/pdf")
    values = {"language": "en", "text": SAID, "file": upload, "version": 0, "token": uuid.uuid4()}
    answer = client.post(url("reply", letter.pk), {**values, "then": "propose"})
    assert answer.headers["Location"] == f"{url('item', letter.pk)}#reply"
    reply = Reply.objects.unguarded("test").get()
    assert (
        url("reply_step", reply.pk, "clear")
        not in client.get(url("item", letter.pk)).content.decode()
    )
    client.force_login(approver)
    body = client.get(url("item", letter.pk)).content.decode()
    assert url("reply_step", reply.pk, "clear") in body
    assert client.get(url("give_reply_back", reply.pk)).status_code == 200
    client.post(url("reply_step", reply.pk, "clear"), {"token": uuid.uuid4()})
    client.force_login(letter.signer)
    assert client.get(url("reply_file", reply.pk)).status_code == 404
    assert SAID not in client.get(url("answers", letter.pk)).content.decode()
    client.force_login(officer)
    client.post(url("reply_step", reply.pk, "file"), {"token": uuid.uuid4()})
    for user in (letter.signer, letter.unnamed):
        client.force_login(user)
        body = client.get(url("answers", letter.pk)).content.decode()
        assert SAID in body
        assert officer.display_name() not in body
        given = client.get(url("reply_file", reply.pk))
        assert given.content.startswith(b"%PDF-")
        assert given.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in given.headers["Content-Security-Policy"]


def test_wrong_file_is_told_and_the_text_stays(client: Client, letter: Letter) -> None:
    client.force_login(make_officer())
    upload = SimpleUploadedFile("r.pdf", b"<html>", "application/pdf")
    values = {"language": "en", "text": SAID, "file": upload, "version": 0, "token": uuid.uuid4()}
    answer = client.post(url("reply", letter.pk), values)
    assert answer.status_code == 422
    assert SAID in answer.content.decode()


def test_pages_of_the_reply_are_the_desks(client: Client, letter: Letter) -> None:
    reply = drafted(letter)
    for user in (letter.signer, letter.created_by, make_user("", "auditor")):
        client.force_login(user)
        for path in (url("reply", letter.pk), url("reply_step", reply.pk, "propose"),
                     url("give_reply_back", reply.pk), url("reply_file", reply.pk)):  # fmt: skip
            assert client.get(path).status_code == 404, path
