"""Signing without an account: the form behind the unlisted address, the code, and one's own name
behind the link. A GET only ever shows: mail scanners follow links."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation.web.forms import TokenForm, once, once_in_secret
from foundation.web.guarding import suspicion
from foundation.web.limits import Limit, Window, limited
from foundation.web.pages import get_or_post
from foundation.web.policies import public
from foundation.web.shortcuts import page, posted
from foundation.workflow import Refused
from letters.actions import by_mail, inviting_by_mail, own_name
from letters.actions.door import letter_behind
from letters.enums import Mode
from letters.forms import CodeForm, ModeForm, OutsideForm, SignByLinkForm, WithdrawForm
from letters.models import Letter, Signatory, SignOnRequest
from letters.text import parse_body, parse_notes, spaced
from letters.views.showing import as_seen

ASKING = Limit(
    "letters.by_mail", (Window(5, 60), Window(30, 3600)), (Window(300, 60), Window(5000, 3600))
)
OPENING = Limit("letters.by_link", (Window(30, 60), Window(300, 3600)))


@public("who was given the unlisted address of an open letter; others get 404")
@get_or_post
@limited(ASKING, about="secret")
def outside(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the letter with a form; with "preview" what each audience would see; else send the mail."""
    letter = letter_behind(secret)
    if letter is None:
        raise Http404
    form = OutsideForm(posted(request), initial={"mode": Mode.OFFICE})
    context, looking = _letter(letter), "preview" in request.POST
    if looking:
        form.look_first()
    if request.method == "POST" and form.is_valid():
        if looking:
            name = Signatory(letter=letter, mode=form.cleaned_data["mode"], **form.parts())
            context["as_seen"] = as_seen(name, letter)
        else:
            try:
                return HttpResponseRedirect(once(form, None, _asking(request, letter, form)))
            except Refused as refusal:
                form.add_error(None, str(refusal))
    status = 422 if form.is_bound and form.errors else 200
    return page(request, "letters/outside.html", {**context, "form": form}, status=status)


def _asking(request: HttpRequest, letter: Letter, form: OutsideForm) -> Callable[[], str]:
    def do() -> str:
        data = form.cleaned_data
        asked = by_mail.ask_to_sign(
            letter=letter,
            parts=form.parts(),
            mode=data["mode"],
            address=data["email"],
            language=get_language() or "en",
            wants_news=data["wants_news"],
            held_because=suspicion(form, request),
        )
        return reverse("letters:code", args=[asked])

    return do


