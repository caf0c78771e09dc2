"""Who was invited, signed, declined; inviting; saying no."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from foundation.web.forms import TokenForm, once
from foundation.web.pages import form_page, get_or_post, step_page
from foundation.web.policies import policy, signed_in
from foundation.web.shortcuts import get_visible_or_404, posted
from foundation.workflow import Refused, Transition
from letters import actions
from letters.enums import LetterState
from letters.forms import AddressesForm, DeclineForm, InviteForm
from letters.models import Letter, SignOnInvitation, SignOnRequest
from letters.rules import accepts_signatures, coordinates_some_network
from letters.views.held import held_requests
from letters.views.parts import own_letter
from letters.views.showing import came_in, invited_numbers, invited_rows
from organizations.models import Expert, NetworkMembership, Organization

MOST_FOUND = 30


@policy(coordinates_some_network)
@get_or_post
def invitations(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show who was invited, signed, declined, with the numbers of the last days; invite more."""
    letter = own_letter(request, pk)
    form = InviteForm(posted(request))
    words = request.GET.get("q", "").strip()[:100]
    names = actions.read_names(letter=letter, by=request.user)
    rows = invited_rows(_invited(request, letter), names)
    members = list(_members_to_invite(request, letter))
    form.offer([*members, *(one for one in _found(request, letter, words) if one not in members)])

    def do() -> str:
        chosen = [one.pk for one in members] if form.cleaned_data["everyone"] else None
        count = actions.invite_to_sign(
            letter=letter,
            organizations=form.chosen("organization") if chosen is None else chosen,
            experts=form.chosen("expert") if chosen is None else (),
            by=request.user,
        )
        told = ngettext("%(n)s was invited.", "%(n)s were invited.", count)
        messages.success(request, told % {"n": count})
        return request.path

    context = {
        "letter": letter,
        "rows": rows,
        "numbers": invited_numbers(rows),
        "came_in": came_in(names),
        "may_invite": accepts_signatures(letter),
        "members": members,
        "door": _door(letter),
        "held": held_requests(request, letter),
        "q": words,
    }
    return form_page(request, form, do, "letters/invitations.html", context)


