"""What this room tells people: one class per message, and to whom each goes.

Mails are neutral (the base class writes them); the sentence inside the portal names nobody.

bases.py        where a message leads: the letter, its answers, the desk
drafting.py     while the text is written, approved, corrected, translated
collecting.py   while names are collected
delivery.py     from delivery to acknowledging
answers.py      what the Office answered, ask by ask
documents.py    files that were asked for
reminding.py    of the deadline, to those who did not answer
hidden.py       to those whose name is not public, or who have no account
withdrawing.py  a name taken back after delivery
telling.py      tell_…(): whom a message goes to
"""

from letters.notifications import (
    answers,
    collecting,
    delivery,
    documents,
    drafting,
    hidden,
    reminding,
    withdrawing,
)
from letters.notifications.telling import (
    tell_coordinators,
    tell_members,
    tell_office,
    tell_office_of_withdrawal,
    tell_people,
    tell_signatories,
    tell_those_who_ask,
)

__all__ = [
    "answers",
    "collecting",
    "delivery",
    "documents",
    "drafting",
    "hidden",
    "reminding",
    "tell_coordinators",
    "tell_members",
    "tell_office",
    "tell_office_of_withdrawal",
    "tell_people",
    "tell_signatories",
    "tell_those_who_ask",
    "withdrawing",
]
