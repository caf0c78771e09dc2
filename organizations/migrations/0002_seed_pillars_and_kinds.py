"""The pillars of A/RES/60/288 and the kinds of organization, to be edited in the Django admin."""

from django.db import migrations

PILLARS = (
    ("i", "Measures to address the conditions conducive to the spread of terrorism"),
    ("ii", "Measures to prevent and combat terrorism"),
    (
        "iii",
        "Measures to build States' capacity to prevent and combat terrorism and to strengthen "
        "the role of the United Nations system in this regard",
    ),
    (
        "iv",
        "Measures to ensure respect for human rights for all and the rule of law as the "
        "fundamental basis of the fight against terrorism",
    ),
)
KINDS = (
    ("community", "Community-based organization"),
    ("national-ngo", "National non-governmental organization"),
    ("international-ngo", "International non-governmental organization"),
    ("network", "Network or coalition"),
    ("women-led", "Women-led organization"),
    ("youth-led", "Youth-led organization"),
    ("faith-based", "Faith-based organization"),
    ("victims", "Victims' or survivors' association"),
    ("defenders", "Human rights defenders' or lawyers' body"),
    ("research", "Research institute or think tank"),
    ("academic", "Academic institution"),
    ("media", "Media"),
    ("foundation", "Foundation"),
    ("humanitarian", "Humanitarian organization"),
    ("trade-union", "Trade union"),
)


def seed(apps, schema_editor):
    for model, words in (("Pillar", PILLARS), ("OrganizationKind", KINDS)):
        table = apps.get_model("organizations", model)
        for position, (key, label) in enumerate(words, start=1):
            table.objects.get_or_create(key=key, defaults={"label": label, "position": position})


class Migration(migrations.Migration):
    dependencies = [("organizations", "0001_organizations_experts_members_networks")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop, elidable=False)]