@policy(coordinates_some_network)
@get_or_post
def take_back(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, then take an invitation back."""
    standing = SignOnInvitation.objects.visible_to(request.user).standing().with_the_invited()
    invitation = get_visible_or_404(standing, pk=pk)
    letter = own_letter(request, invitation.letter_id)

    def do() -> str:
        actions.take_invitation_back(invitation=invitation, by=request.user)
        messages.success(request, _("The invitation was taken back. No reminder follows."))
        return list_of(letter)

    words = _(
        "%(name)s is not reminded any more, and nothing is said to them. They can sign as long as "
        "the letter is open."
    ) % {"name": invitation.name()}
    step = Transition(
        "take_back", _("Take the invitation back"), (), "", frozenset(), confirm=words, danger=True
    )
    about = {"letter": letter, "back": list_of(letter)}
    return step_page(request, step, do, "letters/step.html", about)


@policy(signed_in)
@get_or_post
def decline(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, then say that one does not sign."""
    invitation = _own_invitation(request, pk)
    if invitation.declined_at is not None or not accepts_signatures(invitation.letter):
        raise Http404
    form, back = DeclineForm(posted(request)), invitation.letter.get_absolute_url()

    def do() -> str:
        actions.decline(invitation=invitation, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("You declined. You are not reminded; you can undo it."))
        return back

    context = {
        "title": _("Decline to sign"),
        "lead": _("For: %(name)s. You can undo this as long as the letter is open.")
        % {"name": invitation.name()},
        "letter": invitation.letter,
        "button": _("Decline to sign"),
        "back": back,
    }
    return form_page(request, form, do, "letters/form.html", context)


@policy(signed_in)
@require_POST
def undo(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a no back."""
    invitation = _own_invitation(request, pk)
    form, back = TokenForm(request.POST), invitation.letter.get_absolute_url()

    def do() -> str:
        actions.undo_decline(invitation=invitation, by=request.user)
        messages.success(request, _("You are invited as before."))
        return back

    try:
        return HttpResponseRedirect(once(form, request.user, do) if form.is_valid() else back)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(back)


@policy(coordinates_some_network)
@get_or_post
def door(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask, then open the letter to people without an account, or close it to them."""
    letter = own_letter(request, pk)
    if letter.state != LetterState.OPEN:
        raise Http404
    closing = letter.open_to_outsiders

    def do() -> str:
        act = actions.close_door if closing else actions.open_door
        act(letter=letter, by=request.user)
        return f"{list_of(letter)}#door"

    if closing:
        words = _("The address ends. Names that stand are not touched.")
        label = _("Close it to people without an account")
    else:
        words = _(
            "Whoever has the address can read the letter and sign it after confirming a mail "
            "address. It stands in no list and no search; give it only to those you mean."
        )
        label = _("Open it to people without an account")
    step = Transition("door", label, (), "", frozenset(), confirm=words)
    about = {"letter": letter, "back": list_of(letter)}
    return step_page(request, step, do, "letters/step.html", about)


@policy(coordinates_some_network)
@require_POST
def release(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Let a request through that was held: its mail leaves."""
    rows = SignOnRequest.objects.visible_to(request.user).select_related("letter")
    asked = get_visible_or_404(rows, pk=pk)
    actions.release(request=asked, by=request.user)
    messages.success(request, _("The mail to this address is on its way."))
    return HttpResponseRedirect(f"{list_of(asked.letter)}#held")


@policy(coordinates_some_network)
@get_or_post
def by_mail(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Invite people without an account by their mail addresses."""
    letter = own_letter(request, pk)
    if not letter.open_to_outsiders or not accepts_signatures(letter):
        raise Http404
    form = AddressesForm(posted(request))

    def do() -> str:
        addresses = form.cleaned_data["addresses"]
        count = actions.invite_addresses(letter=letter, addresses=addresses, by=request.user)
        told = ngettext("%(n)s was invited.", "%(n)s were invited.", count)
        messages.success(request, told % {"n": count})
        return list_of(letter)

    context = {"title": _("Invite by e-mail"), "button": _("Invite them"), "letter": letter}
    context["back"] = list_of(letter)
    return form_page(request, form, do, "letters/form.html", context)


def _door(letter: Letter) -> str:
    """Return the whole unlisted address, "" where the letter is not open to outsiders."""
    if not letter.open_to_outsiders or letter.state != LetterState.OPEN:
        return ""
    return f"{settings.SITE_URL}{reverse('letters:outside', args=[letter.outsiders_secret])}"


def list_of(letter: Letter) -> str:
    """Return the address of the page of the letter's invitations."""
    return f"{letter.get_absolute_url()}invitations/"


def _own_invitation(request: HttpRequest, pk: uuid.UUID) -> SignOnInvitation:
    own = SignOnInvitation.objects.visible_to(request.user).for_the_word_of(request.user)
    found: SignOnInvitation = get_visible_or_404(
        own.standing().with_the_invited().select_related("letter"), pk=pk
    )
    return found


def _invited(request: HttpRequest, letter: Letter) -> list[SignOnInvitation]:
    standing = SignOnInvitation.objects.visible_to(request.user).of(letter).standing()
    return list(standing.with_the_invited())


def _members_to_invite(request: HttpRequest, letter: Letter) -> Any:
    """Return the vetted members of the letter's network that nobody invited yet, by name."""
    members = NetworkMembership.objects.visible_to(request.user).standing()
    members = members.filter(network=letter.network_id, organization=OuterRef("pk"))
    found = Organization.objects.visible_to(request.user).vetted().filter(Exists(members))
    return _not_invited(request, letter, found)


def _found(request: HttpRequest, letter: Letter, words: str) -> Iterator[Any]:
    """Yield vetted organizations and experts whose names hold `words`, not invited yet."""
    if words:
        for model in (Organization, Expert):
            vetted = model.objects.visible_to(request.user).vetted().matching(words)
            yield from _not_invited(request, letter, vetted)[:MOST_FOUND]


def _not_invited(request: HttpRequest, letter: Letter, found: Any) -> Any:
    column = found.model.column
    standing = SignOnInvitation.objects.visible_to(request.user).of(letter).standing()
    return found.exclude(pk__in=standing.exclude(**{column: None}).values(column)).order_by(
        "name", "pk"
    )
