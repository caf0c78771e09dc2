"""What this room tells people: one class per message, and to whom each goes.

Mails are neutral (the base class writes them); the sentence inside the portal names nobody.

bases.py        where a message leads: the letter, its answers, the desk
collecting.py   while names are collected
delivery.py     from delivery to acknowledging
answers.py      what the Office answered, ask by ask
documents.py    files that were asked for
hidden.py       to those whose name is not public, or who have no account
withdrawal.py   a name taken back after delivery
telling.py      tell_…(): whom a message goes to
"""

from letters.notifications import answers, collecting, delivery, documents, hidden, withdrawal
from letters.notifications.telling import (
    tell_coordinators,
    tell_members,
    tell_office,
    tell_office_of_withdrawal,
    tell_signatories,
    tell_those_who_ask,
)

__all__ = [
    "answers",
    "collecting",
    "delivery",
    "documents",
    "hidden",
    "tell_coordinators",
    "tell_members",
    "tell_office",
    "tell_office_of_withdrawal",
    "tell_signatories",
    "tell_those_who_ask",
    "withdrawal",
]
