from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0006_hidden_names_are_sealed"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="batchline",
            name="doubts",
        ),
        migrations.RemoveField(
            model_name="signatory",
            name="level",
        ),
        migrations.RemoveField(
            model_name="signatorybatch",
            name="left_out",
        ),
        migrations.RemoveField(
            model_name="signatorybatch",
            name="level",
        ),
        migrations.RemoveField(
            model_name="signatorybatch",
            name="source",
        ),
        migrations.AddIndex(
            model_name="signatory",
            index=models.Index(
                condition=models.Q(
                    models.Q(("person_key", ""), _negated=True),
                    models.Q(("mode", "public"), _negated=True),
                ),
                fields=["letter"],
                name="letters_with_hidden_names",
            ),
        ),
        migrations.AddIndex(
            model_name="signatory",
            index=models.Index(
                condition=models.Q(
                    models.Q(("person_key", ""), _negated=True),
                    models.Q(("mode", "public"), _negated=True),
                ),
                fields=["person_key"],
                name="hidden_names_of_a_person",
            ),
        ),
        migrations.AddIndex(
            model_name="signatory",
            index=models.Index(
                condition=models.Q(
                    models.Q(("organization_key", ""), _negated=True),
                    models.Q(("mode", "public"), _negated=True),
                ),
                fields=["organization_key"],
                name="hidden_names_of_a_body",
            ),
        ),
        migrations.AddConstraint(
            model_name="batchline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("organization_name", ""), ("person", ""), ("raw", ""),
                ),
                name="a_pasted_line_is_sealed",
            ),
        ),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True),
                    models.Q(("organization_key", ""), _negated=True),
                ),
                fields=("letter", "organization_key"),
                name="a_body_signs_once_in_any_mode",
            ),
        ),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("organization_key", ""),
                    ("withdrawn_at__isnull", True),
                    models.Q(("person_key", ""), _negated=True),
                ),
                fields=("letter", "person_key"),
                name="a_person_signs_once_in_any_mode",
            ),
        ),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True), models.Q(("address_key", ""), _negated=True)
                ),
                fields=("letter", "address_key"),
                name="an_address_signs_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("method__in", ("signed", "email")), _negated=True),
                    models.Q(("text__isnull", False), models.Q(("declaration", ""), _negated=True)),
                    _connector="OR",
                ),
                name="who_signs_signs_a_frozen_text",
            ),
        ),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("method", "signed"), _negated=True),
                    models.Q(("mode", "public"), ("signed_by__isnull", False)),
                    models.Q(
                        models.Q(("mode", "public"), _negated=True),
                        models.Q(("person_key", ""), _negated=True),
                    ),
                    ("withdrawn_at__isnull", False),
                    _connector="OR",
                ),
                name="who_signs_is_known_to_the_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("mode__in", ["public", "office", "coordinators", "not_counted"])
                ),
                name="mode_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["organization", "individual"]), ("mode", "public")),
                    models.Q(
                        models.Q(("mode", "public"), _negated=True),
                        ("acronym", ""),
                        ("countries", []),
                        ("honorific", ""),
                        ("kind", ""),
                        ("organization__isnull", True),
                        ("organization_name", ""),
                        ("other_script", ""),
                        ("person", ""),
                        ("place_as_stated", ""),
                        ("raw", ""),
                        ("role", ""),
                        ("signed_by__isnull", True),
                        ("withdrawal_reason", ""),
                        ("withdrawn_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="a_hidden_name_lies_nowhere_in_clear",
            ),
        ),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sealed__isnull", False),
                    ("withdrawn_at__isnull", False),
                    models.Q(("organization_name", ""), ("person", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_signatory_has_a_name",
            ),
        ),
    ]
