"""A name that is not counted is shown to two people for half an hour: who asked, who agreed."""

import datetime
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("letters", "0015_invitations_and_reminders"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Unsealing',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('asked_as', models.CharField(choices=[('coordinator', 'The coordinators of the network'), ('approver', 'The approvers of the Office')], max_length=12)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('refused_at', models.DateTimeField(blank=True, null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='unsealings', to='letters.letter')),
                ('refused_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signatory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='unsealings', to='letters.signatory')),
            ],
            options={
                'db_table': 'letters_unsealing',
                'constraints': [models.CheckConstraint(condition=models.Q(('asked_as__in', ['coordinator', 'approver'])), name='side_that_asks_is_known'), models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('asked_by')), _negated=True), _connector='OR'), name='nobody_agrees_to_their_own_request'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('approved_by__isnull', True), ('until__isnull', True)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), ('until', django.db.models.expressions.CombinedExpression(models.F('approved_at'), '+', models.Value(datetime.timedelta(seconds=1800)))), ('until__isnull', False)), _connector='OR'), name='a_name_is_shown_for_half_an_hour'), models.CheckConstraint(condition=models.Q(models.Q(('refused_at__isnull', True), ('refused_by__isnull', True)), models.Q(('approved_by__isnull', True), ('refused_at__isnull', False), ('refused_by__isnull', False)), _connector='OR'), name='a_request_is_agreed_to_or_refused')],
            },
        ),
    ]
