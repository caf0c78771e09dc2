"""What several pages do: find the letter."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest

from foundation.web.shortcuts import get_visible_or_404
from letters.models import Ask, Letter, SignOnInvitation
from letters.rules import accepts_signatures, coordinates


def visible_letter(request: HttpRequest, pk: uuid.UUID) -> Letter:
    """Return the letter if the reader may see it; Http404 otherwise."""
    letters = Letter.objects.visible_to(request.user).select_related("network", "frozen")
    return get_visible_or_404(letters, pk=pk)


def own_letter(request: HttpRequest, pk: uuid.UUID) -> Letter:
    """Return the letter if the reader coordinates it; Http404 otherwise."""
    letter = visible_letter(request, pk)
    if not coordinates(request.user, letter):
        raise Http404
    return letter


def desk_letter(request: HttpRequest, pk: uuid.UUID) -> Letter:
    """Return a delivered letter on which the reader works for the Office; Http404 otherwise."""
    letters = Letter.objects.visible_to(request.user).for_the_desk(request.user)
    return get_visible_or_404(letters.select_related("network", "frozen", "owner"), pk=pk)


def desk_ask(request: HttpRequest, pk: uuid.UUID) -> Ask:
    """Return an ask that stands, of a letter on which the reader works; Http404 otherwise."""
    asks = Ask.objects.visible_to(request.user).standing().with_recommendation()
    ask = get_visible_or_404(asks, pk=pk)
    ask.letter = desk_letter(request, ask.letter_id)
    return ask


def own_invitations(request: HttpRequest, letter: Letter) -> list[SignOnInvitation]:
    """Return the invitations to sign an open letter that the reader answers, declined ones too."""
    if not request.user.is_authenticated or not accepts_signatures(letter):
        return []
    own = SignOnInvitation.objects.visible_to(request.user).for_the_word_of(request.user)
    return list(own.of(letter).standing().with_the_invited())
