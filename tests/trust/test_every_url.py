"""Every address × every method × every role: the answer is what the view's policy says.

The address leads to an object that exists and is not the asker's, so whoever passes the policy
still gets 404, except for the roles that the row names. A new address without a row fails.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from foundation.audit.models import AuditEvent
from foundation.web.checks import all_patterns
from tests.trust.pages import normal
from tests.trust.world import ROLES, World, build

G, P, GP = ("GET",), ("POST",), ("GET", "POST")
EVERYONE = frozenset(ROLES)
OFFICE = frozenset({"officer", "approver"})
ALLOWED = {200, 302, 409, 422}  # a page, a step further, or a form that says what is wrong
DANGEROUS = {"accounts:give_role", "accounts:take_role"}  # ask for the password first
SOMEBODY = {*ALLOWED, 400, 403, 404, 405, 429, 401}

# name: (methods, which foreign object is asked for, roles that may see that object)
ROWS: dict[str, tuple[tuple[str, ...], str, frozenset[str]]] = {
    "home": (G, "", EVERYONE),
    "front": (G, "", EVERYONE),
    "help": (G, "", EVERYONE),
    "safety": (G, "", EVERYONE),
    "reprisals": (G, "", EVERYONE),
    "set_language": (P, "", EVERYONE),
    "health": (G, "", EVERYONE),
    "ready": (G, "", EVERYONE),
    "accounts:preferences": (GP, "", EVERYONE),
    "accounts:sessions": (G, "", EVERYONE),
    "accounts:end_other_sessions": (P, "", EVERYONE),
    "accounts:end_session": (P, "handle", EVERYONE),
    "accounts:staff": (G, "", EVERYONE),
    "accounts:give_role": (GP, "", EVERYONE),
    "accounts:take_role": (GP, "role", EVERYONE),
    "organizations:list": (G, "", EVERYONE),
    "organizations:criteria": (G, "", EVERYONE),
    "organizations:start": (G, "", EVERYONE),
    "organizations:begin": (GP, "kind", EVERYONE),
    **{
        f"organizations:{name}": (methods, "organization", frozenset())
        for methods, names in (
            (G, ("detail", "review")),
            (P, ("submit", "revise")),
            (GP, ("visibility", "names", "work", "papers", "appeal", "close", "members", "item",
                  "officers")),
        )
        for name in names
    },
    "organizations:paper": (G, "paper", frozenset()),
    "organizations:remove_paper": (P, "paper", frozenset()),
    "organizations:member": (GP, "membership", frozenset()),
    "organizations:mandate": (GP, "membership", frozenset()),
    "organizations:end_member": (GP, "membership", frozenset()),
    "organizations:revoke_invitation": (P, "invitation", frozenset()),
    "organizations:invitation": (GP, "token", EVERYONE),  # the same words for every token
    "organizations:vouch_code": (GP, "", EVERYONE),
    "organizations:vouch": (GP, "code", frozenset()),
    "organizations:withdraw_vouch": (P, "vouch", frozenset()),
    "organizations:networks": (G, "", EVERYONE),
    "organizations:make_network": (GP, "", EVERYONE),
    "organizations:network": (G, "network", OFFICE),
    "organizations:edit_network": (GP, "network", OFFICE),
    "organizations:add_coordinator": (GP, "network", OFFICE),
    "organizations:propose": (GP, "network", OFFICE),
    "organizations:end_coordinator": (P, "coordinator", OFFICE),
    "organizations:answer": (P, "answer", frozenset()),
    "recommendations:list": (G, "", EVERYONE),
    "recommendations:published": (G, "", EVERYONE),
    "recommendations:begin": (GP, "", EVERYONE),
    "recommendations:enter": (GP, "", EVERYONE),
    **{
        f"recommendations:{name}": (methods, "recommendation", frozenset())
        for methods, names in (
            (G, ("detail", "item")),
            (P, ("keep",)),
            (GP, ("assign", "ask", "officers", "answer", "give_back", "write", "visibility",
                  "clarify", "progress", "join", "link")),
        )
        for name in names
    },
    "recommendations:offer": (G, "link", frozenset()),  # for those who are named in it
    "recommendations:link_step": (GP, "step of link", OFFICE),
    "recommendations:step": (GP, "step of recommendation", frozenset()),
    "meetings:list": (G, "", EVERYONE),
    "meetings:begin": (GP, "", EVERYONE),
    **{
        f"meetings:{name}": (methods, "meeting", frozenset())
        for methods, names in (
            (G, ("detail", "item")),
            (P, ("keep", "brief_paper")),
            (GP, ("assign", "propose", "decline", "officers", "move", "hold", "note", "brief",
                  "commit", "write", "visibility", "windows", "participants", "style", "choose",
                  "other_times", "word", "cancel")),
        )
        for name in names
    },
    "meetings:finish": (GP, "commitment", frozenset()),
    "meetings:invitation": (G, "calendar_step", frozenset()),
    "meetings:remove": (GP, "participant", frozenset()),
    "meetings:named": (GP, "participant", frozenset()),
    "meetings:step": (GP, "step of meeting", frozenset()),
    "letters:list": (G, "", EVERYONE),
    "letters:begin": (GP, "", EVERYONE),
    "letters:bring_in": (GP, "", EVERYONE),
    "letters:desk_link": (G, "", EVERYONE),
    **{
        f"letters:{name}": (methods, "delivered letter", OFFICE)
        for methods, names in ((G, ("item",)), (GP, ("receive", "acknowledge", "review_letter", "assign", "mark")))
        for name in names
    },
    "letters:close_unanswered": (GP, "delivered letter", frozenset({"approver"})),
    "letters:register": (G, "", EVERYONE),
    "letters:register_csv": (G, "", EVERYONE),
    "letters:list_for_office": (GP, "delivered letter", OFFICE),
    "letters:list_for_network": (GP, "letter", frozenset()),
    "letters:deliver": (GP, "letter", frozenset()),
    "letters:reply": (GP, "delivered letter", OFFICE),
    "letters:reply_step": (GP, "step of reply", OFFICE),
    "letters:give_reply_back": (GP, "reply", frozenset({"approver"})),
    "letters:reply_file": (G, "reply", OFFICE),
    "letters:answers": (G, "delivered letter", OFFICE),
    "letters:undo_ask": (GP, "ask", OFFICE),
    "letters:acknowledge_offer": (GP, "offer", OFFICE),
    "letters:of_recommendation": (G, "asked recommendation", OFFICE),
    "letters:review": (G, "batch", frozenset()),
    "letters:commit": (P, "batch", frozenset()),
    "letters:undo": (GP, "batch", frozenset()),
    "letters:line": (GP, "line", frozenset()),
    "letters:join": (P, "line", frozenset()),
    "letters:order": (GP, "letter", frozenset()),
    "letters:keep": (P, "line", frozenset()),
    "letters:change_mode": (GP, "name", frozenset()),
    "letters:withdraw": (GP, "name", frozenset()),
    "letters:withdraw_late": (GP, "name", frozenset()),
    "letters:remove": (GP, "name", frozenset()),
    "letters:outside": (GP, "token", frozenset()),
    "letters:code": (GP, "request", EVERYONE),  # the same words for every id
    "letters:mine": (GP, "token", frozenset()),
    "letters:mine_mode": (GP, "token", frozenset()),
    "letters:mine_withdraw": (GP, "token", frozenset()),
    "letters:release": (P, "request", frozenset()),
    "letters:door": (GP, "letter", frozenset()),
    "letters:invited": (GP, "token", frozenset()),
    "letters:invite_by_mail": (GP, "letter", frozenset()),
    "letters:invitations": (GP, "letter", frozenset()),
    "letters:take_invitation_back": (GP, "sign_on_invitation", frozenset()),
    "letters:decline": (GP, "sign_on_invitation", frozenset()),
    "letters:undo_decline": (P, "sign_on_invitation", frozenset()),
    "letters:unseal": (GP, "delivered letter", frozenset({"approver"})),
    "letters:unsealing": (G, "unsealing", frozenset()),
    "letters:agree_to_unseal": (GP, "unsealing", frozenset()),
    "letters:refuse_to_unseal": (GP, "unsealing", frozenset()),
    "letters:detail": (G, "letter", frozenset()),
    "letters:invalidate": (GP, "letter", frozenset()),
    "letters:revert": (GP, "invalidation", frozenset()),
    "letters:public": (G, "reference", frozenset()),
    "letters:count": (G, "reference", frozenset()),
    "letters:names": (G, "letter", frozenset()),
    "letters:write": (GP, "draft_letter", frozenset()),
    "letters:paste": (GP, "draft_letter", frozenset()),
    "letters:sign": (P, "letter", frozenset()),
    **{
        f"letters:{name}": (methods, "draft_letter", frozenset())
        for methods, names in (
            (G, ("preview", "revisions", "comments", "leads")),
            (GP, ("comment", "appoint", "pause", "translations")),
        )
        for name in names
    },
    "letters:restore": (GP, "revision of letter", frozenset()),
    "letters:act": (GP, "act on letter", frozenset()),
    "letters:resolve_comment": (P, "comment", frozenset()),
    "letters:withdraw_comment": (P, "comment", frozenset()),
    "letters:replace": (GP, "lead", frozenset()),
    "letters:second": (GP, "replacement", frozenset()),
    "letters:drop_replacement": (GP, "replacement", frozenset()),
    "letters:begin_correction": (GP, "letter", frozenset()),
    "letters:correction": (GP, "letter", frozenset()),
    "letters:asked_again": (G, "letter", frozenset()),
    "letters:changes": (G, "letter", frozenset()),
    "letters:translation": (GP, "language of letter", frozenset()),
    "letters:approve_translation": (GP, "language of letter", frozenset()),
    "letters:translated": (G, "language of letter", frozenset()),
    "letters:export": (P, "copy", frozenset()),
    "letters:paper": (G, "letter", frozenset()),
    "letters:layout": (GP, "letter", frozenset()),
    "letters:take": (G, "form of copy", frozenset()),
    "letters:step": (GP, "step", frozenset()),
    "letters:without_us": (G, "", EVERYONE),
    "letters:verify": (GP, "secret", frozenset()),
    "letters:verify_text": (G, "secret and number", frozenset()),
    "letters:verify_list": (G, "secret", frozenset()),
    "documents:progress": (G, "document", frozenset()),
    "documents:download": (G, "document", frozenset()),
    "documents:retry": (P, "document", frozenset()),
    "documents:verify": (GP, "", EVERYONE),
    "documents:certificate": (G, "fingerprint", frozenset()),
    "notifications:list": (G, "", EVERYONE),
    "notifications:mark_all_read": (P, "", EVERYONE),
    "notifications:open": (P, "notice", frozenset()),
    "notifications:parked": (G, "", EVERYONE),
    "notifications:retry": (P, "lane", EVERYONE),  # what is not parked was "decided meanwhile"
    "notifications:dismiss": (P, "lane", EVERYONE),  # says "choose a reason" before it looks
    "audit:list": (G, "", EVERYONE),
    "audit:event": (G, "event", frozenset({"auditor"})),
}  # fmt: skip
# Other people's pages, which guard themselves: strangers and people, nobody's object.
ALLAUTH_FOR_STRANGERS = {
    "account_login", "account_logout", "account_inactive", "account_signup",
    "account_email_verification_sent", "account_reset_password",
    "account_confirm_login_code", "account_confirm_password_reset_code",
    "account_complete_password_reset", "account_password_reset_completed", "mfa_authenticate",
}  # fmt: skip
ALLAUTH_FOR_PEOPLE = {
    "account_reauthenticate", "account_email", "account_change_password", "account_set_password",
    "mfa_index", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp",
    "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
}  # fmt: skip
ADMIN = {
    "index", "login", "logout", "password_change", "password_change_done", "autocomplete",
    "jsi18n", "view_on_site", "app_list",
    *(f"organizations_{model}_{page}" for model in ("pillar", "organizationkind")
      for page in ("changelist", "add", "history", "delete", "change")),
    *(f"recommendations_{model}_{page}" for model in ("actionasked", "addressee", "refusalreason",
                                                      "topic")
      for page in ("changelist", "add", "history", "delete", "change")),
}  # fmt: skip
PEOPLE = [role for role in ROLES if role != "anonymous"]


def named(route: str, pattern: Any) -> str:
    """Return the full name of an address: "letters:detail"."""
    if pattern.name in ("verify_text", "verify_list", "without_us") or "<str:secret>" in route:
        return f"letters:{pattern.name}"
    for prefix, room in (
        ("/people/", "accounts"), ("/organizations/", "organizations"), ("/letters/", "letters"),
        ("/recommendations/", "recommendations"), ("/meetings/", "meetings"),
        ("/documents/", "documents"), ("/verify/", "documents"), ("/notices/", "notifications"),
        ("/audit/", "audit"), ("/admin/", "admin"), ("/accounts/", "allauth"),
    ):  # fmt: skip
        if route.startswith(prefix):
            return f"{room}:{pattern.name}"
    return str(pattern.name)


URLS = {named(route, pattern): pattern for route, pattern in all_patterns()}
OURS = {name: p for name, p in URLS.items() if not name.startswith(("admin:", "allauth:"))}


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert set(OURS) == set(ROWS)
    theirs = {name.partition(":")[2] for name in URLS if name.startswith("allauth:")}
    assert theirs == ALLAUTH_FOR_STRANGERS | ALLAUTH_FOR_PEOPLE
    admin = {name.partition(":")[2] for name in URLS if name.startswith("admin:")}
    assert admin - {"None"} == ADMIN


@pytest.fixture
def world(db: None) -> World:
    """The cast, and what strangers have."""
    return build()


def path_of(name: str, world: World) -> str:
    """Return the address `name` of the foreign object that its row asks for."""
    foreign, what = world.foreign, ROWS[name][1]
    args: dict[str, list[Any]] = {
        "": [],
        "handle": ["0" * 32],
        "role": [world.cast["officer"].pk, "engagement_officer"],
        "kind": ["organization"],
        "reference": [foreign["letter"].reference],
        "token": ["no-such-token"],
        "code": ["AAAA-BBBB-CCCC-DDDD"],
        "answer": [foreign["network_membership"].pk, "yes"],
        "copy": [foreign["letter"].pk, "office"],
        "form of copy": [foreign["letter"].pk, "office", "en", "csv"],
        "step": [foreign["letter"].pk, "deliver"],
        "revision of letter": [foreign["draft_letter"].pk, 1],
        "act on letter": [foreign["draft_letter"].pk, "resume"],
        "language of letter": [foreign["draft_letter"].pk, "fr"],
        "step of meeting": [foreign["meeting"].pk, "withdraw"],
        "step of recommendation": [foreign["recommendation"].pk, "submit"],
        "step of link": [foreign["link"].pk, "undo"],
        "step of reply": [foreign["reply"].pk, "propose"],
        "fingerprint": ["0" * 64],
        "secret": [foreign["letter"].verify_secret],
        "secret and number": [foreign["letter"].verify_secret, 1],
        "lane": ["mail", foreign["document"].pk],
        "event": [AuditEvent.objects.order_by("id").values_list("pk", flat=True)[0]],
    }
    return reverse(name, args=args[what] if what in args else [foreign[what].pk])


def expected(name: str, method: str, role: str, world: World) -> set[int]:
    """Return the answers that the declared policy allows."""
    methods, _what, seen_by = ROWS[name]
    predicate = OURS[name].callback.policy.predicate
    passes = predicate is None or predicate(world.cast[role])
    refused = {302} if role == "anonymous" else {404}
    if method not in methods:  # the decorators may stand in any order
        again = {302} if name in DANGEROUS else set()
        return {405, *again} if passes else {405, *refused}
    if not passes:
        return refused
    if role == "anonymous" and role not in seen_by:
        return {302, 404}  # who is a stranger may be asked to sign in, also where nothing is
    return ALLOWED if role in seen_by else {404}


def ask(client: Client, method: str, path: str) -> int:
    """Return the status of a request; what it changed is undone, also in the browser."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        answer = client.generic(method, path)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer.status_code