@public("whoever has just asked; the same words for every id")
@get_or_post
@limited(OPENING)
def code(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say that a mail is on its way, and take the code of it for those whose link was eaten."""
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        token = by_mail.token_for_code(request_id=pk, code=form.cleaned_data["code"])
        if token is not None:
            return HttpResponseRedirect(reverse("letters:mine", args=[token]))
        form.add_error("code", _("This code is not right, or was tried too often, or is too old."))
    status = 422 if form.is_bound and form.errors else 200
    return page(request, "letters/code.html", {"form": form}, status=status)


@public("who has the link of the mail; others get 404")
@get_or_post
@limited(OPENING)
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """Show what would be signed, or what was; a POST signs the text that was shown."""
    asked = _request(token)
    form = SignByLinkForm(posted(request), initial={"text": asked.letter.frozen_id})
    refusal = ""
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]

        def do() -> None:
            own_name.sign_by_link(request=asked, text_id=text)

        try:
            return HttpResponseRedirect(once_in_secret(form, None, do, f"{request.path}#signed"))
        except Refused as refused:
            refusal = str(refused)
            asked = _request(token)
            form = SignByLinkForm(initial={"text": asked.letter.frozen_id})
    context = _own(asked, form) | {"token": token, "refusal": refusal}
    status = 409 if refusal else 422 if form.is_bound and form.errors else 200
    return page(request, "letters/mine.html", context, status=status)


@public("as the link")
@get_or_post
@limited(OPENING)
def change_mode(request: HttpRequest, token: str) -> HttpResponse:
    """Let the owner choose anew who sees the name."""
    asked, name = _request_with_name(token)
    form = ModeForm(posted(request), initial={"mode": name.mode})

    def do() -> None:
        own_name.change_mode_by_link(request=asked, mode=form.cleaned_data["mode"])

    words = {"title": _("Who may see that you signed"), "button": _("Save")}
    return _own_form(request, token, asked, form, do, words)


@public("as the link")
@get_or_post
@limited(OPENING)
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then take one's name back."""
    asked, _name = _request_with_name(token, late=True)
    form = WithdrawForm(posted(request))

    def do() -> None:
        own_name.withdraw_by_link(request=asked, reason=form.cleaned_data["reason"])

    words = {"title": _("Take your name back"), "button": _("Take my name back")}
    if asked.letter.is_at_the_office:
        words["lead"] = _(
            "The letter was delivered and stays as it is, with its sealed copies. The list gets a new "
            "version without your name; if it was public, the letter's pages say so."
        )
    return _own_form(request, token, asked, form, do, words)


@public("who has the link of the mail; others get 404")
@get_or_post
@limited(OPENING)
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Show somebody who was invited by mail the way to the letter, and let them say no, or undo
    it; a GET says nothing for them."""
    one = inviting_by_mail.invitation_of(token)
    if one is None:
        raise Http404
    form, refusal = TokenForm(posted(request)), ""
    if request.method == "POST" and form.is_valid():
        declines = request.POST.get("answer") == "no"

        def do() -> None:
            inviting_by_mail.answer_by_link(invitation=one, declines=declines)

        try:
            return HttpResponseRedirect(once_in_secret(form, None, do, request.path))
        except Refused as refused:
            refusal = str(refused)
    letter = one.letter
    context = {"letter": letter, "one": one, "form": TokenForm(), "refusal": refusal}
    context["open"] = not by_mail.why_not(letter)
    return page(request, "letters/invited.html", context, status=409 if refusal else 200)


def _own_form(
    request: HttpRequest,
    token: str,
    asked: SignOnRequest,
    form: TokenForm,
    do: Callable[[], None],
    words: dict[str, str],
) -> HttpResponse:
    """Show a form about one's own name; posted and right, run `do` once. The receipt of the form
    does not hold the address of this page, which opens the name."""
    back = reverse("letters:mine", args=[token])
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(once_in_secret(form, None, do, back))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.is_bound and form.errors else 200
    context = {**words, "form": form, "letter": asked.letter, "back": back}
    return page(request, "letters/form.html", context, status=status)


def _request(token: str) -> SignOnRequest:
    asked = by_mail.request_of(token)
    if asked is None or (asked.sealed is None and asked.signatory_id is None):
        raise Http404
    return asked


def _request_with_name(token: str, *, late: bool = False) -> tuple[SignOnRequest, Signatory]:
    asked = _request(token)
    name = own_name.name_of(asked)
    in_time = asked.letter.state in own_name.BEFORE_DELIVERY
    if name is None or not (in_time or (late and asked.letter.is_at_the_office)):
        raise Http404
    return asked, name


def _own(asked: SignOnRequest, form: SignByLinkForm) -> dict[str, Any]:
    """Return what the page of one's own name shows."""
    letter, standing = asked.letter, own_name.name_of(asked)
    again = standing is not None and standing.text_id != letter.frozen_id
    would = own_name.name_asked_for(asked) if asked.sealed is not None else None
    refusal = ""
    if standing is None or again:
        refusal = by_mail.why_not(letter)
        if would is None:
            refusal = refusal or _("This link is over. Please ask for a new one.")
        else:
            form.fields["declared"].label = would.declaration
    shown = standing if standing is not None and not again else would
    return {
        **_letter(letter),
        "name": shown,
        "as_seen": as_seen(shown, letter) if shown is not None else [],
        "standing": standing if not again else None,
        "again": again,
        "corrected": asked.text_id != letter.frozen_id,
        "withdrawn": standing is None and asked.confirmed_at is not None,
        "changeable": letter.state in own_name.BEFORE_DELIVERY,
        "form": form,
        "closed": refusal,
    }


def _letter(letter: Letter) -> dict[str, Any]:
    text = letter.text()
    notes = parse_notes(text.notes)
    return {
        "letter": letter,
        "text": text,
        "blocks": parse_body(text.body),
        "notes": notes,
        "numbers": {note.number for note in notes},
        "fingerprint": spaced(letter.frozen.sha256) if letter.frozen else "",
    }
