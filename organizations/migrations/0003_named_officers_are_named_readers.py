"""The same name in every room: who may read what only named officers see is a named reader."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0002_seed_pillars_and_kinds"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="namedofficer", name="namedofficer_is_about_one_entry"
        ),
        migrations.RenameModel(old_name="NamedOfficer", new_name="NamedReader"),
        migrations.AddConstraint(
            model_name="namedreader",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("expert__isnull", True), ("organization__isnull", False)),
                    models.Q(("expert__isnull", False), ("organization__isnull", True)),
                    _connector="OR",
                ),
                name="namedreader_is_about_one_entry",
            ),
        ),
    ]
