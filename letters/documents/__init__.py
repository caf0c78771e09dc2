"""The files that this room hands out: the sealed letter, and what can be had beside it.

The *Office's copy* carries every name that the Office may see; the *public copy* only the names
that are public. Where every name is public the two would be the same, and only the public copy is
made. A letter is put into print by `printing`, sealed by the kinds of `copies`, and handed out in
other forms, made on demand, by `exports`.
"""

from letters.documents.copies import COPIES, OFFICE_COPY, PUBLIC_COPY, SealedLetter
from letters.documents.exports import ENDINGS, Export, endings_of, export
from letters.documents.names import all_names_public, names_for, withheld
from letters.documents.offers import (
    Copy,
    copies_for,
    current_document,
    languages_of,
    main_copy,
    may_take,
    takeable,
)
from letters.documents.receipt import RECEIPT, receipt_of, request_receipt

__all__ = [
    "COPIES",
    "ENDINGS",
    "OFFICE_COPY",
    "PUBLIC_COPY",
    "RECEIPT",
    "Copy",
    "Export",
    "SealedLetter",
    "all_names_public",
    "copies_for",
    "current_document",
    "endings_of",
    "export",
    "languages_of",
    "main_copy",
    "may_take",
    "names_for",
    "receipt_of",
    "request_receipt",
    "takeable",
    "withheld",
]
