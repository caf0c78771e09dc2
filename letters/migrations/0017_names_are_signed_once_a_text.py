"""Whoever signed one text of a letter signs the corrected one anew: once under each of them."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("letters", "0016_two_people_open_a_sealed_name"),
        ('organizations', '0003_named_officers_are_named_readers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='signatory',
            name='an_organization_signs_a_letter_once',
        ),
        migrations.RemoveConstraint(
            model_name='signatory',
            name='a_person_signs_a_letter_once',
        ),
        migrations.RemoveConstraint(
            model_name='signatory',
            name='a_body_signs_once_in_any_mode',
        ),
        migrations.RemoveConstraint(
            model_name='signatory',
            name='a_person_signs_once_in_any_mode',
        ),
        migrations.RemoveConstraint(
            model_name='signatory',
            name='an_address_signs_once',
        ),
        migrations.AddConstraint(
            model_name='signatory',
            constraint=models.UniqueConstraint(condition=models.Q(('organization__isnull', False), ('withdrawn_at__isnull', True)), fields=('letter', 'text', 'organization'), name='an_organization_signs_a_letter_once'),
        ),
        migrations.AddConstraint(
            model_name='signatory',
            constraint=models.UniqueConstraint(condition=models.Q(('organization__isnull', True), ('signed_by__isnull', False), ('withdrawn_at__isnull', True)), fields=('letter', 'text', 'signed_by'), name='a_person_signs_a_letter_once'),
        ),
        migrations.AddConstraint(
            model_name='signatory',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('organization_key', ''), _negated=True)), fields=('letter', 'text', 'organization_key'), name='a_body_signs_once_in_any_mode'),
        ),
        migrations.AddConstraint(
            model_name='signatory',
            constraint=models.UniqueConstraint(condition=models.Q(('organization_key', ''), ('withdrawn_at__isnull', True), models.Q(('person_key', ''), _negated=True)), fields=('letter', 'text', 'person_key'), name='a_person_signs_once_in_any_mode'),
        ),
        migrations.AddConstraint(
            model_name='signatory',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('address_key', ''), _negated=True)), fields=('letter', 'text', 'address_key'), name='an_address_signs_once'),
        ),
    ]
