"""What this room tells people: one class per message, and to whom each goes.

Mails are neutral (the base class writes them); the sentence inside the portal names nobody.

bases.py        where a message leads: the letter, its answers, the desk
drafting.py     while the text is written, approved, corrected, translated
collecting.py   while names are collected
delivery.py     from delivery to acknowledging
answers.py      what the Office answered, ask by ask
replies.py      the Office's reply to the whole letter
documents.py    files that were asked for
reminding.py    of the deadline, to those who did not answer
by_mail.py      links and codes for those who sign without an account
hidden.py       to those whose name is not public, or who have no account
withdrawing.py  a name taken back after delivery
unsealing.py    that somebody wants to see a name that is not counted
telling.py      tell_…(): whom a message goes to
"""

from letters.notifications import (
    answers,
    by_mail,
    collecting,
    delivery,
    documents,
    drafting,
    hidden,
    reminding,
    replies,
    unsealing,
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
    "by_mail",
    "collecting",
    "delivery",
    "documents",
    "drafting",
    "hidden",
    "reminding",
    "replies",
    "tell_coordinators",
    "tell_members",
    "tell_office",
    "tell_office_of_withdrawal",
    "tell_people",
    "tell_signatories",
    "tell_those_who_ask",
    "unsealing",
    "withdrawing",
]
