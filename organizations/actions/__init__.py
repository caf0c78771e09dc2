"""One keyword-only, atomic function per verb: lock, check, write, record, tell.

`by=` is the person who acts (or a SystemActor). `Refused` (WrongState, NotYours, Incomplete …)
carries a sentence for that person. Whatever raises leaves nothing behind.
"""

from organizations.actions.evidence import add_evidence, remove_evidence
from organizations.actions.members import (
    accept_invitation,
    change_member,
    end_membership,
    invite,
    revoke_invitation,
    state_mandate,
)
from organizations.actions.networks import (
    answer_network,
    archive_network,
    ask_networks,
    edit_network,
    end_coordinator,
    leave_network,
    make_network,
    name_coordinator,
    propose_member,
)
from organizations.actions.registrations import (
    appeal,
    archive,
    begin_expert,
    begin_organization,
    choose_level,
    describe,
    expire,
    revise,
    submit,
)
from organizations.actions.vetting import decide, name_readers
from organizations.actions.vouching import VOUCHABLE_STATES, vouch, withdraw_vouch

__all__ = [
    "VOUCHABLE_STATES",
    "accept_invitation",
    "add_evidence",
    "answer_network",
    "appeal",
    "archive",
    "archive_network",
    "ask_networks",
    "begin_expert",
    "begin_organization",
    "change_member",
    "choose_level",
    "decide",
    "describe",
    "edit_network",
    "end_coordinator",
    "end_membership",
    "expire",
    "invite",
    "leave_network",
    "make_network",
    "name_coordinator",
    "name_readers",
    "propose_member",
    "remove_evidence",
    "revise",
    "revoke_invitation",
    "state_mandate",
    "submit",
    "vouch",
    "withdraw_vouch",
]
