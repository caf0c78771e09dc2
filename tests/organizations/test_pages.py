"""Every page opens for whom it is, with a literal number of queries; nothing typed breaks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.audit.models import AuditEvent
from foundation.confidentiality import Level
from organizations import actions
from organizations.enums import RegistrationState as S
from organizations.models import EvidenceFile, Organization
from tests.factories import (
    make_approver,
    make_decision,
    make_expert,
    make_kind,
    make_membership,
    make_network,
    make_network_membership,
    make_officer,
    make_organization,
    make_user,
)
from tests.organizations.test_uploads import docx, pdf, picture
from tests.organizations.test_writing import fill, hidden, signed_in

pytestmark = pytest.mark.django_db


def queries(client: Client, url: str, **params: Any) -> int:
    """Return how many queries the page takes, the second time (the first warms caches up)."""
    assert client.get(url, params).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url, params).status_code == 200
    return len(caught)


def mine(count: int) -> tuple[Any, str]:
    user = make_user()
    for _number in range(count):
        make_organization(representative=user)
    return user, reverse("organizations:list")


def desk(count: int) -> tuple[Any, str]:
    for _number in range(count):
        make_organization(state=S.SUBMITTED)
        make_expert(state=S.SUBMITTED)
    return make_officer(), reverse("organizations:list")


def experts(count: int) -> tuple[Any, str]:
    user, url = desk(count)
    return user, f"{url}?view=experts-all"


def members(count: int) -> tuple[Any, str]:
    owner = make_user()
    organization = make_organization(representative=owner)
    for number in range(count):
        make_membership(make_user(), organization)
        actions.invite(
            organization=organization,
            email=f"g{number}@tests.example",
            role="contributor",
            by=owner,
        )
    return owner, reverse("organizations:members", args=[organization.pk])


def papers(count: int) -> tuple[Any, str]:
    owner = make_user()
    organization = make_organization(state=S.DRAFT, representative=owner)
    for number in range(count):
        data = picture("PNG", (20 + number, 20))
        actions.add_evidence(registration=organization, title="x", data=data, by=owner)
    return owner, reverse("organizations:papers", args=[organization.pk])


def networks(count: int) -> tuple[Any, str]:
    for _number in range(count):
        make_network()
    return make_user(), reverse("organizations:networks")


def network(count: int) -> tuple[Any, str]:
    coordinator = make_user()
    found = make_network(coordinators=(coordinator, *(make_user() for _ in range(count))))
    for _number in range(count):
        make_network_membership(found, make_organization())
        make_network_membership(found, make_organization(), accepted=False)
    return coordinator, found.get_absolute_url()


def item(count: int) -> tuple[Any, str]:
    officer = make_officer()
    organization = make_organization(state=S.SUBMITTED, without_papers=True)
    for _number in range(count):
        voucher = make_user()
        vouching = make_organization(representative=voucher)
        actions.vouch(organization=organization, by_organization=vouching, text="x", by=voucher)
        make_membership(make_user(), organization)
        make_decision(organization, make_officer(), "ask_more")
        make_network(members=(organization,))
    return officer, reverse("organizations:item", args=[organization.pk])


def own_page(count: int) -> tuple[Any, str]:
    owner = make_user()
    organization = make_organization(representative=owner)
    for _number in range(count):
        make_decision(organization, make_officer(), "accept")
    return owner, organization.get_absolute_url()


# page -> queries; the session and the user are two of them, staff's roles and second factor two
LISTS: dict[Callable[[int], tuple[Any, str]], int] = {
    mine: 6,
    desk: 9,
    experts: 8,
    members: 8,
    papers: 6,
    networks: 5,
    network: 9,
    item: 16,
    own_page: 12,
}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("build", LISTS, ids=lambda build: build.__name__)
def test_list_takes_the_same_queries_for_one_and_for_three(build: Any, count: int) -> None:
    user, url = build(count)
    assert queries(signed_in(user), url) == LISTS[build]


def test_desk_filters_search_and_counts() -> None:
    make_organization(state=S.SUBMITTED, name="Kilimani Voices", country_of_registration="KE")
    make_organization(name="بيت الأصوات", country_of_registration="TN", countries_of_work=["ML"])
    make_organization(
        expired=True, name="Old Bridge", other_names=[{"name": "Vieux Pont", "language": "fr"}]
    )
    draft = make_organization(state=S.DRAFT, name="Secret draft")
    browser, url = signed_in(make_officer()), reverse("organizations:list")

    def names(**params: Any) -> set[str]:
        page = browser.get(url, {"view": "organizations-all", **params}).content.decode()
        assert draft.name not in page
        return {n for n in ("Kilimani Voices", "بيت الأصوات", "Old Bridge") if n in page}

    assert names() == {"Kilimani Voices", "بيت الأصوات", "Old Bridge"}
    assert names(q="kilimani") == {"Kilimani Voices"}
    assert names(q="الأصوات") == {"بيت الأصوات"}
    assert names(q="vieux pont") == names(q="VÌEUX") == {"Old Bridge"}
    assert names(q="بَيت") == {"بيت الأصوات"}
    assert names(state="submitted") == {"Kilimani Voices"}
    assert names(country="ML") == {"بيت الأصوات"}
    assert names(kind=make_kind().pk, q="pont") == {"Old Bridge"}
    assert names(expiring="on") == set()
    page = browser.get(url, {"view": "organizations-all", "q": "kilimani"}).content.decode()
    assert "1 entry" in page
    opened = browser.get(url).content.decode()
    assert "Kilimani Voices" in opened and "Old Bridge" not in opened


def test_officer_sees_others_of_the_same_name_and_nobody_else_does() -> None:
    first = make_organization(name="Haus der Stimmen", representative=make_user())
    owner = make_user()
    second = make_organization(
        state=S.SUBMITTED, name="HAUS der  Stimmen", acronym="", representative=owner
    )
    shown = signed_in(make_officer()).get(reverse("organizations:item", args=[second.pk]))
    assert first.reference in shown.content.decode()
    assert first.reference not in signed_in(owner).get(second.get_absolute_url()).content.decode()


def test_opening_an_entry_and_a_paper_is_recorded() -> None:
    officer, owner = make_officer(), make_user()
    organization = make_organization(state=S.SUBMITTED, representative=owner)
    paper = actions.add_evidence(registration=organization, title="Statute", data=pdf(), by=owner)
    browser = signed_in(officer)
    browser.get(reverse("organizations:item", args=[organization.pk]))
    got = browser.get(reverse("organizations:paper", args=[paper.pk]))
    assert got["Content-Disposition"] == f'attachment; filename="{paper.download_name}"'
    assert (
        got["X-Content-Type-Options"] == "nosniff" and "sandbox" in got["Content-Security-Policy"]
    )
    assert b"".join(got.streaming_content).startswith(b"%PDF")
    reads = AuditEvent.objects.filter(actor_id=str(officer.pk)).values_list("action", flat=True)
    assert set(reads) == {"organizations.read", "organizations.evidence_read"}


def test_paper_is_kept_under_a_random_name_outside_the_web_root() -> None:
    owner = make_user()
    organization = make_organization(state=S.DRAFT, representative=owner)
    url = reverse("organizations:papers", args=[organization.pk])
    upload = SimpleUploadedFile("../../../etc/Zenobia Hartwell.docx", docx(), "text/html")
    fill(signed_in(owner), url, title="Statute", file=upload)
    paper = EvidenceFile.objects.visible_to(owner).get()
    assert paper.file.path.startswith(str(settings.MEDIA_ROOT / "evidence"))
    assert "Zenobia" not in paper.file.name and paper.file.name.endswith(".docx")
    assert str(settings.STATIC_ROOT) not in paper.file.path
    again = SimpleUploadedFile("b.docx", docx())
    fill(signed_in(owner), url, title="Again", file=again)
    assert EvidenceFile.objects.visible_to(owner).count() == 1
    shown = signed_in(owner).get(url)
    signed_in(owner).post(reverse("organizations:remove_paper", args=[paper.pk]), hidden(shown))
    assert not EvidenceFile.objects.visible_to(owner).present().exists()


@pytest.mark.parametrize("size", [0, settings.UPLOAD_LIMIT + 1])
def test_file_without_content_or_too_large_is_told(size: int) -> None:
    owner = make_user()
    organization = make_organization(state=S.DRAFT, representative=owner)
    url = reverse("organizations:papers", args=[organization.pk])
    after = fill(
        signed_in(owner),
        url,
        title="Big",
        file=SimpleUploadedFile("a.pdf", b"%PDF" * (size // 4 + size % 4)),
    )
    assert after.status_code == 422 and "Big" in after.content.decode()
    assert not EvidenceFile.objects.visible_to(owner).exists()


def test_named_officers_are_set_by_an_approver() -> None:
    approver, officer = make_approver(), make_officer(name="Officer Two")
    organization = make_organization(state=S.SUBMITTED, level=Level.NAMED_OFFICERS)
    assert not Organization.objects.visible_to(officer).exists()
    url = reverse("organizations:officers", args=[organization.pk])
    assert signed_in(officer).get(url).status_code == 404
    fill(signed_in(approver), url, officers=[str(officer.pk)])
    assert Organization.objects.visible_to(officer).exists()
    fill(signed_in(approver), url)
    assert not Organization.objects.visible_to(officer).exists()


def test_staff_who_belong_to_an_entry_do_not_open_it_on_the_desk() -> None:
    officer = make_officer()
    organization = make_organization(state=S.SUBMITTED)
    make_membership(officer, organization)
    browser = signed_in(officer)
    assert browser.get(reverse("organizations:item", args=[organization.pk])).status_code == 404
    assert organization.name not in browser.get(reverse("organizations:list")).content.decode()