@pytest.mark.parametrize("role", ROLES)
def test_answer_is_what_the_policy_says(world: World, role: str) -> None:
    wrong, client = [], world.client(role)
    for name in OURS:
        path = path_of(name, world)
        for method in ("GET", "POST", "PUT", "DELETE"):
            status, right = ask(client, method, path), expected(name, method, role, world)
            if status not in right:
                wrong.append((name, method, status, sorted(right)))
    assert not wrong


@pytest.mark.parametrize("role", ROLES)
def test_pages_of_others_keep_to_their_people(world: World, role: str) -> None:
    wrong, client = [], world.client(role)
    for name, method in ((n, m) for n in URLS for m in ("GET", "POST", "PUT", "DELETE")):
        room, _, plain = name.partition(":")
        if room == "allauth":
            status, right = ask(client, method, reverse(plain)), SOMEBODY
            if plain in ALLAUTH_FOR_PEOPLE and role == "anonymous":
                right = {302, 401, 405}
        elif room == "admin" and plain != "None":
            args = {"view_on_site": [1, 1], "app_list": ["organizations"]}.get(plain)
            if args is None:
                args = (
                    [1] if plain.endswith(("history", "delete", "change")) and "_" in plain else []
                )
                args = [] if plain == "password_change" else args
            status = ask(client, method, reverse(f"admin:{plain}", args=args))
            right = {302} if role == "anonymous" else {404}
            right = SOMEBODY if role == "administrator" else right
        else:
            continue
        if status not in right:
            wrong.append((name, method, status, sorted(right)))
    assert not wrong


