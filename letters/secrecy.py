"""Names that are not public: what lies encrypted in their rows, and how their owners find them.

A hidden sign-on holds no key of a person or an organization in clear. What stands in its place are
*blind keys*: HMACs with a key that lies outside the database, bound to the letter, so that neither
a stolen database nor two letters side by side tell who signed (notes on trust, section 4; ADR 14).
"""

from __future__ import annotations

import itertools
import json
import uuid
from typing import Any

from django.db import connection
from django.utils.functional import cached_property

from foundation.confidentiality import vault

TABLE_OF_NAMES = "letters_signatory"

# Raised by every hidden sign-on of this process: what a person object has cached is then read anew.
_generation = itertools.count(1)
_now = [0]


def person_key(letter_id: Any, user_id: Any) -> str:
    """Return the blind key of a person under one letter, 64 hexadecimal digits."""
    return vault.blind("letters.person", str(letter_id), str(user_id))


def organization_key(letter_id: Any, organization_id: Any) -> str:
    """Return the blind key of an organization under one letter, 64 hexadecimal digits."""
    return vault.blind("letters.organization", str(letter_id), str(organization_id))


def address_key(letter_id: Any, canonical_address: str) -> str:
    """Return the blind key of a mail address under one letter, 64 hexadecimal digits."""
    return vault.blind("letters.address", str(letter_id), canonical_address)


def seal(row: Any, facts: dict[str, Any]) -> bytes:
    """Return `facts` encrypted for `row`: its table, its column `sealed`, its id."""
    plain = json.dumps(facts, ensure_ascii=False, default=str, separators=(",", ":"))
    return vault.encrypt(plain.encode(), **_place(row))


def unseal(row: Any) -> dict[str, Any]:
    """Return what was sealed in `row`, {} where nothing was. vault.Sealed where it cannot be read."""
    if row.sealed is None:
        return {}
    facts: dict[str, Any] = json.loads(vault.decrypt(bytes(row.sealed), **_place(row)))
    return facts


def _place(row: Any) -> dict[str, Any]:
    return {"table": row._meta.db_table, "column": "sealed", "row": row.pk}


def note_hidden_sign_on() -> None:
    """Let everyone in this process look anew for the hidden names that are theirs."""
    _now[0] = next(_generation)


HIDDEN_LETTERS = (
    "SELECT DISTINCT letter_id FROM letters_signatory WHERE person_key <> '' AND mode <> 'public'"
)
OWN_ROWS = (
    "SELECT id, letter_id, person_key = ANY(%s) FROM letters_signatory"
    " WHERE (person_key = ANY(%s) OR organization_key = ANY(%s)) AND mode <> 'public'"
)


class Own:
    """The hidden names that belong to a person, looked up as far as somebody asks.

    `signed_keys`: the blind keys of what the person may have signed; `rows`: ids of all that stand
    and are the person's, or an organization's of theirs; `signed_rows`, `signed_letters`: of what
    the person signed. (A name that was taken back has no keys: nothing leads from it to anybody.)
    """

    def __init__(self, user_id: Any) -> None:
        self.user_id = user_id

    @cached_property
    def letters(self) -> list[uuid.UUID]:
        """The letters that have hidden names, whosever."""
        with connection.cursor() as cursor:
            cursor.execute(HIDDEN_LETTERS)
            return [row[0] for row in cursor.fetchall()]

    @cached_property
    def signed_keys(self) -> list[str]:
        """The person's key under each of them."""
        return [person_key(letter, self.user_id) for letter in self.letters]

    @cached_property
    def _found(self) -> list[tuple[uuid.UUID, uuid.UUID, bool]]:
        if not self.letters:
            return []
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT organization_id FROM organizations_membership"
                " WHERE user_id = %s AND ended_at IS NULL",
                [self.user_id],
            )
            bodies = [row[0] for row in cursor.fetchall()]
            held = [organization_key(letter, body) for letter in self.letters for body in bodies]
            cursor.execute(OWN_ROWS, [self.signed_keys, self.signed_keys, held])
            return list(cursor.fetchall())

    @property
    def rows(self) -> list[uuid.UUID]:
        return [row for row, _letter, _signed in self._found]

    @property
    def signed_rows(self) -> list[uuid.UUID]:
        return [row for row, _letter, signed in self._found if signed]

    @property
    def signed_letters(self) -> set[uuid.UUID]:
        return {letter for _row, letter, signed in self._found if signed}


def own_names(user: Any) -> Own:
    """Return the hidden names that belong to `user`: at most three queries, one where no letter
    has any; remembered on the object, which lives for one request."""
    cached = getattr(user, "_own_names", None)
    if cached is None or cached[0] != _now[0]:
        cached = (_now[0], Own(user.pk))
        user._own_names = cached
    own: Own = cached[1]
    return own


def rows_for_organization(organization_id: Any) -> list[uuid.UUID]:
    """Return the ids of the standing hidden names that were signed for an organization; which of
    them somebody may see is asked by `visible_to`."""
    with connection.cursor() as cursor:
        cursor.execute(HIDDEN_LETTERS)
        keys = [organization_key(row[0], organization_id) for row in cursor.fetchall()]
        cursor.execute(
            "SELECT id FROM letters_signatory WHERE organization_key = ANY(%s)"
            " AND mode <> 'public'",
            [keys],
        )
        return [row[0] for row in cursor.fetchall()]
