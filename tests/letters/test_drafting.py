"""Writing a draft: the editor, its preview, revisions and what changed between them, comments."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from django.urls import reverse

from foundation.notifications.models import Notice
from foundation.workflow import NotYours, Refused, WrongState
from letters import actions
from letters.actions.approving import begin_to_lead
from letters.enums import LetterState as S
from letters.models import Comment, Letter, Revision, Signatory
from letters.text.differing import compare
from tests.factories import (
    make_expert,
    make_membership,
    make_network_membership,
    make_officer,
    make_organization,
    make_user,
)
from tests.letters.factories import make_letter, make_name, make_signer
from tests.letters.test_frozen_text import TEXT
from tests.letters.test_pages import FORM

pytestmark = pytest.mark.django_db


def runs(before: str, after: str) -> list[list[tuple[str, str]]]:
    """Return what differs in the body, a list a paragraph."""
    (body,) = compare(replace(TEXT, body=before), replace(TEXT, body=after))
    return [[(run.kind, run.text) for run in paragraph.runs] for paragraph in body.paragraphs]


def test_difference_is_told_by_paragraph_and_word():
    assert runs("We ask.\n\nStay.", "We ask again.\n\nStay.\n\nGo.") == [
        [("same", "We "), ("out", "ask."), ("in", "ask again.")],
        [("same", "Stay.")],
        [("in", "Go.")],
    ]


def test_difference_of_another_paragraph_is_no_mix_of_words():
    assert runs("One two three.\n\nSame.", "Apple pear plum nut.\n\nSame.") == [
        [("out", "One two three.")],
        [("in", "Apple pear plum nut.")],
        [("same", "Same.")],
    ]


def test_difference_in_chinese_is_told_by_sign():
    assert runs("我们要求办公室", "我们请求办公室") == [
        [("same", "我们"), ("out", "要"), ("in", "请"), ("same", "求办公室")]
    ]


def test_difference_in_a_list_is_told_by_item():
    assert runs("1. one\n2. two", "1. one\n   (a) more\n2. two") == [
        [("same", "1. one")],
        [("in", "(a) more")],
        [("same", "2. two")],
    ]


def test_texts_that_are_the_same_differ_in_nothing():
    assert compare(TEXT, TEXT) == []


@pytest.fixture
def draft(client):
    letter = make_letter()
    client.force_login(letter.created_by)
    return letter


def saved(letter: Letter) -> Letter:
    return Letter.objects.unguarded("test").get(pk=letter.pk)


def post(client, letter, **changes):
    data = {**FORM, "token": uuid.uuid4(), "version": letter.version, **changes}
    return client.post(reverse("letters:write", args=[letter.pk]), data)


def test_editor_keeps_every_part_and_a_revision(client, draft):
    earlier = make_letter(network=draft.network, by=draft.created_by, state=S.DELIVERED)
    answer = post(
        client, draft, reference_as_printed="Our ref: 7", enclosures="One\nTwo",
        follows_as_stated="Our letter of 3 May", follows=[earlier.pk], summary="More parts",
    )  # fmt: skip
    assert answer.status_code == 302
    letter = saved(draft)
    assert letter.reference_as_printed == "Our ref: 7"
    assert letter.text().enclosed == ["One", "Two"]
    links = Letter.follows.through.objects.filter(from_letter=letter)
    assert [link.to_letter_id for link in links] == [earlier.pk]
    body = client.get(letter.get_absolute_url()).content.decode()
    assert earlier.get_absolute_url() in body and earlier.reference in body
    (revision,) = Revision.objects.visible_to(draft.created_by).of_draft(letter)
    assert (revision.author, revision.summary) == (draft.created_by, "More parts")


def test_preview_shows_the_text_and_saves_nothing(client, draft):
    answer = post(client, draft, body="1. one\n   (a) below\n2. two", preview="yes")
    body = answer.content.decode()
    assert answer.status_code == 200 and "As it will print" in body
    assert 'class="letters"' in body and "below" in body
    assert saved(draft).body == draft.body


def test_preview_page_prints_what_the_draft_holds(client, draft):
    body = client.get(reverse("letters:preview", args=[draft.pk])).content.decode()
    assert "Country visits and the ninth review" in body


def test_revisions_are_listed_compared_and_gone_back_to(client, draft):
    post(client, draft, body="We ask for one visit.")
    post(client, saved(draft), body="We ask for two visits.", summary="Two")
    page = reverse("letters:revisions", args=[draft.pk])
    body = client.get(page).content.decode()
    assert "<del>" in body and "<ins>" in body and "[taken out:]" in body
    assert "Two" in body and draft.created_by.display_name() in body
    path = reverse("letters:restore", args=[draft.pk, 1])
    assert client.get(path).status_code == 200
    client.post(path, {"token": uuid.uuid4()})
    assert saved(draft).body == "We ask for one visit."
    rows = Revision.objects.visible_to(draft.created_by).of_draft(draft)
    assert sorted(rows.values_list("number", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize("query", ["?from=9&to=x", "?to=999999999999999999999", "?in=xx", "?from="])
def test_revisions_asked_for_that_do_not_exist_are_left_out(client, draft, query):
    post(client, draft, body="One.")
    assert client.get(reverse("letters:revisions", args=[draft.pk]) + query).status_code == 200


def test_revision_is_gone_back_to_in_its_own_draft_alone():
    letter, other = make_letter(), make_letter()
    actions.edit(letter=letter, version=0, by=letter.created_by, body="One.")
    revision = Revision.objects.unguarded("test").get()
    with pytest.raises(Refused):
        actions.restore(letter=other, revision=revision, by=other.created_by)


def make_member(letter: Letter, role: str = "representative"):
    """Return a member of a vetted organization of the letter's network."""
    organization = make_organization(representative=make_user())
    make_network_membership(letter.network, organization)
    user = make_user()
    make_membership(user, organization, role=role)
    return user


