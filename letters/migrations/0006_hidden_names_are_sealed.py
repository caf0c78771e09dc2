"""Encrypt the names that are not public, and every line that was pasted."""

import json

from django.db import migrations

from foundation.confidentiality import vault

PARTS = (
    "raw", "edited", "kind", "honorific", "person", "role", "organization_name", "acronym",
    "countries", "place_as_stated", "other_script", "capacity", "affiliation_only",
)  # fmt: skip
EMPTY = {name: "" for name in PARTS} | {"edited": False, "countries": [], "affiliation_only": False}
MODES = {10: "public", 30: "office"}


def seal(row, facts):
    plain = json.dumps(facts, ensure_ascii=False, default=str, separators=(",", ":"))
    place = {"table": row._meta.db_table, "column": "sealed", "row": row.pk}
    return vault.encrypt(plain.encode(), **place)


def close(row, **more):
    parts = {name: getattr(row, name) for name in PARTS}
    row.sealed = seal(row, {**parts, **more})
    for name, value in EMPTY.items():
        setattr(row, name, value)


def names(apps, schema_editor):
    for row in apps.get_model("letters", "Signatory").objects.iterator():
        row.mode = MODES[row.level]
        signer, body, moment = row.signed_by_id, row.organization_id, row.created_at
        if row.withdrawn_at is None and signer:
            row.person_key = vault.blind("letters.person", str(row.letter_id), str(signer))
        if row.withdrawn_at is None and body:
            key = vault.blind("letters.organization", str(row.letter_id), str(body))
            row.organization_key = key
        if row.mode != "public":
            row.signed_by_id = row.organization_id = row.withdrawn_by_id = None
            row.created_at = moment.replace(hour=0, minute=0, second=0, microsecond=0)
            reason, row.withdrawal_reason = row.withdrawal_reason, ""
            close(
                row, user=signer, organization=body, signed_at=moment.isoformat(),
                withdrawal_reason=reason,
            )  # fmt: skip
        row.save()


def batches(apps, schema_editor):
    for row in apps.get_model("letters", "SignatoryBatch").objects.iterator():
        row.mode = MODES[row.level]
        row.sealed = seal(row, {"source": row.source, "left_out": row.left_out})
        row.save()
    for row in apps.get_model("letters", "BatchLine").objects.iterator():
        close(row, doubts=row.doubts)
        row.save()


def forward(apps, schema_editor):
    names(apps, schema_editor)
    batches(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("letters", "0005_names_that_are_not_public")]

    operations = [migrations.RunPython(forward)]  # no way back: the clear columns go next
