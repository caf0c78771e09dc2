"""What each language brings: the same things in the same order, so that any can stand for any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


def listed(words: str) -> tuple[str, ...]:
    """Return the words of a line."""
    return tuple(words.split())


@dataclass(frozen=True)
class Subject:
    """What an ask is about: keys of an addressee, an action, pillars and topics."""

    addressee: str
    action: str
    pillars: tuple[str, ...]
    topics: tuple[str, ...]


SUBJECTS = (
    Subject("office", "engage", ("iv",), ("country-visits", "reprisals")),
    Subject("member-states", "review", ("iv",), ("legislation", "civic-space")),
    Subject("centre", "fund", ("i", "iii"), ("funding", "women")),
    Subject("un-system", "institutionalise", ("iii",), ("coordination", "whole-of-society")),
    Subject("member-states", "stop", ("ii", "iv"), ("financing", "humanitarian")),
    Subject("office", "convene", ("i",), ("youth",)),
    Subject("unodc", "assist", ("iii", "iv"), ("prisons", "rehabilitation")),
    Subject("member-states", "include", ("i", "ii"), ("action-plans", "victims")),
    Subject("cted", "disseminate", ("ii",), ("technology", "communications")),
    Subject("unesco", "assist", ("i",), ("education", "drivers")),
)
"""The asks of every language come in this order."""


@dataclass(frozen=True)
class Words:
    """Invented words of one language. "{place}" is an invented place, "{number}" a number."""

    code: str
    language: str  # as an account or a letter names it
    heads: tuple[str, ...]  # first halves of places
    tails: tuple[str, ...]  # second halves
    given: tuple[str, ...]
    family: tuple[str, ...]
    join: str  # between given name and family name
    title: str  # of an expert
    bodies: tuple[str, ...]  # names of organizations
    networks: tuple[str, ...]
    about: tuple[str, ...]
    mandate: str
    asks: tuple[tuple[str, str], ...]  # title and first sentence, one for each of SUBJECTS
    details: tuple[str, ...]
    background: tuple[str, ...]
    answers: Mapping[str, str]  # by position
    evidence: str
    question: str
    reply: str
    note: str
    report: tuple[str, ...]  # of the Office
    view: tuple[str, ...]  # of the submitter
    accepted: str  # reasons of decisions on a registration
    refused: str
    more: str
    appeal: str
    put_off: str  # why a meeting does not take place
    promise: str  # a commitment of the Office
    subject: str  # parts of a letter
    salutation: str
    addressee: str
    opening: str
    offer: str
    closing: str
    gap: str = " "  # between sentences