def audience(letter: Letter) -> dict:
    outside = make_organization(state="expired")
    make_network_membership(letter.network, outside)
    unvetted = make_user()
    make_membership(unvetted, outside)
    return {
        "coordinator": letter.created_by,
        "representative": make_member(letter),
        "contributor": make_member(letter, "contributor"),
        "of an unvetted member": unvetted,
        "of no member": make_signer()[0],
        "expert": make_expert().user,
        "officer": make_officer(),
        "stranger": make_user(),
    }


MEMBERS = {"representative", "contributor"}


@pytest.mark.parametrize("comments_open", [True, False])
@pytest.mark.parametrize("state", S.values)
def test_who_reads_and_comments_on_a_letter_in_state(state, comments_open):
    letter = make_letter(state=state, comments_open=comments_open, level=30)
    seen, may = set(), set()
    for name, user in audience(letter).items():
        if Letter.objects.visible_to(user).filter(pk=letter.pk).exists():
            seen.add(name)
        try:
            actions.comment(letter=letter, text="Say it shorter.", by=user)
            may.add(name)
        except NotYours:
            pass
    draft = state == S.DRAFT
    assert may == ({"coordinator"} | (MEMBERS if comments_open else set()) if draft else set())
    if draft:
        assert seen == {"coordinator"} | (MEMBERS if comments_open else set())
    if state == S.SET_ASIDE:
        assert seen == {"coordinator"}


def test_comment_is_told_to_the_leads_and_resolved_by_a_coordinator():
    letter = make_letter()
    actions.open_for_comments(letter=letter, by=letter.created_by)
    lead = actions.begin(network=letter.network, by=letter.created_by, subject="x").created_by
    member = make_member(letter)
    letter = saved(letter)
    begin_to_lead(letter, lead, by=lead)
    made = actions.comment(letter=letter, place="1", text="Say it shorter.", by=member)
    assert made.quote.startswith("We write because")
    assert Notice.objects.filter(recipient_id=lead.pk, kind="letters.new_comment").count() == 1
    with pytest.raises(NotYours):
        actions.resolve_comment(comment=made, by=member)
    actions.resolve_comment(comment=made, by=lead)
    assert Notice.objects.filter(recipient_id=member.pk, kind="letters.comment_resolved").exists()
    with pytest.raises(WrongState):
        actions.resolve_comment(comment=made, by=lead)


