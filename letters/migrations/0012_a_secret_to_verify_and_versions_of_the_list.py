"""Each letter gets the secret of its page of verification, old ones too; and every state of its
public list a row that the database never lets change."""

import uuid
from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import letters.models.letters

FORWARD = """
CREATE FUNCTION letters_refuse_version_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version of a list never changes'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER list_version_stays
    BEFORE UPDATE OR DELETE ON letters_list_version
    FOR EACH ROW EXECUTE FUNCTION letters_refuse_version_change();
"""

BACKWARD = """
DROP TRIGGER list_version_stays ON letters_list_version;
DROP FUNCTION letters_refuse_version_change();
"""


def fill_secrets(apps: Any, schema_editor: Any) -> None:
    """Draw a secret for every letter that has none."""
    rows = apps.get_model("letters", "Letter")._base_manager
    for pk in rows.filter(verify_secret=None).values_list("pk", flat=True):
        rows.filter(pk=pk).update(verify_secret=letters.models.letters.new_verify_secret())


class Migration(migrations.Migration):
    dependencies = [("letters", "0011_the_way_after_delivery")]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="verify_secret",
            field=models.CharField(max_length=40, null=True, editable=False),
        ),
        migrations.RunPython(fill_secrets, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="letter",
            name="verify_secret",
            field=models.CharField(
                max_length=40,
                unique=True,
                default=letters.models.letters.new_verify_secret,
                editable=False,
            ),
        ),
        migrations.CreateModel(
            name="ListVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("closed", "The sign-on was closed"),
                            ("filed", "Filed as it was sent"),
                            ("withdrawn", "A name was taken back after delivery"),
                        ],
                        max_length=12,
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("organizations", models.PositiveIntegerField()),
                ("individuals", models.PositiveIntegerField()),
                ("withheld", models.PositiveIntegerField(default=0)),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="list_versions",
                        to="letters.letter",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="letters.frozentext",
                    ),
                ),
            ],
            options={
                "db_table": "letters_list_version",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("letter", "number"), name="versions_of_a_list_are_numbered"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="list_fingerprint_is_sha256",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["closed", "filed", "withdrawn"])),
                        name="list_reason_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("withheld", 0), ("withheld__gte", 5), _connector="OR"),
                        name="no_small_number_is_withheld",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
