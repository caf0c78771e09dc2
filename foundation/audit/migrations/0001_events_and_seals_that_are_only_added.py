"""The log and its seals, and the triggers that refuse to change what was written.

TRUNCATE is let through in one case only: the session says so (test settings do, see apps.py)
and the database is a test database by its name.
"""

import django.contrib.postgres.indexes
import django.db.models.functions.datetime
from django.db import migrations, models

REFUSE = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE'
        AND current_setting('portal.audit_allow_truncate', true) = 'on'
        AND current_database() LIKE 'test\\_%'
    THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% refused: rows of % are never changed', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
"""
GUARD = """
CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER {table}_is_never_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""
RELEASE = """
DROP TRIGGER {table}_is_append_only ON {table};
DROP TRIGGER {table}_is_never_emptied ON {table};
"""
TABLES = ("audit_event", "audit_seal")


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="when",
                    ),
                ),
                ("action", models.CharField(max_length=80, verbose_name="action")),
                (
                    "actor_kind",
                    models.CharField(
                        choices=[
                            ("user", "Person"),
                            ("system", "Part of the system"),
                            ("anonymous", "Somebody not signed in"),
                        ],
                        max_length=10,
                        verbose_name="kind of actor",
                    ),
                ),
                ("actor_id", models.CharField(blank=True, max_length=64, verbose_name="actor")),
                (
                    "object_type",
                    models.CharField(blank=True, max_length=80, verbose_name="kind of object"),
                ),
                ("object_id", models.CharField(blank=True, max_length=64, verbose_name="object")),
                ("facts", models.JSONField(default=dict, verbose_name="facts")),
            ],
            options={
                "db_table": "audit_event",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["object_type", "object_id"], name="audit_event_object"),
                    models.Index(fields=["actor_id"], name="audit_event_actor"),
                    models.Index(fields=["action"], name="audit_event_action"),
                    django.contrib.postgres.indexes.BrinIndex(
                        autosummarize=True, fields=["at"], name="audit_event_at"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("actor_kind__in", ["user", "system", "anonymous"])),
                        name="audit_actor_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event_id", models.BigIntegerField(unique=True)),
                ("mac", models.CharField(max_length=64)),
            ],
            options={"db_table": "audit_seal"},
        ),
        migrations.RunSQL(REFUSE, "DROP FUNCTION audit_refuse();"),
        *[
            migrations.RunSQL(GUARD.format(table=table), RELEASE.format(table=table))
            for table in TABLES
        ],
    ]