def test_comment_on_a_paragraph_that_is_gone_is_refused():
    letter = make_letter()
    with pytest.raises(Refused):
        actions.comment(letter=letter, place="77", text="What?", by=letter.created_by)


def test_comment_taken_back_leaves_no_word():
    letter = make_letter(comments_open=True)
    member = make_member(letter)
    made = actions.comment(letter=letter, place="1", text="My secret.", by=member)
    with pytest.raises(NotYours):
        actions.withdraw_comment(comment=made, by=letter.created_by)
    actions.withdraw_comment(comment=made, by=member)
    row = Comment.objects.unguarded("test").get()
    assert (row.text, row.quote) == ("", "")


@pytest.mark.parametrize("state", S.values)
def test_comments_are_opened_on_drafts_by_coordinators(state):
    letter = make_letter(state=state)
    for other in (make_officer(), make_signer()[0]):
        with pytest.raises(NotYours):
            actions.open_for_comments(letter=letter, by=other)
    if state == S.DRAFT:
        assert actions.open_for_comments(letter=letter, by=letter.created_by).comments_open
        assert not actions.end_comments(letter=letter, by=letter.created_by).comments_open
    else:
        with pytest.raises(WrongState):
            actions.open_for_comments(letter=letter, by=letter.created_by)


def test_member_reads_the_draft_and_comments_without_seeing_names(client):
    letter = make_letter(comments_open=True)
    make_name(letter, organization_name="Hidden Valley Circle")
    member = make_member(letter)
    client.force_login(member)
    page = reverse("letters:comments", args=[letter.pk])
    assert client.get(letter.get_absolute_url()).headers["Location"] == page
    assert client.get(reverse("letters:names", args=[letter.pk])).status_code == 404
    body = client.get(page).content.decode()
    assert "We write because" in body and "Hidden Valley" not in body
    assert not Signatory.objects.visible_to(member).exists()
    refused = client.post(reverse("letters:sign", args=[letter.pk]), {"mode": "public"})
    assert "Hidden Valley" not in refused.content.decode()
    assert Signatory.objects.visible_to(letter.created_by).count() == 1
    path = reverse("letters:comment", args=[letter.pk]) + "?place=1"
    assert client.get(path).status_code == 200
    assert client.get(reverse("letters:comment", args=[letter.pk]) + "?place=99").status_code == 404
    assert client.post(path, {"text": "Shorter.", "token": uuid.uuid4()}).status_code == 302
    other = make_member(letter)
    client.force_login(other)
    body = client.get(page).content.decode()
    assert "Shorter." in body and member.display_name() not in body
    made = Comment.objects.unguarded("test").get()
    assert client.post(reverse("letters:resolve_comment", args=[made.pk])).status_code == 404
    assert client.post(reverse("letters:withdraw_comment", args=[made.pk])).status_code == 404
    client.force_login(letter.created_by)
    assert member.display_name() in client.get(page).content.decode()
    assert client.post(reverse("letters:resolve_comment", args=[made.pk])).status_code == 302
    client.force_login(member)
    assert client.post(reverse("letters:withdraw_comment", args=[made.pk])).status_code == 302


def test_draft_open_for_comments_stands_in_the_list_of_members(client):
    letter = make_letter(comments_open=True)
    client.force_login(make_member(letter))
    assert letter.reference in client.get(reverse("letters:list")).content.decode()
    client.force_login(make_signer()[0])
    assert letter.reference not in client.get(reverse("letters:list")).content.decode()


def test_comments_on_changed_paragraphs_stand_apart(client, draft):
    actions.comment(letter=draft, place="1", text="Shorter.", by=draft.created_by)
    actions.edit(letter=draft, version=0, by=draft.created_by, body="Shorter now.")
    body = client.get(reverse("letters:comments", args=[draft.pk])).content.decode()
    assert "On paragraphs that were changed since" in body