@pytest.mark.parametrize("role", ["anonymous", "person", "officer"])
def test_what_is_hidden_and_what_is_missing_get_the_same_answer(world: World, role: str) -> None:
    missing, client = "00000000-0000-4000-8000-000000000000", world.client(role)
    client.get(reverse("letters:list"))
    for name in (n for n in OURS if ROWS[n][1] in world.foreign and role not in ROWS[n][2]):
        method = ROWS[name][0][0].lower()
        seen = getattr(client, method)(path_of(name, world))
        unseen = getattr(client, method)(reverse(name, args=[missing]))
        assert seen.status_code == unseen.status_code, name
        words = [normal(page.content.decode()) for page in (seen, unseen)]
        words[0] = words[0].replace(path_of(name, world), reverse(name, args=[missing]))
        assert words[0] == words[1], name
        assert seen.headers.keys() == unseen.headers.keys(), name


def test_wrong_policy_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Positive control: a view that lets everyone through differs from its declaration."""
    from foundation.web.policies import Policy, staff

    callback = OURS["organizations:criteria"].callback
    monkeypatch.setattr(callback, "policy", Policy(staff("auditor"), ""))
    right = expected("organizations:criteria", "GET", "person", world)
    assert ask(world.client("person"), "GET", "/organizations/criteria/") not in right
