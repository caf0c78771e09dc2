"""What a stolen database must not show: boxes that only our keys open, and blind marks.

    box = vault.encrypt(plain, table="letters_signatory", column="sealed", row=signatory.pk)
    plain = vault.decrypt(box, table="letters_signatory", column="sealed", row=signatory.pk)
    mark = vault.blind("letters.person", str(letter.pk), str(user.pk))

keys.py    the keys: outside the database, followed while the process runs
boxes.py   encrypt, decrypt: AES-256-GCM, bound to table, column and row
blinding.py  blind: a keyed hash to compare what is never shown
register.py  which columns hold boxes, so that `manage.py rotate_vault_key` finds them all
checks.py  the system check of the keys

It protects against whoever has the database, its backups or the folder of files, and not the keys.
It does not protect against whoever controls the running server.
"""

from foundation.confidentiality.vault.blinding import blind
from foundation.confidentiality.vault.boxes import Sealed, UnknownKey, decrypt, encrypt
from foundation.confidentiality.vault.keys import VaultMisconfigured
from foundation.confidentiality.vault.register import register_box

__all__ = [
    "Sealed",
    "UnknownKey",
    "VaultMisconfigured",
    "blind",
    "decrypt",
    "encrypt",
    "register_box",
]
